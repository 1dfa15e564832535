"""The tables: ratios first, because seconds belong to one machine and ratios to all."""

import os
import platform
from collections.abc import Iterator, Mapping, Sequence

from benchmarks.measuring import Taken

HEADINGS = ("", "times the floor", "time", "processor", "peak memory", "rows a second")


def machine() -> str:
    """What this was measured on, in words."""
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9
    cores = os.cpu_count() or 1
    return (
        f"{cores} cores, {pages:.0f} GB, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    )


def compared(taken: Mapping[str, Taken], floor: str) -> list[tuple[str, ...]]:
    """A row for each way of doing the same work, in the order given, with its time over that of `floor`."""
    least = taken[floor].seconds
    return [
        (
            name,
            f"{one.seconds / least:.1f} ×",
            f"{one.seconds:.1f} s",
            f"{one.work:.1f} s",
            f"{one.megabytes:,.0f} MB",
            f"{one.said['rows'] / one.seconds:,.0f}",
        )
        for name, one in taken.items()
    ]


def staged(one: Taken) -> str:
    """What each part of the work took, in words."""
    return ", ".join(f"{stage} {seconds:.1f} s" for stage, seconds in one.said.get("stages", {}).items())


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Lines of a table that is Markdown and can be read in a terminal as it stands."""
    widths = [max(len(row[place]) for row in (headings, *rows)) for place in range(len(headings))]
    yield _line(headings, widths)
    yield "|" + "|".join("-" * (width + 1) + (":" if place else "-") for place, width in enumerate(widths)) + "|"
    for row in rows:
        yield _line(row, widths)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = [
        f"{cell:>{width}}" if place else f"{cell:<{width}}"
        for place, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]
    return "| " + " | ".join(cells) + " |"
