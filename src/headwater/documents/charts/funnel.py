"""The funnel: which areas differ by more than chance would make them?"""

from collections.abc import Sequence

from headwater.documents.charts.lettering import width_of
from headwater.documents.charts.model import FunnelChart, FunnelPoint
from headwater.documents.charts.palette import AXIS, HIGH, INK, LOW, ORANGE, POINT, QUIET
from headwater.documents.charts.pen import Drawing, element, line, path, rectangle, text, through
from headwater.documents.charts.placing import Box, first_free
from headwater.documents.charts.plot import Plot, above, across_axis, beneath, gutter, overhang, value_axis
from headwater.documents.charts.scales import Scale, round_ticks, tick_words
from headwater.documents.charts.shapes import Key, Shape, legend, marker, point_key, stroke, stroke_key

HEIGHT = 340.0
OUTER = stroke(QUIET, "", 1.6)
INNER = stroke(QUIET, "5 4", 1.4)


def draw_funnel(chart: FunnelChart, uid: str, width: float) -> Drawing:
    """Limits as curves, areas as points; those outside the outer limits are named."""
    heights = [point.y for point in chart.points] + [chart.average, chart.upper_95[-1], chart.lower_95[-1]]
    ticks = round_ticks(heights, from_zero=min(heights) < 0.5 * max(heights))
    words = tick_words(ticks)
    key, top = legend(_keys(chart), 0, 26, width)
    along = round_ticks([*chart.limit_x, *(point.x for point in chart.points)], from_zero=False, about=6)
    plot = Plot(gutter(words), top + 10, width - max(16, overhang(tick_words(along))), top + 10 + HEIGHT)
    up = plot.upward(ticks)
    across = Scale(along[0], along[-1], plot.left, plot.right)
    marks = [
        above(chart.y_title, 14),
        key,
        value_axis(plot, up, ticks, words),
        across_axis(plot, across, along, tick_words(along)),
        line(plot.left, plot.bottom, plot.right, plot.bottom, stroke=AXIS),
        beneath(plot, chart.x_title, plot.bottom + 40),
        element("g", {"clip-path": f"url(#{uid}-plot)"}, _curves(chart, across, up)),
        line(plot.left, up.at(chart.average), plot.right, up.at(chart.average), stroke_width=1.5),
        *(_point(point, across, up, chart.average) for point in sorted(chart.points, key=lambda p: p.outside)),
        _labels(chart, plot, across, up),
    ]
    clip = element("clipPath", {"id": f"{uid}-plot"}, rectangle(plot.left, plot.top, plot.right - plot.left, HEIGHT))
    return Drawing("".join(marks), plot.bottom + 50, clip)


def _curves(chart: FunnelChart, across: Scale, up: Scale) -> str:
    rows = ((chart.lower_998, OUTER), (chart.upper_998, OUTER), (chart.lower_95, INNER), (chart.upper_95, INNER))
    return "".join(
        path(through((across.at(x), up.at(y)) for x, y in zip(chart.limit_x, row, strict=True)), **said)
        for row, said in rows
    )


def _look(outside: str, *, high: bool) -> tuple[Shape, str, float]:
    if outside == "99.8":
        return ("up", HIGH, 6.0) if high else ("down", LOW, 6.0)
    return ("diamond", ORANGE, 5.0) if outside == "95" else ("circle", POINT, 3.8)


def _point(point: FunnelPoint, across: Scale, up: Scale, average: float) -> str:
    shape, colour, size = _look(point.outside, high=point.y > average)
    return marker(shape, across.at(point.x), up.at(point.y), size, colour)


def _labels(chart: FunnelChart, plot: Plot, across: Scale, up: Scale) -> str:
    """Names for the areas outside the outer limits, furthest from average first; one that finds no room is left out."""
    outside = [point for point in chart.points if point.outside == "99.8"]
    outside.sort(key=lambda point: (-abs(point.y - chart.average), point.label))
    taken = [_around(across.at(point.x), up.at(point.y)) for point in chart.points if point.outside]
    marks: list[str] = []
    for point in outside:
        x, y = across.at(point.x), up.at(point.y)
        box = first_free(_spots(x, y, width_of(point.label, size=13)), taken, plot)
        if box:
            taken.append(box)
            marks.append(_label(point.label, box, x, y))
    return "".join(marks)


def _around(x: float, y: float) -> Box:
    return Box(x - 6, y - 6, x + 6, y + 6)


def _spots(x: float, y: float, wide: float) -> Sequence[Box]:
    """Places for words about a point, best first: beside it, over and under it, then further off."""
    near = [(x + 10, y - 8), (x - 10 - wide, y - 8), (x - wide / 2, y - 26), (x - wide / 2, y + 10)]
    far = [
        (x + 14 * side - (wide if side < 0 else 0), y + 20 * step - 8) for step in (-1, 1, -2, 2) for side in (1, -1)
    ]
    return [Box(left, top, left + wide, top + 16) for left, top in (*near, *far)]


def _label(words: str, box: Box, x: float, y: float) -> str:
    """The words, and a hair back to the point where they stand off."""
    middle = (box.top + box.bottom) / 2
    beside = abs(middle - y) < 2 or (box.left < x < box.right and abs(middle - y) < 20)
    near = box.left - 2 if box.left > x else box.right + 2
    hair = "" if beside else line(x, y, near, middle, stroke=QUIET)
    return hair + text(box.left, box.top + 12.5, words, font_size=13, halo=1)


def _keys(chart: FunnelChart) -> list[Key]:
    kinds = {(point.outside, point.y > chart.average) for point in chart.points}
    keys = [point_key("circle", POINT, "Within the limits")]
    if any(outside == "95" for outside, _ in kinds):
        keys.append(point_key("diamond", ORANGE, "Outside 95%"))
    if ("99.8", True) in kinds:
        keys.append(point_key("up", HIGH, "Above 99.8%"))
    if ("99.8", False) in kinds:
        keys.append(point_key("down", LOW, "Below 99.8%"))
    limits = [stroke_key(QUIET, "5 4", "95% limits", 1.4), stroke_key(QUIET, "", "99.8% limits", 1.6)]
    return [*keys, *limits, stroke_key(INK, "", "Average", 1.5)]
