"""Pretend residents, under the names and headers of the Census and mid-year files."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from headwater.sources.pretend import (
    AGES,
    ETHNICITIES,
    County,
    Whole,
    age_shapes,
    ethnicities,
    share_out,
    weights,
    write_table,
)

_GROUPS = {
    "asian": "Asian, Asian British or Asian Welsh",
    "black": "Black, Black British, Black Welsh, Caribbean or African",
    "mixed": "Mixed or Multiple ethnic groups",
    "white": "White",
    "other": "Other ethnic group",
}
_IN_2020 = 0.994
"""People at mid-2020, as a share of those at the Census of 2021."""
_FEMALE = 0.507


def invent(county: County, folder: Path) -> tuple[Path, ...]:
    """Write Census ethnicity, mid-2020 ages and Census age and sex into `folder`; returns the files written."""
    ages = (*(str(age) for age in range(AGES - 1)), f"{AGES - 1}+")
    sexes = ("total_population", "total_females", "total_males", "younger_females", "working_age_females",
             "older_females", "younger_males", "working_age_males", "older_males")  # fmt: skip
    return (
        write_table(
            folder / "ethnicity21_lsoa21.csv",
            ("lsoa21_code", "total_residents", "ethnic_group", "n", "prop"),
            _ethnicity_rows(county),
        ),
        write_table(
            folder / "population20_lsoa11.csv",
            ("lsoa11_name", "lsoa11_code", "total_population", *ages),
            _age_rows(county),
        ),
        write_table(folder / "age_gender21_ltla21_ew.csv", ("ltla21_code", *sexes), _sex_rows(county)),
    )


def _ethnicity_rows(county: County) -> Iterator[tuple[str | int | float, ...]]:
    for code, total, groups in zip(county.lsoa.codes, county.people, ethnicities(county), strict=True):
        for group, people in zip(ETHNICITIES, groups, strict=True):
            yield code, int(total), _GROUPS[group], int(people), round(int(people) / int(total), 14)


def _age_rows(county: County) -> Iterator[tuple[str | int, ...]]:
    """One row an LSOA of 2011: a split area has the people of all its parts, a merged pair a half each."""
    shapes = age_shapes(county)
    parts: dict[tuple[str, str], list[int]] = {}
    halves = {change.lsoa for change in county.changes if change.kind == "M"}
    for change in county.changes:
        parts.setdefault((change.name, change.code), []).append(change.lsoa)
    for (name, code), lsoas in parts.items():
        people = sum(int(county.people[n]) for n in lsoas) // (2 if lsoas[0] in halves else 1)
        total = round(people * _IN_2020)
        ages = share_out(total, weights(shapes[lsoas].mean(axis=0)))
        yield name, code, total, *(int(n) for n in ages)


def _sex_rows(county: County) -> Iterator[tuple[str | int, ...]]:
    shapes = age_shapes(county)
    for number, code in enumerate(county.district.codes):
        mine = county.lsoa_district == number
        total = int(county.people[mine].sum())
        ages = share_out(total, weights((shapes[mine] * county.people[mine][:, None]).mean(axis=0) / 1000))
        female, male = _by_sex(ages)
        yield code, total, sum(female), sum(male), *female, *male


def _by_sex(ages: Whole) -> tuple[list[int], list[int]]:
    """Females and males who are younger (0 to 15), of working age (16 to 64) and older."""
    bands = [int(band.sum()) for band in np.split(ages, [16, 65])]
    female = [round(people * _FEMALE) for people in bands]
    return female, [people - women for people, women in zip(bands, female, strict=True)]
