"""Apache Spark: the engine for a national lake. Needs Java 17 and the `spark` extra."""

import os
import re
import shutil
import tempfile
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import narwhals as nw
import pyarrow as pa
import pyarrow.parquet as pq

from headwater.engine.arrow import plain
from headwater.engine.door import Frame
from headwater.vocabulary import BadInput, HeadwaterError, StorageTrouble, WrongRequest, storage_errors

MEMORY = "2GB"
SETTINGS = {
    "spark.log.level": "OFF",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",  # our times have no zone
    "spark.sql.ansi.enabled": "true",  # a cast or a sum that cannot be done is an error, as it is in DuckDB
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.sql.parquet.compression.codec": "zstd",
    "spark.sql.sources.parallelPartitionDiscovery.threshold": "100000",  # list files here, not in a job of the cluster
}
QUIET = """\
appender.silence.type = Null
appender.silence.name = silence
rootLogger.level = off
rootLogger.appenderRef.silence.ref = silence
"""


class Spark:
    """One local session; its workers spill to a folder of their own."""

    name = "spark"

    def __init__(self, session: Any, spill: Path) -> None:
        self._session = session
        self._spill = spill

    def scan(self, *paths: Path) -> Frame:
        with _words():
            return nw.from_native(self._session.read.parquet(*(_escape(path) for path in paths)))

    def scan_csv(self, paths: Sequence[Path], *, line: str | None = None) -> Frame:  # noqa: ARG002
        """Not offered: DuckDB conforms what arrives to Parquet, and Spark reads that."""
        raise WrongRequest("Spark reads no CSV here: conform with the engine 'duckdb', then measure with 'spark'")

    def collect(self, frame: Frame) -> pa.Table:
        with _words():
            return plain(nw.to_native(frame).toArrow())

    def write(self, frame: Frame, path: Path) -> int:
        with tempfile.TemporaryDirectory(prefix="write-", dir=self._spill) as folder:
            out = Path(folder) / "out"
            with _words():
                _plain_types(nw.to_native(frame)).coalesce(1).write.parquet(out.as_uri())
            (part,) = out.glob("part-*.parquet")
            rows: int = pq.read_metadata(part).num_rows
            beside = path.with_name(f".{path.name}.part")
            shutil.copyfile(part, beside)
        beside.replace(path)
        return rows


@contextmanager
def open_spark(scratch: Path, memory: str | None, threads: int | None) -> Generator[Spark]:
    """A quiet Spark session inside this process, on two cores unless `threads` says otherwise."""
    with storage_errors(f"making room in {scratch}"):
        scratch.mkdir(parents=True, exist_ok=True)
        room = tempfile.TemporaryDirectory(prefix=f"spark-{os.getpid()}-", dir=scratch, ignore_cleanup_errors=True)
    with room as folder:
        session = _start(Path(folder).absolute(), memory or MEMORY, threads or 2)
        try:
            yield Spark(session, Path(folder))
        finally:
            session.stop()


def _start(spill: Path, memory: str, cores: int) -> Any:
    try:
        from pyspark.logger import PySparkLogger  # pyright: ignore[reportMissingImports]
        from pyspark.sql import SparkSession  # pyright: ignore[reportMissingImports]
    except ImportError as problem:
        raise WrongRequest("the engine 'spark' is not installed: pip install 'headwater[spark]'") from problem
    PySparkLogger.getLogger("SQLQueryContextLogger").disabled = True  # it would print the value a query fell over
    quiet = spill / "log4j2.properties"
    quiet.write_text(QUIET, encoding="utf-8", newline="\n")
    builder = SparkSession.builder.master(f"local[{cores}]").appName("headwater")
    for key, value in (SETTINGS | _sized(spill, memory, cores, quiet)).items():
        builder = builder.config(key, value)
    try:
        return builder.getOrCreate()
    except Exception as problem:  # pyspark raises its own RuntimeError, or the operating system's, where Java is absent
        raise WrongRequest("Spark did not start: it needs Java 17 or newer, found through JAVA_HOME") from problem


def _sized(spill: Path, memory: str, cores: int, quiet: Path) -> dict[str, str]:
    return {
        "spark.driver.memory": re.sub(r"i?b$", "", memory.replace(" ", "").lower()),
        "spark.driver.extraJavaOptions": f'-Dlog4j2.configurationFile="{quiet.as_uri()}"',
        "spark.sql.shuffle.partitions": str(cores),
        "spark.local.dir": str(spill),
        "spark.sql.warehouse.dir": (spill / "warehouse").as_uri(),
    }


def _escape(path: Path) -> str:
    """The path as Spark's file matcher needs it where a name holds one of its signs.

    On Windows the matcher takes a backslash for a folder, so there a sign is matched as any one character. (The reader's
    own switch for this, `__globPaths__`, read every row of such a file twice when tried on Spark 4.3.)
    """
    return re.sub(r"([*?\[\]{}])", "?" if os.sep == "\\" else r"\\\1", path.absolute().as_posix())


def _plain_types(rows: Any) -> Any:
    """Narrow and decimal numbers as `collect` gives them, so that a file does not depend on which engine wrote it."""
    from pyspark.sql import functions as F  # noqa: N812  # pyright: ignore[reportMissingImports]

    def column(field: Any) -> Any:
        named = F.col("`" + field.name.replace("`", "``") + "`")
        return named.cast(wanted) if (wanted := _plain_type(field.dataType)) else named

    return rows.select(*(column(field).alias(field.name) for field in rows.schema.fields))


def _plain_type(given: Any) -> str | None:
    kind = given.typeName()
    if kind in {"byte", "short", "integer"} or (kind == "decimal" and given.scale == 0):
        return "bigint"
    if kind in {"float", "decimal"}:
        return "double"
    return "timestamp_ntz" if kind == "timestamp" else None


@contextmanager
def _words() -> Generator[None]:
    """Spark's errors in our words. Its own quote the values they fell over, so they are not chained."""
    from py4j.protocol import Py4JError  # pyright: ignore[reportMissingImports]
    from pyspark.errors import PySparkException  # pyright: ignore[reportMissingImports]

    try:
        yield
    except (PySparkException, Py4JError) as problem:
        raise _in_words(problem) from None


def _in_words(problem: Any) -> HeadwaterError:
    text = str(problem)
    found = re.match(r"\[([A-Z_.]+)\]", text)
    name = found[1] if found else type(problem).__name__
    if "No space left" in text:
        return StorageTrouble("the disk is full: free some space, or point the workspace at a larger disk")
    if "OutOfMemory" in text:
        return StorageTrouble("there was not enough memory: give the engine more with `memory`")
    if name == "PATH_NOT_FOUND":
        return StorageTrouble("a file of the lake is not where it was: open the workspace again")
    if name.startswith(("CAST_", "ARITHMETIC_", "NUMERIC_")):
        return BadInput(f"a column holds a value that cannot be read as the type asked of it ({name})")
    return BadInput(f"the engine could not answer ({name})")
