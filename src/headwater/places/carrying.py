"""Carrying what was counted in LSOAs of one census to the areas of another.

Source of the change codes: Office for National Statistics, "LSOA (2011) to LSOA (2021) to Local Authority District exact fit
lookup": U unchanged, S split, M merged, X irregular. A split or irregular LSOA is shared among the LSOAs it became, in
proportion to the residents each of those had at the census.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pyarrow as pa

from headwater.places.ladder import Ladder
from headwater.places.links import Links
from headwater.places.weights import WHOLE, millionths
from headwater.vocabulary import Level, WrongRequest

MEMBERSHIP = pa.schema(
    [
        pa.field("area_code", pa.string(), nullable=False),
        pa.field("place_code", pa.string(), nullable=False),
        pa.field("weight", pa.int64(), nullable=False),
        pa.field("carried", pa.bool_(), nullable=False),
    ]
)


@dataclass(frozen=True)
class Carrying:
    """Which place, and with what weight, every LSOA code of any vintage counts towards."""

    ladder: Ladder
    links: Links
    residents: Mapping[str, int]
    """Census residents of the newest LSOAs, by code; empty where none has landed."""

    def membership(self, level: Level, inside: frozenset[str]) -> pa.Table:
        """The weights of every LSOA code towards the areas of `level`, for what falls on the base LSOAs `inside`.

        Returns `MEMBERSHIP` rows sorted by area and place; weights in millionths. `carried` marks a code that had to be
        apportioned at this level; an LSOA split within one ward is not carried when wards are counted.
        """
        places = self.places_of(level, inside)
        rows = [(base, place, WHOLE, False) for base, place in places.items()]
        for old in self.shares:
            rows.extend(self._old_rows(old, level, places))
        columns = zip(*sorted(rows), strict=True) if rows else ([], [], [], [])
        return pa.table(
            [pa.array(values, field.type) for values, field in zip(columns, MEMBERSHIP, strict=True)], schema=MEMBERSHIP
        )

    def places_of(self, level: Level, inside: frozenset[str]) -> dict[str, str]:
        """The area of `level` of each base LSOA `inside`; LSOAs that the level does not cover are left out.

        Raises `WrongRequest` where areas of the level are only parts of a finer one.
        """
        above = self.ladder.places_of(level)
        found = {base: above[base] for base in sorted(inside) if base in above}
        if unsure := sorted({code for codes in found.values() if len(codes) > 1 for code in codes}):
            raise WrongRequest(
                f"{len(unsure)} areas at the level of {level.words} cannot be counted, because each covers only part of a "
                f"district and the look-ups do not say which LSOAs: {', '.join(unsure)}. Count by district instead, or "
                f"land a look-up from LSOA to {level.words}."
            )
        return {base: codes[0] for base, codes in found.items()}

    @cached_property
    def shares(self) -> dict[str, dict[str, int]]:
        """Each LSOA code that is no longer in use, and the millionths of it that each LSOA of today takes on."""
        found: dict[str, dict[str, int]] = {}
        for vintage in self.ladder.older:
            for old, heirs in self.links.parents(vintage, self.ladder.base).items():
                if old not in self.ladder.codes:
                    found[old] = millionths({heir: self.residents.get(heir, 0) for heir in heirs})
        return found

    @cached_property
    def irregular(self) -> frozenset[str]:
        """Codes whose change was irregular (X): even one with a single heir may have lost a part elsewhere."""
        changes = (self.links.changes(vintage, self.ladder.base) for vintage in self.ladder.older)
        return frozenset(code for change in changes for code, how in change.items() if how == "X")

    @property
    def unweighted(self) -> tuple[str, ...]:
        """Codes shared out equally, because the residents of their heirs are not known."""
        return tuple(
            old
            for old, heirs in sorted(self.shares.items())
            if len(heirs) > 1 and not any(self.residents.get(heir) for heir in heirs)
        )

    def _old_rows(self, old: str, level: Level, places: Mapping[str, str]) -> list[tuple[str, str, int, bool]]:
        weights: dict[str, int] = {}
        for heir, share in self.shares[old].items():
            if heir in places:
                weights[places[heir]] = weights.get(places[heir], 0) + share
        irregular = level is Level.LSOA and old in self.irregular
        return [(old, place, weight, irregular or weight < WHOLE) for place, weight in weights.items()]
