"""The atlas of a snapshot: every area it knows of."""

from typing import TYPE_CHECKING, Any

from headwater.engine import Engine
from headwater.lake.snapshot import Snapshot
from headwater.vocabulary import WrongRequest

if TYPE_CHECKING:
    from headwater.places import Atlas

TABLES = ("areas", "links", "population", "context", "boundaries")


def atlas(snapshot: Snapshot, engine: Engine) -> "Atlas":
    """Everything the snapshot knows about areas. Raises WrongRequest where no look-up has landed."""
    from headwater.places import Atlas, banded  # shapely is not wanted by those who only land files

    if not snapshot.has("links"):
        raise WrongRequest("no area look-ups have landed: an assessment needs to know which areas lie in which")
    frames = {name: snapshot.table(name, engine) for name in TABLES if snapshot.has(name)}
    if "population" in frames:  # single years of age are added up where they lie: a tenth of the rows come out
        frames["population"] = banded(frames["population"])
    tables: dict[str, Any] = {name: engine.collect(frames[name]) if name in frames else None for name in TABLES}
    return Atlas(**tables)
