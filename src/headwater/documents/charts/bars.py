"""Bars: named things lie level, months stand upright."""

from collections.abc import Sequence

from headwater.documents.charts.lettering import LINE, width_of, wrapped
from headwater.documents.charts.model import Bar, BarChart
from headwater.documents.charts.months import ordered_axis
from headwater.documents.charts.palette import AXIS, BAR, BAR_STRONG, HATCH_INK, HATCH_PAPER, INK, PAPER, QUIET
from headwater.documents.charts.pen import Drawing, hatch, line, rectangle, text
from headwater.documents.charts.plot import Plot, above, across_axis, gutter, overhang, value_axis
from headwater.documents.charts.scales import Scale, present, ratio_ticks, ratio_words, round_ticks, tick_words
from headwater.documents.charts.shapes import legend, marker, runs, stroke_key

UPRIGHT_HEIGHT = 250.0


def values_of(chart: BarChart) -> list[float]:
    """Every value the scale must hold."""
    ends = [end for bar in chart.bars for end in (bar.value, bar.lower, bar.upper)]
    return present(ends, [chart.reference])


def draw_bars(chart: BarChart, uid: str, width: float) -> Drawing:
    """Upright or level, as asked."""
    drawing = _upright(chart, uid, width) if chart.upright else _level(chart, uid, width)
    return Drawing(drawing.marks, drawing.height, hatch(f"{uid}-gap", HATCH_INK, HATCH_PAPER))


def _upright(chart: BarChart, uid: str, width: float) -> Drawing:
    """Columns over an ordered axis; where there is no value, the whole column is hatched."""
    ticks = round_ticks(values_of(chart))
    words = tick_words(ticks)
    keys = [] if chart.reference is None else [stroke_key(INK, "6 4", chart.reference_label, 1.5)]
    key, top = legend(keys, 0, 26, width)
    plot = Plot(gutter(words), top + 10, width - 14, top + 10 + UPRIGHT_HEIGHT)
    scale = plot.upward(ticks)
    axis, floor = ordered_axis(plot, tuple(bar.label for bar in chart.bars))
    marks = [
        above(chart.value_title, 14),
        key,
        value_axis(plot, scale, ticks, words),
        *(_column(plot, scale, bar, i, len(chart.bars), uid) for i, bar in enumerate(chart.bars)),
        axis,
        _level_reference(plot, scale, chart),
        _void_markers(plot, chart.bars),
    ]
    return Drawing("".join(marks), floor + 8)


def _column(plot: Plot, scale: Scale, bar: Bar, i: int, count: int, uid: str) -> str:
    thick = min(plot.slot(count) * 0.76, 64)
    x = plot.middle(i, count)
    if bar.value is None:
        height = plot.bottom - plot.top
        return rectangle(x - thick / 2, plot.top, thick, height, fill=f"url(#{uid}-gap)")
    fill = BAR_STRONG if bar.emphasis else BAR
    body = rectangle(x - thick / 2, scale.at(0), thick, scale.at(bar.value) - scale.at(0), fill=fill)
    if bar.lower is None or bar.upper is None:
        return body
    low, high = scale.at(bar.lower), scale.at(bar.upper)
    return body + _whisker([(x, low, x, high), (x - 4, low, x + 4, low), (x - 4, high, x + 4, high)])


def _void_markers(plot: Plot, bars: Sequence[Bar]) -> str:
    """Why columns are empty: once for each run of them, in its middle."""
    marks: list[str] = []
    for marker_of_run in sorted({bar.marker for bar in bars if bar.value is None}):
        row = [1.0 if bar.value is None and bar.marker == marker_of_run else None for bar in bars]
        for first, last in runs(row):
            x = (plot.edge(first, len(bars)) + plot.edge(last + 1, len(bars))) / 2
            marks.append(text(x, plot.bottom - 8, marker_of_run, anchor="middle", font_size=13, halo=1))
    return "".join(marks)


def _level_reference(plot: Plot, scale: Scale, chart: BarChart) -> str:
    if chart.reference is None:
        return ""
    y = scale.at(chart.reference)
    edge = line(plot.left, y, plot.right, y, stroke=PAPER, stroke_width=3)
    return edge + line(plot.left, y, plot.right, y, stroke_dasharray="6 4", stroke_width=1.5)


