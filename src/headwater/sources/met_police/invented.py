"""Pretend tables of a police force, with the names, columns and faults of the Metropolitan Police's."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from headwater.sources.met_police.proceedings import MONTHS
from headwater.sources.pretend import County, Real, about_so_many, draws, pick, weights, write_table
from headwater.vocabulary import months_between

_FIRST, _LAST = "2024-04", "2026-03"
_REFRESHED = "2026-04-20 00:00:00"
_OFFENCES = (
    ("VIOLENCE AGAINST THE PERSON", "VIOLENCE WITH INJURY", 60.0),
    ("VIOLENCE AGAINST THE PERSON", "VIOLENCE WITHOUT INJURY", 90.0),
    ("VIOLENCE AGAINST THE PERSON", "HOMICIDE", 0.1),
    ("ROBBERY", "ROBBERY OF PERSONAL PROPERTY", 20.0),
    ("POSSESSION OF WEAPONS", "POSSESSION OF WEAPONS", 6.0),
)
_SUBTYPES = (("Knife Crime", "Offences", 1.6), ("Knife Crime with Injury", "Offences", 0.5),
             ("Knife Injury Victims (1-24)", "Offences", 0.25), ("Knife Crime", "Positive Outcomes", 0.3))  # fmt: skip
_DASHBOARD = ("month_year", "area_type", "borough_snt", "area_name", "area_code", "crime_type", "crime_subtype", "measure",
              "financial_year", "fy_fyindex", "count", "refresh_date", "sheet")  # fmt: skip
_HOMICIDE = ("count_of_ppa", "borough", "gender", "age_group", "self_classified_ethnicity", "offence_type", "charged_summonsed",
             "proceedings_date")  # fmt: skip
_ETHNICITIES = ("White", "Black ", "Asian ", "Mixed", "SCE Not Recorded")
_AGES = ("15 to 19", "20 to 24", "25 to 29", "40 to 44", "65 and over")

Cell = str | int


def invent(county: County, folder: Path) -> tuple[Path, ...]:
    """Write the three tables into `folder`; returns the files written."""
    months = months_between(_FIRST, _LAST)
    wide = ("majortext", "minortext", "boroughname", *(month.replace("-", "") for month in months))
    return (
        write_table(folder / "recorded-crime-borough.csv", wide, _recorded(county, len(months))),
        write_table(folder / "monthly-crime-dashboard.csv", _DASHBOARD, _dashboard(county, months)),
        write_table(folder / "homicide.csv", _HOMICIDE, _homicide(county, months)),
    )


def _recorded(county: County, months: int) -> Iterator[tuple[Cell, ...]]:
    """A row an offence and borough; some crimes could not be placed in any."""
    chance = draws(county.recipe.seed, "met", "recorded")
    living = _people(county)
    for major, minor, a_month in _OFFENCES:
        for name, share in (*zip(county.district.names, living, strict=True), ("Unknown", 0.02)):
            yield major, minor, name, *(about_so_many(chance, a_month * share * 7) for _ in range(months))


def _people(county: County) -> list[float]:
    """Each district's share of the county's residents."""
    living = np.bincount(county.lsoa_district, weights=county.people)
    shares: Real = living / living.sum()
    return shares.tolist()


def _dashboard(county: County, months: tuple[str, ...]) -> Iterator[tuple[Cell, ...]]:
    """Wards first, then the boroughs that they add up to with what could not be placed; no row where there were none."""
    chance = draws(county.recipe.seed, "met", "dashboard")
    home = dict(zip(county.lsoa_ward.tolist(), county.lsoa_district.tolist(), strict=True))
    for month in months:
        for subtype, measure, a_month in _SUBTYPES:
            total = [0] * len(county.district)
            for ward, (code, name) in enumerate(zip(county.ward.codes, county.ward.names, strict=True)):
                many = about_so_many(chance, a_month)
                total[home[ward]] += many
                full = f"{county.district.names[home[ward]]} {name}"
                yield from _cells(month, ("Safer Neighbourhood Teams", full, name, code), subtype, measure, many)
            lost = about_so_many(chance, a_month * 2)
            nowhere = ("Safer Neighbourhood Teams", "Other / NK", "N/K", "N/K")
            yield from _cells(month, nowhere, subtype, measure, lost + 1)
            yield from _cells(month, ("Borough", "Other / NK", "", ""), subtype, measure, 1)
            for name, code, many in zip(county.district.names, county.district.codes, total, strict=True):
                found = many + lost * (code == county.district.codes[0])
                yield from _cells(month, ("Borough", name, name, code), subtype, measure, found)


def _cells(month: str, area: tuple[str, ...], subtype: str, measure: str, many: int) -> Iterator[tuple[Cell, ...]]:
    year = int(month[2:4]) - (month[5:] < "04")
    if many:
        yield (f"{month}-01 00:00:00", *area, "Knife Crime", subtype, measure, f"fy{year}-{year + 1}", f"{year}-{year + 1}_01",
               many, _REFRESHED, "Pretend_MonthlyCrimeDashboard")  # fmt: skip


def _homicide(county: County, months: tuple[str, ...]) -> Iterator[tuple[Cell, ...]]:
    """A row a person, as the real file has it, and one that was recorded in error."""
    chance = draws(county.recipe.seed, "met", "homicide")
    where = pick(chance, weights(np.array(_people(county))), 40)
    when = pick(chance, weights(np.ones(len(months))), 40)
    ages, groups = (pick(chance, weights(np.ones(5)), 40) for _ in range(2))
    for n, (district, month, age, group) in enumerate(zip(where, when, ages, groups, strict=True)):
        said = months[month]
        date = f"{MONTHS[int(said[5:]) - 1].capitalize()}-{said[2:4]}"
        yield (1, county.district.names[district], "Male" if n % 5 else "Female", _AGES[age], _ETHNICITIES[group],
               "Manslaughter" if n % 9 == 0 else "Murder", "Recording Error" if n == 7 else "Charge or Summons", date)  # fmt: skip
