"""Choropleths: classes from pale to dark, hatching where a figure is weak or absent, and the names of larger areas over."""

from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from headwater.documents.charts.ground import Paper, ground_of, lightened, path_of
from headwater.documents.charts.lettering import LINE, wrapped
from headwater.documents.charts.map_names import ROW, Seat, breadth, names_beside, names_inside, seats_of
from headwater.documents.charts.model import MapArea, MapChart
from headwater.documents.charts.palette import BORDER, HATCH_INK, OUTLINE, PAPER, QUIET, SHADES, SHADES_MUTED
from headwater.documents.charts.pen import Drawing, hatch, path, rectangle, text
from headwater.documents.charts.plot import WIDE, Plot

TALLEST = 640.0
MOST_CORNERS = 24_000
KEY_WIDTH = 190.0
GAP = 26.0
WEAK = "Too few events to lean on"
ABSENT = "No figure"


def draw_map(chart: MapChart, uid: str, width: float) -> Drawing:
    """North up, as large as the paper allows; the legend beside the map, or beneath it where the paper is narrow."""
    if not chart.areas:
        raise ValueError("a map needs at least one area")
    ground = [ground_of(area) for area in chart.areas]
    over = [ground_of(area) for area in chart.outlines]
    sheet = _sheet([*ground, *over], seats_of(chart.outlines, over), chart, uid, width)
    paper, plot = sheet.paper, sheet.plot
    drawn = lightened(ground, 0.7 / paper.scale, round(MOST_CORNERS * min(width / 720, 1)))
    outlines = lightened(over, 0.7 / paper.scale, MOST_CORNERS) if over else []
    marks = [
        *_areas(chart, [paper.at(shape) for shape in drawn], uid),
        path(path_of(paper.at(s) for s in outlines), stroke=OUTLINE, stroke_width="1.2", stroke_linejoin="round"),
        names_beside(sheet.beside, paper, sheet.column),
        names_inside(sheet.inside, paper, plot),
        sheet.key,
    ]
    return Drawing("".join(marks), max(plot.bottom, sheet.floor) + 4, _patterns(uid, len(chart.classes)))


@dataclass(frozen=True, slots=True)
class Sheet:
    """How a map lies on its paper: the ground, the column of names at its right, the legend and its foot."""

    paper: Paper
    plot: Plot
    inside: list[Seat]
    beside: list[Seat]
    column: Plot
    key: str
    floor: float


def _sheet(shapes: Sequence[BaseGeometry], seats: list[Seat], chart: MapChart, uid: str, width: float) -> Sheet:
    """On wide paper the legend stands at the right, with names that do not fit their areas under it, or else before it."""
    bounds = tuple(float(edge) for edge in shapely.total_bounds(list(shapes)))
    if width < WIDE:
        paper, plot = _laid_out(bounds, width, centred=True)
        key, floor = _legend(chart, uid, 0, plot.bottom + 16, width)
        return Sheet(paper, plot, seats, [], plot, key, floor)
    _, floor = _legend(chart, uid, 0, 8, KEY_WIDTH)
    beside = [seat for seat in seats if not seat.fits(_scale(bounds, width - KEY_WIDTH - GAP))]
    column = max((breadth([seat.name]) for seat in beside), default=0.0)
    paper, plot = _laid_out(bounds, width - max(KEY_WIDTH, column) - GAP)
    under = plot.bottom - floor >= ROW * len(beside) + 16
    if not under:
        paper, plot = _laid_out(bounds, width - KEY_WIDTH - column - 2 * GAP)
    left = plot.right + GAP
    key, floor = _legend(chart, uid, left if under else left + column + GAP, 8, width)
    inside = [seat for seat in seats if seat not in beside]
    return Sheet(paper, plot, inside, beside, Plot(left, floor + 8 if under else 0, width, plot.bottom), key, floor)


def _scale(bounds: Sequence[float], room: float) -> float:
    west, south, east, north = bounds
    return min((room - 4) / (east - west), (TALLEST - 4) / (north - south))


def _laid_out(bounds: Sequence[float], room: float, *, centred: bool = False) -> tuple[Paper, Plot]:
    """Where the ground lies on paper, and the paper it takes up."""
    west, south, east, north = bounds
    scale = _scale(bounds, room)
    wide = scale * (east - west) + 4
    left = max((room - wide) / 2, 0) if centred else 0.0
    plot = Plot(0 if centred else left, 0, room if centred else wide, scale * (north - south) + 4)
    return Paper(west, north, scale, left + 2, 2), plot


def shades(count: int, ramp: Sequence[str] = SHADES) -> tuple[str, ...]:
    """Colours for so many classes, lightest first, as far apart as the ramp allows."""
    if not 1 <= count <= len(ramp):
        raise ValueError(f"a map has between 1 and {len(ramp)} classes, not {count}")
    if count == 1:
        return (ramp[2],)
    return tuple(ramp[round(i * (len(ramp) - 1) / (count - 1))] for i in range(count))


def _patterns(uid: str, count: int) -> str:
    weak = zip(shades(count, SHADES_MUTED), range(count), strict=True)
    drawn = [hatch(f"{uid}-weak-{i}", QUIET, colour, spacing=5, weight=0.8) for colour, i in weak]
    return "".join([*drawn, hatch(f"{uid}-none", HATCH_INK, PAPER, spacing=6, weight=1.2, angle=-45)])


def _fill(area: MapArea, colours: Sequence[str], uid: str) -> str:
    if area.shade is None:
        return f"url(#{uid}-none)"
    return f"url(#{uid}-weak-{area.shade})" if area.hatched else colours[area.shade]


def _areas(chart: MapChart, shapes: Sequence[BaseGeometry], uid: str) -> list[str]:
    """One path for each fill, whatever the number of areas."""
    colours = shades(len(chart.classes))
    groups: dict[str, list[BaseGeometry]] = {}
    for area, shape in zip(chart.areas, shapes, strict=True):
        groups.setdefault(_fill(area, colours, uid), []).append(shape)
    edge = "0.7" if len(shapes) < 400 else "0.3"
    return [
        path(path_of(groups[fill]), fill=fill, fill_rule="evenodd", stroke=BORDER, stroke_width=edge)
        for fill in sorted(groups)
    ]


def _legend(chart: MapChart, uid: str, left: float, top: float, right: float) -> tuple[str, float]:
    """The title, a swatch for each class, and one for each kind of hatching the map uses; the y beneath them."""
    rows = list(zip(shades(len(chart.classes)), chart.classes, strict=True))
    if any(area.hatched and area.shade is not None for area in chart.areas):
        rows.append((f"url(#{uid}-weak-{len(chart.classes) // 2})", WEAK))
    if any(area.shade is None for area in chart.areas):
        rows.append((f"url(#{uid}-none)", ABSENT))
    marks: list[str] = []
    y = top + 6
    for words in wrapped(chart.legend_title, right - left, bold=True):
        marks.append(text(left, y + 5, words, font_weight="bold"))
        y += LINE
    y += 4
    for fill, words in rows:
        marks.append(rectangle(left + 1, y, 26, 18, fill=fill, stroke=QUIET, stroke_width="0.6"))
        for line in wrapped(words, right - left - 36):
            marks.append(text(left + 36, y + 14, line))
            y += LINE
        y += 7
    return "".join(marks), y
