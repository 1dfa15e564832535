"""A table as the page needs it: every entry as words, with where it leads, and the meaning of every marker used."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from headwater.documents.html.anchors import Addresses, anchor_id
from headwater.documents.model import Column, Entry, Quoted, Table
from headwater.vocabulary import CELL_TYPES, ESTIMATED_MEANING, Cell, LowReliability, Suppressed, is_shown, why_not

_DAY = re.compile(r"\d{4}-\d{2}(-\d{2})?")
_MARKER = re.compile(r"\[[a-z]\]")
MEANINGS = {kind.marker: kind.meaning for kind in CELL_TYPES if kind.marker} | {"[e]": ESTIMATED_MEANING}
FEW_REASONS = 3
LONGEST = 24
"""Letters of the longest word that is never broken."""


@dataclass(frozen=True, slots=True)
class Item:
    """One entry: its words, and the address of its papers if it has any."""

    words: str
    address: str
    numeric: bool
    heads_row: bool

    @property
    def is_day(self) -> bool:
        """Is it a day or a month in figures, which must not be broken at a hyphen?"""
        return _DAY.fullmatch(self.words) is not None

    @property
    def is_long(self) -> bool:
        """Does it hold a run of letters that no column has room for: a fingerprint, a file's name?"""
        return any(len(word) > LONGEST for word in self.words.split())


@dataclass(frozen=True, slots=True)
class Row:
    """One row, with its id if figures open to it."""

    id: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class TableView:
    """A table ready to print."""

    id: str
    name: str
    caption: str
    note: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    meanings: tuple[tuple[str, str, tuple[str, ...]], ...]
    """Each marker used, what it means, and why it stands here, where the reasons are few."""


def words_of(entry: Entry, column: Column) -> str:
    """An entry as printed. Bare numbers get separators and decimals only in a column of numbers, so a year stays a year."""
    match entry:
        case str():
            return entry
        case int() | float():
            return _bare(entry, column.decimals) if column.numeric else str(entry)
        case Quoted():
            return entry.cell.text
        case _:
            return entry.text


def _bare(value: float, decimals: int) -> str:
    words = f"{value:,.{decimals}f}"
    return words if any(digit in "123456789" for digit in words) else words.removeprefix("-")


def cell_of(entry: Entry) -> Cell | None:
    """The cell inside an entry, if it is one."""
    if isinstance(entry, Quoted):
        return entry.cell
    return None if isinstance(entry, str | int | float) else entry


def view(table: Table, addresses: Addresses, symbols: Sequence[tuple[str, str]], *, inside: str = "") -> TableView:
    """The table as the page needs it. A table inside a figure of the same name leaves the id to the figure."""
    if any(len(row) != len(table.columns) for row in table.rows):
        raise ValueError(f"the table {table.name!r} has a row that is not {len(table.columns)} entries long")
    if table.row_anchors and len(table.row_anchors) != len(table.rows):
        raise ValueError(f"the table {table.name!r} has {len(table.rows)} rows and {len(table.row_anchors)} anchors")
    anchors = table.row_anchors or ("",) * len(table.rows)
    rows = tuple(
        Row(anchor_id(anchor), tuple(_items(table, entries, addresses)))
        for anchor, entries in zip(anchors, table.rows, strict=True)
    )
    return TableView(
        id="" if inside == table.name else anchor_id(table.name),
        name=table.name,
        caption=table.caption,
        note=table.note,
        columns=table.columns,
        rows=rows,
        meanings=_meanings(table, rows, dict(symbols)),
    )


def _items(table: Table, entries: Sequence[Entry], addresses: Addresses) -> Iterator[Item]:
    for i, (entry, column) in enumerate(zip(entries, table.columns, strict=True)):
        address = addresses.address(entry.opens) if isinstance(entry, Quoted) else ""
        yield Item(words_of(entry, column), address, column.numeric, i < table.row_headers)


def _meanings(
    table: Table, rows: Sequence[Row], symbols: dict[str, str]
) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Every marker printed in the table, in alphabetical order."""
    used = {found for row in rows for item in row.items for found in _MARKER.findall(item.words)}
    known = MEANINGS | symbols
    return tuple((marker, known[marker], _reasons(table, marker)) for marker in sorted(used & set(known)))


def _reasons(table: Table, marker: str) -> tuple[str, ...]:
    """Why the marker stands in this table, where there are few enough reasons to read."""
    cells = [
        cell for row in table.rows for entry in row if (cell := cell_of(entry)) is not None and cell.marker == marker
    ]
    reasons = sorted(why for why in {_why(cell) for cell in cells} if why and why not in table.note)
    return tuple(reasons) if len(reasons) <= FEW_REASONS else ()


def _why(cell: Cell) -> str:
    if isinstance(cell, LowReliability):
        return cell.why
    return "" if is_shown(cell) or isinstance(cell, Suppressed) else why_not(cell)
