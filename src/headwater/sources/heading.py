"""Finding the header of a table that has titles above it, as tables made by people for people have."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import cast

from headwater.sources.contract import Contract, folded
from headwater.sources.edge.memory import MemoryFile
from headwater.sources.text import Record, records

DEEPEST = 30
"""Rows, blank ones not counted, among which a header is looked for."""
NEARLY = 0.7
"""The share of a contract's required columns from which a row is its header, though some may be misspelt."""


def top_rows(first: bytes) -> list[Record]:
    """The first rows of a CSV whose beginning is in memory."""
    return list(islice(records(cast("Path", MemoryFile(first))), DEEPEST))


def header_among(rows: Sequence[Record], contracts: Iterable[Contract]) -> Record | None:
    """The row below the top one that is most like the header some contract asks for; None where none is more so than the top.

    A contract that requires a single column is not asked: any cell might say its name.
    """
    asked = [[column for column in each.columns if column.required] for each in contracts]
    wanted = [columns for columns in asked if len(columns) > 1]
    asks: defaultdict[str, set[tuple[int, str]]] = defaultdict(set)
    for number, columns in enumerate(wanted):
        for column in columns:
            for name in (column.name, *column.accepted):
                asks[folded(name)].add((number, column.name))
    likeness = [_likeness(row, asks, [len(columns) for columns in wanted]) for row in rows]
    best = max(likeness, default=0.0)
    return rows[likeness.index(best)] if best >= NEARLY and best > likeness[0] else None


def _likeness(row: Record, asks: Mapping[str, set[tuple[int, str]]], wanted: Sequence[int]) -> float:
    """The greatest share of any contract's required columns that a row has."""
    found = {asked for cell in row.fields for asked in asks.get(folded(cell), ())}
    counts = Counter(number for number, _ in found)
    return max((count / wanted[number] for number, count in counts.items()), default=0.0)


def below_titles(first: bytes, line: int) -> bytes:
    """The beginning of a file with blank lines for what stands above `line`, so that a line keeps its number."""
    lines = first.splitlines(keepends=True)
    return b"\n" * (line - 1) + b"".join(lines[line - 1 :])
