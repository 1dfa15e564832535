"""Pretend stop and search."""

from calendar import monthrange

import numpy as np
from numpy.random import Generator

from headwater.sources.police_uk.invented_scene import Scene
from headwater.sources.pretend import ETHNICITIES, Whole, about_so_many, draws, ethnicities, pick, weights
from headwater.vocabulary import month_name

SEARCHES_HEADER = (
    "Type,Date,Part of a policing operation,Policing operation,Latitude,Longitude,Gender,Age range,"
    "Self-defined ethnicity,Officer-defined ethnicity,Legislation,Object of search,Outcome,"
    "Outcome linked to object of search,Removal of more than just outer clothing"
)
_SELF_DEFINED = {
    "asian": ("Asian/Asian British - Pakistani", "Asian/Asian British - Bangladeshi", "Asian/Asian British - Indian",
              "Asian/Asian British - Any other Asian background"),
    "black": ("Black/African/Caribbean/Black British - African", "Black/African/Caribbean/Black British - Caribbean",
              "Black/African/Caribbean/Black British - Any other Black/African/Caribbean background"),
    "mixed": ("Mixed/Multiple ethnic groups - White and Black Caribbean",
              "Mixed/Multiple ethnic groups - White and Asian",
              "Mixed/Multiple ethnic groups - Any other Mixed/Multiple ethnic background"),
    "white": ("White - English/Welsh/Scottish/Northern Irish/British",) * 9 + ("White - Any other White background",),
    "other": ("Other ethnic group - Any other ethnic group",),
}  # fmt: skip
_DRUGS, _FIREARMS = "Controlled drugs", "Firearms"
_LEGISLATION = {_DRUGS: "Misuse of Drugs Act 1971 (section 23)", _FIREARMS: "Firearms Act 1968 (section 47)"}
_OTHERWISE = "Police and Criminal Evidence Act 1984 (section 1)"
_NOTHING = "A no further action disposal"
_SOMETHING = ("Arrest", "Arrest", "Arrest", "Summons / charged by post", "Community resolution",
              "Caution (simple or conditional)")  # fmt: skip
_SOMETHING_ON_DRUGS = ("Arrest", "Arrest", "Summons / charged by post", "Khat or Cannabis warning",
                       "Community resolution", "Penalty Notice for Disorder")  # fmt: skip
_OFFICER_SEES_OTHERWISE = 0.04
_OFFICER_BLANK = 0.02
_VEHICLE_TOO = 0.06
_STRIPPED = 0.03
_MINUTES_A_DAY = 24 * 60


def search_rows(scene: Scene, month: int) -> list[str]:
    """The stop-and-search file's rows for one month, in order of time."""
    searches = scene.county.recipe.searches
    chance = draws(scene.county.recipe.seed, "stop-and-search", month_name(month))
    count = about_so_many(chance, searches.a_month)
    group = pick(chance, _by_ethnicity(scene), count)
    age = pick(chance, weights(np.array(list(searches.ages.values()))), count)
    objects = list(searches.objects)
    looked_for = pick(chance, weights(np.array([share for share, _ in searches.objects.values()])), count)
    when, where = _times(month, count, chance), _places(scene, count, chance)
    luck, ages = chance.random((count, 8)), list(searches.ages)
    return [
        ",".join(
            (
                "Person and Vehicle search" if luck[n, 0] < _VEHICLE_TOO else "Person search",
                f"{when[n]},,,{where[n]}",
                "Male" if luck[n, 1] < searches.male else "Female",
                ages[age[n]],
                *_ethnicity(ETHNICITIES[group[n]], luck[n, 2:5].tolist(), searches.not_stated),
                *_result(objects[looked_for[n]], luck[n, 5:7].tolist(), searches.objects[objects[looked_for[n]]][1]),
                "True" if luck[n, 7] < _STRIPPED else "False",
            )
        )
        for n in range(count)
    ]


def _by_ethnicity(scene: Scene) -> Whole:
    """How often each group is searched: its residents, times how many times as often."""
    residents = ethnicities(scene.county).sum(axis=0)
    often = scene.county.recipe.searches.times_as_often
    return weights(residents / residents.sum() * np.array([often[group] for group in ETHNICITIES]))


def _times(month: int, count: int, chance: Generator) -> list[str]:
    """Dates with times, ascending; more in the afternoon and evening."""
    year, of_year = month // 12, month % 12 + 1
    days = 1 + (chance.random(count) * monthrange(year, of_year)[1]).astype(np.int64)
    clock = chance.random((count, 3))
    minutes = ((clock[:, 0] + clock[:, 1]) * 12 * 60 + 4 * 60).astype(np.int64) % _MINUTES_A_DAY
    stamps = np.sort(days * _MINUTES_A_DAY + minutes)
    return [
        f"{month_name(month)}-{stamp // _MINUTES_A_DAY:02d}T{stamp % _MINUTES_A_DAY // 60:02d}:{stamp % 60:02d}:00+00:00"
        for stamp in stamps.tolist()
    ]


def _places(scene: Scene, count: int, chance: Generator) -> list[str]:
    """Latitude and longitude, drawn to where violence is; a few are blank."""
    violence = [crime.type for crime in scene.county.recipe.crimes].index("Violence and sexual offences")
    lsoa = pick(chance, weights(scene.pull.draw[violence]), count)
    luck = chance.random((count, 2))
    point = scene.starts[lsoa] + (luck[:, 0] ** 2 * scene.points[lsoa]).astype(np.int64)
    blank = luck[:, 1] < scene.county.recipe.searches.no_location
    return ["," if gone else ",".join(scene.where[p]) for p, gone in zip(point, blank, strict=True)]


def _ethnicity(group: str, luck: list[float], not_stated: float) -> tuple[str, str]:
    """Self-defined and officer-defined ethnicity; each may be blank, and they need not agree."""
    names = _SELF_DEFINED[group]
    said = "" if luck[0] < not_stated else names[int(luck[1] * len(names))]
    if luck[2] < _OFFICER_BLANK:
        return said, ""
    return said, "Other" if luck[2] < _OFFICER_BLANK + _OFFICER_SEES_OTHERWISE else group.capitalize()


def _result(looked_for: str, luck: list[float], nothing: float) -> tuple[str, str, str, str]:
    """Legislation, object, outcome, and whether the outcome was linked to the object."""
    some = _SOMETHING_ON_DRUGS if looked_for == _DRUGS else _SOMETHING
    outcome = _NOTHING if luck[0] < nothing else some[int((luck[0] - nothing) / (1 - nothing) * len(some))]
    linked = "" if luck[1] < 0.25 else ("False" if luck[1] < 0.40 else "True")
    return _LEGISLATION.get(looked_for, _OTHERWISE), looked_for, outcome, linked
