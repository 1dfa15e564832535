"""CSV extracts as lazy frames of text under the contract's own column names, whatever each file's header calls them.

A `sound` extract is scanned where it lies. Any other is *sifted* first: read with care by Python's own CSV reader, its
unusable rows set aside with their line numbers, and the rest written out again for the engine.
"""

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import narwhals as nw

from headwater.engine import Engine
from headwater.sources.contract import Contract
from headwater.sources.source import Extract
from headwater.sources.text import records

LINE, RECORD, FILE = "line of the file", "record of the file", "file"
WRONG_WIDTH = "the row has the wrong number of fields"
Frame = nw.LazyFrame[Any]


@dataclass(frozen=True, slots=True)
class Refusal:
    """One row that could not be used: where it is and why, never what it says."""

    file: str
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One extract as the engine will read it."""

    extract: Extract
    path: Path
    header: tuple[str, ...]
    """The column names as they stand in the file at `path`."""
    rows: int
    """Rows the engine should find there."""
    refusals: tuple[Refusal, ...] = ()
    sifted: bool = False

    @property
    def landed(self) -> int:
        return self.rows + len(self.refusals)


def sheet(extract: Extract) -> Sheet:
    """The extract as it lies."""
    return Sheet(extract, extract.path, tuple(next(records(extract.path)).fields), extract.rows)


def is_plain(extract: Extract) -> bool:
    """May the engine read it as it lies? It must be sound, and each column must have a name of its own."""
    return (
        extract.sound
        and all(extract.header)
        and len({name.casefold() for name in extract.header}) == len(extract.header)
    )


def sift(extract: Extract, path: Path) -> Sheet:
    """Write the usable rows of an extract to `path`, each with its line and its place in the file."""
    width, kept = len(extract.header), 0
    names = (*(f"column {number}" for number in range(1, width + 1)), LINE, RECORD)
    refusals: list[Refusal] = []
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        for place, record in enumerate(records(extract.path), start=1):
            if place == 1:
                continue
            if why := record.trouble or (WRONG_WIDTH if len(record.fields) != width else ""):
                refusals.append(Refusal(extract.name, record.line, why))
                continue
            writer.writerow((*(_on_one_line(field) for field in record.fields), record.line, place))
            kept += 1
    return Sheet(extract, path, names, kept, tuple(refusals), sifted=True)


def _on_one_line(field: str) -> str:
    return " ".join(field.splitlines()) if "\n" in field or "\r" in field else field


def given(column: str) -> str:
    """What the contract's `column` is called while it is text. (To the engine 'Longitude' and 'longitude' are one name.)"""
    return f"{column}, as given"


def texts(engine: Engine, contract: Contract, sheets: Iterable[Sheet], *, numbered: bool = False) -> Frame:
    """Every row of the sheets: the contract's columns as text (see `given`), the `file`, and (if sifted or `numbered`) its place in it.

    RECORD is the row's place in its file, where the header is 1; LINE is known only where the sheet was sifted.
    """
    alike: defaultdict[tuple[Any, ...], list[Sheet]] = defaultdict(list)
    for one in sheets:
        alike[one.sifted, one.header, one.extract.header].append(one)
    return nw.concat([_alike(engine, contract, group, numbered=numbered) for _, group in sorted(alike.items())])


def _alike(engine: Engine, contract: Contract, sheets: Sequence[Sheet], *, numbered: bool) -> Frame:
    """Sheets that share one header, read in one go."""
    first = sheets[0]
    number = RECORD if numbered and not first.sifted else None
    rows = engine.scan_csv([one.path for one in sheets], line=number)
    places = {name: place for place, name in enumerate(first.extract.header)}
    matched = {name: first.header[places[theirs]] for name, theirs in contract.match(first.extract.header).items()}
    named = {given(column.name): _text(matched.get(column.name)) for column in contract.columns}
    here = {LINE: first.sifted, RECORD: first.sifted or number is not None}
    return rows.select(FILE, **named, **{name: _whole(name if known else None) for name, known in here.items()})


def _text(column: str | None) -> nw.Expr:
    return nw.lit(None, dtype=nw.String()) if column is None else nw.col(column)


def _whole(column: str | None) -> nw.Expr:
    return nw.lit(None, dtype=nw.Int64()) if column is None else nw.col(column).cast(nw.Int64())


def said_of(sheets: Iterable[Sheet], answer: Callable[[Sheet], str]) -> nw.Expr:
    """For each row, the answer for its sheet: a decision tree on `file`, which costs next to nothing.

    (A join would cost the order of the rows.)
    """
    pairs = sorted((str(one.path), answer(one)) for one in sheets)
    return _tree(pairs)


def _tree(pairs: list[tuple[str, str]]) -> nw.Expr:
    if len({answer for _, answer in pairs}) == 1:
        return nw.lit(pairs[0][1])
    half = len(pairs) // 2
    earlier = nw.col(FILE) < nw.lit(pairs[half][0])
    return nw.when(earlier).then(_tree(pairs[:half])).otherwise(_tree(pairs[half:]))
