"""Pretend tables of exclusions: one in the words of today, one in the words and with the faults of ten years ago."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from headwater.sources.pretend import County, Whole, about_so_many, draws, share_out, weights, write_table

_YEARS = range(2014, 2024)
_SCHOOLS = ("Total", "State-funded primary", "State-funded secondary", "Special")
_PUPILS = (0.145, 0.086, 0.055, 0.004)
"""Pupils for each resident, in all schools and in each kind."""
_EXCLUDED, _SUSPENDED = (0.0002, 0.0016, 0.0008), (0.011, 0.09, 0.11)
_REASONS = ("physical_pupils", "physical_adult", "verbal_pupil", "verbal_adult", "bullying", "racist_abuse", "sexual_misconduct",
            "drug_alcohol", "damage", "theft", "persistent_disruptive", "other")  # fmt: skip
_SHARES = weights(np.array([0.15, 0.09, 0.04, 0.12, 0.01, 0.01, 0.01, 0.07, 0.02, 0.01, 0.33, 0.14]))
_GEOGRAPHY = ("time_period", "geographic_level", "country_code", "country_name", "region_code", "region_name", "old_la_code",
              "new_la_code", "la_name", "urn", "school_type", "num_schools", "headcount", "perm_excl", "perm_excl_rate",
              "suspension", "susp_rate", "one_plus_susp", "one_plus_susp_rate")  # fmt: skip

Cells = tuple[str | int | float, ...]


def invent(county: County, folder: Path) -> tuple[Path, ...]:
    """Write a table by geography and one by reason into `folder`; returns the files written."""
    reasons = ("year", "level", "country_code", "country_name", "region_code", "region_name", "old_la_code", "new_la_code",
               "la_name", "school_type", *(f"perm_{r}" for r in _REASONS), *(f"fixed_{r}" for r in _REASONS))  # fmt: skip
    older = [row for year in _YEARS if year < 2017 for row in _by_reason(county, year)]
    newer = [row for year in _YEARS for row in _by_area(county, year)]
    return (
        write_table(folder / "pretend-suspensions-by-geography.csv", _GEOGRAPHY, newer),
        write_table(folder / "pretend-exclusions-by-reason.csv", reasons, older),
    )


def _label(year: int) -> str:
    return f"{year}{(year + 1) % 100:02d}"


def _counts(county: County, year: int, place: int) -> Iterator[tuple[str, int, int, int]]:
    """Pupils, permanent exclusions and suspensions by kind of school, the total first; fewer while schools were shut."""
    chance = draws(county.recipe.seed, "schools", str(year), str(place))
    people = int(county.people[county.lsoa_district == place].sum())
    shut = 0.6 if year in (2019, 2020) else 1.0
    pupils = [round(people * share) for share in _PUPILS[1:]]
    out = [about_so_many(chance, many * rate * shut) for many, rate in zip(pupils, _EXCLUDED, strict=True)]
    sent_home = [about_so_many(chance, many * rate * shut) for many, rate in zip(pupils, _SUSPENDED, strict=True)]
    yield _SCHOOLS[0], sum(pupils), sum(out), sum(sent_home)
    yield from zip(_SCHOOLS[1:], pupils, out, sent_home, strict=True)


def _by_area(county: County, year: int) -> Iterator[Cells]:
    for place, code in enumerate(county.district.codes):
        where = ("Z12000001", county.recipe.region, 9901 + place, code, county.district.names[place])
        for school, pupils, out, sent_home in _counts(county, year, place):
            once = round(sent_home * 0.45)
            rates = [(many, round(100 * many / pupils, 2)) for many in (out, sent_home, once)]
            yield (_label(year), "Local authority", "E92000001", "England", *where, "z", school, 9, pupils,
                   *(cell for pair in rates for cell in pair))  # fmt: skip


def _by_reason(county: County, year: int) -> Iterator[Cells]:
    for place, code in enumerate(county.district.codes):
        where = ("Z12000001", county.recipe.region, 9901 + place, code, county.district.names[place])
        for school, _, out, sent_home in _counts(county, year, place):
            parts = (*_hidden(share_out(out, _SHARES)), *_hidden(share_out(sent_home, _SHARES)))
            yield (_label(year), "LOCAL AUTHORITY", "E92000001", "England", *where, school, *parts)


def _hidden(counts: Whole) -> list[str | int]:
    """One and two as 'x', as the Department wrote them then."""
    return ["x" if many in (1, 2) else many for many in counts.tolist()]
