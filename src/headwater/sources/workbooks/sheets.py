"""A worksheet as CSV: what a person who opens the workbook sees, and on which row."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from headwater.sources.lines import as_lines
from headwater.sources.workbooks.cells import ERROR, cell_text
from headwater.sources.workbooks.seen import Sheet

_ROWS = 5_000
"""Rows put into text at a time."""

Rows = Iterable[Sequence[Any]]


def sheet_as_csv(rows: Rows, sheet: Sheet, *, filled_below: int | None = None) -> Iterator[bytes]:
    """The visible cells of a worksheet. Hidden rows and empty ones are blank lines, so that a line is a row of the sheet.

    Hidden columns, columns with nothing in them and whatever follows the last row are left out. A block of merged cells is its
    first cell; below the line `filled_below`, where one is given, it stands in every row the block covers that says anything else.
    """
    covered = _covered(sheet)
    kept = _columns(rows, sheet, covered)
    seen = _seen(rows, sheet, covered, kept)
    if filled_below is not None:
        seen = _filled(seen, sheet, kept, filled_below)
    while some := list(islice(seen, _ROWS)):
        yield as_lines(some)


def _seen(rows: Rows, sheet: Sheet, covered: set[tuple[int, int]], kept: list[int]) -> Iterator[list[str]]:
    """The rows in order; one that is hidden or empty has no cells, and none of these comes last."""
    blank = 0
    for number, row in enumerate(rows):
        cells = [] if number in sheet.hidden_rows else _visible(number, row, sheet, covered, kept)
        if any(cells):
            yield from ([] for _ in range(blank))
            yield cells
            blank = 0
        else:
            blank += 1


def _filled(seen: Iterator[list[str]], sheet: Sheet, kept: list[int], line: int) -> Iterator[list[str]]:
    """The rows with the first cell of each block of merged cells in the rows under it; a row that says nothing stays blank."""
    under = {(row, left): (top, left) for top, left, bottom, _ in sheet.covered if top >= line
             for row in range(top + 1, min(bottom + 1, sheet.rows))}  # fmt: skip
    first = dict.fromkeys(under.values(), "")
    for number, cells in enumerate(seen):
        for place, column in enumerate(kept if cells else ()):
            if (number, column) in first:
                first[number, column] = cells[place]
            elif (number, column) in under:
                cells[place] = first[under[number, column]]
        yield cells


def _visible(
    number: int, row: Sequence[Any], sheet: Sheet, covered: set[tuple[int, int]], kept: list[int]
) -> list[str]:
    cells = [cell_text(row[column]) if column < len(row) else "" for column in kept]
    if covered or sheet.errors:
        for place, column in enumerate(kept):
            if (number, column) in covered:
                cells[place] = ""
            elif (number, column) in sheet.errors:
                cells[place] = ERROR
    return cells


def _columns(rows: Rows, sheet: Sheet, covered: set[tuple[int, int]]) -> list[int]:
    """The visible columns with anything in a visible row."""
    found = {column for row, column in sheet.errors if row not in sheet.hidden_rows}
    for number, row in enumerate(rows):
        if number not in sheet.hidden_rows:
            there = (column for column, value in enumerate(row) if value != "" and column not in found)
            found.update(column for column in there if (number, column) not in covered)
    return sorted(found - sheet.hidden_columns)


def _covered(sheet: Sheet) -> set[tuple[int, int]]:
    """The cells that lie under another in a block of merged cells, as far as the sheet reaches."""
    covered: set[tuple[int, int]] = set()
    for top, left, bottom, right in sheet.covered:
        rows = range(top, min(bottom + 1, sheet.rows))
        columns = range(left, min(right + 1, sheet.columns))
        covered.update((row, column) for row in rows for column in columns if (row, column) != (top, left))
    return covered
