"""The words along an ordered axis: months are marked sparsely with their years in bold, anything else as it comes."""

import re
from collections.abc import Sequence
from itertools import pairwise

from headwater.documents.charts.lettering import width_of
from headwater.documents.charts.palette import AXIS, QUIET
from headwater.documents.charts.pen import line, text
from headwater.documents.charts.plot import Plot
from headwater.vocabulary.periods import MONTHS

_WRITTEN = re.compile(r"(?:year to )?(\d{4})-(0[1-9]|1[0-2])")
_SPOKEN = re.compile(rf"(?:year to )?({'|'.join(MONTHS)}) (\d{{4}})")


def month_of(label: str) -> int | None:
    """'2022-03', 'year to 2022-03' or 'March 2022' as a count of months since the year nought."""
    if found := _WRITTEN.fullmatch(label):
        return int(found[1]) * 12 + int(found[2]) - 1
    if found := _SPOKEN.fullmatch(label):
        return int(found[2]) * 12 + MONTHS.index(found[1])
    return None


def months_of(labels: Sequence[str]) -> tuple[int, ...] | None:
    """The labels as months, where they are a run of them. ('2010-11', '2011-12' are financial years, and are not.)"""
    found = [month for label in labels if (month := month_of(label)) is not None]
    follows = all(after - before == 1 for before, after in pairwise(found))
    return tuple(found) if len(found) == len(labels) > 1 and follows else None


def ordered_axis(plot: Plot, labels: Sequence[str]) -> tuple[str, float]:
    """The axis beneath the plot: its marks, and the y beneath them."""
    months = months_of(labels)
    base = line(plot.left, plot.bottom, plot.right, plot.bottom, stroke=AXIS)
    if months is None:
        return base + _plain(plot, labels), plot.bottom + 24
    return base + _calendar(plot, months), plot.bottom + (24 if _every(plot, len(months)) == 12 else 42)


def _every(plot: Plot, count: int) -> int:
    """How many months apart the words may stand."""
    return next((k for k in (1, 3, 6) if k * plot.slot(count) >= 32), 12)


def _plain(plot: Plot, labels: Sequence[str]) -> str:
    """As many labels as fit, evenly."""
    room = max((width_of(label, size=13) for label in labels), default=0) + 10
    every = next((k for k in range(1, len(labels)) if k * plot.slot(len(labels)) >= room), len(labels) or 1)
    return "".join(
        _tick(plot.middle(i, len(labels)), plot.bottom) + _word(plot.middle(i, len(labels)), plot.bottom + 19, label)
        for i, label in enumerate(labels)
        if i % every == 0
    )


def _calendar(plot: Plot, months: Sequence[int]) -> str:
    """Ticks at a few months of the year, and beneath the first of each year, the year."""
    count = len(months)
    every = _every(plot, count)
    marks: list[str] = []
    for i, month in enumerate(months):
        x = plot.middle(i, count)
        if month % every == 0:
            marks.append(_tick(x, plot.bottom))
            marks.append("" if every == 12 else _word(x, plot.bottom + 19, MONTHS[month % 12][:3]))
    return "".join(marks) + _years(plot, months, plot.bottom + (20 if every == 12 else 37))


def _years(plot: Plot, months: Sequence[int], y: float) -> str:
    """Each January's year, thinned if crowded; and the year the axis begins in, where there is room for it."""
    count = len(months)
    januaries = [i for i, month in enumerate(months) if month % 12 == 0]
    every = next((k for k in (1, 2, 5) if k * 12 * plot.slot(count) >= 44), 10)
    chosen = [i for i in januaries if months[i] // 12 % every == 0]
    if not chosen or plot.middle(chosen[0], count) - plot.middle(0, count) >= 44:
        chosen.insert(0, 0)
    return "".join(
        text(plot.middle(i, count), y, str(months[i] // 12), anchor="middle", font_weight="bold") for i in chosen
    )


def _tick(x: float, y: float) -> str:
    return line(x, y, x, y + 5, stroke=AXIS)


def _word(x: float, y: float, words: str) -> str:
    return text(x, y, words, anchor="middle", font_size=13, fill=QUIET)
