"""The XmR chart: is this month unlike the months before it?"""

from collections.abc import Sequence

from headwater.documents.charts.lettering import LINE, width_of
from headwater.documents.charts.lines import joined
from headwater.documents.charts.model import ControlChart
from headwater.documents.charts.months import ordered_axis
from headwater.documents.charts.palette import HATCH_INK, HATCH_PAPER, HIGH, INK, LIMITS, LOW, POINT, QUIET
from headwater.documents.charts.pen import Drawing, hatch, line, path, rectangle, text
from headwater.documents.charts.plot import (
    WIDE,
    Plot,
    above,
    band_labels,
    band_room,
    bands,
    beneath,
    gutter,
    value_axis,
)
from headwater.documents.charts.scales import Scale, present, round_ticks, tick_words
from headwater.documents.charts.shapes import Key, apart, box_key, legend, marker, point_key, stroke, stroke_key

HEIGHT = 270.0
LIMIT_DASH = "6 4"
NAMES = ("Upper limit", "Average", "Lower limit")


def draw_control(chart: ControlChart, uid: str, width: float) -> Drawing:
    """The expected range as a pale stretch with dashed edges; values as dots; signals as triangles, up or down."""
    values = present(chart.values, chart.lower, chart.upper, chart.centre)
    ticks = round_ticks(values, from_zero=bool(values) and min(values) < 0.4 * max(values))
    words = tick_words(ticks)
    count = len(chart.labels)
    margin = max(width_of(name) for name in NAMES) + 14 if width >= WIDE else 14.0
    key, top = legend(_keys(chart, uid), 0, 26, width)
    frame = Plot(gutter(words), top + 10, width - margin, top + 10 + HEIGHT)
    room = band_room(frame, chart.bands, count)
    plot = Plot(frame.left, frame.top + room, frame.right, frame.bottom + room)
    scale = plot.upward(ticks)
    axis, floor = ordered_axis(plot, chart.labels)
    marks = [
        above(chart.y_title, 14),
        key,
        _range(plot, scale, chart),
        bands(plot, chart.bands, count, f"{uid}-gap"),
        value_axis(plot, scale, ticks, words),
        _limits(plot, scale, chart),
        axis,
        beneath(plot, chart.x_title, floor + 18),
        path(joined(plot, scale, chart.values), **stroke(POINT, weight=1.5), stroke_linejoin="round"),
        _points(plot, scale, chart),
        _names(plot, scale, chart) if width >= WIDE else "",
        band_labels(plot, chart.bands, count),
    ]
    return Drawing("".join(marks), floor + 28, hatch(f"{uid}-gap", HATCH_INK, HATCH_PAPER))


def _range(plot: Plot, scale: Scale, chart: ControlChart) -> str:
    """The expected range, one box for each stretch over which it stays the same."""
    return "".join(
        rectangle(left, scale.at(high), right - left, scale.at(low) - scale.at(high), fill=LIMITS)
        for left, right, (low, high) in _steps(plot, list(zip(chart.lower, chart.upper, strict=True)))
        if low is not None and high is not None
    )


def _limits(plot: Plot, scale: Scale, chart: ControlChart) -> str:
    """The two limits, dashed, and the centre line, whole: level pieces, broken where they step."""
    rows = ((chart.lower, stroke(QUIET, LIMIT_DASH, 1.5)), (chart.upper, stroke(QUIET, LIMIT_DASH, 1.5)),
            (chart.centre, stroke(INK, weight=1.5)))  # fmt: skip
    return "".join(
        line(left, scale.at(value), right, scale.at(value), **said)
        for row, said in rows
        for left, right, (value,) in _steps(plot, [(value,) for value in row])
        if value is not None
    )


Values = tuple[float | None, ...]


def _steps(plot: Plot, row: Sequence[Values]) -> list[tuple[float, float, Values]]:
    """The stretches over which the values stay the same: left edge, right edge, values."""
    starts = [i for i in range(len(row)) if i == 0 or row[i] != row[i - 1]]
    stops = [*starts[1:], len(row)]
    return [
        (plot.edge(start, len(row)), plot.edge(stop, len(row)), row[start])
        for start, stop in zip(starts, stops, strict=True)
    ]


def _points(plot: Plot, scale: Scale, chart: ControlChart) -> str:
    """A dot for each value, and over them a larger triangle for each signal."""
    count = len(chart.values)
    size = 3.2 if count <= 48 else 2.4
    dots: list[str] = []
    signals: list[str] = []
    for i, (value, signal) in enumerate(zip(chart.values, chart.signals, strict=True)):
        if value is None:
            continue
        x, y = plot.middle(i, count), scale.at(value)
        if signal == "":
            dots.append(marker("circle", x, y, size, POINT))
        else:
            signals.append(marker("up", x, y, 5.5, HIGH) if signal == "high" else marker("down", x, y, 5.5, LOW))
    return "".join(dots + signals)


def _names(plot: Plot, scale: Scale, chart: ControlChart) -> str:
    """What each level line is, at its right-hand end."""
    rows = (chart.upper, chart.centre, chart.lower)
    ends = [(name, row[-1]) for name, row in zip(NAMES, rows, strict=True) if row]
    known = [(name, scale.at(value)) for name, value in ends if value is not None]
    heights = apart([y for _, y in known], LINE, plot.top + 4, plot.bottom)
    return "".join(
        text(plot.right + 7, y + 4.5, name, font_size=13, fill=QUIET)
        for (name, _), y in zip(known, heights, strict=True)
    )


def _keys(chart: ControlChart, uid: str) -> list[Key]:
    keys = [point_key("circle", POINT, "As recorded")]
    if "high" in chart.signals:
        keys.append(point_key("up", HIGH, "Unusually high"))
    if "low" in chart.signals:
        keys.append(point_key("down", LOW, "Unusually low"))
    keys.append(stroke_key(INK, "", "Average", 1.5))
    keys.append(_range_key())
    if any(band.kind == "gap" and not band.label for band in chart.bands):
        keys.append(box_key(f"url(#{uid}-gap)", "No complete data", HATCH_INK))
    return keys


def _range_key() -> Key:
    dashed = stroke(QUIET, LIMIT_DASH, 1.5)
    return Key(
        lambda x, y: (
            rectangle(x, y - 6, 26, 12, fill=LIMITS) + line(x, y - 6, x + 26, y - 6, **dashed)
            + line(x, y + 6, x + 26, y + 6, **dashed)
        ),
        "Expected range",
    )  # fmt: skip
