"""A named area, and the ladder of areas in England and Wales."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """The kinds of area, widest first. The value is the word used in files and links."""

    COUNTRY = "country"
    REGION = "region"
    FORCE = "pfa"
    COUNTY = "utla"
    HEALTH = "icb"
    CSP = "csp"
    DISTRICT = "ltla"
    WARD = "ward"
    MSOA = "msoa"
    LSOA = "lsoa"

    @property
    def words(self) -> str:
        return _WORDS[self]


_WORDS = {
    Level.COUNTRY: "country",
    Level.REGION: "region",
    Level.FORCE: "police force area",
    Level.COUNTY: "county or unitary authority",
    Level.HEALTH: "integrated care board area",
    Level.CSP: "community safety partnership",
    Level.DISTRICT: "district",
    Level.WARD: "ward",
    Level.MSOA: "middle-layer super output area (MSOA)",
    Level.LSOA: "lower-layer super output area (LSOA)",
}


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """One area: its official nine-character code, its name, its level."""

    code: str
    name: str
    level: Level

    def __str__(self) -> str:
        return self.name
