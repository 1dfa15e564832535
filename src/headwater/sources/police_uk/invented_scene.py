"""Where pretend crime happens: snap points with street names, and how much of each crime each area draws."""

from dataclasses import dataclass

import numpy as np

from headwater.sources.pretend import Areas, County, Whole, degrees, draws, pick, weights
from headwater.sources.pretend.pull import Pull, pull_of
from headwater.vocabulary import month_number

NEIGHBOUR = "Wexholme"
"""The county next door, which has no look-up: what an area outside ours looks like."""
_BORDER_POINTS = 40


@dataclass(frozen=True, slots=True)
class Scene:
    """What stays the same from month to month. A place is a snap point, a point over the border, or nowhere (the last)."""

    county: County
    first: int
    """The first month of the archive, as a month number."""
    starts: Whole
    """Of each LSOA, its first snap point; points are in order of LSOA."""
    points: Whole
    """Of each LSOA, how many snap points it has."""
    area: Whole
    """Of each place, its LSOA; after them for a place that is in none."""
    text_2011: tuple[str, ...]
    """Of each place, its cells from longitude to LSOA name, in areas of 2011."""
    text_2021: tuple[str, ...]
    where: tuple[tuple[str, str], ...]
    """Of each snap point, its latitude and longitude as text."""
    pull: Pull
    """Which areas draw which crimes."""

    @property
    def nowhere(self) -> int:
        return len(self.area) - 1

    @property
    def border(self) -> int:
        """The first place over the border."""
        return self.nowhere - _BORDER_POINTS

    def text(self, month: int) -> tuple[str, ...]:
        """Of each place, its cells in the areas that the force used in `month`."""
        old = month < self.first + self.county.recipe.police.months_in_2011_areas
        return self.text_2011 if old else self.text_2021


def set_scene(county: County) -> Scene:
    """Lay out the snap points (one a grain of land) and say which areas draw which crimes."""
    order = np.argsort(county.grain_lsoa, kind="stable")
    lsoa = county.grain_lsoa[order]
    east, north = degrees(county.recipe, county.grains.x[order], county.grains.y[order])
    where = tuple((f"{y:.6f}", f"{x:.6f}") for x, y in zip(east, north, strict=True))
    starts = np.searchsorted(lsoa, np.arange(len(county.lsoa)))
    named = [
        f"{x},{y},On or near {street}" for (y, x), street in zip(where, _streets(county, lsoa, starts), strict=True)
    ]
    beyond = [*_over_the_border(county), ",,No Location,,"]
    now = [f"{text},{county.lsoa.codes[n]},{county.lsoa.names[n]}" for text, n in zip(named, lsoa, strict=True)]
    then = [f"{text},{was}" for text, was in zip(named, _as_in_2011(county, lsoa), strict=True)]
    return Scene(
        county=county,
        first=month_number(county.recipe.police.first),
        starts=starts,
        points=np.bincount(lsoa),
        area=np.concatenate([lsoa, np.full(len(beyond), len(county.lsoa))]),
        text_2011=(*then, *beyond),
        text_2021=(*now, *beyond),
        where=where,
        pull=pull_of(county),
    )


def _streets(county: County, lsoa: Whole, starts: Whole) -> list[str]:
    """A name for each snap point; the first point of an area, where most happens, is often a landmark."""
    words, chance = county.recipe.streets, draws(county.recipe.seed, "streets")
    ones = weights(np.ones(max(len(words.first), len(words.second))))
    first = pick(chance, ones[: len(words.first)], len(lsoa))
    second = pick(chance, ones[: len(words.second)], len(lsoa))
    names = [f"{words.first[a]} {words.second[b]}" for a, b in zip(first, second, strict=True)]
    landmark = chance.random((len(starts), 2))
    for start, central, (whether, which) in zip(starts, county.central, landmark, strict=True):
        choice = words.in_a_centre if central > 0.5 else words.landmarks
        if whether < 0.6 or central > 0.5:
            names[start] = choice[int(which * len(choice))]
    return names


def _as_in_2011(county: County, lsoa: Whole) -> list[str]:
    """Code and name of each point's LSOA of 2011; a merged area's points fall to its two parts in turn."""
    was: list[list[str]] = [[] for _ in county.lsoa.codes]
    for change in county.changes:
        was[change.lsoa].append(f"{change.code},{change.name}")
    return [was[n][place % len(was[n])] for place, n in enumerate(lsoa)]


def _over_the_border(county: County) -> list[str]:
    """Points west of the county, in areas that its look-ups do not know."""
    chance = draws(county.recipe.seed, "border").random((_BORDER_POINTS, 2))
    county_areas = Areas(
        tuple(f"Z01999{n:03d}" for n in range(1, 9)), tuple(f"{NEIGHBOUR} {n:03d}A" for n in range(1, 9))
    )
    east, north = degrees(county.recipe, chance[:, 0] * 2, 10 + chance[:, 1] * 50)
    return [
        f"{x - 0.02:.6f},{y:.6f},On or near Border Road,{county_areas.codes[n % 8]},{county_areas.names[n % 8]}"
        for n, (x, y) in enumerate(zip(east, north, strict=True))
    ]
