"""Names on a map: inside their area where there is room for them, beside the map with a line to the area where not."""

from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from headwater.documents.charts.ground import Paper
from headwater.documents.charts.lettering import width_of, wrapped
from headwater.documents.charts.model import MapArea
from headwater.documents.charts.palette import INK, PAPER
from headwater.documents.charts.pen import line, text
from headwater.documents.charts.placing import Box, first_free
from headwater.documents.charts.plot import Plot
from headwater.documents.charts.shapes import apart, marker

SIZE = 13.0
TALL = 15.0
ROW = 18.0
NUDGES = (0, -10, 10, -20, 20, -32, 32)


@dataclass(frozen=True, slots=True)
class Seat:
    """Where on the ground a name may sit: the middle of the largest circle that the area holds, and its radius."""

    name: str
    code: str
    spot: shapely.Point
    radius: float

    def lines(self, scale: float) -> tuple[str, ...]:
        """The name, broken to suit its area."""
        return wrapped(self.name, max(2 * self.radius * scale, 84), size=SIZE, bold=True)

    def fits(self, scale: float) -> bool:
        """Is there room for the name inside its area?"""
        lines, radius = self.lines(scale), self.radius * scale
        return breadth(lines) / 2 <= radius * 1.25 and TALL * len(lines) / 2 <= radius


def seats_of(areas: Sequence[MapArea], shapes: Sequence[BaseGeometry]) -> list[Seat]:
    """A seat for each area, the roomiest first."""
    circles = [shapely.maximum_inscribed_circle([shape])[0] for shape in shapes]
    seats = [
        Seat(area.name, area.code, shapely.Point(circle.coords[0]), float(circle.length))
        for area, circle in zip(areas, circles, strict=True)
    ]
    return sorted(seats, key=lambda seat: (-seat.radius, seat.code))


def breadth(lines: Sequence[str]) -> float:
    """The width of the widest line."""
    return max((width_of(each, size=SIZE, bold=True) for each in lines), default=0.0)


def names_inside(seats: Sequence[Seat], paper: Paper, plot: Plot) -> str:
    """Names over their areas; one that would lie over another is moved a little, or left out."""
    taken: list[Box] = []
    marks: list[str] = []
    for seat in seats:
        x, y = spot_of(seat, paper)
        lines = seat.lines(paper.scale)
        half, tall = breadth(lines) / 2, TALL * len(lines)
        held = min(max(x, plot.left + half), max(plot.right - half, half))
        boxes = [Box(held - half, y - tall / 2 + s, held + half, y + tall / 2 + s) for s in NUDGES]
        if box := first_free(boxes, taken, plot):
            taken.append(box)
            marks += [_name(each, held, box.top + 12 + TALL * n, "middle") for n, each in enumerate(lines)]
    return "".join(marks)


def names_beside(seats: Sequence[Seat], paper: Paper, column: Plot) -> str:
    """Names in a column, in order from north to south, each with a line to its area."""
    spots = [spot_of(seat, paper) for seat in seats]
    heights = apart([y for _, y in spots], ROW, column.top + 8, column.bottom - 8)
    left = column.left
    return "".join(
        line(x, y, left - 3, height, stroke=PAPER, stroke_width="3.5")
        + line(x, y, left - 3, height, stroke=INK, stroke_width=1)
        + marker("circle", x, y, 3, INK)
        + _name(seat.name, left, height + 4.5, "start")
        for seat, (x, y), height in zip(seats, spots, heights, strict=True)
    )


def spot_of(seat: Seat, paper: Paper) -> tuple[float, float]:
    """The seat on paper."""
    x, y = paper.at(seat.spot).coords[0]
    return float(x), float(y)


def _name(words: str, x: float, y: float, anchor: str) -> str:
    return text(x, y, words, anchor=anchor, font_size=SIZE, font_weight="bold", halo=1)
