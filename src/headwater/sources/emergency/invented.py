"""Pretend returns of two emergency departments, with the columns and the faults of real ones. Nobody in them exists."""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np

from headwater.sources.gazetteer.invented import places, postcodes
from headwater.sources.pretend import County, about_so_many, draws, pick, weights, write_text
from headwater.sources.pretend.persons import invent_records
from headwater.vocabulary import month_name, month_number

SITES = {"ZZA01": "Loomgate Infirmary", "ZZB02": "Cobnut Hill Hospital"}
"""Site codes that no hospital has."""
JOINED = 6
"""Months into the series in which the second site begins to send: a rise that is coverage."""
A_MONTH = 60
HEADER = ("Site code", "Attendance number", "Arrival date and time", "Assault date and time", "Assault method",
          "Assault method other description", "Assault location type", "Assault location description", "Forename", "Surname",
          "NHS number", "Date of birth", "Sex", "Home postcode", "Disposal", "Relationship", "Alcohol in last three hours",
          "Police informed", "Triage notes")  # fmt: skip
_METHODS = ("Fist", "Feet", "Knife", "Glass", "Blunt object", "Gun", "Other", "Unknown", "fist", "Punched")
_SETTINGS = ("Street", "Home", "Pub", "Nightclub", "School", "Park", "Unknown")
_NOTES = (
    "hit outside, no knife seen",
    "stabbed in the arm",
    "denies alcohol",
    "intoxicated, fell",
    "",
    "",
    "threatened with a machete",
)
_DAYS = ("%d/%m/%Y", "%Y-%m-%d", "%d %b %Y")
"""Three ways of writing a date of birth, for three clerks."""


def invent(county: County, folder: Path, *, months: int = 12) -> tuple[Path, ...]:
    """Write a file a site into `folder`, each of all its months up to the last of the police's; returns them."""
    police = county.recipe.police
    last = month_number(police.first) + police.months - 1
    every = [month_name(number) for number in range(last - months + 1, last + 1)]
    return tuple(
        write_text(folder / f"ed_assaults_{site.lower()}.csv", _file(county, site, every[n * JOINED :]))
        for n, site in enumerate(SITES)
    )


def _file(county: County, site: str, months: Sequence[str]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    chance = draws(county.recipe.seed, "emergency", site)
    many = [about_so_many(chance, A_MONTH) for _ in months]
    people, _ = invent_records(county.recipe.seed, max(sum(many), 2))
    persons = iter(people.to_pylist())
    homes, where = postcodes(county), places(county)
    for month, attendances in zip(months, many, strict=True):
        for number in range(attendances):
            writer.writerow(_row(chance, site, month, number, next(persons), homes, where))
    return out.getvalue()


def _row(
    chance: np.random.Generator, site: str, month: str, number: int, person: dict[str, str | None],
    homes: tuple[tuple[str, str], ...], where: tuple[tuple[str, str, str], ...],
) -> tuple[str, ...]:  # fmt: skip
    arrived = datetime.fromisoformat(f"{month}-01") + timedelta(minutes=int(chance.random() * 28 * 24 * 60))
    happened = arrived - timedelta(minutes=int(chance.random() * 20 * 60))
    place = where[int(chance.random() * len(where))]
    described = ("outside the shop", f"near {place[0]}", place[0], "")[
        int(pick(chance, weights(np.array([0.2, 0.3, 0.4, 0.1])), 1)[0])
    ]
    born = person["date_of_birth"]
    return (
        site,
        f"{site}-{month}-{number:04d}",
        arrived.strftime("%d/%m/%Y %H:%M"),
        happened.strftime("%d/%m/%Y %H:%M"),
        _one(chance, _METHODS, (0.3, 0.08, 0.08, 0.06, 0.08, 0.01, 0.1, 0.1, 0.17, 0.02)),
        "",
        _one(chance, _SETTINGS, (0.35, 0.2, 0.15, 0.1, 0.05, 0.05, 0.1)),
        described,
        person["given_name"] or "",
        person["family_name"] or "",
        person["nhs_number"] or "",
        _written(born, number) if born else "",
        person["sex"] or "",
        homes[int(chance.random() * len(homes))][0],
        _one(chance, ("Discharged", "Admitted", "Left before treatment"), (0.8, 0.12, 0.08)),
        _one(chance, ("Stranger", "Acquaintance", "Partner", "Unknown"), (0.4, 0.2, 0.15, 0.25)),
        _one(chance, ("Y", "N", ""), (0.35, 0.4, 0.25)),
        _one(chance, ("Y", "N", ""), (0.3, 0.4, 0.3)),
        _NOTES[int(chance.random() * len(_NOTES))],
    )


def _written(born: str, number: int) -> str:
    try:
        return date.fromisoformat(born).strftime(_DAYS[number % len(_DAYS)])
    except ValueError:  # a day and a month changed round may be no date
        return born


def _one(chance: np.random.Generator, words: tuple[str, ...], shares: tuple[float, ...]) -> str:
    return words[int(pick(chance, weights(np.array(shares)), 1)[0])]
