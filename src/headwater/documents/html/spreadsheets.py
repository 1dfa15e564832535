"""A table as a CSV file that a spreadsheet opens as it was meant: numbers as numbers, words as words, nothing run."""

import csv
import io
import re
from collections.abc import Iterator

from headwater.documents.html.tables import cell_of, words_of
from headwater.documents.model import Column, Entry, Table
from headwater.vocabulary import Cell, is_shown

_RUNS = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"-?\d[\d,]*(\.\d+)?%?")


def csv_of(table: Table) -> bytes:
    """The file's bytes: UTF-8 with a byte-order mark, without which Excel reads it in the wrong alphabet.

    Figures stand without separators or units. Where a column holds figures that carry a marker ([u], [e]), the markers
    go in a column of their own after it, so that the figures can be added up.
    """
    marked = tuple(_holds_marked(table, i) for i in range(len(table.columns)))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(list(_titles(table, marked)))
    for row in table.rows:
        writer.writerow([value for i, entry in enumerate(row) for value in _values(entry, table.columns[i], marked[i])])
    return text.getvalue().encode("utf-8-sig")


def harmless(words: str) -> str:
    """Words that a spreadsheet would run as a formula get an apostrophe before them."""
    return f"'{words}" if words.lstrip(" ").startswith(_RUNS) and not _NUMBER.fullmatch(words) else words


def _titles(table: Table, marked: tuple[bool, ...]) -> Iterator[str]:
    for column, has_markers in zip(table.columns, marked, strict=True):
        yield harmless(column.title)
        if has_markers:
            yield harmless(f"{column.title}: markers")


def _values(entry: Entry, column: Column, marked: bool) -> Iterator[str]:
    cell = cell_of(entry)
    if isinstance(entry, str):
        yield harmless(entry)
    elif cell is None:
        yield words_of(entry, column).replace(",", "")
    else:
        yield _figure(cell)
    if marked:
        yield _markers(cell) if cell is not None else ""


def _figure(cell: Cell) -> str:
    """The figure as printed, bare; or the marker that stands in its place."""
    return cell.text.split(" ")[0].replace(",", "").removesuffix("%") if is_shown(cell) else cell.marker


def _markers(cell: Cell) -> str:
    return " ".join(cell.text.split(" ")[1:]) if is_shown(cell) else ""


def _holds_marked(table: Table, i: int) -> bool:
    cells = (cell_of(row[i]) for row in table.rows)
    return any(_markers(cell) for cell in cells if cell is not None)
