"""One entry of a table: its words, its markers and where it opens. Every format asks here, so every format agrees."""

import re
from collections.abc import Sequence

from headwater.documents.model import Column, Document, Entry, Quoted, Table, tables_of
from headwater.vocabulary import CELL_TYPES, ESTIMATED_MEANING, Cell, LowReliability, is_shown

ESTIMATED_MARKER = "[e]"
_MARKER = re.compile(r"\[[a-z]\]")
MEANINGS = {kind.marker: kind.meaning for kind in CELL_TYPES if kind.marker} | {ESTIMATED_MARKER: ESTIMATED_MEANING}
"""Every marker that can stand in or beside a figure, and what it means."""


def cell_of(entry: Entry) -> Cell | None:
    """The cell in an entry, if it holds one."""
    if isinstance(entry, Quoted):
        return entry.cell
    return entry if isinstance(entry, CELL_TYPES) else None


def opens_of(entry: Entry) -> str:
    """The anchor where a figure answers back; empty for anything else."""
    return entry.opens if isinstance(entry, Quoted) else ""


def words_of(entry: Entry, column: Column) -> str:
    """An entry as printed. A bare number in a column of words stays as it is: a year has no thousands comma."""
    cell = cell_of(entry)
    if cell is not None:
        return cell.text
    if isinstance(entry, int | float) and column.numeric:
        words = f"{entry:,.{column.decimals}f}"
        return words.removeprefix("-") if not words.strip("-0.,") else words  # never print a minus nought
    return str(entry)


def markers_beside(entry: Entry) -> tuple[str, ...]:
    """The markers that stand beside a figure that is shown: [e], [u]."""
    cell = cell_of(entry)
    if cell is None or not is_shown(cell):
        return ()
    converted = () if cell.estimate.conversion is None else (ESTIMATED_MARKER,)
    return (*converted, cell.marker) if isinstance(cell, LowReliability) else converted


def key_of(table: Table, symbols: Sequence[tuple[str, str]] = ()) -> tuple[tuple[str, str], ...]:
    """The markers printed in a table and what each means, in the publication's own words where `symbols` has them."""
    meanings = MEANINGS | dict(symbols)
    printed = (words_of(e, column) for row in table.rows for e, column in zip(row, table.columns, strict=True))
    used = {marker for words in printed for marker in _MARKER.findall(words)}
    return tuple((marker, meanings[marker]) for marker in sorted(used & set(meanings)))


def distinct_tables(document: Document, *, papers: bool = False) -> tuple[Table, ...]:
    """The document's tables in reading order, one that is printed twice given once.

    Raises ValueError where two different tables share a name, because the name is a file's or a sheet's.
    """
    found: dict[str, Table] = {}
    for table in tables_of(document, papers=papers):
        if found.setdefault(table.name, table) != table:
            raise ValueError(f"two different tables of {document.title!r} are named {table.name!r}")
    return tuple(found.values())
