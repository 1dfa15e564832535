"""An ambulance service's incidents: one for however many vehicles, each patient once, and every row accounted for."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from headwater.engine import Engine
from headwater.lake import Snapshot, Workspace, conform, freeze, land
from headwater.sources import Account
from headwater.sources.ambulance.reader import INCIDENTS
from headwater.vocabulary import BadInput, NotAgreed
from partners import KEY, a_key, agree, bytes_kept, look_ups, sheet

DAY = "2023-07-01"
ROW = {
    "Incident number": "I-1", "Service": "ZZAMB", "Call time": "05/06/2023 01:20", "Scene arrival": "05/06/2023 01:31", "Vehicle": "ZZ101",
    "Chief complaint": "Assault", "Scene location": "outside the Otter", "LSOA": "", "Location type": "Pub", "Forename": "Orsolwin",
    "Surname": "Threlkettle", "NHS number": "999 000 0018", "Date of birth": "03/04/1990", "Age": "", "Sex": "Male", "Home postcode": "ZZ1 1AA",
    "Alcohol": "", "Disposal": "Conveyed", "Notes": "",
}  # fmt: skip
NAMELESS = {
    **ROW,
    "Forename": "",
    "Surname": "",
    "NHS number": "",
    "Date of birth": "",
    "Home postcode": "",
    "Age": "25",
}
NOBODY = {**NAMELESS, "Age": "", "Sex": "", "Vehicle": "ZZ999"}
Send = Callable[..., Snapshot]


@pytest.fixture
def send(workspace: Workspace, engine: Engine, tmp_path: Path) -> Send:
    """Land these rows as one file, and conform."""
    agree(workspace, "ambulance", dataset=INCIDENTS, producers='ZZAMB = "Aldermere Ambulance"')
    for path in look_ups(tmp_path / "look-ups"):
        land(workspace, path, received=DAY)
    conform(workspace, engine)

    def sent(*rows: Mapping[str, str]) -> Snapshot:
        path = tmp_path / "incidents.csv"
        path.write_text(sheet(*rows), encoding="utf-8", newline="\n")
        land(workspace, path, received=DAY, key_file=a_key(tmp_path))
        conform(workspace, engine)
        return freeze(workspace)

    return sent


def rows(workspace: Workspace, table: str) -> list[dict[str, object]]:
    (path,) = workspace.conformed.glob(f"*/{INCIDENTS}*/{table}.parquet")
    return pq.read_table(path).to_pylist()


def account(snapshot: Snapshot) -> Account:
    (found,) = (each for each in snapshot.accounts if each.dataset == INCIDENTS)
    assert found.landed == found.conformed + found.quarantined + found.duplicates
    return found


def test_an_incident_and_its_patient(workspace: Workspace, send: Send) -> None:
    send(ROW)
    (event,) = rows(workspace, "events")
    (person,) = rows(workspace, "people")
    assert (event["producer"], event["month"], str(event["occurred"])) == ("zzamb", "2023-06", "2023-06-05 01:20:00")
    assert (event["kind"], event["setting"], event["outcome"]) == ("assault", "licensed-premises", "conveyed")
    assert (event["area_code"], event["place_confidence"]) == ("Z01000001", "exact")
    assert event["event_id"] == person["event_id"] == KEY.event("number:zzamb:I-1")
    assert (person["role"], person["age_band"], person["sex"]) == ("patient", "25-34", "male")
    assert (person["person_key"], person["home_area"]) == (KEY.person("nhs:9990000018"), "Z01000001")


def test_several_vehicles_are_one_incident_and_one_patient(workspace: Workspace, send: Send) -> None:
    snapshot = send(
        ROW, {**ROW, "Vehicle": "ZZ102", "Scene arrival": "05/06/2023 01:40"}, {**NOBODY, "Vehicle": "ZZ103"}
    )
    found = account(snapshot)
    assert (found.landed, found.conformed, found.duplicates) == (3, 1, 2)
    assert (len(rows(workspace, "events")), len(rows(workspace, "people"))) == (1, 1)
    assert found.notes == (
        "2 rows tell of further vehicles, or again of a patient: the incident and the patient are counted once",
    )


def test_several_patients_are_each_counted_in_one_incident(workspace: Workspace, send: Send) -> None:
    snapshot = send(
        ROW, {**ROW, "NHS number": "999 000 0026"}, {**ROW, "NHS number": "999 000 0026", "Vehicle": "ZZ102"}
    )
    found = account(snapshot)
    assert (found.conformed, found.duplicates) == (2, 1)
    assert (len(rows(workspace, "events")), len(rows(workspace, "people"))) == (1, 2)


@pytest.mark.parametrize(
    ("sent", "patients"),
    [
        ([NAMELESS, NAMELESS], 2),
        ([NAMELESS, {**NAMELESS, "Vehicle": "ZZ102"}], 1),
        ([NAMELESS, NAMELESS, {**NAMELESS, "Vehicle": "ZZ102"}, {**NAMELESS, "Vehicle": "ZZ102"}], 2),
        ([NAMELESS, {**NAMELESS, "Vehicle": "ZZ102", "Sex": "Female"}], 2),
        ([NAMELESS, {**NAMELESS, "Incident number": "I-2"}], 2),
        ([NOBODY, NAMELESS], 1),
        ([NOBODY], 0),
    ],
)
def test_patients_whom_nobody_named(
    workspace: Workspace, send: Send, sent: list[Mapping[str, str]], patients: int
) -> None:
    snapshot = send(*sent)
    assert len(rows(workspace, "people")) == patients
    assert len(rows(workspace, "events")) == len({each["Incident number"] for each in sent})
    assert account(snapshot).landed == len(sent)


def test_a_number_that_is_used_again_another_day_is_not_the_same_incident(workspace: Workspace, send: Send) -> None:
    snapshot = send(ROW, {**ROW, "Call time": "06/06/2023 01:00"}, {**ROW, "Call time": "09/06/2023 01:20"})
    assert dict(account(snapshot).reasons) == {
        "the same incident number was called in on another day: ask for numbers that are used once": 1
    }
    assert len(rows(workspace, "events")) == 1


def test_the_first_complaint_counts_and_a_change_of_it_is_told(workspace: Workspace, send: Send) -> None:
    snapshot = send(ROW, {**ROW, "Chief complaint": "Stabbing", "Vehicle": "ZZ102"})
    (event,) = rows(workspace, "events")
    assert event["kind"] == "assault"
    assert any(note.startswith("1 rows give another complaint") for note in account(snapshot).notes)


@pytest.mark.parametrize(
    ("complaint", "notes", "knife", "firearm"),
    [
        ("Stabbing", "", True, False),
        ("Gunshot", "", False, True),
        ("Assault", "", None, None),
        ("27", "", None, None),
        ("27", "stabbed in the leg", True, None),
        ("Assault", "no knife seen", False, None),
    ],
)
def test_a_weapon_is_in_the_complaint_or_in_what_is_told(
    workspace: Workspace, send: Send, complaint: str, notes: str, knife: bool | None, firearm: bool | None
) -> None:
    send({**ROW, "Chief complaint": complaint, "Notes": notes})
    (event,) = rows(workspace, "events")
    assert (event["knife"], event["firearm"]) == (knife, firearm)


@pytest.mark.parametrize(
    ("flag", "notes", "alcohol"),
    [("Y", "", True), ("N", "", False), ("", "", None), ("", "intoxicated", True), ("N", "intoxicated", True), ("", "denies alcohol", False)],
)  # fmt: skip
def test_alcohol_is_the_crews_flag_or_their_words(
    workspace: Workspace, send: Send, flag: str, notes: str, alcohol: bool | None
) -> None:
    send({**ROW, "Alcohol": flag, "Notes": notes})
    (event,) = rows(workspace, "events")
    assert event["alcohol"] is alcohol


def test_what_is_no_violence_is_set_aside(workspace: Workspace, send: Send) -> None:
    snapshot = send(
        ROW, {**ROW, "Incident number": "I-2", "Chief complaint": "Chest pain"}, {**ROW, "Incident number": ""}
    )
    assert dict(account(snapshot).reasons) == {
        "'Chief complaint' is not what the contract says it may be": 1,
        "'Incident number' is empty": 1,
    }


def test_a_vehicle_is_no_more_than_a_key_in_the_safe_file_and_not_in_the_lake(workspace: Workspace, send: Send) -> None:
    send(ROW)
    assert b"ZZ101" not in bytes_kept(workspace.root)
    assert "Vehicle" not in rows(workspace, "events")[0]


def test_an_age_that_is_a_guess_becomes_a_band_where_there_is_no_birth(workspace: Workspace, send: Send) -> None:
    send({**ROW, "Date of birth": "", "Age": "17"})
    assert rows(workspace, "people")[0]["age_band"] == "10-17"


def test_a_file_without_complaints_or_without_an_agreement_is_refused(
    workspace: Workspace, send: Send, tmp_path: Path
) -> None:
    with pytest.raises(BadInput, match=r"looks like ambulance\.incidents, but lacks 'Chief complaint'"):
        send({name: cell for name, cell in ROW.items() if name != "Chief complaint"})
    (workspace.root / "agreements" / "ambulance.toml").unlink()
    with pytest.raises(NotAgreed, match=r"no agreement in this workspace shares ambulance\.incidents"):
        send(ROW)
