"""Names and codes for LSOAs, in the way of the real ones, with the splits and merges between 2011 and 2021."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from headwater.sources.pretend.chance import Real, Whole, draws
from headwater.sources.pretend.land import Grains
from headwater.sources.pretend.recipe import Recipe


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one LSOA of 2011: 'U' unchanged, 'S' split (one of its parts), 'M' merged."""

    code: str
    name: str
    kind: Literal["U", "S", "M"]
    lsoa: int
    """The LSOA of 2021, by its place in order of code."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """LSOAs of 2021 in order of code."""

    order: Whole
    """From part number to place in order of code."""
    codes: tuple[str, ...]
    names: tuple[str, ...]
    msoa_names: tuple[str, ...]
    lsoa_msoa: Whole
    lsoa_district: Whole
    changes: tuple[Change, ...]


@dataclass(slots=True)
class _Lsoa:
    part: int
    msoa: int
    district: int
    code: str = ""
    name: str = ""


Kind = Literal["U", "S", "M"]
Group = tuple[Kind, list[_Lsoa]]
Lettered = tuple[str, str, Kind, _Lsoa]


def number_areas(recipe: Recipe, grains: Grains, district: Whole, msoa: Whole, lsoa: Whole) -> Numbered:
    """Number MSOAs from the north of each district, letter LSOAs within them, and code those that changed after the rest."""
    msoas = _from_the_north(grains, msoa, district)
    rank = np.argsort(msoas)  # MSOA part number -> place in order of code
    msoa_district = [int(district[msoa == part][0]) for part in msoas]
    first = {d: msoa_district.index(d) for d in set(msoa_district)}
    msoa_names = tuple(f"{recipe.districts[d].name} {n - first[d] + 1:03d}" for n, d in enumerate(msoa_district))
    parts = _from_the_north(grains, lsoa, rank[msoa])
    home = [int(rank[msoa[lsoa == part][0]]) for part in parts]
    everyone = [_Lsoa(int(part), m, msoa_district[m]) for part, m in zip(parts, home, strict=True)]
    changes = _letter(_grouped(recipe, everyone, _touching(grains, lsoa)), msoa_names)
    everyone.sort(key=lambda one: one.code)
    place = {one.part: n for n, one in enumerate(everyone)}
    return Numbered(
        order=np.array([place[part] for part in range(len(everyone))], dtype=np.int64),
        codes=tuple(one.code for one in everyone),
        names=tuple(one.name for one in everyone),
        msoa_names=msoa_names,
        lsoa_msoa=np.array([one.msoa for one in everyone], dtype=np.int64),
        lsoa_district=np.array([one.district for one in everyone], dtype=np.int64),
        changes=tuple(Change(code, name, kind, place[one.part]) for code, name, kind, one in changes),
    )


def _from_the_north(grains: Grains, part: Whole, parent: Whole) -> Whole:
    """Part numbers in order of parent, then from north to south."""
    many = np.bincount(part)
    north: Real = np.round(np.bincount(part, weights=grains.y) / many, 6)
    above = np.zeros(len(many), dtype=np.int64)
    above[part] = parent
    return np.lexsort((-north, above))


def _touching(grains: Grains, lsoa: Whole) -> set[tuple[int, int]]:
    return {(int(a), int(b)) for a, b in np.unique(lsoa[grains.pairs], axis=0)}


def _grouped(recipe: Recipe, everyone: list[_Lsoa], touching: set[tuple[int, int]]) -> list[list[Group]]:
    """For each MSOA its LSOAs, those that were one in 2011 together. One change at most in an MSOA."""
    homes: list[list[_Lsoa]] = [[] for _ in range(everyone[-1].msoa + 1)]
    for one in everyone:
        homes[one.msoa].append(one)
    turn = np.argsort(draws(recipe.seed, "changes").random(len(homes)), kind="stable")
    splits, merges, changed = recipe.land.splits, recipe.land.merges, dict[int, list[Group]]()
    for m in (int(n) for n in turn):
        pair = _neighbours(homes[m], touching)
        if splits and pair:
            changed[m] = [("S", pair), *(("U", [one]) for one in homes[m] if one not in pair)]
            splits -= 1
        elif merges and not splits:
            changed[m] = [("M", [homes[m][0]]), *(("U", [one]) for one in homes[m][1:])]
            merges -= 1
    return [changed.get(m, [("U", [one]) for one in home]) for m, home in enumerate(homes)]


def _neighbours(home: list[_Lsoa], touching: set[tuple[int, int]]) -> list[_Lsoa]:
    """The first two LSOAs of an MSOA that touch."""
    for first, one in enumerate(home):
        for other in home[first + 1 :]:
            if (one.part, other.part) in touching or (other.part, one.part) in touching:
                return [one, other]
    return []


def _letter(msoas: list[list[Group]], names: tuple[str, ...]) -> list[Lettered]:
    """Give codes and names: first to the areas of 2011, in order, then to those that 2021 made anew."""
    changes: list[Lettered] = []
    made: list[tuple[_Lsoa, str]] = []
    for groups, name in zip(msoas, names, strict=True):
        letters = iter("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        for kind, members in groups:
            for _ in range(2 if kind == "M" else 1):
                code, called = f"Z01{_codes_in(changes) + 1:06d}", f"{name}{next(letters)}"
                lettered: list[Lettered] = [(code, called, kind, one) for one in members]
                changes += lettered
                if kind == "U":
                    members[0].code, members[0].name = code, called
        made += [(one, f"{name}{next(letters)}") for kind, members in groups if kind != "U" for one in members]
    for number, (one, called) in enumerate(made, start=_codes_in(changes) + 1):
        one.code, one.name = f"Z01{number:06d}", called
    return changes


def _codes_in(changes: list[Lettered]) -> int:
    """How many codes of 2011 have been given; the last is the highest."""
    return int(changes[-1][0].removeprefix("Z01")) if changes else 0
