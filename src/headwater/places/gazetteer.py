"""Finding an area by its name or code."""

import re
from collections.abc import Iterable, Mapping
from functools import cache, cached_property

from headwater.places.ladder import COUNTRY_NAMES, ENGLAND_AND_WALES, Ladder
from headwater.places.vintages import level_of, vintage_words, year_of
from headwater.vocabulary import Level, Place, WrongRequest, did_you_mean

_SMALL = {Level.LSOA, Level.MSOA}
_NARROWEST_FIRST = {level: rank for rank, level in enumerate(reversed(Level))}


class Gazetteer:
    """Every area that can be asked for."""

    def __init__(self, names: Mapping[str, Mapping[str, str]], ladder: Ladder) -> None:
        """`names`: by vintaged level ('ltla24'), the name of each code."""
        self._names = names
        self._ladder = ladder
        self._names_at = cache(self._merged)

    def find(self, wanted: str, level: Level | None = None) -> Place:
        """The one area with this name or code.

        A code that serves two levels (a unitary authority is both district and county) is taken as the finer. Raises
        `WrongRequest` for a name that several areas share, an area no longer in use, or one that is not there.
        """
        said = _plain(wanted)
        found = self._by_code.get(said.upper(), []) or self._by_name.get(said, [])
        choices = _one_a_code(place for place in found if level in (None, place.level))
        if len(choices) == 1:
            return choices[0]
        if choices:
            listed = "; ".join(f"{place.name}, {place.level.words}, {place.code}" for place in choices)
            raise WrongRequest(f"{wanted!r} could be any of {len(choices)} areas: use the code. {listed}.")
        raise WrongRequest(self._not_found(wanted, said, level))

    def named(self, code: str, level: Level) -> Place:
        """The area with a code at a level; its code stands for its name where no name is known."""
        if level is Level.COUNTRY:
            return Place(code, COUNTRY_NAMES[code], level)
        return Place(code, self._names_at(level).get(code, code), level)

    def _merged(self, level: Level) -> dict[str, str]:
        """Names of a level's codes in every vintage; the vintage used on the ladder has the last word."""
        used = self._ladder.vintages[level]
        vintages = sorted((v for v in self._names if level_of(v) is level), key=lambda v: (v == used, year_of(v)))
        return {code: name for vintage in vintages for code, name in self._names[vintage].items()}

    def _not_found(self, wanted: str, said: str, level: Level | None) -> str:
        for vintage in sorted(self._names, reverse=True):
            former = self._names[vintage]
            if said.upper() in former or said in map(_plain, former.values()):
                return (
                    f"{wanted!r} was a {vintage_words(vintage)} and is not among the areas of today: "
                    "name one of today's areas, or land the look-up that leads to it."
                )
        near = {
            place.name for place in self._all if place.level == level or (level is None and place.level not in _SMALL)
        }
        kind = level.words if level else "area"
        return f"there is no {kind} called {did_you_mean(wanted, near)}."

    @cached_property
    def _all(self) -> tuple[Place, ...]:
        return (
            tuple(
                self.named(code, level)
                for level in sorted({*self._ladder.vintages, Level.COUNTRY})
                for code in sorted({code for codes in self._ladder.places_of(level).values() for code in codes})
            )
            + self._england_and_wales
        )

    @property
    def _england_and_wales(self) -> tuple[Place, ...]:
        there = {code[0] for code in self._ladder.codes}
        return (self.named(ENGLAND_AND_WALES, Level.COUNTRY),) if {"E", "W"} <= there else ()

    @cached_property
    def _by_code(self) -> dict[str, list[Place]]:
        found: dict[str, list[Place]] = {}
        for place in self._all:
            found.setdefault(place.code, []).append(place)
        return found

    @cached_property
    def _by_name(self) -> dict[str, list[Place]]:
        found: dict[str, list[Place]] = {}
        for place in self._all:
            found.setdefault(_plain(place.name), []).append(place)
        return found


def _plain(name: str) -> str:
    """A name as people type it: no capitals, hyphens, dots or apostrophes, and 'and' for '&'."""
    letters = re.sub(r"[.'\u2019]", "", name.casefold().replace("&", " and "))
    return " ".join(re.split(r"[\s\-]+", letters)).strip()


def _one_a_code(places: Iterable[Place]) -> list[Place]:
    """The finest level of each code, in order of code."""
    finest = sorted(places, key=lambda place: _NARROWEST_FIRST[place.level], reverse=True)
    return [place for _, place in sorted({place.code: place for place in finest}.items())]
