"""Outlines for a map on a screen: GeoJSON (RFC 7946), with no more corners than a screen can show."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pyarrow as pa
import shapely

from headwater.places.outlines import Outlines
from headwater.places.tables import distinct
from headwater.places.vintages import level_of
from headwater.vocabulary import Level

PARTS = 1_500
"""The finest thing drawn is about this part of the whole map across: less than a screen's dot."""
DECIMALS = 5
"""Of a degree: about a metre."""


def geojson_of(boundaries: pa.Table, level: Level, codes: Iterable[str]) -> dict[str, Any]:
    """The areas of `level` with these codes, as a FeatureCollection in order of code; the properties are `code` and `name`.

    `boundaries` is the conformed table. An area without a boundary is left out. Neighbours still meet where they met.
    """
    outlines = Outlines(boundaries)
    found = outlines.of(level, codes, None)
    names = _names(outlines, boundaries, level)
    lighter = _lightened([*found.values()])
    features = [
        {"type": "Feature", "properties": {"code": code, "name": names.get(code, code)}, "geometry": _geometry(shape)}
        for code, shape in zip(found, lighter, strict=True)
    ]
    return {"type": "FeatureCollection", "features": features}


def _names(outlines: Outlines, boundaries: pa.Table, level: Level) -> dict[str, str]:
    """By code; where two vintages name one area, the newest name."""
    named = outlines.names()
    vintages = [vintage for vintage in distinct(boundaries, "level") if level_of(vintage) is level]
    return {code: name for vintage in sorted(vintages) for code, name in named.get(vintage, {}).items()}


def _lightened(shapes: list[Any]) -> list[Any]:
    """Source: Visvalingam and Whyatt (1993) as GEOS applies it to a coverage."""
    if not shapes:
        return []
    west, south, east, north = shapely.total_bounds(np.array(shapes, dtype=object)).tolist()
    return list(shapely.coverage_simplify(shapes, max(east - west, north - south) / PARTS))


def _geometry(shape: Any) -> dict[str, Any]:
    said = shapely.geometry.mapping(shape)
    return {"type": said["type"], "coordinates": _rounded(said["coordinates"])}


def _rounded(corners: Any) -> Any:
    if isinstance(corners, float | int):
        return round(float(corners), DECIMALS)
    return [_rounded(each) for each in corners]
