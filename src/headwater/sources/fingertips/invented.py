"""A pretend download: one indicator for the districts of a county, with rounded counts and limits of what they were before."""

from collections.abc import Iterator
from pathlib import Path

from headwater.sources.fingertips.reader import DATASET, SOURCE
from headwater.sources.pretend import County, about_so_many, draws, write_table

_YEARS = range(2012, 2024)
_UNDER_15, _RATE, _Z = 0.17, 0.0095, 1.959964
_SEXES = (("Persons", 1.0), ("Male", 0.56), ("Female", 0.44))
_NOTE = "Not presented due to the Cobnut Infirmary not submitting any data"
_CAUTION = "Should be treated with caution due to the Cobnut Infirmary not submitting any data"


def invent(county: County, folder: Path) -> tuple[Path, ...]:
    """Write one download into `folder`; returns the files written."""
    header = tuple(column.name for column in SOURCE.contracts[DATASET].columns)
    rows = (row for year in _YEARS for row in _rows(county, year))
    return (
        write_table(
            folder / "pretend-hospital-admissions.csv", header, ([row.get(name, "") for name in header] for row in rows)
        ),
    )


def _rows(county: County, year: int) -> Iterator[dict[str, str | int | float]]:
    for place, code in enumerate(county.district.codes):
        children = round(int(county.people[county.lsoa_district == place].sum()) * _UNDER_15)
        for sex, share in _SEXES:
            chance = draws(county.recipe.seed, "fingertips", str(year), code, sex)
            people = round(children * (1 if sex == "Persons" else 0.5))
            many = about_so_many(chance, children * _RATE * share)
            missing = year == 2018 and place == 0
            said = {"Value note": _NOTE} if missing else _figures(many, people)
            if year == 2018 and place == 1:
                said["Value note"] = _CAUTION
            yield {
                "Indicator ID": 90284, "Area Code": code, "Area Type": "Counties & UAs (from Apr 2023)", "Sex": sex, "Age": "<15 yrs",
                "Time period": f"{year}/{(year + 1) % 100:02d}", **said,
            }  # fmt: skip


def _figures(many: int, people: int) -> dict[str, str | int | float]:
    rounded = 5 * round(many / 5)
    lower, upper = (round(end * 10_000 / people, 5) for end in _limits(many))
    return {"Count": rounded, "Denominator": people, "Value": round(rounded * 10_000 / people, 5),
            "Lower CI 95.0 limit": lower, "Upper CI 95.0 limit": upper}  # fmt: skip


def _limits(many: int) -> tuple[float, float]:
    """Byar's limits of a count, as the publisher prints them."""
    more = many + 1
    lower = many * (1 - 1 / (9 * many) - _Z / (3 * many**0.5)) ** 3 if many else 0.0
    return max(lower, 0.0), more * (1 - 1 / (9 * more) + _Z / (3 * more**0.5)) ** 3
