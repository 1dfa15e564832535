"""The Atlas: everything that is known about areas, asked by name."""

from collections.abc import Iterable
from functools import cached_property
from typing import Literal, cast

import pyarrow as pa

from headwater.engine.tables import TABLES
from headwater.places.carrying import Carrying
from headwater.places.deprivation import Deprivation, deprivation_of
from headwater.places.gazetteer import Gazetteer
from headwater.places.ladder import Ladder
from headwater.places.links import Links
from headwater.places.outlines import Outlines
from headwater.places.residents import (
    Ages,
    Membership,
    Population,
    add_up,
    ages_by_place,
    by_area,
    by_band,
    by_ethnicity,
    everyone,
    incomplete,
    latest,
)
from headwater.places.shapes import Shape, rings_of, sheet_over
from headwater.places.tables import distinct, rows_where, rows_with
from headwater.vocabulary import Level, Place, WrongRequest

Vintage = Literal["lsoa11", "lsoa21", "either", "mixed", "unknown"]


class Atlas:
    """Areas, how they nest, who lives in them, how deprived they are and what they look like.

    Built from conformed tables (see `engine.tables`); a table that has not landed may be left out, and only the questions
    that need it are refused. `population` may hold ages by single year or already in bands (`banded`).
    """

    def __init__(
        self,
        *,
        areas: pa.Table,
        links: pa.Table,
        population: pa.Table | None = None,
        context: pa.Table | None = None,
        boundaries: pa.Table | None = None,
    ) -> None:
        counted = population if population is not None else TABLES["population"].empty_table()
        self._population = {level: rows_where(counted, level=level, sex=None) for level in distinct(counted, "level")}
        self._context = context if context is not None else TABLES["context"].empty_table()
        self._outlines = Outlines(boundaries if boundaries is not None else TABLES["boundaries"].empty_table())
        self._links = Links(links)
        self._names = self._outlines.names()
        for vintage in distinct(areas, "level"):
            rows = rows_where(areas, level=vintage)
            listed = zip(rows["area_code"].to_pylist(), rows["name"].to_pylist(), strict=True)
            self._names.setdefault(vintage, {}).update(listed)
        self._ladder = Ladder(self._names, self._links)
        self._gazetteer = Gazetteer(self._names, self._ladder)

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels that can be asked about, widest first."""
        return tuple(level for level in Level if level in self._ladder.vintages)

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """What a careful reader should know about how the areas were put together, in words."""
        unweighted = self._carrying.unweighted
        shared_equally = (
            f"{len(unweighted):,} LSOAs of an earlier census were shared equally among the LSOAs they became, because "
            "the residents of those are not known"
        )
        return self._ladder.notes + ((shared_equally,) if unweighted else ())

    def find(self, name_or_code: str, level: Level | None = None) -> Place:
        """The one area with this name or code; `WrongRequest`, with the choices, where there is not exactly one."""
        return self._gazetteer.find(name_or_code, level)

    def within(self, place: Place, level: Level) -> tuple[Place, ...]:
        """The areas of `level` with any part inside `place`, sorted by code."""
        above = self._ladder.places_of(level)
        codes = {code for lsoa in self._lsoas(place) for code in above.get(lsoa, ())}
        return tuple(self._gazetteer.named(code, level) for code in sorted(codes))

    def membership(self, level: Level, within: Place) -> pa.Table:
        """Which area of `level` each LSOA code of any vintage counts towards, for what falls inside `within`.

        Columns: area_code, place_code, weight (millionths, int64), carried (True where the code had to be apportioned).
        Sorted by area and place. The weights of one code add up to 1,000,000, less what falls outside `within`.
        """
        return self._carrying.membership(level, self._lsoas(within))

    def vintage(self, codes: Iterable[str | None]) -> Vintage:
        """Which census's LSOAs some codes are; codes of neither are passed over."""
        seen = {code for code in codes if code}
        old = {
            code for vintage in self._ladder.older for code in seen & self._links.children(vintage, self._ladder.base)
        }
        new = seen & self._ladder.codes
        if not old | new:
            return "unknown"
        if old == new:
            return "either"
        if not new - old:
            return cast("Vintage", self._ladder.older[-1])
        return cast("Vintage", self._ladder.base) if not old - new else "mixed"

    def population(self, level: Level, within: Place) -> Population:
        """Residents of each area of `level`, counting only what lies inside `within`.

        From the census or estimate for the newest LSOAs; failing that, from the estimate for the LSOAs before them,
        carried over and marked `converted`. A place is left out where any of its LSOAs has no figure.
        """
        base, rows = self._population_rows(ages=False)
        chosen, basis, year = latest(rows, "residents")
        counts = everyone(chosen)
        member = self._members(level, within, base)
        missing = incomplete(member, counts)
        people, converted = add_up(counts, member, leaving_out=missing)
        return Population(people, basis, year, converted, missing)

    def ages(self, level: Level, within: Place) -> Ages:
        """Residents of each area of `level` by age band, counting only what lies inside `within`; as `population`."""
        base, rows = self._population_rows(ages=True)
        chosen, basis, year = latest(rows, "residents by age")
        member = self._members(level, within, base)
        bands = by_band(chosen, frozenset(member))
        missing = incomplete(member, {area for counts in bands.values() for area in counts})
        people, converted = ages_by_place(bands, member, leaving_out=missing)
        return Ages(people, basis, year, converted, missing)

    def ethnicity(self, within: Place) -> dict[str, int]:
        """Residents of `within` by ethnic group, from the newest LSOAs."""
        rows = rows_where(self._residents(self._ladder.base), age_from=None)
        chosen, _, _ = latest(rows_with(rows, "ethnicity"), "residents by ethnic group")
        return by_ethnicity(chosen, self._lsoas(within))

    def deprivation(self, within: Place) -> Deprivation:
        """Overall deprivation of each of the newest LSOAs of `within`, on its own country's index."""
        return deprivation_of(self._context, self._lsoas(within), self._origins)

    def shapes(self, level: Level, within: Place) -> tuple[Shape, ...]:
        """Outlines of the areas of `level` in `within`, in metres from its middle; `unmapped` lists those without."""
        places = {place.code: place for place in self.within(within, level)}
        found = self._outlines.of(level, places, self._ladder.vintages.get(level))
        if not found:
            return ()
        lsoas = self._outlines.of(Level.LSOA, self._lsoas(within), self._ladder.base)
        sheet = sheet_over([*(lsoas or found).values()])  # one sheet for every level of a place, so that maps overlie
        return tuple(Shape(code, places[code].name, rings_of(outline, sheet)) for code, outline in found.items())

    def unmapped(self, level: Level, within: Place) -> tuple[Place, ...]:
        """The areas of `level` in `within` for which no boundary has landed."""
        places = self.within(within, level)
        found = self._outlines.of(level, [place.code for place in places], self._ladder.vintages.get(level))
        return tuple(place for place in places if place.code not in found)

    @cached_property
    def _carrying(self) -> Carrying:
        rows = rows_where(self._residents(self._ladder.base), age_from=None, ethnicity=None)
        residents = everyone(latest(rows, "residents")[0]) if rows.num_rows else {}
        return Carrying(self._ladder, self._links, residents)

    @cached_property
    def _origins(self) -> dict[str, tuple[str, ...]]:
        """By base LSOA, the codes no longer in use that it was made of."""
        found: dict[str, tuple[str, ...]] = {}
        for old, heirs in sorted(self._carrying.shares.items()):
            for heir in heirs:
                found[heir] = (*found.get(heir, ()), old)
        return found

    def _lsoas(self, place: Place) -> frozenset[str]:
        lsoas = self._ladder.lsoas(place.level, place.code)
        if not lsoas:
            raise WrongRequest(
                f"no LSOA is known to lie in {place.name} ({place.code}): land the look-up that leads there."
            )
        return lsoas

    def _population_rows(self, *, ages: bool) -> tuple[str, pa.Table]:
        """The vintage to count residents by, and its rows: the base where there are any, else the newest before it."""
        for vintage in (self._ladder.base, *reversed(self._ladder.older)):
            rows = rows_where(self._residents(vintage), ethnicity=None)
            rows = rows_with(rows, "age_from") if ages else rows_where(rows, age_from=None)
            if rows.num_rows:
                return vintage, rows
        return self._ladder.base, TABLES["population"].empty_table()

    def _residents(self, vintage: str) -> pa.Table:
        """Residents of one vintage's areas, both sexes together."""
        return self._population.get(vintage, TABLES["population"].empty_table())

    def _members(self, level: Level, within: Place, vintage: str) -> Membership:
        """The membership of one vintage's codes."""
        known = self._ladder.codes if vintage == self._ladder.base else self._links.children(vintage, self._ladder.base)
        return {area: rows for area, rows in by_area(self.membership(level, within)).items() if area in known}
