"""Looking over a file that nobody knows yet, in memory only, to propose which of its columns are which of a dataset's."""

import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from headwater.sources.contract import folded
from headwater.sources.edge.memory import MemoryFile
from headwater.sources.inside import Inside, insides
from headwater.sources.mapping import Look, Proposal, look_at, propose
from headwater.sources.members import offered
from headwater.sources.registry import contract, sources
from headwater.sources.screening import head_of
from headwater.sources.text import Record, looks_like, records
from headwater.vocabulary import BadInput, WrongRequest, did_you_mean

_DATA = frozenset(("date", "postcode", "nhs number"))
"""Kinds of cell that are never the name of a column."""
_CANDIDATES = 3


@dataclass(frozen=True, slots=True)
class Survey:
    """One table that was looked over."""

    table: str
    """Its name inside what was handed over."""
    rows: int
    proposals: tuple[Proposal, ...]
    """The likeliest datasets, best first; or the one that was asked for."""


def survey(path: Path, *, dataset: str | None = None, sheet: str | None = None) -> Survey:
    """Propose a mapping for the table in `path`, or for that of its `sheet`. Nothing of it is written anywhere.

    Raises WrongRequest where there are several tables or no such dataset, BadInput where the file cannot be read or its first
    row looks like somebody's data and not like names of columns.
    """
    asked = [contract(dataset)] if dataset else [each for source in sources() for each in source.contracts.values()]
    with tempfile.TemporaryDirectory() as nowhere, offered(path, Path(nowhere)) as offer:
        tables = [table for table in insides(offer.members).tables if table.kind == ".csv"]
        table = _chosen(path, tables, sheet)
        rows = _rows(table)
    top, below = rows[0], rows[1:]
    header = tuple(field.strip() for field in top.fields)
    looks = _looks(header, below)
    _refuse_data(header, table.name)
    found = sorted((propose(each, header, looks) for each in asked), key=lambda each: (-each.score, each.dataset))
    return Survey(table.name, len(below), tuple(found[:_CANDIDATES]))


def _chosen(path: Path, tables: Sequence[Inside], sheet: str | None) -> Inside:
    names = [_sheet(table) for table in tables]
    if not tables:
        raise BadInput(f"{path.name} has no table that can be read")
    if sheet is None and len(tables) == 1:
        return tables[0]
    if sheet not in names:
        asked = f"there is no table {did_you_mean(sheet, names)}" if sheet else "there are several tables"
        raise WrongRequest(f"{asked} in {path.name}: say --sheet with one of {', '.join(map(repr, names))}")
    return tables[names.index(sheet)]


def _sheet(table: Inside) -> str:
    """'April' for 'returns.xlsx/April.csv'."""
    inner = table.name.removeprefix(f"{table.file}/")
    return inner.removesuffix(".csv") if inner != table.name else table.name


def _rows(table: Inside) -> list[Record]:
    """The header, found below its titles if it must be, and every row under it."""
    with closing(head_of(table)) as head:
        if kind := looks_like(head.first):
            raise BadInput(f"{table.name} is {kind}, whatever its name says.")
        rows = list(records(cast("Path", MemoryFile(head.whole()))))
    if not rows:
        raise BadInput(f"{table.name} is empty: there is not even a header")
    return rows[_titles(rows) :]


def _titles(rows: Sequence[Record]) -> int:
    """How many rows stand above the header: those before the first that is as wide as most and whose every cell is filled."""
    width = max(sum(bool(cell.strip()) for cell in row.fields) for row in rows[:30])
    full = (n for n, row in enumerate(rows[:30]) if sum(bool(cell.strip()) for cell in row.fields) * 2 > width)
    return next(full, 0)


def _looks(header: Sequence[str], below: Sequence[Record]) -> tuple[Look, ...]:
    sound = [row.fields for row in below if not row.trouble and len(row.fields) == len(header)]
    return tuple(look_at(name, (row[at] for row in sound)) for at, name in enumerate(header))


def _refuse_data(header: Sequence[str], name: str) -> None:
    filled = [cell for cell in header if cell]
    kinds = [look_at("", [cell]).kind for cell in filled]
    numbers = sum(kind in ("number", "age", "yes or no") for kind in kinds)
    if any(kind in _DATA for kind in kinds) or numbers * 2 > len(filled) or len(set(map(folded, filled))) < len(filled):
        raise BadInput(
            f"the first row of {name} looks like a row of data, or has a name twice, so it is not shown. Ask for the file with "
            "names over its columns, each name once."
        )
