"""Boundaries: each GeoJSON feature is the outline of one area, in longitude and latitude."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from headwater.sources.levels import columns_of, named_cells
from headwater.sources.reading import Reading, Unusable, area_code
from headwater.sources.source import Account, Extract


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
    for line, feature in _features(extract):
        try:
            cells = _properties(feature, (named.code, *([named.name] if named.name else [])))
            code = area_code(cells, named.code)
            outline, crossed = _outline(feature)
            piece = _wkb(outline)
            if reading.repeats((extract.name, code, piece), ()):
                continue
            outlines.setdefault(code, (named_cells(cells, named), []))[1].append(piece)
            mended += crossed
            reading.keep(())
        except Unusable as why:
            reading.set_aside(extract, line, str(why))
    return outlines, mended


def _features(extract: Extract) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each feature with its number; the first is 2, as the first row under a header is."""
    features: list[dict[str, Any]] = json.loads(extract.path.read_bytes())["features"]
    yield from enumerate(features, start=2)


def _properties(feature: dict[str, Any], columns: Sequence[str]) -> dict[str, str]:
    """Some of a feature's properties as text; what is absent is empty."""
    given = feature.get("properties") or {}
    return {column: str(given.get(column) or "").strip() for column in columns}


def _outline(feature: dict[str, Any]) -> tuple[BaseGeometry, bool]:
    """A valid polygon or polygons, and whether it had to be repaired."""
    given = feature.get("geometry") or {}
    if given.get("type") not in {"Polygon", "MultiPolygon"}:
        raise Unusable("the feature has no outline")
    try:
        outline = shapely.force_2d(shapely.from_geojson(json.dumps(given)))
    except shapely.errors.ShapelyError as problem:
        raise Unusable("the outline cannot be read") from problem
    if outline.is_empty:
        raise Unusable("the feature has no outline")
    if not _in_degrees(outline):
        raise Unusable("the outline is not in longitude and latitude (EPSG:4326)")
    return (outline, False) if outline.is_valid else (_mended(outline), True)


def _wkb(outline: BaseGeometry) -> bytes:
    return shapely.to_wkb(outline, byte_order=1, output_dimension=2)


def _in_degrees(outline: BaseGeometry) -> bool:
    west, south, east, north = outline.bounds
    return west >= -180 and east <= 180 and south >= -90 and north <= 90


def _mended(outline: BaseGeometry) -> BaseGeometry:
    """The area the outline encloses, without the lines and points that repairing may leave."""
    parts = shapely.get_parts(shapely.get_parts(shapely.make_valid(outline)))
    return shapely.union_all([part for part in parts if part.geom_type == "Polygon"])
