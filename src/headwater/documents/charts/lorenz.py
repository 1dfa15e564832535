"""The Lorenz curve: how few areas carry how much."""

from collections.abc import Sequence

from headwater.documents.charts.lettering import LINE, width_of, wrapped
from headwater.documents.charts.model import LorenzChart
from headwater.documents.charts.palette import AXIS, BLUE, ORANGE, QUIET
from headwater.documents.charts.pen import Drawing, line, path, text, through
from headwater.documents.charts.plot import Plot, above, across_axis, gutter, value_axis
from headwater.documents.charts.scales import Scale, tick_words
from headwater.documents.charts.shapes import legend, stroke, stroke_key

TICKS = (0.0, 20.0, 40.0, 60.0, 80.0, 100.0)
SIDE = 440.0


def draw_lorenz(chart: LorenzChart, uid: str, width: float) -> Drawing:  # noqa: ARG001 - every picture is asked alike
    """A square, with the line that equal shares would give, what chance alone would give, and what happened."""
    words = tick_words(TICKS, "%")
    keys = [
        stroke_key(BLUE, "", "As recorded", 3),
        stroke_key(ORANGE, "8 4", "By chance alone"),
        stroke_key(QUIET, "2 3", "Equal shares", 1.6),
    ]
    key, top = legend(keys, 0, 26, width)
    left = gutter(words)
    side = min(SIDE, width - left - 20)
    plot = Plot(left, top + 12, left + side, top + 12 + side)
    up, across = plot.upward(TICKS), Scale(0, 100, plot.left, plot.right)
    title = wrapped(chart.x_title, side + left)
    half = max(width_of(each) for each in title) / 2
    marks = [
        above(chart.y_title, 14),
        key,
        value_axis(plot, up, TICKS, words),
        across_axis(plot, across, TICKS, words),
        line(plot.left, plot.top, plot.left, plot.bottom, stroke=AXIS),
        path(through([(plot.left, plot.bottom), (plot.right, plot.top)]), **stroke(QUIET, "2 3", 1.6)),
        path(_curve(chart.areas, chart.chance, across, up), **stroke(ORANGE, "8 4")),
        path(_curve(chart.areas, chart.events, across, up), **stroke(BLUE, weight=3)),
        *(text(max(plot.left + side / 2, half), plot.bottom + 40 + LINE * i, each, anchor="middle", fill=QUIET)
          for i, each in enumerate(title)),
    ]  # fmt: skip
    return Drawing("".join(marks), plot.bottom + 32 + LINE * len(title))


def _curve(areas: Sequence[float], events: Sequence[float], across: Scale, up: Scale) -> str:
    return through((across.at(100 * a), up.at(100 * e)) for a, e in zip(areas, events, strict=True))
