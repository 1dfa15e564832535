"""A partner's file and all that it needs to land: an agreement, a key, and look-ups that find places. Nobody in it exists."""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from headwater.lake import Workspace
from headwater.sources import contract, sources
from headwater.sources.edge import Key, make_key

DATASET = "emergency.attendances"
SECRET = bytes(range(32))
KEY = Key(SECRET)
FIELDS = [column.name for column in contract(DATASET).columns]
HEADER = ("Site code", "Attendance number", "Arrival date and time", "Assault date and time", "Assault method",
          "Assault location type", "Assault location description", "Forename", "Surname", "NHS number", "Date of birth", "Sex",
          "Home postcode", "Home address", "Disposal", "Triage notes")  # fmt: skip
AGREEMENT = """\
title = "Attendances after assault"
version = "1.1"
parties = ["Loomgate Infirmary", "The partnership"]
purpose = "Serious Violence Duty"
lawful_basis = "PCSC Act 2022 s16"
geography = "Aldermere"
starts = {starts}
expires = {expires}
after_expiry = "{after}"
retention_months = {months}
smallest_shown = {smallest}
onward_sharing = "nobody"
contact = "information governance"

[clauses]
term = "2.1"
datasets = "4.1"
fields = "4.2"
producers = "4.3"
disclosure = "6.2"
retention = "7.1"
sharing = "8"
{clause}
[datasets."{dataset}"]
fields = [{fields}]
producers = {{ {producers} }}
words = ["violence"]
linkage = [{linkage}]
"""
SITES = 'ZZA01 = "Loomgate Infirmary", ZZB02 = "Cobnut Hill Hospital"'
POSTCODES = "pcds,lsoa21cd\nZZ1 1AA,Z01000001\nZZ1 1AB,Z01000002\n"
PLACES = (
    "place_name,place_kind,lsoa21cd\nThe Otter,venue,Z01000001\nMill Street,street,Z01000002\nHigh Street,street,Z01000001\n"
    "High Street,street,Z01000002\nCobnut Hill,area,Z01000003\n"
)


@dataclass(frozen=True, slots=True)
class Patient:
    """One attendance; what is not said is left empty."""

    forename: str = "Orsolwin"
    surname: str = "Threlkettle"
    nhs: str = "999 000 0018"
    born: str = "03/04/1990"
    home: str = "ZZ1 1AA"
    address: str = "14 Gannet Yard, Loomgate"
    place: str = "outside the Otter"
    notes: str = "hit with a fist by one Ferrabin Oakhanger, no knife seen"
    method: str = "Fist"
    site: str = "ZZA01"
    number: str = "A1"
    arrived: str = "05/06/2023 01:20"
    happened: str = "04/06/2023 23:50"

    def row(self) -> tuple[str, ...]:
        """In the order of HEADER."""
        return (self.site, self.number, self.arrived, self.happened, self.method, "Pub", self.place, self.forename, self.surname,
                self.nhs, self.born, "Male", self.home, self.address, "Discharged", self.notes)  # fmt: skip


def body_of(patients: Iterable[Patient], header: Sequence[str] = HEADER) -> str:
    """A partner's file."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([header, *(patient.row() for patient in patients)])
    return out.getvalue()


def fields_of(dataset: str) -> list[str]:
    """Every column that the contract of a dataset has; those of attendances where there is none."""
    known = {name: each for source in sources() for name, each in source.contracts.items()}
    return [column.name for column in known.get(dataset, contract(DATASET)).columns]


def sheet(*rows: Mapping[str, str]) -> str:
    """A partner's file of these rows; its columns are all that any of them has."""
    header = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, header, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def bytes_kept(root: Path) -> bytes:
    """Every byte under a folder but those of the public look-ups, with zips opened."""
    held: list[bytes] = []
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.name not in ("postcodes.csv", "gazetteer.csv"):
            held.append(path.read_bytes())
            if path.suffix == ".zip":
                with zipfile.ZipFile(path) as archive:
                    held += [archive.read(name) for name in archive.namelist()]
    return b"".join(held)


def agree(workspace: Workspace, name: str = "ed-assaults", **said: object) -> Path:
    """Put an agreement into the workspace: in force for 2023, two years' retention, unless told otherwise."""
    usual: Mapping[str, object] = {"starts": "2023-01-01", "expires": "2023-12-31", "after": "stop", "months": 24,
                                   "smallest": 7, "dataset": DATASET, "producers": SITES, "linkage": ()}  # fmt: skip
    entries = {**usual, **said}
    entries.setdefault("clause", 'linkage = "5.3"' if entries["linkage"] else "")
    fields: Iterable[str] = entries.get("fields") or fields_of(str(entries["dataset"]))  # type: ignore[assignment]
    entries["fields"] = ", ".join(f'"{field}"' for field in fields)
    entries["linkage"] = ", ".join(f'"{other}"' for other in entries["linkage"])  # type: ignore[attr-defined]
    path = workspace.root / "agreements" / f"{name}.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(AGREEMENT.format(**entries), encoding="utf-8", newline="\n")
    return path


def a_key(folder: Path) -> Path:
    """A key file outside the workspace."""
    path = folder / "secrets" / "person.key"
    if not path.exists():
        make_key(path, SECRET)
    return path


def look_ups(folder: Path) -> tuple[Path, Path]:
    """A postcode look-up and a gazetteer."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = folder / "postcodes.csv", folder / "gazetteer.csv"
    for path, text in zip(paths, (POSTCODES, PLACES), strict=True):
        path.write_text(text, encoding="utf-8", newline="\n")
    return paths
