"""Small questions asked of Arrow tables."""

# pyright: reportAttributeAccessIssue=false
# (pyarrow makes its compute functions as it is imported, where a type checker cannot see them)

from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc


def rows_where(table: pa.Table, **equal: str | int | None) -> pa.Table:
    """The rows in which every named column equals the value; None asks for empty cells."""
    for column, value in equal.items():
        cells = table[column]
        table = table.filter(pc.is_null(cells) if value is None else pc.equal(cells, value))
    return table


def rows_with(table: pa.Table, column: str) -> pa.Table:
    """The rows in which a column is not empty."""
    return table.filter(pc.is_valid(table[column]))


def rows_among(table: pa.Table, column: str, values: Iterable[str]) -> pa.Table:
    """The rows in which `column` is one of `values`."""
    return table.filter(pc.is_in(table[column], value_set=pa.array(sorted(values), pa.string())))


def rows_aged(table: pa.Table, first: int, last: int | None) -> pa.Table:
    """The rows whose ages all lie from `first` to `last`, where None means and over."""
    inside = pc.greater_equal(table["age_from"], first)
    return table.filter(inside if last is None else pc.and_kleene(inside, pc.less_equal(table["age_to"], last)))


def distinct(table: pa.Table, column: str) -> list[str]:
    """The different values of a text column, sorted; an empty cell is not a value."""
    return sorted(pc.unique(table[column].drop_null()).to_pylist())


def total(table: pa.Table, column: str) -> int:
    """The sum of a column of whole numbers; nought where there are no rows."""
    return pc.sum(table[column]).as_py() or 0
