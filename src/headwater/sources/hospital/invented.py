"""A pretend table of admissions after assault: rounded, withheld, and with the two units and the two bases that must not be mixed."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from headwater.sources.pretend import County, about_so_many, draws, write_table

_YEARS = range(2019, 2025)
_HEADER = ("Year", "Area code", "Area name", "Cause", "Age group", "Counting unit", "Basis", "Value", "Population")
_FORCE = "Z23000001"
_CAUSES = {"X85-Y09": 46.0, "X93-X95": 0.3, "X99": 9.0, "Y00": 4.5, "Y04": 29.0}
"""A year, per 100,000 residents of all ages."""
_AGES = {"All ages": (1.0, 1.0), "Under 18": (0.21, 0.45), "Under 25": (0.29, 1.55)}
"""Share of the residents, and how many times as often."""
_SHUT = {2020: 0.74}
"""The year of the pandemic."""
_EPISODES, _TREATED = 1.07, 1.12

Cells = tuple[str | int, ...]


def invent(county: County, folder: Path) -> tuple[Path, ...]:
    """Write one table of the county and its districts into `folder`; returns the files written."""
    rows = [row for year in _YEARS for row in _year(county, year)]
    return (write_table(folder / "pretend-hospital-assault-admissions.csv", _HEADER, rows),)


def _year(county: County, year: int) -> Iterator[Cells]:
    """Admissions by where patients live; then, for the county, sharp objects in episodes and by where they were treated."""
    label = f"{year}/{(year + 1) % 100:02d}"
    living = [int(county.people[county.lsoa_district == place].sum()) for place in range(len(county.district))]
    for cause, rate in _CAUSES.items():
        for age, (share, often) in _AGES.items():
            people = [round(many * share) for many in living]
            found = [
                _many(county, (label, cause, age, str(place)), rate * often, many, year)
                for place, many in enumerate(people)
            ]
            for place, (many, residents) in enumerate(zip(found, people, strict=True)):
                yield _row(
                    label, (county.district.codes[place], county.district.names[place]), (cause, age), many, residents
                )
            whole = (label, (_FORCE, county.recipe.county), (cause, age), sum(found), sum(people))
            yield _row(*whole)
            if cause == "X99" and age == "All ages":
                yield _row(*whole[:3], round(sum(found) * _EPISODES), sum(people), unit="FCE")
                yield _row(*whole[:3], round(sum(found) * _TREATED), sum(people), basis="Treatment")


def _many(county: County, about: tuple[str, ...], rate: float, people: int, year: int) -> int:
    """Admissions of one district; more where life is harder."""
    hard = float(np.mean(county.hardship[county.lsoa_district == int(about[-1])]))
    chance = draws(county.recipe.seed, "hospital", *about)
    return about_so_many(chance, people * rate / 100_000 * (0.5 + hard) * _SHUT.get(year, 1.0))


def _row(
    label: str, where: tuple[str, str], what: tuple[str, str], many: int, people: int, unit: str = "FAE", basis: str = "Residence"
) -> Cells:  # fmt: skip
    return (label, *where, *what, unit, basis, _rounded(many), people)


def _rounded(many: int) -> str | int:
    """1 to 7 as '*', the rest to the nearest 5; totals are added up first, so parts need not sum."""
    return "*" if 1 <= many <= 7 else 5 * round(many / 5)
