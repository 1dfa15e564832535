"""How each small area climbs the ladder: from the newest LSOAs to wards, districts, force areas and the rest.

Every area of interest is a set of LSOAs of the newest vintage (the base). A level is reached by the shortest chain of
look-ups from the base; where two look-ups stop at different years of one level, codes that are the same in both years
join them. An MSOA without a look-up is told by name: an LSOA is named after its MSOA plus a letter (Office for National
Statistics, Census 2021 geographies; true of all 34,753 LSOAs of 2011 and all 35,672 of 2021).
"""

import heapq
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import pairwise

from headwater.places.links import Links
from headwater.places.vintages import level_of, newest_first, vintage_words, year_of
from headwater.vocabulary import Level, WrongRequest

COUNTRIES = {"E": "E92000001", "W": "W92000004"}
ENGLAND_AND_WALES = "K04000001"
COUNTRY_NAMES = {ENGLAND_AND_WALES: "England and Wales", "E92000001": "England", "W92000004": "Wales"}

Parents = Mapping[str, tuple[str, ...]]


class Ladder:
    """For each level, which of its areas every base LSOA lies in."""

    def __init__(self, names: Mapping[str, Mapping[str, str]], links: Links) -> None:
        """`names`: by vintaged level ('ltla24'), the name of each code."""
        self._names = names
        self._links = links
        self._seen = {*names, *(level for pair in links.pairs for level in pair)}
        self._codes_of = cache(self._codes_at)
        self.base = self._newest_base()
        self.codes = frozenset(self._codes_of(self.base)) if self.base else frozenset[str]()
        self._routes, self._bridges = self._shortest_routes()
        self.vintages = self._vintages()
        self.places_of = cache(self._places_of)
        self.inside = cache(self._inside)

    @property
    def older(self) -> tuple[str, ...]:
        """Earlier vintages of the base for which there is a look-up to it."""
        return tuple(
            child for child, parent in self._links.pairs if parent == self.base and level_of(child) == Level.LSOA
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """In words, where a level was reached by something other than a look-up."""
        return tuple(note for level in sorted(self.vintages) for note in self._notes_on(level))

    def shared(self, level: Level) -> frozenset[str]:
        """Areas that take only part of something finer, so that they cannot be put together from LSOAs."""
        return frozenset(code for codes in self.places_of(level).values() if len(codes) > 1 for code in codes)

    def lsoas(self, level: Level, code: str) -> frozenset[str]:
        """The base LSOAs of one area.

        Raises `WrongRequest` for an area that is only part of a finer one.
        """
        if level is Level.COUNTRY and code == ENGLAND_AND_WALES:
            return frozenset(base for base in self.codes if base[0] in COUNTRIES)
        if code in self.shared(level):
            raise WrongRequest(
                f"{code} cannot be put together: it covers only part of a district, and the look-ups do not say which "
                f"LSOAs. Choose the district or the police force area instead, or land a look-up from LSOA to {level.words}."
            )
        return self.inside(level).get(code, frozenset())

    def _inside(self, level: Level) -> dict[str, frozenset[str]]:
        gathered: dict[str, list[str]] = {}
        for base, codes in self.places_of(level).items():
            for code in codes:
                gathered.setdefault(code, []).append(base)
        return {code: frozenset(lsoas) for code, lsoas in gathered.items()}

    def _places_of(self, level: Level) -> Parents:
        """By base LSOA, the areas of `level` it may lie in: one, or several where a finer area is shared among them."""
        if level is Level.COUNTRY:
            return {code: (COUNTRIES[code[0]],) for code in sorted(self.codes) if code[0] in COUNTRIES}
        vintage = self.vintages.get(level)
        if vintage is None:
            raise WrongRequest(
                f"no look-up leads from LSOA to {level.words}. There are: {self._known()}. Land the look-up that is missing."
            )
        route = self._routes.get(vintage)
        return self._follow(route) if route else self._by_name(vintage)

    def _known(self) -> str:
        return ", ".join(level.words for level in Level if level in self.vintages) or "none at all"

    def _follow(self, route: tuple[str, ...]) -> Parents:
        places: Parents = {code: (code,) for code in sorted(self.codes)}
        for child, parent in pairwise(route):
            step = self._step(child, parent)
            places = {base: above for base, codes in places.items() if (above := _climb(codes, step))}
        return places

    def _step(self, child: str, parent: str) -> Parents:
        if (child, parent) in self._links.pairs:
            return self._links.parents(child, parent)
        return {code: (code,) for code in self._codes_of(child) & self._codes_of(parent)}

    def _by_name(self, vintage: str) -> Parents:
        named = {name: code for code, name in self._names[vintage].items()}
        base_names = self._names.get(self.base, {})
        return {code: (named[name[:-1]],) for code, name in sorted(base_names.items()) if name[:-1] in named}

    def _codes_at(self, vintage: str) -> frozenset[str]:
        listed = frozenset(self._names.get(vintage, ()))
        begins = [self._links.children(*pair) for pair in self._links.pairs if pair[0] == vintage]
        reached = [self._links.targets(*pair) for pair in self._links.pairs if pair[1] == vintage]
        return listed.union(*begins, *reached)

    def _newest_base(self) -> str:
        return min((seen for seen in self._seen if level_of(seen) is Level.LSOA), key=newest_first, default="")

    def _vintages(self) -> dict[Level, str]:
        """The vintage used for each level that can be reached: the one by fewest bridges, then the newest."""
        reached = sorted(self._routes, key=lambda seen: (self._bridges[seen], newest_first(seen)), reverse=True)
        vintages = {level: seen for seen in reached if (level := level_of(seen))}
        named = sorted((seen for seen in self._names if level_of(seen) is Level.MSOA), key=newest_first)
        same_census = [seen for seen in named if self.base and year_of(seen) == year_of(self.base)]
        if Level.MSOA not in vintages and same_census:
            vintages[Level.MSOA] = same_census[0]
        return vintages

    def _shortest_routes(self) -> tuple[dict[str, tuple[str, ...]], dict[str, int]]:
        """From the base to every vintaged level in reach, and the bridges on the way.

        By fewest bridges, then fewest codes that a bridge cannot carry, then fewest look-ups, then alphabet.
        """
        routes: dict[str, tuple[str, ...]] = {}
        bridged: dict[str, int] = {}
        waiting: list[tuple[int, int, int, tuple[str, ...]]] = [(0, 0, 0, (self.base,))] if self.base else []
        while waiting:
            bridges, lost, hops, route = heapq.heappop(waiting)
            if route[-1] in routes:
                continue
            routes[route[-1]], bridged[route[-1]] = route, bridges
            for onward in self._linked(route[-1]):
                heapq.heappush(waiting, (bridges, lost, hops + 1, (*route, onward)))
            for onward in self._alike(route[-1]):
                unlike = len(self._codes_of(onward) - self._codes_of(route[-1]))
                heapq.heappush(waiting, (bridges + 1, lost + unlike, hops + 1, (*route, onward)))
        return routes, bridged

    def _linked(self, vintage: str) -> list[str]:
        """Where a look-up leads."""
        return [parent for child, parent in self._links.pairs if child == vintage and level_of(parent) != Level.LSOA]

    def _alike(self, vintage: str) -> list[str]:
        """Other years of the same level, to which no look-up leads."""
        level = level_of(vintage)
        if level in (None, Level.LSOA):
            return []
        seen = {seen for seen in self._seen if level_of(seen) is level}
        return sorted(seen - {vintage, *self._linked(vintage)})

    def _notes_on(self, level: Level) -> Iterable[str]:
        route = self._routes.get(self.vintages[level])
        if route is None:
            yield f"each {level.words} is found by the names of its LSOAs, because no look-up to it has landed"
            return
        for child, parent in pairwise(route):
            if (child, parent) not in self._links.pairs:
                yield (
                    f"to reach each {level.words}, each {vintage_words(child)} is taken to be the {vintage_words(parent)} "
                    "with the same code"
                )


def _climb(codes: tuple[str, ...], step: Parents) -> tuple[str, ...]:
    if len(codes) == 1:
        return step.get(codes[0], ())
    return tuple(sorted({above for code in codes for above in step.get(code, ())}))
