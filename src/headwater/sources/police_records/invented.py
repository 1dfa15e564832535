"""A pretend force's extracts of crimes and of the people in them, with the faults of real ones. Nobody in them exists."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

from headwater.sources.gazetteer.invented import names_in
from headwater.sources.pretend import County, draws, write_rows
from headwater.sources.pretend.incidents import Incident, Violence, invent_violence
from headwater.sources.pretend.persons import Faults
from headwater.sources.pretend.pool import Record

FORCE = "Aldermere Police"
CRIMES = ("Crime reference", "Force", "Reported date", "Committed from", "Committed to", "Offence code", "LSOA", "Location", "Location type",
          "Knife", "Firearm", "Domestic", "Alcohol", "Gang", "County lines", "Modern slavery", "Outcome", "Method")  # fmt: skip
PEOPLE = ("Crime reference", "Force", "Reported date", "Committed from", "Role", "Forename", "Surname", "Person number", "Date of birth", "Sex",
          "Ethnicity", "Home postcode")  # fmt: skip
FAULTS = Faults(misspelt=0.05, wrong_day=0.03, moved=0.2, blank=0.02, no_number=1.0)
"""The police never have an NHS number."""
_SETTINGS = {"street": "Street", "home": "Dwelling", "pub": "Public house", "nightclub": "Nightclub", "park": "Open space",
             "school": "School", "transport": "Transport", "other": "Other"}  # fmt: skip
_OUTCOMES = (("18", 0.3), ("16", 0.28), ("15", 0.14), ("Charged", 0.1), ("14", 0.06), ("Community resolution", 0.04), ("21", 0.02),
             ("Cautioned", 0.02), ("", 0.04))  # fmt: skip
_METHODS = {"knife": ("stabbed in the arm", "threatened with a knife", ""), "firearm": ("threatened with a gun", ""),
            "": ("punched outside", "no knife seen", "pushed over", "", "", "")}  # fmt: skip
_ETHNICITIES = {"asian": "A2", "black": "B2", "mixed": "M1", "white": "W1", "other": "O9"}
_RETIRED, _UNLISTED, _TWICE, _BACKWARDS = 0.002, 0.004, 0.005, 0.003

Row = tuple[str, ...]


def invent(county: County, folder: Path) -> tuple[Path, ...]:
    """Write the two extracts into `folder`; returns them."""
    violence = invent_violence(county)
    known = [each for each in violence.incidents if each.crime]
    luck = draws(county.recipe.seed, "police records").random((len(known), 16)).tolist()
    names = names_in(county)
    crimes = [
        row for one, own in zip(known, luck, strict=True) for row in _again(_crime(county, one, names, own), own[0])
    ]
    return (
        write_rows(folder / "pretend_police_crimes.csv", CRIMES, crimes),
        write_rows(folder / "pretend_police_people.csv", PEOPLE, _people(violence, known, luck)),
    )


def _again(row: Row, luck: float) -> Iterator[Row]:
    """A few are there twice, word for word."""
    yield row
    if luck < _TWICE:
        yield row


def _crime(county: County, one: Incident, names: Mapping[str, tuple[str, ...]], luck: list[float]) -> Row:
    code = one.offence
    if luck[1] < _RETIRED:
        code = "8F"
    elif luck[1] < _RETIRED + _UNLISTED:
        code = "195"
    area = county.lsoa.codes[one.area]
    described = names[area][int(luck[2] * len(names[area]))]
    flags = (_asked(one.weapon == weapon, own) for weapon, own in (("knife", luck[3]), ("firearm", luck[4])))
    others = ("domestic", "alcohol", "gang", "county_lines", "modern_slavery")
    methods = _METHODS[one.weapon]
    return (
        one.crime,
        FORCE,
        _reported(one, luck).strftime("%d/%m/%Y %H:%M"),
        one.happened.strftime("%d/%m/%Y %H:%M"),
        _ended(one, luck[5]),
        code,
        area if luck[6] < 0.88 else "",
        described,
        _SETTINGS[one.setting] if luck[7] < 0.95 else "",
        *flags,
        *(_asked(flag in one.flags, own) for flag, own in zip(others, luck[8:13], strict=True)),
        _outcome(luck[13]),
        methods[int(luck[14] * len(methods))],
    )


def _asked(true: bool, luck: float) -> str:
    """A flag as it is ticked: what is so is mostly ticked, and what is not so is mostly left empty."""
    return ("Y" if luck < 0.85 else "") if true else ("N" if luck < 0.3 else "")


def _reported(one: Incident, luck: list[float]) -> datetime:
    """At once or within days, and in the same month."""
    late = one.happened + timedelta(minutes=30 + int(luck[15] ** 6 * 20 * 1440))
    return late if late.month == one.happened.month else one.happened


def _ended(one: Incident, luck: float) -> str:
    if luck < _BACKWARDS:
        return (one.happened - timedelta(days=1)).strftime("%d/%m/%Y %H:%M")
    return (one.happened + timedelta(hours=int(luck * 12))).strftime("%d/%m/%Y %H:%M") if luck < 0.4 else ""


def _outcome(luck: float) -> str:
    running = np.cumsum([share for _, share in _OUTCOMES])
    return _OUTCOMES[int(np.searchsorted(running, luck * running[-1], side="right"))][0]


def _people(violence: Violence, known: list[Incident], luck: list[list[float]]) -> Iterator[Row]:
    """The victim of each crime, and the suspect where there is one."""
    roles = [(one, own, "Victim", one.victim) for one, own in zip(known, luck, strict=True)]
    roles += [
        (one, own, "Suspect", one.suspect) for one, own in zip(known, luck, strict=True) if one.suspect is not None
    ]
    roles.sort(key=lambda said: said[0].crime[-2:] + said[0].crime)
    written = violence.pool.written(np.array([who for *_, who in roles]), FAULTS, "police")
    chance = draws(violence.county.recipe.seed, "police people").random((len(roles), 4)).tolist()
    for (one, own, role, who), record, mine in zip(roles, written, chance, strict=True):
        yield from _again(_person(one, own, role, who, record, mine), mine[0])


def _person(one: Incident, own: list[float], role: str, who: int, record: Record, luck: list[float]) -> Row:
    born, number = record["date_of_birth"], f"NP{900_000 + who if luck[1] < 0.07 else who:06d}"
    return (
        one.crime,
        FORCE,
        _reported(one, own).strftime("%d/%m/%Y %H:%M"),
        one.happened.strftime("%d/%m/%Y %H:%M"),
        role,
        record["given_name"],
        record["family_name"],
        number if luck[2] < 0.88 else "",
        "/".join(reversed(born.split("-"))),
        record["sex"].capitalize(),
        _ETHNICITIES[record["ethnicity"]] if luck[3] < 0.75 else "NS",
        record["postcode"],
    )
