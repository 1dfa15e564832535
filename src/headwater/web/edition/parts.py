"""The parts of an edition's area that have figures of their own."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from headwater.web.edition.shelf import OnShelf

SMALL = "lsoa"
"""Small areas are on maps and in tables; no edition is made of one alone."""
PROFILE = "profile-"
"""What the name of a part's own page begins with."""


@dataclass(frozen=True, slots=True)
class Part:
    """A district, or whatever the parts of the area are."""

    code: str
    name: str
    carried: int
    """How many of its figures were carried between areas, and bear [e]."""


@lru_cache(maxsize=4)
def parts_of(edition: OnShelf) -> Mapping[str, Part]:
    """The parts, by code."""
    names: dict[str, str] = {}
    carried: dict[str, int] = {}
    for finding in edition.record["findings"]:
        for cell in finding["cells"]:
            place = cell["place"]
            if place["level"] not in (SMALL, edition.said["area"]["level"]):
                names[place["code"]] = place["name"]
                carried[place["code"]] = carried.get(place["code"], 0) + ("conversion" in cell)
    return {code: Part(code, names[code], carried[code]) for code in sorted(names)}


def area_of(name: str) -> str:
    """The code of the part that a page or a table of this name is the profile of; empty for every other."""
    return name.removeprefix(PROFILE).upper() if name.startswith(PROFILE) else ""


def profile_of(code: str) -> str:
    """The name of a part's own page."""
    return f"{PROFILE}{code.lower()}"
