"""The types that leave an engine, whichever engine it was."""

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as kind

from headwater.vocabulary import BadInput


def plain(table: Any) -> Any:
    """The Arrow table with int64, float64, string, timestamp[us], date32, bool and binary columns only, in one chunk."""
    try:
        columns = [_plain_column(column) for column in table.columns]
    except pa.ArrowInvalid:
        raise BadInput("a sum came to more than a whole number can hold") from None
    return pa.Table.from_arrays(columns, names=table.column_names).combine_chunks()


def _plain_column(column: Any) -> Any:
    if kind.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if kind.is_timestamp(column.type) and column.type.tz is not None:
        column = column.cast(pa.timestamp("us", tz="UTC"))
    return pc.cast(column, _plain_type(column.type))


def _plain_type(given: Any) -> Any:
    rules = (
        (_is_whole, pa.int64()),
        (_is_real, pa.float64()),
        (_is_text, pa.string()),
        (_is_bytes, pa.binary()),
        (kind.is_timestamp, pa.timestamp("us")),
        (kind.is_date, pa.date32()),
    )
    return next((wanted for fits, wanted in rules if fits(given)), given)


def _is_whole(given: Any) -> bool:
    return kind.is_integer(given) or (kind.is_decimal(given) and given.scale == 0)


def _is_real(given: Any) -> bool:
    return kind.is_floating(given) or kind.is_decimal(given)


def _is_text(given: Any) -> bool:
    return kind.is_string(given) or kind.is_large_string(given) or kind.is_string_view(given)


def _is_bytes(given: Any) -> bool:
    return kind.is_binary(given) or kind.is_large_binary(given) or kind.is_binary_view(given)
