"""Where every row went: by dataset, and by file."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from headwater.lake.building import write_record
from headwater.sources import Account
from headwater.vocabulary import WorkspaceTrouble

NAME = "account.json"


@dataclass(frozen=True, slots=True)
class FileAccount:
    """Where the rows of one file went: `rows == conformed + quarantined + duplicates`."""

    name: str
    rows: int
    conformed: int
    quarantined: int
    duplicates: int
    months: tuple[tuple[str, int], ...] = ()
    """For a file that covers several months, how many of its conformed rows are of each."""


def only_file(name: str, account: Account, months: tuple[tuple[str, int], ...] = ()) -> FileAccount:
    """The account of the one file of a part."""
    return FileAccount(name, account.landed, account.conformed, account.quarantined, account.duplicates, months)


def check(account: Account, files: Sequence[FileAccount]) -> None:
    """Raise ValueError where the files of a part do not come to what its account says: a reader is wrong."""
    for whole, each in (
        (account.landed, sum(file.rows for file in files)),
        (account.conformed, sum(file.conformed for file in files)),
        (account.quarantined, sum(file.quarantined for file in files)),
        (account.duplicates, sum(file.duplicates for file in files)),
    ):
        if whole != each:
            raise ValueError(f"{account.dataset}: the files come to {each:,} rows where the account says {whole:,}")


def write_account(folder: Path, account: Account, files: Sequence[FileAccount]) -> None:
    write_record(folder / NAME, {"account": asdict(account), "files": [asdict(file) for file in files]})


def read_account(folder: Path) -> tuple[Account, dict[str, FileAccount]]:
    """The account of a conformed part, and of each of its files by name. Raises WorkspaceTrouble where it is damaged."""
    try:
        said: dict[str, Any] = json.loads((folder / NAME).read_text("utf-8"))
        return account_from(said["account"]), {file["name"]: _file(file) for file in said["files"]}
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise WorkspaceTrouble(
            f"conformed/{folder.parent.name}/{folder.name}/{NAME} is missing or damaged. Delete its folder and conform again."
        ) from problem


def _file(said: dict[str, Any]) -> FileAccount:
    listed: dict[str, Any] = {"months": tuple(map(tuple, said.get("months", ())))}
    return FileAccount(**(said | listed))


def account_from(said: dict[str, Any]) -> Account:
    """An account as it was before it was written down."""
    lists: dict[str, Any] = {"reasons": tuple(map(tuple, said["reasons"])), "notes": tuple(said["notes"])}
    return Account(**(said | lists))


def add_up(accounts: Sequence[Account]) -> tuple[Account, ...]:
    """One account for each dataset, sorted by its name."""
    by_dataset: dict[str, list[Account]] = {}
    for account in accounts:
        by_dataset.setdefault(account.dataset, []).append(account)
    return tuple(_sum(dataset, each) for dataset, each in sorted(by_dataset.items()))


def _sum(dataset: str, accounts: Sequence[Account]) -> Account:
    reasons: Counter[str] = Counter()
    for account in accounts:
        reasons.update(dict(account.reasons))
    return Account(
        dataset=dataset,
        landed=sum(account.landed for account in accounts),
        conformed=sum(account.conformed for account in accounts),
        quarantined=sum(account.quarantined for account in accounts),
        duplicates=sum(account.duplicates for account in accounts),
        reasons=tuple(sorted(reasons.items(), key=lambda said: (-said[1], said[0]))),
        notes=tuple(dict.fromkeys(note for account in accounts for note in account.notes)),
    )
