"""Land: grains of about a hundred people each, as the cells of a Voronoi diagram, thick in towns and thin between.

Every larger area is a union of grains, so neighbours share their edges exactly, and the coast is where the grains end.
Distances are in kilometres east and north of the map's south-west corner; polygons are in degrees (EPSG:4326), 5 decimals.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from headwater.sources.pretend.chance import Real, Whole, bell, draws, share_out, weights
from headwater.sources.pretend.recipe import Recipe

Shapes = NDArray[np.object_]
KM_PER_DEGREE_EAST = 64.6  # near latitude 54.5
KM_PER_DEGREE_NORTH = 111.3
_MARGIN = 8.0


@dataclass(frozen=True, slots=True)
class Grains:
    """The land. Arrays of one length, but for `pairs` (k, 2): which grains touch."""

    x: Real
    y: Real
    people: Whole
    shapes: Shapes
    pairs: Whole


def make_land(recipe: Recipe) -> Grains:
    """Scatter the grains, keep those inside the outline that hang together, and settle people on them."""
    outline = shapely.Polygon(recipe.land.outline)
    chance = draws(recipe.seed, "land")
    points = _scatter(recipe, chance, outline)
    cells = _voronoi(_voronoi_centres(points))
    centres = shapely.get_coordinates(shapely.centroid(cells))
    dry = shapely.contains_xy(outline, centres[:, 0], centres[:, 1])
    shapes = shapely.remove_repeated_points(shapely.transform(cells[dry], lambda km: _degrees(recipe, km)), 0)
    pairs = touching(shapes)
    kept = _mainland(pairs, len(shapes))
    number = np.cumsum(kept) - 1
    centres, shapes = np.round(centres[dry][kept], 6), shapes[kept]
    people = share_out(recipe.land.people, weights(0.6 + 0.8 * chance.random(len(shapes))))
    return Grains(centres[:, 0], centres[:, 1], people, shapes, number[pairs[kept[pairs[:, 0]]]])


def degrees(recipe: Recipe, x: Real, y: Real) -> tuple[Real, Real]:
    """Longitude and latitude of points given in kilometres."""
    return recipe.land.west + x / KM_PER_DEGREE_EAST, recipe.land.south + y / KM_PER_DEGREE_NORTH


def touching(shapes: Shapes) -> Whole:
    """Which polygons share an edge, each pair once (k, 2). Only the very same two corners make a shared edge."""
    corners, owner = shapely.get_coordinates(shapes, return_index=True)
    _, corner = np.unique(np.rint(corners * 100_000).astype(np.int64), axis=0, return_inverse=True)
    corner = corner.reshape(-1)
    inner = owner[1:] == owner[:-1]
    ends = np.sort(np.column_stack([corner[:-1][inner], corner[1:][inner]]), axis=1)
    owners = owner[:-1][inner]
    order = np.lexsort((owners, ends[:, 1], ends[:, 0]))
    ends, owners = ends[order], owners[order]
    twice = np.all(ends[1:] == ends[:-1], axis=1)
    return np.unique(np.column_stack([owners[:-1][twice], owners[1:][twice]]), axis=0).astype(np.int64)


def pieces(pairs: Whole, count: int) -> Whole:
    """Which connected piece each of `count` things belongs to."""
    ones = np.ones(len(pairs), dtype=np.int8)
    graph = coo_array((ones, (pairs[:, 0], pairs[:, 1])), shape=(count, count))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)


def _scatter(recipe: Recipe, chance: np.random.Generator, outline: shapely.Polygon) -> Real:
    """Points in kilometres: a bell-shaped cloud for each town, and an even scatter between them (and out to sea)."""
    west, south, east, north = outline.bounds
    rural = round(recipe.land.grains * recipe.land.in_open_country)
    corner = np.array([west - _MARGIN, south - _MARGIN])
    size = np.array([east - west + 2 * _MARGIN, north - south + 2 * _MARGIN])
    clouds = [corner + chance.random((rural, 2)) * size]
    for district in recipe.districts:
        count = round((recipe.land.grains - rural) * district.share)
        cloud = np.column_stack([bell(chance, count), bell(chance, count)]) * district.spread * 0.5
        reach = 0.25 + 1.25 * chance.random((count, 1))  # packed at the heart, ragged at the edge
        clouds.append(np.array(district.town) + cloud * reach)
    points = np.round(np.concatenate(clouds), 6)
    return points[np.all((points > corner) & (points < corner + size), axis=1)]


def _voronoi(points: Real) -> Shapes:
    """The cell of each point, in the order of the points."""
    found: Any = shapely.voronoi_polygons(shapely.multipoints(points), ordered=True)
    return shapely.get_parts(found)


def _voronoi_centres(points: Real) -> Real:
    """The points moved to the middle of their cells, which evens the cells out."""
    return np.round(shapely.get_coordinates(shapely.centroid(_voronoi(points))), 6)


def _degrees(recipe: Recipe, km: Real) -> Real:
    east, north = degrees(recipe, km[:, 0], km[:, 1])
    return np.round(np.column_stack([east, north]), 5)


def _mainland(pairs: Whole, count: int) -> NDArray[np.bool_]:
    """True for the grains of the largest piece: islets are left to the sea."""
    piece = pieces(pairs, count)
    return piece == np.argmax(np.bincount(piece))
