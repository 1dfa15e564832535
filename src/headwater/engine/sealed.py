"""An engine for records that must never touch a disk: linkage compares people's names in it, and nothing else uses it."""

import logging
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import duckdb

from headwater.engine.absent import absent
from headwater.vocabulary import BadInput, StorageTrouble

SEALS = ("SET enable_progress_bar = false", "SET temp_directory = ''", "SET enable_external_access = false")
"""Nowhere to spill to, no file to read or write: what does not fit in memory stops with a sentence."""


@contextmanager
def open_sealed(*, threads: int = 1, memory: str = "4GiB") -> Generator[Any]:
    """Splink's door to a DuckDB of its own, in memory alone and gone when the block ends.

    One thread unless more are asked for, so that the same records give the same weights to the last digit. Raises
    StorageTrouble where the records do not fit in `memory`, BadInput where they cannot be compared; neither quotes a record.
    """
    from splink import DuckDBAPI

    said = logging.getLogger("splink")  # its messages may quote what it compares
    before = said.level
    said.setLevel(logging.CRITICAL)
    try:
        with (
            absent("pandas"),
            duckdb.connect(":memory:", config={"threads": threads, "memory_limit": memory}) as database,
        ):
            for seal in SEALS:
                database.execute(seal)
            yield DuckDBAPI(connection=database)
    except duckdb.OutOfMemoryException:
        raise StorageTrouble(
            f"linkage needs more than {memory} of memory, and may not use the disk: link fewer records at a time"
        ) from None
    except duckdb.Error as problem:
        raise BadInput(f"the records could not be compared ({type(problem).__name__})") from None
    finally:
        said.setLevel(before)
