"""The types that leave an engine, whichever engine it was."""

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as kind


def plain(table: pa.Table) -> pa.Table:
    """The table with int64, float64, string, timestamp[us], date32, bool and binary columns only, in one schema."""
    columns = [_plain_column(table.column(name)) for name in table.column_names]
    return pa.Table.from_arrays(columns, names=table.column_names).combine_chunks()


def _plain_column(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if kind.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if kind.is_timestamp(column.type) and column.type.tz is not None:
        column = pc.cast(column, pa.timestamp("us", tz="UTC"))
    return pc.cast(column, _plain_type(column.type))


def _plain_type(given: pa.DataType) -> pa.DataType:
    rules = (
        (kind.is_integer, pa.int64()),
        (lambda t: kind.is_decimal(t) and t.scale == 0, pa.int64()),
        (lambda t: kind.is_floating(t) or kind.is_decimal(t), pa.float64()),
        (lambda t: kind.is_string(t) or kind.is_large_string(t) or kind.is_string_view(t), pa.string()),
        (lambda t: kind.is_binary(t) or kind.is_large_binary(t), pa.binary()),
        (kind.is_timestamp, pa.timestamp("us")),
        (kind.is_date, pa.date32()),
    )
    return next((wanted for fits, wanted in rules if fits(given)), given)
