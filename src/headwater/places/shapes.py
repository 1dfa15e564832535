"""Outlines on a flat sheet, in whole metres, for maps and neighbourhoods.

The sheet is an equirectangular projection whose one true parallel runs through the middle of the place:
x = R cos(middle latitude) (longitude - middle longitude), y = R (latitude - middle latitude), R the mean radius of the
Earth, 6,371,008.8 m (Moritz 2000, "Geodetic Reference System 1980"). Over a police force area it is within about 1% of the
National Grid's lengths; it is for drawing and for who-borders-whom, not for measuring.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

EARTH_RADIUS = 6_371_008.8

Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """The outline of one place. Rings are closed, in metres, x east and y north; land turns left, holes turn right."""

    code: str
    name: str
    rings: tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where the flat sheet touches the globe, in degrees."""

    longitude: float
    latitude: float

    def flat(self, degrees: NDArray[np.float64]) -> NDArray[np.float64]:
        """Longitudes and latitudes (n by 2) as metres east and north of the middle, to the nearest metre."""
        middle = np.array([self.longitude, self.latitude])
        across = np.array([np.cos(np.radians(self.latitude)), 1.0])
        return np.round(np.radians(degrees - middle) * EARTH_RADIUS * across) + 0.0  # no minus nought


def sheet_over(outlines: Sequence[BaseGeometry]) -> Sheet:
    """The sheet that touches the middle of the box round some outlines in EPSG:4326."""
    west, south, east, north = shapely.total_bounds(np.array(outlines, dtype=object)).tolist()
    return Sheet((west + east) / 2, (south + north) / 2)


def rings_of(outline: BaseGeometry, sheet: Sheet) -> tuple[Ring, ...]:
    """Every ring of an outline on the sheet, each part's outer ring before its holes; rings that round to nothing go."""
    return tuple(ring for part in _parts(outline) for ring in _rings(part, sheet))


def _parts(outline: BaseGeometry) -> Iterator[Polygon]:
    if isinstance(outline, Polygon):
        yield orient(outline)
    elif isinstance(outline, MultiPolygon):
        yield from map(orient, outline.geoms)


def _rings(part: Polygon, sheet: Sheet) -> Iterator[Ring]:
    for line in (part.exterior, *part.interiors):
        flat = sheet.flat(shapely.get_coordinates(line))
        kept = np.ones(len(flat), dtype=bool)
        kept[1:] = np.any(flat[1:] != flat[:-1], axis=1)
        if kept.sum() >= 4:
            yield tuple((float(x), float(y)) for x, y in flat[kept].tolist())
