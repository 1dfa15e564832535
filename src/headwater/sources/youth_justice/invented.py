"""A pretend yearly table of children in the youth justice system: small numbers, so that many cells are withheld."""

from collections.abc import Iterator
from pathlib import Path

from headwater.sources.pretend import County, about_so_many, draws, write_table

_YEARS = range(2015, 2025)
_HEADER = ("Year", "Area code", "Area name", "Population aged 10 to 17", "First-time entrants", "First-time entrants rate",
           "Proven violent offences", "Proven weapons offences", "Reoffending cohort", "Children who reoffended")  # fmt: skip
_AGED_10_TO_17 = 0.096
_ENTRANTS, _FALL, _FLOOR = 0.0036, 0.88, 0.0016
"""First-time entrants for each child: falling by an eighth a year, as everywhere, and then no further."""
_VIOLENCE, _WEAPONS, _COHORT, _AGAIN = 0.0030, 0.0006, 0.0028, 0.33

Cells = tuple[str | int | float, ...]


def invent(county: County, folder: Path) -> tuple[Path, ...]:
    """Write one table of the districts into `folder`; returns the files written."""
    rows = (row for year in _YEARS for row in _year(county, year))
    return (write_table(folder / "pretend-youth-justice-yearly.csv", _HEADER, rows),)


def _year(county: County, year: int) -> Iterator[Cells]:
    came = max(_ENTRANTS * _FALL ** (year - _YEARS.start), _FLOOR)
    for place, code in enumerate(county.district.codes):
        mine = county.lsoa_district == place
        children = round(int(county.people[mine].sum()) * _AGED_10_TO_17)
        hard = 0.5 + float(county.hardship[mine].mean())
        chance = draws(county.recipe.seed, "youth justice", str(year), code)
        entrants, violent, armed, cohort = (
            about_so_many(chance, children * rate * hard) for rate in (came, _VIOLENCE, _WEAPONS, _COHORT)
        )
        again = min(cohort, about_so_many(chance, cohort * _AGAIN))
        yield (f"{year}/{(year + 1) % 100:02d}", code, county.district.names[place], children, _hidden(entrants),
               _rate(entrants, children), *map(_hidden, (violent, armed, cohort, again)))  # fmt: skip


def _hidden(many: int) -> str | int:
    """1 to 4 as '*'."""
    return "*" if 1 <= many <= 4 else many


def _rate(many: int, children: int) -> str | float:
    return "*" if _hidden(many) == "*" else round(100_000 * many / children, 1)
