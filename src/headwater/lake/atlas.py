"""The atlas of a snapshot: every area it knows of."""

from typing import TYPE_CHECKING, Any

from headwater.engine import Engine
from headwater.lake.snapshot import Snapshot
from headwater.vocabulary import WrongRequest

if TYPE_CHECKING:
    from headwater.places import Atlas


def atlas(snapshot: Snapshot, engine: Engine) -> "Atlas":
    """Everything the snapshot knows about areas. Raises WrongRequest where no look-up has landed."""
    from headwater.places import Atlas  # shapely is not wanted by those who only land files

    if not snapshot.has("links"):
        raise WrongRequest("no area look-ups have landed: an assessment needs to know which areas lie in which")
    tables: dict[str, Any] = {
        name: engine.collect(snapshot.table(name, engine)) if snapshot.has(name) else None
        for name in ("areas", "links", "population", "context", "boundaries")
    }
    return Atlas(**tables)
