"""A pretend ambulance service's extract of violent incidents, with the faults of real ones. Nobody in it exists."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import numpy as np

from headwater.sources.gazetteer.invented import names_in
from headwater.sources.pretend import County, draws, write_rows
from headwater.sources.pretend.incidents import SEXUAL, Incident, Violence, invent_violence
from headwater.sources.pretend.persons import Faults
from headwater.sources.pretend.pool import Record

SERVICE = "ZZAMB"
"""A code that no ambulance service has."""
HEADER = ("Incident number", "Service", "Call time", "Scene arrival", "Vehicle", "Chief complaint", "Scene location", "LSOA", "Location type",
          "Forename", "Surname", "NHS number", "Date of birth", "Age", "Sex", "Home postcode", "Alcohol", "Disposal", "Notes")  # fmt: skip
FAULTS = Faults(misspelt=0.12, wrong_day=0.05, moved=0.15, blank=0.15, no_number=0.6)
"""Taken down by the roadside."""
_SETTINGS = {"street": "Street", "home": "Home", "pub": "Pub", "nightclub": "Nightclub", "park": "Park", "school": "School",
             "transport": "Transport", "other": "Other"}  # fmt: skip
_NOTES = {"knife": ("stabbed in the thigh", "wound from a blade", ""), "firearm": ("shot in the leg", ""),
          "": ("hit by a stranger", "no knife seen", "intoxicated", "", "", "")}  # fmt: skip
_TWO_VEHICLES, _TWO_PATIENTS, _NO_PATIENT, _NAMELESS, _OTHER_COMPLAINT = 0.35, 0.08, 0.06, 0.22, 0.015

Row = tuple[str, ...]


def invent(county: County, folder: Path) -> tuple[Path, ...]:
    """Write the extract into `folder`; returns it."""
    violence = invent_violence(county)
    known = [each for each in violence.incidents if each.ambulance]
    path = folder / "pretend_ambulance_incidents.csv"
    return (write_rows(path, HEADER, _rows(violence, known)),)


def _rows(violence: Violence, known: list[Incident]) -> Iterator[Row]:
    """Of each incident a row each vehicle and patient: a second patient is the suspect, and a second vehicle sees the same patients."""
    luck = draws(violence.county.recipe.seed, "ambulance").random((len(known), 12)).tolist()
    others = [one.victim if one.suspect is None else one.suspect for one in known]
    first = violence.pool.written(np.array([one.victim for one in known]), FAULTS, "ambulance")
    second = violence.pool.written(np.array(others), FAULTS, "ambulance second")
    names = names_in(violence.county)
    for one, own, patient, other in zip(known, luck, first, second, strict=True):
        scene = _scene(violence.county, one, names, own)
        patients = [patient, other] if own[0] < _TWO_PATIENTS and one.suspect is not None else [patient]
        for vehicle in range(2 if own[1] < _TWO_VEHICLES else 1):
            came = (one.happened + timedelta(minutes=9 + vehicle * 7 + int(own[2] * 15))).strftime("%d/%m/%Y %H:%M")
            van = f"ZZ{(int(own[3] * 40) + vehicle) % 60 + 100}"
            for each in patients:
                yield (
                    one.ambulance,
                    SERVICE,
                    one.happened.strftime("%d/%m/%Y %H:%M"),
                    came,
                    van,
                    *scene,
                    *_patient(each, one, own),
                    *_end(one, own),
                )


def _scene(county: County, one: Incident, names: Mapping[str, tuple[str, ...]], luck: list[float]) -> Row:
    area = county.lsoa.codes[one.area]
    described = names[area][int(luck[4] * len(names[area]))]
    return (
        _complaint(one, luck[5]),
        described,
        area if luck[6] < 0.6 else "",
        _SETTINGS[one.setting] if luck[7] < 0.8 else "",
    )


def _complaint(one: Incident, luck: float) -> str:
    if luck < _OTHER_COMPLAINT:
        return "Fall"
    if one.weapon:
        return {"knife": "Stabbing", "firearm": "Gunshot"}[one.weapon]
    if one.offence in SEXUAL:
        return "Sexual assault"
    return "Assault" if luck < 0.85 else "Other violence"


def _patient(record: Record, one: Incident, luck: list[float]) -> Row:
    """As the crew wrote it: everything, a guess, or nothing."""
    if luck[8] < _NO_PATIENT:
        return ("",) * 7
    born = record["date_of_birth"]
    guess = str(max(1, one.happened.year - int(born[:4]))) if born else ""
    if luck[8] < _NO_PATIENT + _NAMELESS:
        return "", "", "", "", guess, record["sex"].capitalize(), ""
    return (record["given_name"], record["family_name"], record["nhs_number"], born, "" if born else guess, record["sex"].capitalize(),
            record["postcode"])  # fmt: skip


def _end(one: Incident, luck: list[float]) -> Row:
    drunk = ("Y" if luck[9] < 0.7 else "") if "alcohol" in one.flags else ("N" if luck[9] < 0.5 else "")
    left = "Conveyed" if one.attendance or luck[10] < 0.4 else "Treated at scene" if luck[10] < 0.8 else "Refused"
    notes = _NOTES[one.weapon]
    return drunk, left, notes[int(luck[11] * len(notes))]
