"""DuckDB: the engine on a laptop."""

import os
import re
import tempfile
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from glob import escape
from pathlib import Path

import duckdb
import narwhals as nw
import pyarrow as pa
import pyarrow.parquet as pq

from headwater.engine.absent import absent
from headwater.engine.arrow import plain
from headwater.engine.door import Frame
from headwater.engine.header import shared_header
from headwater.vocabulary import BadInput, HeadwaterError, StorageTrouble, storage_errors

SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",  # with these three off, DuckDB has no way to reach a network
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "preserve_insertion_order": "true",  # a file's lines must keep their order
}
ENOUGH = 1280
"""Mebibytes. Sorting a country's files took no longer with this than with ten times as much."""
_MEBIBYTES = {"bytes": 2**-20, "KiB": 2**-10, "MiB": 1, "GiB": 2**10, "TiB": 2**20}
_WHOLE = {"HUGEINT", "UHUGEINT", "UBIGINT", "TINYINT", "UTINYINT", "SMALLINT", "USMALLINT", "INTEGER", "UINTEGER"}
_DECIMAL = re.compile(r"DECIMAL\(\d+,(\d+)\)")


class DuckDB:
    """One private database in memory, spilling to a folder of its own."""

    name = "duckdb"

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def scan(self, *paths: Path) -> Frame:
        with _words():
            return nw.from_native(self._connection.read_parquet([escape(str(path)) for path in paths]))

    def scan_csv(self, paths: Sequence[Path], *, line: str | None = None) -> Frame:
        header = shared_header(paths, also=("file", line) if line else ("file",))
        with _words():
            rows = self._connection.read_csv(
                [escape(str(path)) for path in paths],  # pyright: ignore[reportArgumentType]  (its stub forgets lists)
                columns=dict.fromkeys(header, "VARCHAR"),
                header=True,
                auto_detect=False,
                all_varchar=True,
                sep=",",
                quotechar='"',
                escapechar='"',
                strict_mode=True,
                filename="file",
            )
            rows = _as_given(self._connection, rows, paths)
            return nw.from_native(_numbered(rows, line) if line else rows)

    def collect(self, frame: Frame) -> pa.Table:
        with _words():
            return plain(nw.to_native(frame).to_arrow_table())

    def write(self, frame: Frame, path: Path) -> int:
        beside = path.with_name(f".{path.name}.part")
        try:
            with _words():
                _copy(_plain_types(nw.to_native(frame)), beside)
            rows: int = pq.read_metadata(beside).num_rows
            beside.replace(path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
        return rows


@contextmanager
def open_duckdb(scratch: Path, memory: str | None, threads: int | None) -> Generator[DuckDB]:
    """A DuckDB engine; its connection is Narwhals' default while it is open, which `unpivot` and `top_k` need."""
    with storage_errors(f"making room in {scratch}"):
        scratch.mkdir(parents=True, exist_ok=True)
        room = tempfile.TemporaryDirectory(prefix=f"duckdb-{os.getpid()}-", dir=scratch, ignore_cleanup_errors=True)
    with absent("pandas"), room as spill:
        connection = duckdb.connect(":memory:", config=SETTINGS)
        before = duckdb.default_connection()
        try:
            connection.execute("SET TimeZone = 'UTC'")
            connection.execute("SET enable_progress_bar = false")
            connection.execute("SET temp_directory = ?", [spill])
            connection.execute("SET memory_limit = ?", [memory or _share_of_memory(connection)])
            if threads:
                connection.execute("SET threads = ?", [threads])
            duckdb.set_default_connection(connection)
            yield DuckDB(connection)
        finally:
            duckdb.set_default_connection(before)
            connection.close()


def _share_of_memory(connection: duckdb.DuckDBPyConnection) -> str:
    """Three quarters of DuckDB's own limit, which is four fifths of the machine, and never more than ENOUGH.

    A laptop has other work to do; and what does not fit is sorted on the disk in the same time, near enough.
    """
    said = connection.execute("SELECT current_setting('memory_limit')").fetchone()
    size, unit = str(said[0] if said else "4 GiB").split()
    return f"{min(float(size) * _MEBIBYTES[unit] * 0.75, ENOUGH):.0f}MiB"


def _as_given(
    connection: duckdb.DuckDBPyConnection, rows: duckdb.DuckDBPyRelation, paths: Sequence[Path]
) -> duckdb.DuckDBPyRelation:
    """`file` as the caller wrote it, where DuckDB spells the path of an escaped name its own way."""
    column: duckdb.Expression = duckdb.ColumnExpression("file")
    given = column
    for path in paths:
        if (escaped := escape(str(path))) != str(path):
            spelt = connection.execute("SELECT file FROM glob(?)", [escaped]).fetchone()
            spelling = duckdb.ConstantExpression(spelt[0] if spelt else str(path))
            given = duckdb.CaseExpression(column == spelling, duckdb.ConstantExpression(str(path))).otherwise(given)
    return rows.select(duckdb.StarExpression(exclude=["file"]), given.alias("file"))


def _numbered(rows: duckdb.DuckDBPyRelation, line: str) -> duckdb.DuckDBPyRelation:
    column = '"' + line.replace('"', '""') + '"'
    counted = rows.select(f"*, row_number() OVER () AS {column}")
    return counted.select(f"* REPLACE ({column} - min({column}) OVER (PARTITION BY file) + 2 AS {column})")


def _copy(rows: duckdb.DuckDBPyRelation, path: Path) -> None:
    """Zstandard's quickest level, which `write_parquet` cannot ask for: as small as the usual one, in two thirds of the time."""
    to = "'" + str(path).replace("'", "''") + "'"
    _ = rows.query("written", f"COPY written TO {to} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)")


def _plain_types(rows: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
    """Parquet has no huge integers (DuckDB would write a sum as floating point): cast to what `collect` gives."""
    casts = [
        duckdb.ColumnExpression(name).cast(wanted).alias(name) if wanted else duckdb.ColumnExpression(name)
        for name, wanted in (
            (name, _plain_type(str(given))) for name, given in zip(rows.columns, rows.types, strict=True)
        )
    ]
    return rows.select(*casts)


def _plain_type(given: str) -> str | None:
    if found := _DECIMAL.fullmatch(given):
        return "BIGINT" if found[1] == "0" else "DOUBLE"
    if given in _WHOLE:
        return "BIGINT"
    return "DOUBLE" if given == "FLOAT" else None


@contextmanager
def _words() -> Generator[None]:
    """DuckDB's errors in our words. Its own quote the rows they fell over, so they are not chained."""
    try:
        yield
    except duckdb.Error as problem:
        raise _in_words(problem) from None


def _in_words(problem: duckdb.Error) -> HeadwaterError:
    text = str(problem)
    if found := re.search(r"CSV Error on Line: (\d+)", text):
        return _bad_csv(text, int(found[1]))
    if "No space left" in text or "max_temp_directory_size" in text or "not enough space" in text.lower():
        return StorageTrouble("the disk is full: free some space, or point the workspace at a larger disk")
    if isinstance(problem, duckdb.OutOfMemoryException):
        return StorageTrouble(
            "there was not enough memory: close other programs, or give the engine more with `memory`"
        )
    if isinstance(problem, duckdb.IOException):
        return StorageTrouble(f"a file could not be read or written: {text.splitlines()[0].removeprefix('IO Error: ')}")
    if isinstance(problem, duckdb.ConversionException | duckdb.OutOfRangeException):
        return BadInput(
            f"a column holds a value that cannot be read as the type asked of it ({type(problem).__name__})"
        )
    return BadInput(f"the engine could not answer ({type(problem).__name__})")


def _bad_csv(text: str, line: int) -> BadInput:
    file = re.search(r"^  file = (.*)$", text, re.MULTILINE)
    name = Path(file[1]).name if file else "a CSV file"
    if found := re.search(r"Expected Number of Columns: (\d+) Found: (\d+)", text):
        return BadInput(f"{name}, line {line}: {found[2]} fields where the header has {found[1]}. No rows were kept.")
    if "unicode" in text:
        return BadInput(f"{name}, line {line}: not UTF-8 text. Save the file again as 'CSV UTF-8'.")
    if "quote" in text:
        return BadInput(f"{name}, line {line}: a quotation mark is opened and not closed. No rows were kept.")
    return BadInput(f"{name}, line {line}: not a readable line of CSV. No rows were kept.")
