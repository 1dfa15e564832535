"""Two partners who know some of the same people: a hospital and a police force, with the truth beside them. Nobody exists."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from headwater.engine import Engine, open_engine
from headwater.lake import Settings, Workspace, conform, freeze, land, new
from headwater.lake.linking import Linking, Review, link, named_linkage
from headwater.sources import contract
from headwater.sources.edge import PersonRecord
from headwater.sources.pretend.persons import invent_records
from headwater.vocabulary import Level
from partners import DATASET, HEADER, a_key, agree

CRIMES, PEOPLE = "police_records.crimes", "police_records.people"
CRIME_HEADER = ("Crime reference", "Force", "Reported date", "Committed from", "Offence code")
PEOPLE_HEADER = (
    "Crime reference",
    "Force",
    "Reported date",
    "Role",
    "Forename",
    "Surname",
    "Date of birth",
    "Sex",
    "Home postcode",
)
FORCE = 'ZZP = "Aldermere Police"'
RECEIVED = "2023-12-01"


@dataclass(frozen=True, slots=True)
class Partners:
    """What the two sent, and who each of their rows is of."""

    hospital: Path
    crimes: Path
    people: Path
    whose: dict[tuple[str, int], int]
    """(dataset, line of the file) -> a number a person."""
    attended: dict[int, list[date]]
    """Person -> the days of their attendances."""
    reported: dict[int, list[tuple[date, str, str]]]
    """Person -> (day of the crime, offence code, role)."""

    @property
    def files(self) -> tuple[Path, Path]:
        """Those with people in them."""
        return self.hospital, self.people

    def judge(self, first: PersonRecord, second: PersonRecord) -> bool | None:
        """A reviewer who knows."""
        return self.whose[first.dataset, first.line] == self.whose[second.dataset, second.line]


def two_partners(folder: Path, *, seed: int = 7, records: int = 1_400, hospital: int = 600) -> Partners:
    """Write the files of a year, 2023: attendances in the first ten months, crimes in all twelve."""
    folder.mkdir(parents=True, exist_ok=True)
    table, whose = invent_records(seed, records)
    people, chance = table.to_pylist(), np.random.default_rng(seed)
    known: dict[tuple[str, int], int] = {}
    attended: dict[int, list[date]] = {}
    reported: dict[int, list[tuple[date, str, str]]] = {}
    ed, crimes, persons = [list(HEADER)], [list(CRIME_HEADER)], [list(PEOPLE_HEADER)]
    for number, (record, person) in enumerate(zip(people, whose.tolist(), strict=True)):
        if number < hospital:
            day = date(2023, 1, 1) + timedelta(days=int(chance.integers(0, 300)))
            ed.append(_attendance(record, number, day))
            known[DATASET, len(ed)] = person
            attended.setdefault(person, []).append(day)
            continue
        anyhow = date(2023, 1, 1) + timedelta(days=int(chance.integers(0, 360)))
        near = attended.get(person, [anyhow])[0]
        day = near + timedelta(days=int(chance.integers(-20, 90)))
        code, role = (
            ("5D", "105A", "8N", "34B")[int(chance.integers(0, 4))],
            ("Victim", "Suspect")[int(chance.random() < 0.25)],
        )
        crimes.append([f"AL/{number}", "ZZP", f"{day:%d/%m/%Y}", f"{day:%d/%m/%Y} 12:00", code])
        persons.append(_person(record, number, day, role))
        known[PEOPLE, len(persons)] = person
        reported.setdefault(person, []).append((day, code, role.casefold()))
    paths = [
        _written(folder / name, rows)
        for name, rows in (("ed.csv", ed), ("crimes.csv", crimes), ("people.csv", persons))
    ]
    return Partners(paths[0], paths[1], paths[2], known, attended, reported)


def _attendance(record: dict[str, str | None], number: int, day: date) -> list[str]:
    cells = {
        "Site code": "ZZA01", "Attendance number": f"A{number}", "Arrival date and time": f"{day:%d/%m/%Y} 13:00",
        "Assault date and time": f"{day:%d/%m/%Y} 12:00", "Assault method": "Fist", "Assault location type": "Street",
        "Forename": record["given_name"], "Surname": record["family_name"], "NHS number": record["nhs_number"],
        "Date of birth": record["date_of_birth"], "Sex": record["sex"], "Home postcode": record["postcode"],
        "Disposal": "Discharged",
    }  # fmt: skip
    return [cells.get(name) or "" for name in HEADER]


def _person(record: dict[str, str | None], number: int, day: date, role: str) -> list[str]:
    cells = {
        "Crime reference": f"AL/{number}", "Force": "ZZP", "Reported date": f"{day:%d/%m/%Y}", "Role": role,
        "Forename": record["given_name"], "Surname": record["family_name"], "Date of birth": record["date_of_birth"],
        "Sex": record["sex"], "Home postcode": record["postcode"],
    }  # fmt: skip
    return [cells.get(name) or "" for name in PEOPLE_HEADER]


def _written(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8", newline="\n")
    return path


def linked_workspace(folder: Path) -> tuple[Path, Partners, Path, Linking]:
    """A workspace whose partners' records were linked, and reviewed by somebody who knows; and the key."""
    settings = Settings(area_level=Level.FORCE, area_code="E23000007", area_name="", title="", author="The partnership")
    workspace = new(folder / "workspace", settings)
    agree_to_link(workspace)
    partners = two_partners(folder / "sent")
    with open_engine(scratch=folder / "spill", threads=1) as engine:
        key = land_all(workspace, engine, partners, folder)
        review = Review(400, partners.judge, np.random.default_rng(1))
        how = named_linkage(workspace.root, "people")
        done = link(workspace, partners.files, how, day=RECEIVED, key_file=key, review=review)
        _ = freeze(workspace)
    return workspace.root, partners, key, done


def agree_to_link(workspace: Workspace, **said: object) -> tuple[Path, ...]:
    """Agreements of all three datasets, in force for 2023; the hospital's and the force's allow linkage with each other."""
    force: dict[str, object] = {"producers": FORCE, **said}
    return (
        agree(workspace, "hospital", **{"linkage": (PEOPLE,), **said}),
        agree(workspace, "force", dataset=PEOPLE, fields=fields_of(PEOPLE), **{"linkage": (DATASET,), **force}),
        agree(workspace, "force-crimes", dataset=CRIMES, fields=fields_of(CRIMES), **force),
    )


def fields_of(dataset: str) -> list[str]:
    """Every column of a dataset."""
    return [column.name for column in contract(dataset).columns]


def land_all(workspace: Workspace, engine: Engine, partners: Partners, folder: Path) -> Path:
    """Land and conform what the two sent; the key they landed with."""
    key = a_key(folder)
    for path in (partners.hospital, partners.crimes, partners.people):
        land(workspace, path, received=RECEIVED, key_file=key)
    conform(workspace, engine)
    return key
