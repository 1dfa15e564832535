"""Pretend tables of children's social care, with the columns, marks and rounding of the Department's."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from headwater.sources.pretend import County, about_so_many, draws, share_out, weights, write_table
from headwater.sources.social_care.reader import SOURCE
from headwater.sources.social_care.tables import FACTORS

_YEARS = range(2019, 2026)
_WHERE = ("time_period", "time_identifier", "geographic_level", "country_code", "country_name", "region_code", "region_name",
          "old_la_code", "new_la_code", "la_name")  # fmt: skip
_UNDER_18, _IN_NEED, _LOOKED_AFTER = 0.21, 0.03, 0.0067
_POPULATIONS = (
    ("Children ceasing to be looked after each year", 0.42),
    ("Children looked after on 31 March each year", 1.0),
    ("Children starting to be looked after each year", 0.41),
)
_SINCE_2022 = {"Child_criminal_exploitation", "Physical_Abuse_child_on_child", "Physical_Abuse_adult_on_child",
               "Sexual_Abuse_child_on_child", "Sexual_Abuse_adult_on_child"}  # fmt: skip
_OFTEN = {"Domestic_Abuse_parent": 9.0, "Mental_Health_parent": 9.0, "Emotional_Abuse": 6.0, "Neglect": 5.0, "Mental_Health_child": 5.0,
          "Trafficking": 0.1, "Privately_fostered": 0.05, "Faith_linked_abuse": 0.05, "Female_Genital_Mutilation": 0.02}  # fmt: skip

Cells = tuple[str | int, ...]


def invent(county: County, folder: Path) -> tuple[Path, ...]:
    """Write a table of factors and one of children looked after into `folder`; returns the files written."""
    factors = _factors()
    header = (*_WHERE, "category", "Episodes_with_assessment_factor", *factors)
    found = (row for year in _YEARS for row in _assessed(county, year, factors))
    looked_after = (*_WHERE, "population_type", "population_estimate", "children_count", "rate_per_10000")
    children = (row for year in _YEARS for row in _children(county, year))
    return (
        write_table(folder / "pretend-assessment-factors.csv", header, found),
        write_table(folder / "pretend-children-looked-after.csv", looked_after, children),
    )


def _factors() -> tuple[str, ...]:
    columns = [column.name for column in SOURCE.contracts[FACTORS].columns]
    return tuple(columns[columns.index("Episodes_with_assessment_factor") + 1 :])


def _where(county: County, year: int, place: int) -> Cells:
    return (year, "Reporting year", "Local authority", "E92000001", "England", "Z12000001", county.recipe.region, 9901 + place,
            county.district.codes[place], county.district.names[place])  # fmt: skip


def _young(county: County, place: int) -> int:
    return round(int(county.people[county.lsoa_district == place].sum()) * _UNDER_18)


def _assessed(county: County, year: int, factors: Sequence[str]) -> Iterator[Cells]:
    share = weights(np.array([_OFTEN.get(factor, 1) / 50 for factor in factors]))
    for place in range(len(county.district)):
        chance = draws(county.recipe.seed, "social care", str(year), str(place))
        episodes = about_so_many(chance, _young(county, place) * _IN_NEED)
        many = share_out(round(episodes * 2.4), share).tolist()
        cells = ("x" if year < 2022 and factor in _SINCE_2022 else _hidden(n)
                 for factor, n in zip(factors, many, strict=True))  # fmt: skip
        yield (*_where(county, year, place), "Factors identified at the end of assessment", episodes, *cells)


def _hidden(many: int) -> str | int:
    """One to five as 'c'."""
    return "c" if 1 <= many <= 5 else many


def _children(county: County, year: int) -> Iterator[Cells]:
    for place in range(len(county.district)):
        living = _young(county, place)
        for kind, share in _POPULATIONS:
            chance = draws(county.recipe.seed, "looked after", str(year), str(place), kind)
            many = about_so_many(chance, living * _LOOKED_AFTER * share)
            yield (*_where(county, year, place), kind, living, _hidden(many), round(10_000 * many / living))
