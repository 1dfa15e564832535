"""What a worksheet holds besides the cells of its table, as found in the workbook's own XML."""

from collections import Counter
from dataclasses import dataclass, field

from headwater.vocabulary import BadInput

MOST_CELLS = 25_000_000
"""Rows times columns of one worksheet. Reading it takes up to 32 bytes for each, empty or not: under a gigabyte."""
MOST_MERGED = 1_000_000
"""Cells of one worksheet that lie under others."""
MOST_ROWS, MOST_COLUMNS = 1 << 20, 1 << 14
"""As many as a spreadsheet program has."""


@dataclass(slots=True)
class Sheet:
    """One worksheet. Rows and columns are numbered from nought."""

    name: str
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    filtered: bool = False
    """Are rows hidden by a filter rather than by hand?"""
    errors: set[tuple[int, int]] = field(default_factory=set)
    """(row, column) of each cell that says #REF!, #N/A or the like."""
    covered: list[tuple[int, int, int, int]] = field(default_factory=list)
    """(first row, first column, last row, last column) of each block of merged cells."""
    rows: int = 0
    """One more than the last row with anything in it."""
    columns: int = 0
    also: Counter[str] = field(default_factory=Counter)
    """How many formulas, comments, pictures … by the words of the note about them."""

    def fill(self, row: int, column: int) -> None:
        """There is something in this cell."""
        self.rows, self.columns = max(self.rows, row + 1), max(self.columns, column + 1)

    def refuse_vast(self, workbook: str) -> None:
        """Raises BadInput where the sheet would not fit in a laptop's memory: a stray cell at its far corner is enough."""
        if self.rows * self.columns > MOST_CELLS:
            raise BadInput(
                f"{workbook}: {self.name!r} reaches to row {self.rows:,} and column {self.columns:,}, which is too large to "
                "read. Delete what stands far from the table, or save the sheet as CSV."
            )
        reach = (
            (min(self.rows, last) - top, min(self.columns, right) - left) for top, left, last, right in self.covered
        )
        if sum(max(0, rows + 1) * max(0, columns + 1) for rows, columns in reach) > MOST_MERGED:
            raise BadInput(f"{workbook}: {self.name!r} has too many merged cells to read. Save the sheet as CSV.")


@dataclass(slots=True)
class Contents:
    """All that was found in one workbook."""

    sheets: dict[str, Sheet]
    also: Counter[str]
    """What belongs to no one sheet, by the words of the note about it."""
