"""From boundaries in metres to short paths on paper."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from headwater.documents.charts.model import MapArea, Ring

COARSER = 4


@dataclass(frozen=True, slots=True)
class Paper:
    """Where a stretch of ground lies on paper: its south-west corner, its scale, and the paper's north-west corner."""

    west: float
    north: float
    scale: float
    left: float
    top: float

    def at(self, ground: BaseGeometry) -> BaseGeometry:
        """The same shape on paper; y grows downwards."""
        move = np.array([self.west, self.north])
        turn = np.array([self.scale, -self.scale])
        return shapely.transform(ground, lambda corners: (corners - move) * turn + (self.left, self.top))


def ground_of(area: MapArea) -> BaseGeometry:
    """The area's shape. A ring inside a ring is a hole, and a ring inside that an island."""
    rings = [shapely.linearrings(ring) for ring in area.rings if len(ring) >= 4]
    shape = shapely.build_area(shapely.multilinestrings(rings)) if rings else shapely.Polygon()
    if shape.is_empty and rings:  # a ring that rounding has made touch itself bounds nothing until it is mended
        shape = reduce(shapely.symmetric_difference, [shapely.make_valid(shapely.polygons(ring)) for ring in rings])
    return _solid(shape if shape.is_valid else shapely.make_valid(shape))


def _solid(shape: BaseGeometry) -> BaseGeometry:
    """The parts of a shape that have an inside."""
    if shape.geom_type in ("Polygon", "MultiPolygon"):
        return shape
    parts = shapely.get_parts(shapely.get_parts(shape))
    return shapely.multipolygons([part for part in parts if part.geom_type == "Polygon"])


def lightened(shapes: Sequence[BaseGeometry], tolerance: float, most: int) -> list[BaseGeometry]:
    """The shapes with fewer corners, neighbours still meeting; at most about `most` corners in all.

    Source: Visvalingam and Whyatt (1993) as GEOS applies it to a coverage.
    """
    lighter = shapely.coverage_simplify(list(shapes), tolerance)
    for _ in range(COARSER):
        if int(shapely.get_num_coordinates(lighter).sum()) <= most:
            break
        tolerance *= 2
        lighter = shapely.coverage_simplify(lighter, tolerance)
    return list(lighter)


def path_of(shapes: Iterable[BaseGeometry]) -> str:
    """Path commands for shapes on paper: to tenths, each step from the last, a step of nothing left out."""
    return "".join(_ring(ring) for shape in shapes for ring in _rings(shape))


def _rings(shape: BaseGeometry) -> list[Ring]:
    parts = [part for part in shapely.get_parts(shape) if isinstance(part, shapely.Polygon)]
    return [tuple((float(x), float(y)) for x, y in ring.coords) for p in parts for ring in (p.exterior, *p.interiors)]


def _ring(ring: Ring) -> str:
    corners = [(round(x * 10), round(y * 10)) for x, y in ring[:-1]]
    if len(set(corners)) < 3:
        return ""
    (x, y), steps = corners[0], [""]
    start = f"M{_tenths(x)} {_tenths(y)}l"
    for after_x, after_y in corners[1:]:
        if (after_x, after_y) != (x, y):
            steps += [_tenths(after_x - x), _tenths(after_y - y)]
            x, y = after_x, after_y
    return start + _close(steps[1:]) + "z"


def _close(numbers: Sequence[str]) -> str:
    """Numbers in a row, with a space only where no minus sign parts them."""
    return "".join(n if i == 0 or n.startswith("-") else f" {n}" for i, n in enumerate(numbers))


def _tenths(value: int) -> str:
    return (
        str(value // 10)
        if value % 10 == 0
        else f"{value / 10:.1f}".replace("0.", ".", 1)
        if abs(value) < 10
        else f"{value / 10:.1f}"
    )
