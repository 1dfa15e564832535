"""GeoJSON a column at a time: the properties read as JSON, and the coordinates, which are nearly all of it, as columns.

A file is *plain* where every feature has one outline, written as `"geometry": {"type": "Polygon", "coordinates": [...]}`
(or MultiPolygon), in closed rings of longitudes and latitudes. Python's own reader makes a list of each pair of numbers,
some millions of them; any file that is not plain is left to it.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.json as arrow_json
import shapely
from numpy.typing import NDArray

_GAP = rb"[ \t\r\n]*"
_GEOMETRY = re.compile(
    _GAP.join(
        (rb'"geometry"', rb":", rb"\{", rb'"type"', rb":", rb'"(Multi)?Polygon"', rb",", rb'"coordinates"', rb":")
    )
    + rb"([][0-9eE+\-., \t\r\n]*)\}"
)
_MARK = b'"geometry":NaN'
"""What stands where an outline was cut out. No JSON that is written by the rules has it."""
_CUT = object()
_MINUS_NOUGHT = re.compile(rb"-0(?![.0-9eE])")
"""As a whole number: nought to Python's reader and less than nought to others."""
_BLOCK = 1 << 22
_DEPTHS = {shapely.GeometryType.POLYGON: 3, shapely.GeometryType.MULTIPOLYGON: 4}


@dataclass(frozen=True, slots=True)
class PlainFeatures:
    """The features of a plain file, in order."""

    features: list[dict[str, Any]]
    """Each feature as JSON has it, but for its geometry."""
    outlines: NDArray[np.object_]
    """The outline of each, as it stands: it may cross itself, or lie outside the globe."""


def plain_features(path: Path) -> PlainFeatures | None:
    """All of a file, or None where it is not plain (or not GeoJSON)."""
    raw = path.read_bytes()
    if b"NaN" in raw or _MINUS_NOUGHT.search(raw):
        return None
    pieces = _GEOMETRY.split(raw)
    between, kinds, texts = pieces[::3], pieces[1::3], pieces[2::3]
    features = _features(_MARK.join(between))
    many = np.array([kind is not None for kind in kinds], dtype=bool)
    if features is None or not features or len(features) != len(many):
        return None
    outlines = np.empty(len(many), dtype=object)
    for kind, chosen in ((shapely.GeometryType.POLYGON, ~many), (shapely.GeometryType.MULTIPOLYGON, many)):
        made = _outlines(kind, [texts[place] for place in np.flatnonzero(chosen).tolist()])
        if made is None:
            return None
        outlines[chosen] = made
    return PlainFeatures(features, outlines)


def _features(skeleton: bytes) -> list[dict[str, Any]] | None:
    """The features of a file whose outlines were cut out, if each had just one."""
    try:
        features = json.loads(skeleton, parse_constant=lambda _: _CUT)["features"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    whole = isinstance(features, list) and all(
        isinstance(each, dict) and each.get("geometry") is _CUT for each in features
    )
    return features if whole else None


def _outlines(kind: shapely.GeometryType, texts: Sequence[bytes]) -> NDArray[np.object_] | None:
    """Polygons (or several at a time) from the text of their coordinates; None where a ring is not plain."""
    if not texts:
        return np.empty(0, dtype=object)
    lists = _lists(texts, _DEPTHS[kind])
    if lists is None:
        return None
    lengths: list[NDArray[np.int64]] = []
    for _ in range(_DEPTHS[kind]):
        lengths.append(lists.value_lengths().to_numpy(zero_copy_only=False))
        lists = lists.flatten()
    *counts, points, width = lengths
    if not (width == 2).all() or not (points >= 4).all() or not all((each >= 1).all() for each in counts):
        return None
    corners, ends = lists.to_numpy(zero_copy_only=False).reshape(-1, 2), np.cumsum(points)
    if not np.isfinite(corners).all() or (corners[ends - 1] != corners[ends - points]).any():
        return None
    offsets = tuple(np.concatenate(([0], np.cumsum(each))) for each in (points, *reversed(counts)))
    return shapely.from_ragged_array(kind, corners, offsets)


def _lists(texts: Sequence[bytes], depth: int) -> Any | None:
    """Numbers in lists `depth` deep, one for each text; None where one is anything else."""
    wanted: Any = pa.float64()
    for _ in range(depth):
        wanted = pa.list_(wanted)
    lines = b"\n".join(b'{"c":' + text.replace(b"\n", b" ") + b"}" for text in texts)
    room = max(_BLOCK, 2 * max(map(len, texts)))
    shape = arrow_json.ParseOptions(explicit_schema=pa.schema([("c", wanted)]), unexpected_field_behavior="error")
    try:
        read = arrow_json.read_json(pa.BufferReader(lines), arrow_json.ReadOptions(block_size=room), shape)
    except pa.ArrowInvalid:
        return None
    lists = read.column("c").combine_chunks()
    return lists if len(lists) == len(texts) and not lists.null_count else None
