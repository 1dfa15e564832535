"""Boundaries: each GeoJSON feature is the outline of one area, in longitude and latitude."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from headwater.sources.geojson import plain_features
from headwater.sources.levels import columns_of, named_cells
from headwater.sources.reading import Reading, Unusable, area_code
from headwater.sources.source import Account, Extract

Outline = tuple[bytes, bool]
"""A valid polygon or polygons as well-known binary, and whether it had to be repaired."""


def conform_boundaries(dataset: str, extracts: Sequence[Extract], folder: Path) -> Account:
    """`boundaries` from GeoJSON. An outline that crosses itself is repaired; one that comes in pieces is put together."""
    reading = Reading(dataset, ("boundaries",))
    notes: list[str] = []
    for extract in sorted(extracts, key=lambda extract: extract.name):
        outlines, mended = _outlines(reading, extract)
        level = columns_of(extract.header).levels[0].level
        for code, (name, pieces) in outlines.items():
            whole = pieces[0] if len(pieces) == 1 else _wkb(shapely.union_all(shapely.from_wkb(pieces)))
            reading.add("boundaries", [(level, code, name, whole)])
        joined = sum(len(pieces) > 1 for _, pieces in outlines.values())
        notes += [f"{extract.name}: {mended} outlines crossed themselves and were repaired"] * bool(mended)
        notes += [f"{extract.name}: {joined} areas came in pieces and were put together"] * bool(joined)
    return reading.finish(folder, notes)


def _outlines(reading: Reading, extract: Extract) -> tuple[dict[str, tuple[str, list[bytes]]], int]:
    """Name and pieces by code, and how many outlines had to be repaired."""
    outlines: dict[str, tuple[str, list[bytes]]] = {}
    mended = 0
    named = columns_of(extract.header).levels[0]
    for line, feature, read in _features(extract):
        try:
            cells = _properties(feature, (named.code, *([named.name] if named.name else [])))
            code = area_code(cells, named.code)
            piece, crossed = read or _outline(feature)
            if reading.repeats((extract.name, code, piece), ()):
                continue
            outlines.setdefault(code, (named_cells(cells, named), []))[1].append(piece)
            mended += crossed
            reading.keep(())
        except Unusable as why:
            reading.set_aside(extract, line, str(why))
    return outlines, mended


def _features(extract: Extract) -> Iterator[tuple[int, dict[str, Any], Outline | None]]:
    """Each feature with its number (the first is 2, as the first row under a header is) and, in a plain file, its outline."""
    plain = plain_features(extract.path)
    if plain and all(map(_in_degrees, shapely.bounds(plain.outlines).tolist())):
        for number, outline in enumerate(_ready(plain.outlines)):
            yield number + 2, plain.features[number], outline
        return
    features: list[dict[str, Any]] = json.loads(extract.path.read_bytes())["features"]
    for line, feature in enumerate(features, start=2):
        yield line, feature, None


def _ready(outlines: NDArray[np.object_]) -> Iterator[Outline]:
    """Many outlines at a time."""
    crossed = ~shapely.is_valid(outlines)
    outlines[crossed] = [_mended(outline) for outline in outlines[crossed].tolist()]
    return zip(_wkb(outlines).tolist(), crossed.tolist(), strict=True)


def _properties(feature: dict[str, Any], columns: Sequence[str]) -> dict[str, str]:
    """Some of a feature's properties as text; what is absent is empty."""
    given = feature.get("properties") or {}
    return {column: str(given.get(column) or "").strip() for column in columns}


def _outline(feature: dict[str, Any]) -> Outline:
    """One feature's outline, read with care."""
    given = feature.get("geometry") or {}
    if given.get("type") not in {"Polygon", "MultiPolygon"}:
        raise Unusable("the feature has no outline")
    try:
        outline = shapely.force_2d(shapely.from_geojson(json.dumps(given)))
    except shapely.errors.ShapelyError as problem:
        raise Unusable("the outline cannot be read") from problem
    if outline.is_empty:
        raise Unusable("the feature has no outline")
    if not _in_degrees(outline.bounds):
        raise Unusable("the outline is not in longitude and latitude (EPSG:4326)")
    return (_wkb(outline), False) if outline.is_valid else (_wkb(_mended(outline)), True)


def _wkb(outline: Any) -> Any:
    """One outline, or an array of them, as well-known binary."""
    return shapely.to_wkb(outline, byte_order=1, output_dimension=2)


def _in_degrees(bounds: Sequence[float]) -> bool:
    west, south, east, north = bounds
    return west >= -180 and east <= 180 and south >= -90 and north <= 90


def _mended(outline: BaseGeometry) -> BaseGeometry:
    """The area the outline encloses, without the lines and points that repairing may leave."""
    parts = shapely.get_parts(shapely.get_parts(shapely.make_valid(outline)))
    return shapely.union_all([part for part in parts if part.geom_type == "Polygon"])
