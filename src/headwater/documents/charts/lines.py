"""Lines over an ordered axis."""

from collections.abc import Sequence

from headwater.documents.charts.lettering import LINE, width_of
from headwater.documents.charts.model import LineChart, Series
from headwater.documents.charts.months import ordered_axis
from headwater.documents.charts.palette import HATCH_INK, HATCH_PAPER, RIBBON, SERIES, SERIES_WORDS
from headwater.documents.charts.pen import Drawing, hatch, path, text, through
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
from headwater.documents.charts.shapes import (
    DASHES,
    SHAPES,
    Key,
    apart,
    box_key,
    legend,
    marker,
    runs,
    stroke,
    stroke_key,
)

HEIGHT = 270.0


def draw_lines(chart: LineChart, uid: str, width: float) -> Drawing:
    """Ribbons beneath, lines over, and each line's name at its end where there is room."""
    values = present(*(row for s in chart.series for row in (s.values, s.lower, s.upper)))
    ticks = round_ticks(values, from_zero=chart.from_zero)
    words = tick_words(ticks)
    margin = _name_room(chart, width)
    count = len(chart.labels)
    key, top = legend(_keys(chart, named=not margin, uid=uid), 0, 26, width)
    frame = Plot(gutter(words), top + 10, width - (margin or 14), top + 10 + HEIGHT)
    room = band_room(frame, chart.bands, count)
    plot = Plot(frame.left, frame.top + room, frame.right, frame.bottom + room)
    scale = plot.upward(ticks)
    axis, floor = ordered_axis(plot, chart.labels)
    marks = [
        above(chart.y_title, 14),
        key,
        bands(plot, chart.bands, count, f"{uid}-gap"),
        value_axis(plot, scale, ticks, words),
        axis,
        beneath(plot, chart.x_title, floor + 18),
        *(ribbon(plot, scale, s.lower, s.upper, SERIES[i % len(SERIES)]) for i, s in enumerate(chart.series)),
        *(_line(plot, scale, s, i) for i, s in enumerate(chart.series)),
        _names(plot, scale, chart) if margin else "",
        band_labels(plot, chart.bands, count),
    ]
    return Drawing("".join(marks), floor + 28, hatch(f"{uid}-gap", HATCH_INK, HATCH_PAPER))


def ribbon(plot: Plot, scale: Scale, lower: Sequence[float | None], upper: Sequence[float | None], colour: str) -> str:
    """The stretch between two rows of values, tinted; nothing where either is absent."""
    if not lower or not upper:
        return ""
    count = len(lower)
    pieces: list[str] = []
    for first, last in runs(lower, upper):
        there = [(plot.middle(i, count), scale.at(v)) for i in range(first, last + 1) if (v := upper[i]) is not None]
        back = [(plot.middle(i, count), scale.at(v)) for i in range(first, last + 1) if (v := lower[i]) is not None]
        pieces.append(through([*there, *reversed(back)], closed=True))
    return path("".join(pieces), fill=colour, fill_opacity="0.16") if pieces else ""


def joined(plot: Plot, scale: Scale, values: Sequence[float | None]) -> str:
    """Path commands along the values, lifted wherever one is absent."""
    count = len(values)
    return "".join(
        through((plot.middle(i, count), scale.at(v)) for i in range(first, last + 1) if (v := values[i]) is not None)
        for first, last in runs(values)
        if last > first
    )


def _line(plot: Plot, scale: Scale, series: Series, nth: int) -> str:
    """One line, with a marker where it ends and wherever a value stands alone."""
    colour, shape = SERIES[nth % len(SERIES)], SHAPES[nth % len(SHAPES)]
    said = stroke(colour, DASHES[nth % len(DASHES)])
    alone = {first for first, last in runs(series.values) if first == last}
    ends = {last for _, last in runs(series.values)}
    last_of_all = {max(ends)} if ends else set[int]()
    few = set(range(len(series.values))) if len(series.values) <= 16 else set[int]()
    spots = "".join(
        marker(shape, plot.middle(i, len(series.values)), scale.at(value), 4.5, colour)
        for i in sorted(alone | last_of_all | few)
        if (value := series.values[i]) is not None
    )
    return path(joined(plot, scale, series.values), stroke_linejoin="round", **said) + spots


def _name_room(chart: LineChart, width: float) -> float:
    """The room for names at the ends of lines; nought where there is one line, little room, or too many names."""
    longest = max((width_of(s.name, bold=True) for s in chart.series), default=0)
    return longest + 24 if width >= WIDE and 1 < len(chart.series) <= 6 and longest <= 180 else 0.0


def _names(plot: Plot, scale: Scale, chart: LineChart) -> str:
    """Each line's name beside its last value, moved apart where they would touch."""
    ends = [(i, present(s.values)[-1]) for i, s in enumerate(chart.series) if present(s.values)]
    heights = apart([scale.at(value) for _, value in ends], LINE, plot.top + 6, plot.bottom - 4)
    return "".join(
        text(plot.right + 8, y + 5, chart.series[i].name, font_weight="bold", fill=SERIES_WORDS[i % len(SERIES)])
        for (i, _), y in zip(ends, heights, strict=True)
    )


def _keys(chart: LineChart, *, named: bool, uid: str) -> list[Key]:
    keys: list[Key] = []
    if named and len(chart.series) > 1:
        keys += [_series_key(s.name, i) for i, s in enumerate(chart.series)]
    if any(present(s.lower) for s in chart.series):
        keys.append(box_key(RIBBON, chart.ribbon_label))
    if any(band.kind == "gap" and not band.label for band in chart.bands):
        keys.append(box_key(f"url(#{uid}-gap)", "No complete data", HATCH_INK))
    return keys


def _series_key(words: str, nth: int) -> Key:
    colour = SERIES[nth % len(SERIES)]
    drawn = stroke_key(colour, DASHES[nth % len(DASHES)], words).swatch
    return Key(lambda x, y: drawn(x, y) + marker(SHAPES[nth % len(SHAPES)], x + 13, y, 4.5, colour), words)
