"""A force's crimes and the people in them: joined by a key, coded by the agreed list, and every row accounted for."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from headwater.engine import Engine
from headwater.lake import Snapshot, Workspace, conform, freeze, land
from headwater.lake.manifest import read_manifests
from headwater.sources import Account, contract
from headwater.sources.police_records.reader import CRIMES, PEOPLE, offences
from headwater.vocabulary import BadInput, NotAgreed
from partners import KEY, a_key, agree, bytes_kept, look_ups, sheet

DAY = "2023-07-01"
FORCE = '"Aldermere Police" = "Aldermere Police"'
CRIME = {
    "Crime reference": "ZZ/1234/23", "Force": "Aldermere Police", "Reported date": "05/06/2023 01:20", "Committed from": "03/06/2023 23:00",
    "Committed to": "04/06/2023 02:00", "Offence code": "8N", "LSOA": "Z01000003", "Location": "outside the Otter",
    "Location type": "Street", "Outcome": "18", "Method": "",
}  # fmt: skip
PERSON = {
    "Crime reference": "ZZ/1234/23", "Force": "Aldermere Police", "Reported date": "05/06/2023", "Role": "Victim",
    "Forename": "Orsolwin", "Surname": "Threlkettle", "Person number": "P-77", "Date of birth": "03/04/1990", "Sex": "M",
    "Ethnicity": "W1", "Officer-defined ethnicity": "IC1", "Home postcode": "ZZ1 1AA",
}  # fmt: skip
Send = Callable[..., Snapshot]


@pytest.fixture
def send(workspace: Workspace, engine: Engine, tmp_path: Path) -> Send:
    """Land these rows, one file each call, and conform."""
    agree(workspace, "crimes", dataset=CRIMES, producers=FORCE)
    agree(workspace, "people", dataset=PEOPLE, producers=FORCE)
    for path in look_ups(tmp_path / "look-ups"):
        land(workspace, path, received=DAY)
    conform(workspace, engine)

    def sent(*rows: Mapping[str, str], name: str = "extract.csv") -> Snapshot:
        path = tmp_path / name
        path.write_text(sheet(*rows), encoding="utf-8", newline="\n")
        land(workspace, path, received=DAY, key_file=a_key(tmp_path))
        conform(workspace, engine)
        return freeze(workspace)

    return sent


def rows(workspace: Workspace, dataset: str, table: str) -> list[dict[str, object]]:
    paths = sorted(workspace.conformed.glob(f"*/{dataset}*/{table}.parquet"))
    return [row for path in paths for row in pq.read_table(path).to_pylist()]


def account(snapshot: Snapshot, dataset: str) -> Account:
    (found,) = (each for each in snapshot.accounts if each.dataset == dataset)
    return found


def test_a_crime_and_the_people_in_it_have_the_same_key(workspace: Workspace, send: Send) -> None:
    send(CRIME)
    send(PERSON, {**PERSON, "Role": "Suspect", "Person number": "P-78"}, name="people.csv")
    (event,) = rows(workspace, CRIMES, "events")
    victim, suspect = rows(workspace, PEOPLE, "people")
    assert (
        event["event_id"]
        == victim["event_id"]
        == suspect["event_id"]
        == KEY.event("number:aldermere-police:ZZ/1234/23")
    )
    assert (victim["role"], suspect["role"]) == ("victim", "suspect")
    assert (victim["person_key"], victim["key_grade"]) == (KEY.person("own:aldermere-police:p-77"), "own-number")
    assert (victim["age_band"], victim["sex"], victim["home_area"]) == ("25-34", "male", "Z01000001")
    assert (victim["ethnicity"], victim["ethnicity_by_officer"]) == ("white", "white")


def test_a_crime_is_its_kind_its_code_its_window_and_its_place(workspace: Workspace, send: Send) -> None:
    send(CRIME)
    (event,) = rows(workspace, CRIMES, "events")
    assert (event["producer"], event["month"]) == ("aldermere-police", "2023-06")
    assert (event["kind"], event["offence_code"]) == ("violence-with-injury", "8N")
    assert (str(event["occurred"]), str(event["occurred_to"])) == ("2023-06-03 23:00:00", "2023-06-04 02:00:00")
    assert (event["area_code"], event["place_confidence"]) == ("Z01000003", "given")
    assert (event["setting"], event["outcome"]) == ("street", "no-suspect-identified")
    assert all(event[flag] is None for flag in ("knife", "domestic", "gang", "county_lines")), "nobody said"


@pytest.mark.parametrize(
    ("given", "area", "confidence"),
    [("Z01000003", "Z01000003", "given"), ("", "Z01000001", "exact"), ("Loomgate", "Z01000001", "exact"), ("Z02000003", "Z01000001", "exact")],
)  # fmt: skip
def test_words_find_the_place_only_where_no_area_is_given(
    workspace: Workspace, send: Send, given: str, area: str, confidence: str
) -> None:
    send({**CRIME, "LSOA": given})
    (event,) = rows(workspace, CRIMES, "events")
    assert (event["area_code"], event["place_confidence"]) == (area, confidence)


@pytest.mark.parametrize(
    ("flag", "method", "knife"),
    [
        ("Y", "", True),
        ("N", "", False),
        ("", "", None),
        ("", "stabbed in the arm", True),
        ("", "no knife seen", False),
        ("N", "stabbed in the arm", True),
        ("Y", "no knife seen", True),
        ("perhaps", "", None),
    ],
)
def test_a_flag_is_the_forces_own_or_what_is_told(
    workspace: Workspace, send: Send, flag: str, method: str, knife: bool | None
) -> None:
    send({**CRIME, "Knife": flag, "Method": method})
    (event,) = rows(workspace, CRIMES, "events")
    assert event["knife"] is knife


def test_every_flag_has_its_column(workspace: Workspace, send: Send) -> None:
    asked = ("Knife", "Firearm", "Domestic", "Alcohol", "Gang", "County lines", "Modern slavery")
    send(
        *(
            {**CRIME, "Crime reference": flag, **{each: "Y" if each == flag else "N" for each in asked}}
            for flag in asked
        )
    )
    found = {row["event_id"]: row for row in rows(workspace, CRIMES, "events")}
    for flag in asked:
        row = found[KEY.event(f"number:aldermere-police:{flag}")]
        assert [each for each in asked if row[each.casefold().replace(" ", "_")]] == [flag]


def test_codes_are_known_by_the_agreed_list_or_set_aside(workspace: Workspace, send: Send) -> None:
    told = ("1", "5d", "008N", "4/1", "4.10", "105A", "34B", "999Z", "Threlkettle", "8N Orsolwin", "")
    snapshot = send(*({**CRIME, "Crime reference": str(n), "Offence code": code} for n, code in enumerate(told)))
    kept = [row["offence_code"] for row in rows(workspace, CRIMES, "events")]
    assert kept == ["1", "5D", "8N", "4.1", "4.10", "105A", "34B"]
    found = account(snapshot, CRIMES)
    assert (found.landed, found.conformed, found.quarantined) == (11, 7, 4)
    assert dict(found.reasons) == {
        "'Offence code' is not what the contract says it may be": 2,
        "'Offence code' is not on the list of offences (home-office)": 1,
        "'Offence code' is empty": 1,
    }


def test_a_code_out_of_its_time_is_kept_and_told(workspace: Workspace, send: Send) -> None:
    old = {**CRIME, "Offence code": "8F"}
    then = {**old, "Crime reference": "c", "Reported date": "01/02/2010", "Committed from": "", "Committed to": ""}
    snapshot = send(CRIME, {**old, "Crime reference": "b"}, then)
    assert len(rows(workspace, CRIMES, "events")) == 3
    (note,) = account(snapshot, CRIMES).notes
    assert note.startswith("1 crimes have a code that was not in use in the month of the report")


def test_what_ended_before_it_began_is_counted_without_its_time(workspace: Workspace, send: Send) -> None:
    snapshot = send({**CRIME, "Committed to": "01/06/2023 02:00"})
    (event,) = rows(workspace, CRIMES, "events")
    assert (event["occurred"], event["occurred_to"]) == (None, None)
    assert account(snapshot, CRIMES).notes == (
        "1 crimes are said to have ended before they began: they are counted, and when they happened is left empty",
    )


def test_a_crime_is_counted_once_and_two_that_share_a_number_are_told(workspace: Workspace, send: Send) -> None:
    snapshot = send(CRIME, CRIME, {**CRIME, "Offence code": "5D"})
    found = account(snapshot, CRIMES)
    assert (found.conformed, found.duplicates, found.quarantined) == (1, 1, 1)
    assert dict(found.reasons) == {"the same crime appears earlier in the file with other contents": 1}


def test_without_its_number_a_crime_or_a_person_cannot_be_joined(workspace: Workspace, send: Send) -> None:
    crimes = send(CRIME, {**CRIME, "Crime reference": ""})
    people = send(PERSON, {**PERSON, "Crime reference": ""}, name="people.csv")
    for found in (account(crimes, CRIMES), account(people, PEOPLE)):
        assert dict(found.reasons) == {"'Crime reference' is empty": 1}


def test_a_person_is_in_a_crime_once_in_each_role_and_the_nameless_are_all_kept(
    workspace: Workspace, send: Send
) -> None:
    nobody = {**PERSON, "Forename": "", "Surname": "", "Person number": "", "Date of birth": ""}
    other = {**PERSON, "Sex": "F"}
    snapshot = send(PERSON, PERSON, {**PERSON, "Role": "Suspect"}, other, nobody, nobody, {**PERSON, "Role": "Witness"})
    found = account(snapshot, PEOPLE)
    assert (found.landed, found.conformed, found.duplicates, found.quarantined) == (7, 4, 1, 2)
    assert dict(found.reasons) == {
        "the same person has the same role in the same crime on an earlier line": 1,
        "'Role' is not what the contract says it may be": 1,
    }
    assert found.notes == ("2 people have no key: one of them who comes twice cannot be told from two who are alike",)


@pytest.mark.parametrize(
    ("said", "band"),
    [
        ({"Date of birth": "03/04/1990", "Committed from": "01/01/2000"}, "0-9"),
        ({"Date of birth": "03/04/1990"}, "25-34"),
        ({"Date of birth": "", "Age": "17"}, "10-17"),
        ({"Date of birth": "", "Age": "lots"}, None),
    ],
)
def test_age_is_that_of_the_day_it_happened(
    workspace: Workspace, send: Send, said: Mapping[str, str], band: str | None
) -> None:
    send({**PERSON, **said})
    (person,) = rows(workspace, PEOPLE, "people")
    assert person["age_band"] == band


def test_the_month_is_that_of_the_report(workspace: Workspace, send: Send) -> None:
    snapshot = send(CRIME, {**CRIME, "Crime reference": "b", "Reported date": "01/07/2023"})
    assert [row["month"] for row in rows(workspace, CRIMES, "events")] == ["2023-06", "2023-07"]
    assert {each.month for each in snapshot.coverage.rows if each.dataset == CRIMES} == {"2023-06", "2023-07"}


def test_another_force_is_set_aside(workspace: Workspace, send: Send) -> None:
    snapshot = send(CRIME, {**CRIME, "Force": "Wexholme Police"})
    assert dict(account(snapshot, CRIMES).reasons) == {"'Force' names none that the agreement covers": 1}


def test_systems_own_names_for_columns_are_known_and_the_two_files_are_told_apart(
    workspace: Workspace, send: Send
) -> None:
    renamed = {"Crime reference": "NicheOccurrenceNo", "Offence code": "HO code", "Reported date": "Date reported"}
    send({renamed.get(name, name): cell for name, cell in CRIME.items()})
    send({**PERSON, "Knife": "Y"}, name="people.csv")
    assert len(rows(workspace, CRIMES, "events")) == len(rows(workspace, PEOPLE, "people")) == 1


def test_a_file_without_its_codes_is_refused_in_the_contracts_words(send: Send) -> None:
    with pytest.raises(BadInput, match=r"looks like police_records\.crimes, but lacks 'Offence code'"):
        send({name: cell for name, cell in CRIME.items() if name != "Offence code"})


def test_without_an_agreement_nothing_lands(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "crimes.csv"
    path.write_text(sheet(CRIME), encoding="utf-8", newline="\n")
    with pytest.raises(NotAgreed, match=r"no agreement in this workspace shares police_records\.crimes"):
        land(workspace, path, received=DAY, key_file=a_key(tmp_path))


def test_nobody_is_in_what_lands(workspace: Workspace, send: Send) -> None:
    send({**CRIME, "Method": "Quillon Vexmoor hit Orsolwin Threlkettle", "Location": "14 Gannet Yard"})
    send(PERSON, name="Threlkettle.csv")
    planted = (b"Orsolwin", b"Threlkettle", b"Vexmoor", b"Gannet", b"P-77", b"03/04/1990", b"1990-04-03", b"ZZ/1234/23")
    assert {each.name for each in read_manifests(workspace.landed) if each.crossed} == {CRIMES, PEOPLE}
    held = bytes_kept(workspace.root)
    assert [word for word in planted if word in held] == []


def test_the_reader_rises_when_the_list_of_offences_does() -> None:
    assert (contract(CRIMES).reader, offences().version) == (1, "1"), (
        "raise the reader: the same file conforms differently"
    )
