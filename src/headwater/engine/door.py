"""What every engine can do, and how to open one."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import narwhals as nw
import pyarrow as pa

from headwater.vocabulary import WrongRequest, did_you_mean

ENGINES = ("duckdb", "spark")
Frame = nw.LazyFrame[Any]


class Engine(Protocol):
    """Something that can read Parquet and answer questions about it."""

    name: str

    def scan(self, *paths: Path) -> Frame:
        """The Parquet files, all of one schema, as one lazy frame. Nothing is read yet but their footers."""
        ...

    def scan_csv(self, paths: Sequence[Path], *, line: str | None = None) -> Frame:
        """CSV files (UTF-8, commas, one header shared by all) as one lazy frame of text, with a text column `file`.

        An empty field is NULL. `line` names a column that will hold the place of each record in its file, where
        the header is 1 (a record that runs over two lines counts once). Raises `BadInput` here if the headers differ, and
        when the frame is collected or written if a record does not fit its header.
        """
        ...

    def collect(self, frame: Frame) -> pa.Table:
        """The answer: whole numbers as int64, other numbers as float64, text as string, times as timestamp[us]."""
        ...

    def write(self, frame: Frame, path: Path) -> int:
        """Write one Parquet file, beside its place and then renamed into it; returns its rows."""
        ...


@contextmanager
def open_engine(
    name: str = "duckdb", *, scratch: Path, memory: str | None = None, threads: int | None = None
) -> Generator[Engine]:
    """An engine that spills only into `scratch` and is closed with everything it made there.

    `memory` is a size such as '4GB'; left out, DuckDB takes 1.25 GiB (or three fifths of the machine, if that is less) and
    Spark 2 GB. What does not fit is put on the disk meanwhile.
    Raises `WrongRequest` for an engine that does not exist or is not installed.
    """
    if name == "duckdb":
        from headwater.engine.duckdb import open_duckdb

        with open_duckdb(scratch, memory, threads) as engine:
            yield engine
    elif name == "spark":
        from headwater.engine.spark import open_spark

        with open_spark(scratch, memory, threads) as engine:
            yield engine
    else:
        raise WrongRequest(f"there is no engine {did_you_mean(name, ENGINES)}: choose {' or '.join(ENGINES)}")
