"""A whole county: grains gathered into LSOAs, MSOAs, wards and districts, with codes that begin with Z."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import shapely

from headwater.sources.pretend.areas import carve, carve_around, mend, mend_within
from headwater.sources.pretend.chance import Real, Whole, bell, draws
from headwater.sources.pretend.land import Grains, Shapes, make_land
from headwater.sources.pretend.naming import Change, number_areas
from headwater.sources.pretend.recipe import Recipe

Kind = Literal["lsoa", "msoa", "ward", "district", "force"]


@dataclass(frozen=True, slots=True)
class Areas:
    """Areas of one kind, in order of code."""

    codes: tuple[str, ...]
    names: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.codes)


@dataclass(frozen=True, slots=True, eq=False)
class County:
    """The pretend county, which is the same as no other that is made. Arrays `lsoa_*`, `x`, `y`, `people`, `hardship` and `central` are one a (2021) LSOA."""

    recipe: Recipe
    grains: Grains
    grain_lsoa: Whole
    lsoa: Areas
    msoa: Areas
    ward: Areas
    district: Areas
    lsoa_msoa: Whole
    lsoa_ward: Whole
    lsoa_district: Whole
    x: Real
    y: Real
    people: Whole
    hardship: Real
    """0 for the easiest lives in the country, 1 for the hardest: a share of all LSOAs."""
    central: Real
    """1 at the heart of a town, falling to 0."""
    changes: tuple[Change, ...]
    """How each LSOA of 2011 became its LSOA of 2021, in order of 2011 code."""

    def shapes(self, kind: Kind) -> Shapes:
        """One polygon an area, outer ring anticlockwise, in order of code."""
        whole = np.zeros(len(self.lsoa), dtype=np.int64)
        parents = {"lsoa": np.arange(len(self.lsoa)), "msoa": self.lsoa_msoa, "ward": self.lsoa_ward,
                   "district": self.lsoa_district, "force": whole}  # fmt: skip
        owner = parents[kind][self.grain_lsoa]
        joined = [shapely.coverage_union_all(self.grains.shapes[owner == n]) for n in range(int(owner.max()) + 1)]
        return shapely.orient_polygons(shapely.normalize(np.array(joined, dtype=object)), exterior_cw=False)


def make_county(recipe: Recipe) -> County:
    """Make the land, cut it up, number it, and say how hard life is in each part."""
    grains = make_land(recipe)
    district = _districts(recipe, grains)
    msoa = _msoas(recipe, grains, district)
    lsoa = _lsoas(recipe, grains, msoa)
    numbered = number_areas(recipe, grains, district, msoa, lsoa)
    grain_lsoa, parent = numbered.order[lsoa], numbered.lsoa_district
    x, y, living = _middle(grains, grain_lsoa)
    pairs = np.unique(np.sort(grain_lsoa[grains.pairs], axis=1), axis=0)
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    ward = _ward_of_each(recipe, parent, (x, y), living, pairs)
    return County(
        recipe=recipe,
        grains=grains,
        grain_lsoa=grain_lsoa,
        lsoa=Areas(numbered.codes, numbered.names),
        msoa=Areas(_codes("Z02", len(numbered.msoa_names)), numbered.msoa_names),
        ward=Areas(*_wards(recipe)),
        district=Areas(_codes("Z07", len(recipe.districts)), tuple(d.name for d in recipe.districts)),
        lsoa_msoa=numbered.lsoa_msoa,
        lsoa_ward=ward,
        lsoa_district=parent,
        x=x,
        y=y,
        people=living,
        hardship=_hardship(recipe, x, y, pairs),
        central=_central(recipe, x, y),
        changes=numbered.changes,
    )


def _districts(recipe: Recipe, grains: Grains) -> Whole:
    """The district of each grain: the town that is nearest for its reach."""
    apart = [_apart(grains.x, grains.y, d.town) / d.reach for d in recipe.districts]
    return mend(np.argmin(np.round(np.stack(apart), 6), axis=0).astype(np.int64), grains.pairs)


def _msoas(recipe: Recipe, grains: Grains, district: Whole) -> Whole:
    """The MSOA of each grain, numbered district by district."""
    parts = [max(2, round(int(n) / recipe.land.people_in_msoa)) for n in _living(grains, district)]
    return _cut_districts(recipe, "msoa", district, (grains.x, grains.y), grains.people, grains.pairs, parts)


def _lsoas(recipe: Recipe, grains: Grains, msoa: Whole) -> Whole:
    """The LSOA of each grain, numbered MSOA by MSOA."""
    chance, label, first = draws(recipe.seed, "lsoa"), np.zeros(len(msoa), dtype=np.int64), 0
    for number, living in enumerate(_living(grains, msoa)):
        inside, parts = np.flatnonzero(msoa == number), max(1, round(int(living) / recipe.land.people_in_lsoa))
        label[inside] = first + carve(grains.x[inside], grains.y[inside], grains.people[inside], parts, chance)
        first += parts
    return mend_within(msoa, label, grains.pairs)


def _ward_of_each(recipe: Recipe, district: Whole, at: tuple[Real, Real], people: Whole, pairs: Whole) -> Whole:
    """The ward of each LSOA, numbered district by district from its town centre outwards."""
    parts = [len(d.wards) for d in recipe.districts]
    ward = _cut_districts(recipe, "ward", district, at, people, pairs, parts)
    renumbered, first = ward.copy(), 0
    for number, here in enumerate(recipe.districts):
        mine = district == number
        apart = _apart(at[0], at[1], here.town)
        far = np.bincount(ward[mine], weights=apart[mine]) / np.maximum(np.bincount(ward[mine]), 1)
        for place, old in enumerate(np.argsort(np.round(far[first:], 6), kind="stable")):
            renumbered[ward == first + old] = first + place
        first += len(here.wards)
    return renumbered


def _cut_districts(
    recipe: Recipe,
    what: str,
    district: Whole,
    at: tuple[Real, Real],
    people: Whole,
    pairs: Whole,
    parts: list[int],
) -> Whole:
    """Cut each district into its number of parts, every part in one piece; numbered district by district."""
    chance, label, first = draws(recipe.seed, what), np.zeros(len(district), dtype=np.int64), 0
    for number, (here, wanted) in enumerate(zip(recipe.districts, parts, strict=True)):
        inside = np.flatnonzero(district == number)
        apart = _apart(at[0][inside], at[1][inside], here.town)
        label[inside] = first + carve_around(apart, (at[0][inside], at[1][inside]), people[inside], wanted, chance)
        first += wanted
    return mend_within(district, label, pairs)


def _living(grains: Grains, area: Whole) -> Real:
    return np.bincount(area, weights=grains.people).astype(np.float64)


def _middle(grains: Grains, lsoa: Whole) -> tuple[Real, Real, Whole]:
    """Where each LSOA's people live on average, and how many they are."""
    living = np.bincount(lsoa, weights=grains.people)
    x = np.bincount(lsoa, weights=grains.people * grains.x) / living
    y = np.bincount(lsoa, weights=grains.people * grains.y) / living
    return np.round(x, 6), np.round(y, 6), living.astype(np.int64)


