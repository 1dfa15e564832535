"""A Parquet file as the UTF-8 CSV that sources read: the same column names, row group by row group, never held whole."""

import io
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import IO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from headwater.sources.lines import as_lines
from headwater.vocabulary import BadInput

_ROWS = 1 << 14
"""Rows turned into text at a time."""
MOST_GROWTH = 2_000
"""Bytes of CSV for each byte of Parquet. A column that says one thing throughout packs to nearly nothing; a bomb to less."""
SMALL = 64 << 20
"""Below this many bytes of CSV no file is a bomb."""


def parquet_as_csv(file: IO[bytes], name: str) -> Iterator[bytes]:
    """The rows of a Parquet file as CSV: NULL is an empty cell, truth is true or false, dates and times are ISO.

    A time with a zone is given as that zone's clocks told it. Raises BadInput where the file is damaged, where a column
    holds what a table cannot (a list, a structure, bytes), or where the whole is a bomb. Never holds more than a piece.
    """
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    with _readable(name):
        parquet = pq.ParquetFile(file)
        _refuse_strange(name, parquet.schema_arrow)
        yield as_lines([parquet.schema_arrow.names])
        written = 0
        for batch in parquet.iter_batches(batch_size=_ROWS):
            piece = as_lines(zip(*(_texts(column).to_pylist() for column in batch.columns), strict=True))
            written += len(piece)
            if written > SMALL and written > MOST_GROWTH * size:
                raise BadInput(f"{name} unpacks to over {MOST_GROWTH:,} times its size, as no data file does.")
            yield piece


def zones_of(file: IO[bytes], name: str) -> tuple[str, ...]:
    """What must be said about times that carry a zone, in words: 'times in 'arrived' are those of UTC'."""
    with _readable(name):
        zoned = [field for field in pq.read_schema(file) if pa.types.is_timestamp(field.type) and field.type.tz]
    return tuple(f"times in {field.name!r} are by the clocks of {field.type.tz}" for field in zoned)


@contextmanager
def _readable(name: str) -> Generator[None]:
    try:
        yield
    except (pa.ArrowException, EOFError, UnicodeDecodeError) as problem:
        raise BadInput(f"{name} is cut short, damaged or not Parquet. Ask for it again, or for a CSV.") from problem
    except OSError as problem:
        if problem.errno:  # a disk that is full or locked is another trouble; Arrow's own complaints have no number
            raise
        raise BadInput(f"{name} is cut short or damaged. Ask for it again, or for a CSV.") from problem


def _refuse_strange(name: str, schema: pa.Schema) -> None:
    strange = sorted(field.name for field in schema if not _is_plain(_inner(field.type)))
    if strange:
        raise BadInput(
            f"{name}: {', '.join(map(repr, strange))} holds lists, structures or bytes, which no table of cells can. "
            "Ask for the file with one plain value in each cell."
        )


def _inner(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def _is_plain(kind: pa.DataType) -> bool:
    types = pa.types
    asked = (
        types.is_null, types.is_boolean, types.is_integer, types.is_floating, types.is_decimal, types.is_date, types.is_time,
        types.is_timestamp, types.is_string, types.is_large_string, types.is_string_view,
    )  # fmt: skip
    return any(ask(kind) for ask in asked)


def _texts(column: pa.Array) -> pa.Array:
    """The cells of a column as text, as Arrow writes them."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_timestamp(column.type):
        return _moments(pc.call_function("local_timestamp", [column]) if column.type.tz else column)
    if pa.types.is_time(column.type):
        return _without_trailing(column.cast(pa.string()))
    return column.cast(pa.string())


def _moments(column: pa.Array) -> pa.Array:
    return _without_trailing(_replaced(column.cast(pa.string()), " ", "T"))


def _without_trailing(texts: pa.Array) -> pa.Array:
    """12:30:05.250000 is 12:30:05.25, and 12:30:05.000000 is 12:30:05."""
    return _replaced(_replaced(texts, r"\.0+$", ""), r"(\.\d*[1-9])0+$", r"\1")


def _replaced(texts: pa.Array, pattern: str, by: str) -> pa.Array:
    return pc.call_function("replace_substring_regex", [texts], pc.ReplaceSubstringOptions(pattern, by))
