"""Pretend returns of two emergency departments, with the columns and the faults of real ones. Nobody in them exists."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from headwater.sources.gazetteer.invented import names_in
from headwater.sources.pretend import draws, pick, weights, write_rows
from headwater.sources.pretend.county import County
from headwater.sources.pretend.incidents import SEXUAL, SITES, Incident, Violence, invent_violence
from headwater.sources.pretend.persons import Faults
from headwater.sources.pretend.pool import Record

HEADER = ("Site code", "Attendance number", "Arrival date and time", "Assault date and time", "Assault method",
          "Assault method other description", "Assault location type", "Assault location description", "Forename", "Surname",
          "NHS number", "Date of birth", "Sex", "Home postcode", "Disposal", "Relationship", "Alcohol in last three hours",
          "Police informed", "Triage notes")  # fmt: skip
FAULTS = Faults(no_number=0.25)
_FISTS = (("Fist", 0.4), ("Feet", 0.1), ("Glass", 0.08), ("Blunt object", 0.1), ("Other", 0.1), ("Unknown", 0.1), ("fist", 0.1),
          ("Punched", 0.02))  # fmt: skip
_SETTINGS = {"street": "Street", "home": "Home", "pub": "Pub", "nightclub": "Nightclub", "school": "School", "park": "Park",
             "transport": "Transport", "other": "Unknown"}  # fmt: skip
_NOTES = {"knife": ("stabbed in the arm", "threatened with a machete", ""), "firearm": ("shot in the leg", ""),
          "": ("hit outside, no knife seen", "denies alcohol", "intoxicated, fell", "", "", "")}  # fmt: skip
_DAYS = ("%d/%m/%Y", "%Y-%m-%d", "%d %b %Y")
"""Three ways of writing a date of birth, for three clerks."""
_WAIT = 6 * 60
"""Minutes, at most, from an assault to an arrival, within its month."""

Row = tuple[str, ...]


def invent(county: County, folder: Path) -> tuple[Path, ...]:
    """Write a file a site into `folder`, each of all its months up to the last of the police's; returns them."""
    violence = invent_violence(county)
    return tuple(
        write_rows(folder / f"pretend_ed_assaults_{site.lower()}.csv", HEADER, _rows(violence, site)) for site in SITES
    )


def _rows(violence: Violence, site: str) -> Iterator[Row]:
    seen = [each for each in violence.incidents if each.site == site]
    chance = draws(violence.county.recipe.seed, "emergency", site)
    written = violence.pool.written(np.array([one.victim for one in seen]), FAULTS, site)
    luck, names = chance.random((len(seen), 10)).tolist(), names_in(violence.county)
    for number, (one, record, own) in enumerate(zip(seen, written, luck, strict=True)):
        place = names[violence.county.lsoa.codes[one.area]]
        yield _row(chance, one, record, number, own, place)


def _row(
    chance: np.random.Generator, one: Incident, record: Record, number: int, luck: list[float], place: tuple[str, ...]
) -> Row:
    arrived = one.happened + timedelta(minutes=10 + int(luck[0] ** 2 * _WAIT))
    if arrived.month != one.happened.month:
        arrived = one.happened
    named = place[int(luck[1] * len(place))]
    return (
        one.site,
        one.attendance,
        arrived.strftime("%d/%m/%Y %H:%M"),
        one.happened.strftime("%d/%m/%Y %H:%M"),
        _method(chance, one),
        "",
        _SETTINGS[one.setting] if luck[2] < 0.9 else "Unknown",
        ("outside the shop", f"near {named}", named, "")[np.searchsorted((0.2, 0.5, 0.9), luck[3], side="right")],
        record["given_name"],
        record["family_name"],
        record["nhs_number"],
        _written(record["date_of_birth"], number),
        record["sex"],
        record["postcode"],
        _one(chance, (("Discharged", 0.8), ("Admitted", 0.12), ("Left before treatment", 0.08))),
        _relationship(chance, one),
        _asked("alcohol" in one.flags, luck[4]),
        _asked(bool(one.crime), luck[5]),
        _NOTES[one.weapon][int(luck[6] * len(_NOTES[one.weapon]))],
    )


def _method(chance: np.random.Generator, one: Incident) -> str:
    fists = _one(chance, _FISTS)
    if one.weapon:
        return {"knife": "Knife", "firearm": "Gun"}[one.weapon]
    return "Sexual assault" if one.offence in SEXUAL else fists


def _relationship(chance: np.random.Generator, one: Incident) -> str:
    close, other = _one(chance, (("Partner", 0.6), ("Family", 0.25), ("Unknown", 0.15))), _one(chance, (("Stranger", 0.5), ("Acquaintance", 0.25), ("Unknown", 0.25)))  # fmt: skip
    return close if "domestic" in one.flags else other


def _asked(true: bool, luck: float) -> str:
    """What the patient says when asked, or nothing."""
    return (
        ("" if luck < 0.25 else "Y" if luck < 0.9 else "N")
        if true
        else ("" if luck < 0.25 else "N" if luck < 0.9 else "Y")
    )


def _written(born: str, number: int) -> str:
    try:
        return date.fromisoformat(born).strftime(_DAYS[number % len(_DAYS)])
    except ValueError:  # a day and a month changed round may be no date, and some have none
        return born


def _one(chance: np.random.Generator, words: tuple[tuple[str, float], ...]) -> str:
    return words[int(pick(chance, weights(np.array([share for _, share in words])), 1)[0])][0]
