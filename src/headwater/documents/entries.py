"""One entry of a table: its words, its marks and where it opens. Every format asks here, so every format agrees."""

from collections.abc import Sequence

from headwater.documents.model import Column, Document, Entry, Quoted, Table, tables_of
from headwater.vocabulary import CELL_TYPES, ESTIMATED_MEANING, Cell, LowReliability, is_shown

ESTIMATED_MARK = "[e]"
MEANINGS = {kind.marker: kind.meaning for kind in CELL_TYPES if kind.marker} | {ESTIMATED_MARK: ESTIMATED_MEANING}
"""Every mark that can stand in or beside a figure, and what it means."""


def cell_of(entry: Entry) -> Cell | None:
    """The cell in an entry, if it holds one."""
    if isinstance(entry, Quoted):
        return entry.cell
    return entry if isinstance(entry, CELL_TYPES) else None


def opens_of(entry: Entry) -> str:
    """The anchor where a figure answers back; empty for anything else."""
    return entry.opens if isinstance(entry, Quoted) else ""


def words_of(entry: Entry, column: Column) -> str:
    """An entry as printed."""
    cell = cell_of(entry)
    if cell is not None:
        return cell.text
    if isinstance(entry, int | float):
        words = f"{entry:,.{column.decimals}f}"
        return words.removeprefix("-") if not words.strip("-0.,") else words  # never print a minus nought
    return str(entry)


def marks_beside(entry: Entry) -> tuple[str, ...]:
    """The marks that stand beside a figure that is shown: [e], [u]."""
    cell = cell_of(entry)
    if cell is None or not is_shown(cell):
        return ()
    converted = () if cell.estimate.conversion is None else (ESTIMATED_MARK,)
    return (*converted, cell.marker) if isinstance(cell, LowReliability) else converted


def marks_of(entry: Entry) -> tuple[str, ...]:
    """Every mark in an entry: those beside its figure, or the one that stands in its place."""
    cell = cell_of(entry)
    if cell is None:
        return (entry,) if isinstance(entry, str) and entry in MEANINGS else ()
    return marks_beside(entry) if is_shown(cell) else (cell.marker,)


def key_of(table: Table, symbols: Sequence[tuple[str, str]] = ()) -> tuple[tuple[str, str], ...]:
    """The marks used in a table and what each means, in the publication's own words where `symbols` has them."""
    used = {mark for row in table.rows for entry in row for mark in marks_of(entry)}
    meanings = MEANINGS | dict(symbols)
    return tuple((mark, meanings[mark]) for mark in sorted(used))


def distinct_tables(document: Document, *, papers: bool = False) -> tuple[Table, ...]:
    """The document's tables in reading order, one that is printed twice given once.

    Raises ValueError where two different tables share a name, because the name is a file's or a sheet's.
    """
    found: dict[str, Table] = {}
    for table in tables_of(document, papers=papers):
        if found.setdefault(table.name, table) != table:
            raise ValueError(f"two different tables of {document.title!r} are named {table.name!r}")
    return tuple(found.values())
