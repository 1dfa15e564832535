"""A spine chart: many indicators of one area, each against its country and the spread of its fellows.

The country stands on one line for every row, and each row has a scale of its own, so rows may be read down but never compared in
length. Which way is worse is not the same for every indicator, so higher is always to the right and no colour means bad.
"""

from collections.abc import Callable, Sequence

from headwater.documents.charts.lettering import LINE, width_of, wrapped
from headwater.documents.charts.model import SpineChart, SpineRow
from headwater.documents.charts.palette import BAR, BLUE, GREY, HATCH_INK, HATCH_PAPER, HIGH, INK, LIMITS, QUIET, RIBBON
from headwater.documents.charts.pen import Drawing, hatch, line, rectangle, text
from headwater.documents.charts.plot import WIDE
from headwater.documents.charts.scales import present
from headwater.documents.charts.shapes import Key, Shape, box_key, legend, marker, point_key

STANDINGS: dict[str, tuple[Shape, str, str]] = {
    "higher": ("up", HIGH, "higher than"),
    "lower": ("down", BLUE, "lower than"),
    "similar": ("circle", GREY, "no clear difference from"),
    "": ("square", GREY, "not compared with"),
}
"""By standing: the mark, its colour and what the key says."""
HALF = 8.0
Place = Callable[[float], float]
"""From a value to where it stands on paper."""


def draw_spine(chart: SpineChart, uid: str, width: float) -> Drawing:
    """Rows from top to bottom as they were handed in: names, the area's figure, the spine, the country's figure."""
    key, top = legend(_keys(chart), 0, 0, width)
    figures = [max([width_of(words, size=13) for words in column], default=0) + 12 for column in _columns(chart)]
    beside = width >= WIDE
    named = min(width * 0.36, max(width_of(row.label) for row in chart.rows) + 10) if beside else 0.0
    left, right = named + figures[0], width - figures[1]
    y = top + 30
    marks = [key, *_titles(chart, left, right, width, y - 8)]
    first = y
    for row in chart.rows:
        lines = wrapped(row.label, named - 10 if beside else width)
        above = 0.0 if beside else LINE * len(lines)
        middle = y + above + max(30.0, (LINE * len(lines) + 10) if beside else 30.0) / 2
        start = middle + 5 - LINE * (len(lines) - 1) / 2 if beside else y + LINE - 2
        marks += [text(0, start + LINE * n, words) for n, words in enumerate(lines)]
        marks += [] if beside else [_centre(left, right, middle - HALF - 4, middle + HALF + 4)]
        marks.append(_row(row, left, right, middle, uid))
        marks.append(text(left - 10, middle + 5, row.text or row.marker, anchor="end", font_size=13))
        marks.append(text(width, middle + 5, row.reference_text, anchor="end", font_size=13, fill=QUIET))
        y = middle + max(15.0, (LINE * len(lines) + 10) / 2 if beside else 15.0)
    spine = _centre(left, right, first - 2, y) if beside else ""
    return Drawing("".join([spine, *marks]), y + 6, hatch(f"{uid}-gap", HATCH_INK, HATCH_PAPER))


def _centre(left: float, right: float, top: float, bottom: float) -> str:
    """The country's line: through every row, or through each apart where names stand between them."""
    return line((left + right) / 2, top, (left + right) / 2, bottom, stroke=INK, stroke_width=1.5)


def _columns(chart: SpineChart) -> tuple[list[str], list[str]]:
    mine = [row.text or row.marker for row in chart.rows]
    return [*mine, chart.area], [*(row.reference_text for row in chart.rows), chart.reference]


def _titles(chart: SpineChart, left: float, right: float, width: float, y: float) -> list[str]:
    return [
        text(
            max(left - 10, width_of(chart.area, size=13, bold=True)),
            y,
            chart.area,
            anchor="end",
            font_size=13,
            font_weight="bold",
        ),
        text(width, y, chart.reference, anchor="end", font_size=13, font_weight="bold"),
        text((left + right) / 2, y, "lower  ←  →  higher", anchor="middle", font_size=13, fill=QUIET),
    ]


def _keys(chart: SpineChart) -> list[Key]:
    held = [
        standing
        for standing in STANDINGS
        if any(row.value is not None and row.standing == standing for row in chart.rows)
    ]
    points = [point_key(STANDINGS[s][0], STANDINGS[s][1], f"{STANDINGS[s][2]} {chart.reference}") for s in held]
    return [
        *points,
        box_key(RIBBON, f"middle half of {chart.fellows}", BAR),
        box_key(LIMITS, f"all {chart.fellows}", BAR),
    ]


def _row(row: SpineRow, left: float, right: float, y: float, uid: str) -> str:
    """The spread, then the area's mark and its limits, on a scale whose middle is the country."""
    if row.reference is None:
        return text(
            (left + right) / 2, y + 5, "nothing to compare with", anchor="middle", font_size=13, fill=QUIET, halo=1
        )
    reach = max((abs(end - row.reference) for end in _ends(row)), default=0.0) or 1.0
    middle, half = (left + right) / 2, (right - left) / 2 - HALF

    def at(value: float) -> float:
        return middle + (value - (row.reference or 0.0)) / reach * half

    return _spread(row.spread, at, y) + _centre(left, right, y - HALF, y + HALF) + _mark(row, at, y, middle, uid)


def _ends(row: SpineRow) -> list[float]:
    return present(row.spread, [row.value, row.lower, row.upper])


def _spread(spread: Sequence[float], at: Place, y: float) -> str:
    if len(spread) != 4:
        return ""
    least, quarter, three_quarters, most = map(at, spread)
    whole = rectangle(least, y - HALF, most - least, 2 * HALF, fill=LIMITS, stroke=BAR, stroke_width=0.5)
    half = rectangle(quarter, y - HALF, three_quarters - quarter, 2 * HALF, fill=RIBBON)
    return whole + half


def _mark(row: SpineRow, at: Place, y: float, middle: float, uid: str) -> str:
    if row.value is None:
        box = rectangle(
            middle - 28, y - HALF, 56, 2 * HALF, fill=f"url(#{uid}-gap)", stroke=HATCH_INK, stroke_dasharray="3 2"
        )
        return box + text(middle, y + 5, row.marker, anchor="middle", font_size=13, halo=1)
    shape, colour, _ = STANDINGS[row.standing]
    limits = (
        ""
        if row.lower is None or row.upper is None
        else line(at(row.lower), y, at(row.upper), y, stroke=INK, stroke_width=1.6)
    )
    return limits + marker(shape, at(row.value), y, 5.5, colour)
