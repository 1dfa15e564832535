"""A reference file read a column at a time, where every line of it is plain; anything else is read row by row, with care.

What is here is only ever *sure*: it knows a file, a code or a number that the careful way would take as it stands. What it
is not sure of may be right or wrong, and it is the careful way (see `reading`) that says which, and why.
"""

# pyright: reportAttributeAccessIssue=false
# (pyarrow makes its compute functions as it is imported, where a type checker cannot see them)

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv
from numpy.typing import NDArray

from headwater.sources.reading import Unusable
from headwater.sources.sheets import is_plain
from headwater.sources.source import Extract

_BLOCK = 1 << 22
_LONGEST = 15
"""Digits of a number that is sure to fit, and whose sum over a hundred columns is too."""
_REAL = r"^-?[0-9]+(?:\.[0-9]+)?(?:[eE]-?[0-9]+)?$"

Sure = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Page:
    """Every row of one plain file, a column at a time: cells by column name, as they stand, untrimmed."""

    cells: Mapping[str, Any]
    rows: int

    def trimmed(self, column: str) -> list[str]:
        """The cells of a column without the space round them."""
        coded = self.cells[column].dictionary_encode()
        words: list[str] = [word.strip() for word in coded.dictionary.to_pylist()]
        return [words[number] for number in coded.indices.to_pylist()]

    def where(self, sure: Sure) -> "Page":
        """Some of its rows."""
        if sure.all():
            return self
        mask = pa.array(sure)
        return Page({name: cells.filter(mask) for name, cells in self.cells.items()}, int(sure.sum()))

    def refusals(self, sure: Sure, check: Callable[[dict[str, str]], object]) -> list[tuple[int, str]] | None:
        """(line, reason) of each row that is not sure, as `check` says; None where one of them can be used after all."""
        refused: list[tuple[int, str]] = []
        for row in np.flatnonzero(~sure).tolist():
            try:
                _ = check({name: cells[row].as_py().strip() for name, cells in self.cells.items()})
            except Unusable as why:
                refused.append((row + 2, str(why)))
            else:
                return None
        return refused


def page_of(extract: Extract) -> Page | None:
    """All of a file, or None where it must be read with care: a line or the header is not plain, or the widths differ."""
    if not extract.rows or not is_plain(extract):
        return None
    try:
        table = arrow_csv.read_csv(
            extract.path,
            arrow_csv.ReadOptions(skip_rows=1, column_names=list(extract.header), block_size=_BLOCK),
            arrow_csv.ParseOptions(ignore_empty_lines=False),
            arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(extract.header, pa.string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        return None
    cells = {name: table.column(name).combine_chunks() for name in extract.header}
    longest = max(pc.max(pc.binary_length(column)).as_py() or 0 for column in cells.values())
    as_counted = table.num_rows == extract.rows and longest <= csv.field_size_limit()
    return Page(cells, table.num_rows) if as_counted else None


def are_codes(cells: Any, letters: str = "A-KO-RT-Z") -> Sure:
    """Which cells are nine-character area codes that begin with one of some letters; left out, those of no other country."""
    return _sure(pc.match_substring_regex(cells, f"^[{letters}][0-9]{{8}}$"))


def are_blank(cells: Any) -> Sure:
    """Which cells are empty."""
    return _sure(pc.equal(cells, ""))


def are_among(cells: Any, words: Sequence[str]) -> Sure:
    """Which cells are one of some words."""
    return _sure(pc.is_in(cells, pa.array(words, pa.string())))


def differ(*columns: Sequence[Any]) -> bool:
    """Is no row the same as another in all of these columns?"""
    return len(set(zip(*columns, strict=True))) == len(columns[0])


def whole_numbers(cells: Any, *, blank: bool = False) -> Any | None:
    """A column of whole numbers of nought or more, or None; where `blank` ones are allowed, they are null."""
    given = _given(cells, blank=blank)
    plain = pc.all(pc.and_(pc.ascii_is_decimal(given), pc.less_equal(pc.binary_length(given), _LONGEST))).as_py()
    return pc.cast(given, pa.int64()) if plain is not False else None


def real_numbers(cells: Any, *, blank: bool = False) -> Any | None:
    """A column of numbers such as '-1.5' and '2e-3', or None; where `blank` ones are allowed, they are null."""
    given = _given(cells, blank=blank)
    if pc.all(pc.match_substring_regex(given, _REAL)).as_py() is False:
        return None
    try:
        return pc.cast(given, pa.float64())
    except pa.ArrowInvalid:
        return None


def in_turn(columns: Sequence[Any]) -> Any:
    """The first cell of each column, then the second of each, and so on."""
    each = len(columns[0])
    order = np.arange(each * len(columns)).reshape(len(columns), each).T.reshape(-1)
    return pa.concat_arrays(columns).take(pa.array(order))


def _given(cells: Any, *, blank: bool) -> Any:
    return pc.if_else(pc.equal(cells, ""), pa.scalar(None, pa.string()), cells) if blank else cells


def _sure(mask: Any) -> Sure:
    return mask.to_numpy(zero_copy_only=False)