def _level(chart: BarChart, uid: str, width: float) -> Drawing:
    """Rows with their names at the left and, where given, their values in words at the right."""
    names = _names(chart, width)
    ticks = ratio_ticks(values_of(chart)) if chart.log else round_ticks(values_of(chart))
    words = ratio_words(ticks) if chart.log else tick_words(ticks)
    said = max((width_of(bar.text, size=13) + 14 for bar in chart.bars if bar.text), default=14)
    right = width - max(said, overhang(words))
    left = max((width_of(name, bold=True) for lines in names for name in lines), default=0) + 12
    top = 30.0 if chart.reference is not None else 6.0
    heights = [max(30.0, len(lines) * LINE + 12) for lines in names]
    plot = Plot(left, top, right, top + sum(heights))
    scale = Scale(ticks[0], ticks[-1], plot.left, plot.right, log=chart.log)
    middles = [top + sum(heights[:i]) + height / 2 for i, height in enumerate(heights)]
    marks = [
        across_axis(plot, scale, ticks, words),
        *(_row(plot, scale, chart, bar, y, uid) for bar, y in zip(chart.bars, middles, strict=True)),
        *(_name(plot, lines, y, bar) for bar, lines, y in zip(chart.bars, names, middles, strict=True)),
        *(text(width, y + 4.5, bar.text, anchor="end", font_size=13) for bar, y in zip(chart.bars, middles, strict=True)
          if bar.text not in {"", bar.marker}),
        _upright_reference(plot, scale, chart, width),
        *_value_title(plot, chart.value_title, width),
    ]  # fmt: skip
    return Drawing("".join(marks), plot.bottom + 32 + LINE * len(wrapped(chart.value_title, width)))


def _names(chart: BarChart, width: float) -> list[tuple[str, ...]]:
    return [wrapped(bar.label, width * 0.34, bold=bar.emphasis) for bar in chart.bars]


def _name(plot: Plot, lines: Sequence[str], y: float, bar: Bar) -> str:
    first = y + 5 - LINE * (len(lines) - 1) / 2
    weight = "bold" if bar.emphasis else "normal"
    return "".join(
        text(plot.left - 10, first + LINE * i, words, anchor="end", font_weight=weight) for i, words in enumerate(lines)
    )


def _row(plot: Plot, scale: Scale, chart: BarChart, bar: Bar, y: float, uid: str) -> str:
    if bar.value is None:
        return _absent(plot, scale, chart, bar, y, uid)
    if chart.log:
        return _whiskers(scale, bar, y) + _dot(scale, bar, bar.value, y)
    fill = BAR_STRONG if bar.emphasis else BAR
    body = rectangle(scale.at(0), y - 9, scale.at(bar.value) - scale.at(0), 18, fill=fill)
    return body + _whiskers(scale, bar, y)


def _absent(plot: Plot, scale: Scale, chart: BarChart, bar: Bar, y: float, uid: str) -> str:
    """A hatched box in place of a bar, with the marker that says why."""
    start = plot.left if chart.log else scale.at(0)
    box = rectangle(start, y - 9, 56, 18, fill=f"url(#{uid}-gap)", stroke=HATCH_INK, stroke_dasharray="3 2")
    return box + text(start + 63, y + 5, bar.marker, font_size=13, halo=1)


def _dot(scale: Scale, bar: Bar, value: float, y: float) -> str:
    """A point on a ratio scale. A ratio of nought has no place on it: an open arrow points off the end."""
    if value <= 0:
        return text(scale.start + 2, y + 5, "◁", font_size=13)
    return marker("diamond" if bar.emphasis else "circle", scale.at(value), y, 5.5, BAR_STRONG)


def _whiskers(scale: Scale, bar: Bar, y: float) -> str:
    if bar.lower is None or bar.upper is None:
        return ""
    low, high = scale.held(bar.lower), scale.held(bar.upper)
    caps = [(end, y - 4, end, y + 4) for end, value in ((low, bar.lower), (high, bar.upper)) if scale.low <= value]
    return _whisker([(low, y, high, y), *caps])


def _whisker(strokes: Sequence[tuple[float, float, float, float]]) -> str:
    """An interval: dark, with a white edge that shows where it crosses its bar."""
    edge = "".join(line(*ends, stroke=PAPER, stroke_width=4) for ends in strokes)
    return edge + "".join(line(*ends, stroke=INK, stroke_width=1.6) for ends in strokes)


def _upright_reference(plot: Plot, scale: Scale, chart: BarChart, width: float) -> str:
    if chart.reference is None:
        return line(scale.at(0), plot.top, scale.at(0), plot.bottom, stroke=AXIS) if not chart.log else ""
    x, half = scale.at(chart.reference), width_of(chart.reference_label, size=13) / 2
    words = text(min(max(x, half), width - half), plot.top - 10, chart.reference_label, anchor="middle", font_size=13)
    nought = "" if chart.log else line(scale.at(0), plot.top, scale.at(0), plot.bottom, stroke=AXIS)
    return nought + line(x, plot.top - 5, x, plot.bottom, stroke_dasharray="6 4", stroke_width=1.5) + words


def _value_title(plot: Plot, words: str, width: float) -> list[str]:
    """The title of the level axis under it, kept on the paper."""
    lines = wrapped(words, width)
    half = max(width_of(each) for each in lines) / 2
    x = min(max((plot.left + plot.right) / 2, half), width - half)
    return [text(x, plot.bottom + 40 + LINE * i, each, anchor="middle", fill=QUIET) for i, each in enumerate(lines)]
