"""The outlines of the areas an edition has figures of, for its maps: where things are, and never how many."""

import json
from functools import lru_cache

from headwater.partnership.questions import workspace
from headwater.web.edition.keeping import Keeping
from headwater.web.edition.shelf import OnShelf

_OUTLINES: Keeping[bytes] = Keeping(24_000_000)


def outlines_json(edition: OnShelf, level: str) -> bytes:
    """GeoJSON of the edition's areas of one level, from the boundaries in its own frozen data.

    Raises WrongRequest where those are no longer on the shelf.
    """
    return _OUTLINES.get((edition, level), lambda: _made(edition, level))


@lru_cache(maxsize=4)
def levels_of(edition: OnShelf) -> frozenset[str]:
    """The levels an edition has figures at, its own whole area's left out."""
    found = {cell["place"]["level"] for finding in edition.record["findings"] for cell in finding["cells"]}
    return frozenset(found - {edition.said["area"]["level"]})


def _made(edition: OnShelf, level: str) -> bytes:
    from headwater.engine import open_engine
    from headwater.lake import open_snapshot, outlines
    from headwater.vocabulary import Level

    served = workspace()
    snapshot = open_snapshot(served, edition.said["snapshot"])
    codes = {
        cell["place"]["code"]
        for finding in edition.record["findings"]
        for cell in finding["cells"]
        if cell["place"]["level"] == level
    }
    with open_engine(served.settings.engine, scratch=served.scratch) as engine:
        return json.dumps(outlines(snapshot, engine, Level(level), codes), separators=(",", ":")).encode()