def _wards(recipe: Recipe) -> tuple[tuple[str, ...], tuple[str, ...]]:
    names = tuple(name for district in recipe.districts for name in district.wards)
    return _codes("Z05", len(names)), names


def _codes(kind: str, count: int) -> tuple[str, ...]:
    return tuple(f"{kind}{n:06d}" for n in range(1, count + 1))


def _apart(x: Real, y: Real, point: list[float]) -> Real:
    """Kilometres from each place to a point."""
    return np.sqrt((x - point[0]) ** 2 + (y - point[1]) ** 2)


def _near(x: Real, y: Real, point: list[float], reach: float) -> Real:
    """1 at the point, a quarter at `reach`, nothing far away."""
    return 1 / (1 + (_apart(x, y, point) / reach) ** 2) ** 2


def _hardship(recipe: Recipe, x: Real, y: Real, pairs: Whole) -> Real:
    """Where life is hard, as a share of the country's LSOAs: smooth over the map but for a little chance shared by neighbours."""
    chance, around = bell(draws(recipe.seed, "hardship"), len(x)), np.ones(len(x))
    felt = chance.copy()
    for one, other in (pairs.T, pairs.T[::-1]):
        felt += np.bincount(one, weights=chance[other], minlength=len(x))
        around += np.bincount(one, minlength=len(x))
    felt = 0.75 * felt / around - 0.15
    for hard in recipe.hardship:
        felt += hard.depth * _near(x, y, hard.at, hard.reach)
    return np.round(0.5 * (1 + felt / np.sqrt(0.8 + felt**2)), 6)


def _central(recipe: Recipe, x: Real, y: Real) -> Real:
    hearts = [_near(x, y, d.town, 0.28 * d.spread) for d in recipe.districts]
    return np.round(np.max(np.stack(hearts), axis=0), 6)
