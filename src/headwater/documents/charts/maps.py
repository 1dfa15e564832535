"""Choropleths: classes from pale to dark, hatching where a figure is weak or absent, and the names of larger areas over."""

from collections.abc import Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from headwater.documents.charts.ground import Paper, ground_of, lightened, path_of
from headwater.documents.charts.lettering import LINE, width_of, wrapped
from headwater.documents.charts.model import MapArea, MapChart
from headwater.documents.charts.palette import BORDER, HATCH_INK, OUTLINE, PAPER, QUIET, SHADES, SHADES_MUTED
from headwater.documents.charts.pen import Drawing, hatch, path, rectangle, text
from headwater.documents.charts.placing import Box, first_free
from headwater.documents.charts.plot import WIDE, Plot

TALLEST = 640.0
MOST_CORNERS = 24_000
KEY_WIDTH = 190.0
WEAK = "Too few events to lean on"
ABSENT = "No figure"


def draw_map(chart: MapChart, uid: str, width: float) -> Drawing:
    """North up, as large as the paper allows; the legend beside the map, or beneath it where the paper is narrow."""
    if not chart.areas:
        raise ValueError("a map needs at least one area")
    beside = width >= WIDE
    room = width - KEY_WIDTH - 30 if beside else width
    ground = [ground_of(area) for area in chart.areas]
    over = [ground_of(area) for area in chart.outlines]
    west, south, east, north = (float(edge) for edge in shapely.total_bounds([*ground, *over]))
    scale = min((room - 4) / (east - west), (TALLEST - 4) / (north - south))
    left = 2 if beside else max((room - scale * (east - west)) / 2, 2)
    paper = Paper(west, north, scale, left, 2)
    plot = Plot(0, 0, room, scale * (north - south) + 4)
    drawn = lightened(ground, 0.7 / scale, round(MOST_CORNERS * min(width / 720, 1)))
    outlines = [paper.at(shape) for shape in lightened(over, 0.7 / scale, MOST_CORNERS)] if over else []
    key, floor = _legend(chart, uid, room + 30 if beside else 0, 8 if beside else plot.bottom + 16, width)
    marks = [
        *_areas(chart, [paper.at(shape) for shape in drawn], uid),
        path(path_of(outlines), stroke=OUTLINE, stroke_width="1.2", stroke_linejoin="round"),
        _names(chart.outlines, outlines, plot),
        key,
    ]
    return Drawing("".join(marks), max(plot.bottom, floor) + 4, _patterns(uid, len(chart.classes)))


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


def _names(areas: Sequence[MapArea], shapes: Sequence[BaseGeometry], plot: Plot) -> str:
    """Names where each area is roomiest, the largest areas first; one that would lie over another is moved or left out."""
    order = sorted(range(len(areas)), key=lambda i: (-shapes[i].area, areas[i].code))
    taken: list[Box] = []
    marks: list[str] = []
    for i in order:
        circle = shapely.maximum_inscribed_circle([shapes[i]])[0]
        x, y = (float(v) for v in circle.coords[0])
        lines = wrapped(areas[i].name, max(2 * circle.length, 84), size=13, bold=True)
        half = max(width_of(each, size=13, bold=True) for each in lines) / 2
        tall = 15 * len(lines)
        held = min(max(x, plot.left + half), plot.right - half)
        steps = (0, -10, 10, -20, 20, -32, 32)
        boxes = [Box(held - half, y - tall / 2 + s, held + half, y + tall / 2 + s) for s in steps]
        if box := first_free(boxes, taken, plot):
            taken.append(box)
            marks += [_name(each, held, box.top + 12 + 15 * n) for n, each in enumerate(lines)]
    return "".join(marks)


def _name(words: str, x: float, y: float) -> str:
    return text(x, y, words, anchor="middle", font_size=13, font_weight="bold", halo=1)


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
