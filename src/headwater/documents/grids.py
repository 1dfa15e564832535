"""A table as a spreadsheet or a CSV wants it: one value a cell, numbers as numbers, markers in a column of their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Literal

from headwater.documents.entries import MEANINGS, cell_of, markers_beside, words_of
from headwater.documents.model import Column, Entry, Table
from headwater.vocabulary import is_shown


@dataclass(frozen=True, slots=True)
class Value:
    """A number, and how many decimals it is shown with."""

    number: float
    decimals: int

    @property
    def digits(self) -> str:
        """The number in full, as a file holds it: shortest digits that read back the same, no thousands commas."""
        whole = self.decimals == 0 and float(self.number).is_integer()
        return str(int(self.number)) if whole else repr(float(self.number))


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column, and what all of it is once the markers that stand for a missing figure are set aside."""

    title: str
    kind: Literal["string", "integer", "number"]


@dataclass(frozen=True, slots=True)
class Grid:
    """Columns, and rows of words and numbers."""

    columns: tuple[GridColumn, ...]
    rows: tuple[tuple[str | Value, ...], ...]


def grid_of(table: Table) -> Grid:
    """Flatten a table. A column whose figures carry markers ([e], [u]) is followed by a column of them."""
    columns: list[GridColumn] = []
    contents: list[Sequence[str | Value]] = []
    for place, column in enumerate(table.columns):
        entries = [row[place] for row in table.rows]
        values = [_plain(entry, column) for entry in entries]
        columns.append(GridColumn(column.title, _kind(values)))
        contents.append(values)
        if any(markers_beside(entry) for entry in entries):
            columns.append(GridColumn(f"{column.title}: markers", "string"))
            contents.append([" ".join(markers_beside(entry)) for entry in entries])
    return Grid(tuple(columns), tuple(zip(*contents, strict=True)))


def _plain(entry: Entry, column: Column) -> str | Value:
    cell = cell_of(entry)
    if cell is not None:
        return _finite(cell.estimate.value, cell.estimate.decimals) if is_shown(cell) else cell.text
    if isinstance(entry, int | float) and column.numeric:
        return _finite(entry, column.decimals)
    return words_of(entry, column)


def _finite(number: float, decimals: int) -> Value:
    if not isfinite(number):
        raise ValueError("a table holds a number that is not finite; say why there is no figure with a cell instead")
    return Value(number, decimals)


def _kind(values: Sequence[str | Value]) -> Literal["string", "integer", "number"]:
    numbers = [value for value in values if isinstance(value, Value)]
    words = [value for value in values if isinstance(value, str) and value not in MEANINGS]
    if words or not numbers:
        return "string"
    return "integer" if all(value.digits.lstrip("-").isdigit() for value in numbers) else "number"
