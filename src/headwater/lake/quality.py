"""How good is what arrived, in plain words: what was set aside and where it stands, and what the rows that were kept leave unsaid."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import narwhals as nw
import pyarrow as pa
import pyarrow.parquet as pq

from headwater.engine import Engine
from headwater.lake.snapshot import Snapshot
from headwater.vocabulary import FLAGS

FEW = 5
"""Lines named of one file for one reason."""
SAID: Mapping[str, str] = {
    "area_code": "say in which small area it happened",
    "occurred": "say when, to the minute",
    "setting": "say in what kind of place",
    "outcome": "have an outcome",
    **{flag: f"say either way of {flag.replace('_', ' ')}" for flag in FLAGS},
}
"""The columns of events whose silence matters, and what a row that fills one does."""
KNOWN: Mapping[str, str] = {
    "age_band": "have an age",
    "sex": "have a sex",
    "ethnicity": "have an ethnic group",
    "person_key": "can be known again by a key",
    "home_area": "have a small area of home",
}
"""The same for people."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Rows set aside for one reason."""

    dataset: str
    reason: str
    rows: int
    where: tuple[tuple[str, tuple[int, ...], int], ...]
    """By file: its first lines (line 1 is the header), and how many rows of it there are."""

    @property
    def words(self) -> str:
        """'3 rows set aside: the month cannot be read (a.csv, lines 4, 9 and 12).'"""
        files = "; ".join(f"{file}, {_lines(lines, many)}" for file, lines, many in self.where)
        return f"{_rows(self.rows)} set aside: {self.reason.rstrip('.')} ({files})."


@dataclass(frozen=True, slots=True)
class Said:
    """How many of the rows of a dataset say something."""

    dataset: str
    what: str
    """In words: 'say in which small area it happened'."""
    rows: int
    of: int

    @property
    def words(self) -> str:
        """'2,410 of 2,547 (94.6%) say when, to the minute.'"""
        return f"{self.rows:,} of {self.of:,} ({100 * self.rows / self.of:.1f}%) {self.what}."


def faults(snapshot: Snapshot) -> tuple[Fault, ...]:
    """Everything set aside, by dataset and reason, commonest first."""
    return faults_in((part.dataset, snapshot.root / part.where) for part in snapshot.parts)


def faults_in(conformed: Iterable[tuple[str, Path]]) -> tuple[Fault, ...]:
    """The same of datasets that were conformed into these folders."""
    found: dict[tuple[str, str], dict[str, list[int]]] = {}
    for dataset, folder in conformed:
        path = folder / "quarantine.parquet"
        rows: pa.Table = pq.read_table(path) if path.is_file() else pa.table({"file": [], "line": [], "reason": []})
        for row in rows.to_pylist():
            found.setdefault((dataset, row["reason"]), {}).setdefault(row["file"], []).append(row["line"])
    every = [
        Fault(dataset, reason, sum(map(len, files.values())), _where(files))
        for (dataset, reason), files in found.items()
    ]
    return tuple(sorted(every, key=lambda fault: (fault.dataset, -fault.rows, fault.reason)))


def _where(files: Mapping[str, list[int]]) -> tuple[tuple[str, tuple[int, ...], int], ...]:
    return tuple((file, tuple(sorted(lines)[:FEW]), len(lines)) for file, lines in sorted(files.items()))


def _lines(lines: tuple[int, ...], many: int) -> str:
    named = ", ".join(f"{line:,}" for line in lines)
    more = f" and {many - len(lines):,} more" if many > len(lines) else ""
    return f"line{'s' if many > 1 else ''} {named}{more}"


def _rows(many: int) -> str:
    return "1 row" if many == 1 else f"{many:,} rows"


def said(snapshot: Snapshot, engine: Engine) -> tuple[Said, ...]:
    """For each dataset of events and people, how many rows say what: only what at least one of its rows says."""
    return (*_said(snapshot, engine, "events", SAID), *_said(snapshot, engine, "people", KNOWN))


def _said(snapshot: Snapshot, engine: Engine, table: str, columns: Mapping[str, str]) -> Iterator[Said]:
    if not snapshot.has(table):
        return
    filled = {column: nw.col(column).count() for column in columns}
    counted = snapshot.table(table, engine).group_by("dataset").agg(of=nw.len(), **filled)
    rows: list[dict[str, Any]] = sorted(engine.collect(counted).to_pylist(), key=lambda row: row["dataset"])
    for row in rows:
        yield from (Said(row["dataset"], words, row[name], row["of"]) for name, words in columns.items() if row[name])
