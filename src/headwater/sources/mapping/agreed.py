"""A mapping as it was agreed: one file of a workspace's `mappings/`."""

import tomllib
from collections.abc import Mapping as Lookup
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, cast, get_args

from headwater.sources.contract import Contract, folded
from headwater.sources.dates import Order
from headwater.sources.registry import contract
from headwater.vocabulary import BadInput, WrongRequest, did_you_mean

FOLDER = "mappings"
_NEEDED = ("dataset", "producer", "header", "columns")
_MAY = ("agreed_by", "agreed", "date_order", "dates", "always", "codes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """How one partner's file becomes one of a dataset. The file's name is the mapping's name."""

    name: str
    dataset: str
    producer: str
    """Who sends it, in words."""
    header: tuple[str, ...]
    """The header it is for; the order of columns does not matter."""
    columns: Lookup[str, str]
    """The contract's name -> the partner's."""
    always: Lookup[str, str]
    """The contract's name -> what it always is in this partner's files, for columns they do not have."""
    dates: tuple[str, ...]
    """The columns, by the contract's names, that are read as dates and written in ISO form."""
    date_order: Order | None
    codes: Lookup[str, Lookup[str, str]]
    """The contract's name of a column -> the partner's word, folded -> the word the contract knows."""
    agreed_by: str = ""
    agreed: str = ""

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read one file. Raises BadInput where it is not understood or no longer fits its contract."""
        try:
            said: dict[str, Any] = tomllib.loads(path.read_text("utf-8-sig"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
            raise BadInput(f"{FOLDER}/{path.name} is not a readable TOML file: {problem}") from problem
        try:
            return cls(name=path.stem, **_checked(said))
        except (TypeError, AttributeError) as problem:
            raise BadInput(
                f"{FOLDER}/{path.name} is not laid out as a mapping: make it again with `headwater map`"
            ) from problem
        except (BadInput, WrongRequest) as problem:
            raise BadInput(f"{FOLDER}/{path.name}: {problem}") from problem

    @property
    def folded_header(self) -> frozenset[str]:
        return frozenset(folded(name) for name in self.header if folded(name))


def read_mappings(root: Path) -> tuple[Mapping, ...]:
    """Every mapping of a workspace, by name. Raises BadInput where one is not understood, or two are for the same header."""
    found = tuple(Mapping.read(path) for path in sorted((root / FOLDER).glob("*.toml")))
    headers: dict[frozenset[str], str] = {}
    for each in found:
        first = headers.setdefault(each.folded_header, each.name)
        if first != each.name:
            raise BadInput(f"{FOLDER}/{first}.toml and {FOLDER}/{each.name}.toml are for the same header. Keep one.")
    return found


def _checked(said: dict[str, Any]) -> dict[str, Any]:
    if strange := sorted(set(said) - {*_NEEDED, *_MAY}):
        raise BadInput(f"not understood: {', '.join(did_you_mean(word, (*_NEEDED, *_MAY)) for word in strange)}")
    if absent := sorted(set(_NEEDED) - set(said)):
        raise BadInput(f"missing: {', '.join(absent)}")
    promised = contract(said["dataset"])
    columns, always = cast("dict[str, str]", said["columns"]), cast("dict[str, str]", said.get("always", {}))
    header = tuple(map(str, said["header"]))
    _check_ours(promised, [*columns, *always, *said.get("dates", ()), *said.get("codes", {})])
    _check_theirs(columns, header)
    if said.get("agreed_by") and said.get("agreed"):  # a draft stands in nobody's way until its file comes
        _check_enough(promised, columns, always)
        _check_codes(promised, said.get("codes", {}))
    return {
        "dataset": promised.dataset, "producer": str(said["producer"]), "header": header, "columns": columns, "always": always,
        "dates": tuple(said.get("dates", ())), "date_order": _order(said.get("date_order") or None),
        "codes": {column: {folded(word): str(ours) for word, ours in words.items()} for column, words in said.get("codes", {}).items()},
        "agreed_by": str(said.get("agreed_by", "")), "agreed": str(said.get("agreed", "")),
    }  # fmt: skip


def _check_ours(promised: Contract, named: list[str]) -> None:
    known = [column.name for column in promised.columns]
    if strange := sorted(set(named) - set(known)):
        raise BadInput(f"{promised.dataset} has no column {', '.join(did_you_mean(name, known) for name in strange)}")


def _check_theirs(columns: Lookup[str, str], header: tuple[str, ...]) -> None:
    theirs = set(map(folded, header))
    if strange := sorted({name for name in columns.values() if folded(name) not in theirs}):
        raise BadInput(f"its header has no column {', '.join(did_you_mean(name, header) for name in strange)}")
    if len({folded(name) for name in columns.values()}) < len(columns):
        raise BadInput("one of the partner's columns stands for two of the contract's")


def _check_enough(promised: Contract, columns: Lookup[str, str], always: Lookup[str, str]) -> None:
    if both := sorted(set(columns) & set(always)):
        raise BadInput(f"{', '.join(map(repr, both))} cannot be a column and always the same")
    if missing := sorted({c.name for c in promised.columns if c.required} - {*columns, *always}):
        raise BadInput(
            f"{promised.dataset} needs {', '.join(map(repr, missing))} too: name the partner's column, or fill in [always]"
        )


def _check_codes(promised: Contract, codes: Lookup[str, Lookup[str, str]]) -> None:
    forms = {column.name: column.form for column in promised.columns}
    for column, words in codes.items():
        if unfilled := sum(not ours for ours in words.values()):
            raise BadInput(f"{unfilled:,} words of {column!r} have no word of ours yet: fill them in, or take them out")
        known = promised.codes.get(forms[column].removeprefix("codes:"), {})
        if known and (strange := sorted(set(words.values()) - set(known))):
            raise BadInput(f"{column!r} cannot be {', '.join(did_you_mean(word, known) for word in strange)}")


def _order(said: object) -> Order | None:
    if said is not None and said not in get_args(Order):
        raise BadInput(f"date_order can be {' or '.join(map(repr, get_args(Order)))}")
    return cast("Order | None", said)
