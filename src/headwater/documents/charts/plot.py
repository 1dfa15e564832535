"""The part of a picture that holds the marks, and what stands around it: axes, titles and stretches set apart."""

from collections.abc import Sequence
from dataclasses import dataclass

from headwater.documents.charts.lettering import width_of
from headwater.documents.charts.model import Band
from headwater.documents.charts.palette import AXIS, GRID, INK, QUIET
from headwater.documents.charts.pen import line, rectangle, text
from headwater.documents.charts.scales import Scale

WIDE = 560.0
TICK = 13.0


@dataclass(frozen=True, slots=True)
class Plot:
    """A rectangle of paper; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def slot(self, count: int) -> float:
        """The width of each of `count` equal places along the axis."""
        return (self.right - self.left) / max(count, 1)

    def middle(self, i: int, count: int) -> float:
        """The middle of place `i`."""
        return self.left + (i + 0.5) * self.slot(count)

    def edge(self, i: int, count: int) -> float:
        """The left edge of place `i`."""
        return self.left + i * self.slot(count)

    def upward(self, ticks: Sequence[float]) -> Scale:
        """A scale from the first tick at the bottom to the last at the top."""
        return Scale(ticks[0], ticks[-1], self.bottom, self.top)


def gutter(words: Sequence[str]) -> float:
    """The room that tick labels need at the left."""
    return max((width_of(word, size=TICK) for word in words), default=0) + 12


def overhang(words: Sequence[str]) -> float:
    """The room that the last label under the plot needs beyond its right edge."""
    return width_of(words[-1], size=TICK) / 2 + 2 if words else 0.0


def value_axis(plot: Plot, scale: Scale, ticks: Sequence[float], words: Sequence[str]) -> str:
    """Level gridlines with their values at the left; nought drawn stronger."""
    return "".join(
        line(plot.left, scale.at(tick), plot.right, scale.at(tick), stroke=AXIS if tick == 0 else GRID)
        + text(plot.left - 8, scale.at(tick) + 4.5, word, anchor="end", font_size=TICK, fill=QUIET)
        for tick, word in zip(ticks, words, strict=True)
    )


def across_axis(plot: Plot, scale: Scale, ticks: Sequence[float], words: Sequence[str]) -> str:
    """Upright gridlines with their values beneath, leaving out labels that would touch."""
    marks: list[str] = []
    reached = float("-inf")
    for tick, word in zip(ticks, words, strict=True):
        x, half = scale.at(tick), width_of(word, size=TICK) / 2
        marks.append(line(x, plot.top, x, plot.bottom, stroke=GRID))
        if x - half >= reached + 6:
            marks.append(text(x, plot.bottom + 18, word, anchor="middle", font_size=TICK, fill=QUIET))
            reached = x + half
    return "".join(marks)


def above(words: str, y: float) -> str:
    """The title of the upright axis, read level, at the top left."""
    return text(0, y, words, font_weight="bold")


def beneath(plot: Plot, words: str, y: float) -> str:
    """The title of the level axis."""
    return text((plot.left + plot.right) / 2, y, words, anchor="middle", fill=QUIET)


def bands(plot: Plot, stretches: Sequence[Band], count: int, pattern: str) -> str:
    """Gaps as hatched columns, breaks as a dashed upright where they begin."""
    marks: list[str] = []
    for band in stretches:
        start, stop = plot.edge(band.first, count), plot.edge(band.last + 1, count)
        if band.kind == "gap":
            marks.append(rectangle(start, plot.top, stop - start, plot.bottom - plot.top, fill=f"url(#{pattern})"))
        else:
            marks.append(line(start, plot.top, start, plot.bottom, stroke=INK, stroke_dasharray="4 4"))
    return "".join(marks)


def band_rows(plot: Plot, stretches: Sequence[Band], count: int) -> tuple[tuple[float, int], ...]:
    """Where each band's label stands: the middle of its words, and its row above the plot, so that none touch."""
    ends: list[float] = []
    places: list[tuple[float, int]] = []
    for band in stretches:
        half = width_of(band.label, size=TICK) / 2
        x = _anchor_x(plot, band, count)
        x = min(max(x, half), max(plot.right - half, half))
        row = next((r for r, end in enumerate(ends) if x - half > end + 8), len(ends))
        ends[row : row + 1] = [x + half]
        places.append((x, row))
    return tuple(places)


def band_labels(plot: Plot, stretches: Sequence[Band], count: int) -> str:
    """The labels of bands above the plot, each joined to its band by a hair."""
    marks: list[str] = []
    for band, (x, row) in zip(stretches, band_rows(plot, stretches, count), strict=True):
        y, foot = plot.top - 8 - 18 * row, _anchor_x(plot, band, count)
        marks.append(line(foot, y + 3, foot, plot.top, stroke=AXIS))
        marks.append(text(x, y, band.label, anchor="middle", font_size=TICK, halo=1))
    return "".join(marks)


def _anchor_x(plot: Plot, band: Band, count: int) -> float:
    start, stop = plot.edge(band.first, count), plot.edge(band.last + 1, count)
    return start if band.kind == "break" else (start + stop) / 2


def band_room(plot: Plot, stretches: Sequence[Band], count: int) -> float:
    """How much height the labels of bands need above the plot."""
    rows = band_rows(plot, stretches, count)
    return 18.0 * (max(row for _, row in rows) + 1) + 6 if rows else 0.0
