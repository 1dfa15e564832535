"""A snapshot: exactly which rows an edition rests on, frozen and named by its contents."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import narwhals as nw

from headwater.engine import FURTHER, Engine, Frame, every_column
from headwater.lake.accounts import account_from
from headwater.lake.coverage import Coverage, CoverageRow
from headwater.lake.linked import TABLE as LINKED
from headwater.lake.linked import Linked, linked_from
from headwater.lake.provenance import Provenance
from headwater.lake.terms import Terms
from headwater.sources import Account
from headwater.vocabulary import WorkspaceTrouble, WrongRequest, did_you_mean

FORMAT = 1
OVERLAPPING = frozenset({"areas", "links"})
"""Tables in which two files may say the same thing: each is kept once."""
_KINDS = {"string": nw.String(), "bool": nw.Boolean(), "timestamp[us]": nw.Datetime("us")}
"""The kinds of the columns of FURTHER, as Narwhals names them."""


@dataclass(frozen=True, slots=True)
class Shelved:
    """One conformed part that the snapshot uses, and the months of it that a newer release replaced."""

    where: str
    """Its folder, from the workspace's root."""
    dataset: str
    tables: tuple[str, ...]
    without: tuple[tuple[str, tuple[str, ...]], ...]
    """(producer, months) not to be used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What was frozen. The same landed packages and readers give the same digest, in any folder and on any day."""

    root: Path
    digest: str
    parts: tuple[Shelved, ...]
    provenance: tuple[Provenance, ...]
    accounts: tuple[Account, ...]
    """What became of every row, by dataset."""
    coverage: Coverage
    linked: Linked | None = None
    """The papers of the links between records of different partners, where there are any."""

    def has(self, name: str) -> bool:
        """Does any part hold the conformed table `name`?"""
        if name == LINKED:
            return self.linked is not None
        return any(name in part.tables for part in self.parts)

    def table(self, name: str, engine: Engine, *, dataset: str = "") -> Frame:
        """One conformed table of every part as a lazy frame, without the rows a newer release replaced; with `dataset`, its rows
        alone, for which no other part is opened.

        It has every column the table may have, empty where a source gives none. Raises WrongRequest where nothing landed holds such a table.
        """
        if not self.has(name):
            known = sorted({table for part in self.parts for table in part.tables})
            raise WrongRequest(f"the snapshot holds no table {did_you_mean(name, known)}: it has {', '.join(known)}")
        if name == LINKED and self.linked:
            return engine.scan(self._linked(self.linked))
        holding = [part for part in self.parts if name in part.tables]
        wanted = [part for part in holding if part.dataset == dataset]
        frames = list(self._frames(name, engine, wanted or holding))
        whole = frames[0] if len(frames) == 1 else nw.concat(frames, how="vertical")
        if dataset:
            return whole.filter(nw.col("dataset") == dataset)
        several = sum(name in part.tables for part in self.parts) > 1
        return whole.unique() if several and name in OVERLAPPING else whole

    def _frames(self, name: str, engine: Engine, holding: Sequence[Shelved]) -> Iterator[Frame]:
        for files in self._alike(name, [part for part in holding if not part.without]):
            yield _completed(engine.scan(*files), name)
        for part in holding:
            if part.without:
                yield _completed(engine.scan(self._file(part, name)), name).filter(~_replaced(part.without))

    def _alike(self, name: str, parts: Sequence[Shelved]) -> Iterator[list[Path]]:
        """The files of the parts, those with the same columns together: sources differ only in a table's FURTHER columns."""
        alike: dict[str, list[Path]] = {}
        for part in parts:
            alike.setdefault(part.dataset if name in FURTHER else "", []).append(self._file(part, name))
        yield from alike.values()

    def _linked(self, linked: Linked) -> Path:
        path = self.root / linked.where / f"{LINKED}.parquet"
        if not path.is_file():
            raise WorkspaceTrouble(
                f"the snapshot {self.digest[:16]} rests on links of records that are no longer here: they were made again, or "
                "deleted. Freeze a new one by landing or linking something, or use the latest."
            )
        return path

    def _file(self, part: Shelved, name: str) -> Path:
        path = self.root / part.where / f"{name}.parquet"
        if not path.is_file():
            raise WorkspaceTrouble(
                f"the snapshot {self.digest[:16]} rests on {part.dataset}, which is no longer here: it was deleted, or its "
                "retention is over. Freeze a new one by landing something, or use the latest."
            )
        return path


def _completed(rows: Frame, name: str) -> Frame:
    """The rows with every column their table may have, in its order."""
    if name not in FURTHER:
        return rows
    given = set(rows.collect_schema().names())
    empty = {
        field.name: nw.lit(None, dtype=_KINDS[str(field.type)]) for field in FURTHER[name] if field.name not in given
    }
    whole = rows.with_columns(**empty) if empty else rows
    return whole.select(*every_column(name).names)


def _replaced(without: Sequence[tuple[str, Sequence[str]]]) -> nw.Expr:
    return nw.any_horizontal(
        *((nw.col("producer") == producer) & nw.col("month").is_in(list(months)) for producer, months in without),
        ignore_nulls=False,
    )


def read_snapshot(root: Path, path: Path) -> Snapshot:
    """Read `snapshot.json`. Raises WorkspaceTrouble where it is damaged or newer than this software."""
    try:
        said: dict[str, Any] = json.loads(path.read_text("utf-8"))
        if said["format"] > FORMAT:
            raise WorkspaceTrouble(
                f"the snapshot {path.parent.name} was frozen by a newer Headwater: upgrade to read it"
            )
        return Snapshot(
            root=root,
            digest=said["digest"],
            parts=tuple(map(_shelved, said["parts"])),
            provenance=tuple(map(_provenance, said["provenance"])),
            accounts=tuple(map(account_from, said["accounts"])),
            coverage=Coverage(tuple(CoverageRow(**row) for row in said["coverage"])),
            linked=linked_from(said["linked"]) if said.get("linked") else None,
        )
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise WorkspaceTrouble(f"the snapshot {path.parent.name} is damaged. Freeze it again.") from problem


def _provenance(said: dict[str, Any]) -> Provenance:
    terms = Terms(**said["terms"]) if said.get("terms") else None
    listed: dict[str, Any] = {"months": tuple(map(tuple, said.get("months", ()))), "terms": terms}
    return Provenance(**(said | listed))


def _shelved(said: dict[str, Any]) -> Shelved:
    without = tuple((producer, tuple(months)) for producer, months in said["without"])
    return Shelved(said["where"], said["dataset"], tuple(said["tables"]), without)
