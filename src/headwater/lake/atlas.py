"""The atlas of a snapshot: every area it knows of."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

import narwhals as nw

from headwater.engine import Engine, Frame
from headwater.lake.snapshot import Snapshot
from headwater.vocabulary import Level, WrongRequest

if TYPE_CHECKING:
    from headwater.places import Atlas

ORDER = {
    "areas": ("level", "area_code", "name"),
    "links": ("child_level", "child_code", "parent_level", "parent_code", "change"),
    "population": ("level", "area_code", "year", "basis", "age_from", "age_to", "sex", "ethnicity"),
    "context": ("level", "area_code", "index", "domain"),
    "boundaries": ("level", "area_code", "name"),
}
"""An engine gives rows in no promised order, and two files may name one area differently: the order decides which is used."""


def atlas(snapshot: Snapshot, engine: Engine) -> "Atlas":
    """Everything the snapshot knows about areas, with residents in bands of age.

    Raises WrongRequest where no look-up has landed.
    """
    from headwater.places import Atlas, banded  # shapely is not wanted by those who only land files

    if not snapshot.has("links"):
        raise WrongRequest("no area look-ups have landed: an assessment needs to know which areas lie in which")

    def collected(name: str) -> Any:
        if not snapshot.has(name):
            return None
        rows: Frame = snapshot.table(name, engine)
        return engine.collect((banded(rows) if name == "population" else rows).sort(*ORDER[name]))

    return Atlas(**{name: collected(name) for name in ORDER})


def outlines(snapshot: Snapshot, engine: Engine, level: Level, codes: Collection[str]) -> dict[str, Any]:
    """The outlines of some areas, as GeoJSON for a map on a screen; none where no boundaries have landed."""
    from headwater.places import geojson_of

    if not snapshot.has("boundaries"):
        return {"type": "FeatureCollection", "features": []}
    rows = snapshot.table("boundaries", engine).filter(nw.col("area_code").is_in(sorted(codes)))
    return geojson_of(engine.collect(rows.sort(*ORDER["boundaries"])), level, codes)
