"""What is covered, drawn as a grid of sender by month, and said again in words."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from headwater.cli.console import WORDS, say
from headwater.cli.showing import lines, table

if TYPE_CHECKING:
    from headwater.lake import Coverage, CoverageRow, Provenance

MARKS: Mapping[str, str] = {"complete": "█", "partial": "▒", "late": "░", "absent": "·"}
"""Marks that the oldest Windows consoles can draw."""
KEY = ", ".join(f"{mark} {status}" for status, mark in MARKS.items()) + ", blank: not expected"
YEAR_WIDTH = 15


def show(coverage: "Coverage") -> None:
    """A grid for each dataset whose files come by the month, then what is not complete, in words."""
    from headwater.lake.coverage import gaps

    for dataset, rows in groupby(sorted(coverage.rows, key=_dataset), key=_dataset):
        _grid(dataset, list(rows))
    say(KEY if coverage.rows else "No monthly files have landed yet.")
    lines(gaps(coverage.rows))


def show_undated(provenance: Iterable["Provenance"]) -> None:
    """Say of which packages nobody knows when they came: nothing in them can be called late."""
    undated = sorted({entry.package_name for entry in provenance if not entry.received})
    if undated:
        say(f"Nobody said when these came, so no month in them is called late: {', '.join(undated)}.")


def _dataset(row: "CoverageRow") -> str:
    return row.dataset


def _grid(dataset: str, rows: Sequence["CoverageRow"]) -> None:
    marks = {(row.producer, row.month): MARKS[row.status] for row in rows}
    producers = sorted({producer for producer, _ in marks})
    years = sorted({month[:4] for _, month in marks})
    fit = max(1, (WORDS.width - max(map(len, producers)) - 2) // YEAR_WIDTH)
    for first in range(0, len(years), fit):
        shown = years[first : first + fit]
        table(("From", *shown), [(p, *(_year(marks, p, year) for year in shown)) for p in producers], title=dataset)


def _year(marks: Mapping[tuple[str, str], str], producer: str, year: str) -> str:
    return "".join(marks.get((producer, f"{year}-{month:02d}"), " ") for month in range(1, 13))
