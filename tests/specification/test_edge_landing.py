"""A partner's file lands: under an agreement or not at all, and with nobody in it."""

import csv
import io
import zipfile
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from headwater import ledger
from headwater.engine import Engine
from headwater.lake import Snapshot, Workspace, conform, freeze, land
from headwater.lake.manifest import read_manifests
from headwater.sources import named_as_public
from headwater.sources.edge import make_key
from headwater.vocabulary import BadInput, NotAgreed, WrongRequest
from partners import DATASET, FIELDS, HEADER, KEY, Patient, a_key, agree, body_of, look_ups

DAY = "2023-07-01"


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    path = tmp_path / "sent" / "June returns.csv"
    path.parent.mkdir()
    path.write_text(body_of([Patient()]), encoding="utf-8", newline="\n")
    return path


def contents(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def took_in(workspace: Workspace, engine: Engine, folder: Path, *patients: Patient, name: str = "a.csv") -> Snapshot:
    """The look-ups, then a file of the patients, landed and conformed."""
    for path in look_ups(folder / "look-ups"):
        land(workspace, path, received=DAY)
    conform(workspace, engine)
    path = folder / name
    path.write_text(body_of(patients), encoding="utf-8", newline="\n")
    land(workspace, path, received=DAY, key_file=a_key(folder))
    conform(workspace, engine)
    return freeze(workspace)


def rows(workspace: Workspace, engine: Engine, snapshot: Snapshot, table: str) -> list[dict[str, object]]:
    found = engine.collect(snapshot.table(table, engine)).to_pylist()
    return sorted(found, key=lambda row: str(row["event_id"]))


def test_a_person_becomes_a_key_an_age_a_band_and_a_postcode_an_area(workspace, engine, tmp_path: Path) -> None:
    agree(workspace)
    snapshot = took_in(workspace, engine, tmp_path, Patient())
    (event,) = rows(workspace, engine, snapshot, "events")
    (person,) = rows(workspace, engine, snapshot, "people")
    assert (event["dataset"], event["producer"], event["month"]) == (DATASET, "zza01", "2023-06")
    assert str(event["occurred"]) == "2023-06-04 23:50:00"
    assert (event["kind"], event["setting"], event["outcome"]) == ("bodily-force", "licensed-premises", "discharged")
    assert (event["area_code"], event["place_confidence"]) == ("Z01000001", "exact")
    assert (event["knife"], event["firearm"], event["alcohol"]) == (False, False, None)
    assert (person["role"], person["age_band"], person["sex"], person["home_area"]) == (
        "patient",
        "25-34",
        "male",
        "Z01000001",
    )
    assert (person["person_key"], person["key_grade"]) == (KEY.person("nhs:9990000018"), "nhs-number")
    assert event["event_id"] == person["event_id"]


def test_what_lands_is_a_safe_file_and_the_manifest_says_what_was_left_out(
    workspace, sent: Path, tmp_path: Path
) -> None:
    agree(workspace)
    landing = land(workspace, sent, received=DAY, key_file=a_key(tmp_path))
    (manifest,) = read_manifests(workspace.landed)
    assert manifest.name == landing.name == DATASET
    (extract,) = manifest.extracts
    assert extract.name == f"{DATASET}_zza01_2023-06.csv"
    (crossed,) = manifest.crossed
    assert dict(crossed.removed) == {
        "name": 2, "nhs_number": 1, "date_of_birth": 1, "postcode": 1, "address": 1, "place_words": 1, "free_text": 1,
    }  # fmt: skip
    assert dict(crossed.found) == {"person key from nhs-number": 1, "place vague": 1}
    assert (crossed.fingerprint, manifest.key_mark) == (KEY.fingerprint(sent.read_bytes()), KEY.mark)
    with zipfile.ZipFile(workspace.landed / manifest.short / manifest.file) as archive:
        (row,) = csv.DictReader(io.StringIO(archive.read(extract.name).decode()))
    assert row["refused"] == ""
    assert set(row) & set(HEADER) == {"Arrival date and time", "Assault date and time", "Assault method",
                                      "Assault location type", "Sex", "Disposal"}  # fmt: skip
    assert (row["told_knife"], row["place_confidence"]) == ("false", "vague")


def test_the_agreement_is_in_the_manifest_the_papers_and_the_snapshot(workspace, engine, tmp_path: Path) -> None:
    agree(workspace)
    snapshot = took_in(workspace, engine, tmp_path, Patient())
    (paper,) = (entry for entry in snapshot.provenance if entry.dataset == DATASET)
    assert paper.terms is not None
    assert (paper.terms.agreement, paper.terms.version, paper.terms.smallest_shown) == ("ed-assaults", "1.1", 7)
    assert (paper.terms.expires, paper.terms.delete_by) == ("2023-12-31", "2025-07-01")
    assert [entry.terms for entry in snapshot.provenance if entry.dataset != DATASET] == [None, None]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"expires": "2023-06-30"}, r"clause 2\.1 of ed-assaults \(version 1\.1\).* ended on 2023-06-30.*Renew"),
        ({"starts": "2023-08-01"}, r"clause 2\.1 .* begins on 2023-08-01"),
        (
            {"fields": [f for f in FIELDS if f != "Disposal"]},
            r"clause 4\.2 of ed-assaults .* does not cover 'Disposal'",
        ),
        ({"dataset": "another.one"}, r"no agreement in this workspace shares emergency\.attendances"),
    ],
)
def test_without_an_agreement_that_covers_it_nothing_is_kept(
    workspace, sent: Path, tmp_path: Path, said: dict[str, object], why: str
) -> None:
    agree(workspace, **said)
    before = contents(workspace.root)
    with pytest.raises(NotAgreed, match=why):
        land(workspace, sent, received=DAY, key_file=a_key(tmp_path))
    assert contents(workspace.root) == before
    assert not any(workspace.scratch.iterdir())


def test_a_list_of_words_that_nobody_has_reviewed_reads_nothing(workspace, sent: Path, tmp_path: Path) -> None:
    agree(workspace, expires="2040-12-31")
    with pytest.raises(BadInput, match=r"violence was to be reviewed by 2027-11-01"):
        land(workspace, sent, received="2028-01-01", key_file=a_key(tmp_path))
    assert not any(workspace.landed.iterdir())


def test_a_file_lands_on_a_day_or_not_at_all(workspace, sent: Path, tmp_path: Path) -> None:
    agree(workspace)
    with pytest.raises(NotAgreed, match="on which day it was received"):
        land(workspace, sent, key_file=a_key(tmp_path))


def test_another_key_would_know_nobody_again_and_is_refused(workspace, sent: Path, tmp_path: Path) -> None:
    agree(workspace)
    land(workspace, sent, received=DAY, key_file=a_key(tmp_path))
    other = tmp_path / "other.key"
    make_key(other, bytes(32))
    with pytest.raises(WrongRequest, match="nobody would be known again"):
        land(workspace, sent, received=DAY, key_file=other)


def test_an_identifier_that_no_agreement_covers_is_never_read(workspace, engine, tmp_path: Path) -> None:
    agree(workspace, fields=[f for f in FIELDS if f not in ("NHS number", "Home postcode", "Triage notes")])
    snapshot = took_in(workspace, engine, tmp_path, Patient())
    (person,) = rows(workspace, engine, snapshot, "people")
    assert (person["key_grade"], person["home_area"]) == ("name-and-birth", None)
    assert person["person_key"] == KEY.person("name:orsolwin threlkettle:1990-04-03")
    (manifest,) = (m for m in read_manifests(workspace.landed) if m.crossed)
    assert dict(manifest.crossed[0].removed)["columns that were not read"] == 3


def test_a_key_is_needed_and_may_not_lie_in_the_workspace(workspace, sent: Path, tmp_path: Path) -> None:
    agree(workspace)
    with pytest.raises(WrongRequest, match="headwater key new"):
        land(workspace, sent, received=DAY)
    inside = workspace.root / "person.key"
    inside.write_bytes(a_key(tmp_path).read_bytes())
    inside.chmod(0o600)
    with pytest.raises(WrongRequest, match="inside the workspace"):
        land(workspace, sent, received=DAY, key_file=inside)
    inside.unlink()
    assert not any(workspace.landed.iterdir())


def test_the_same_file_lands_once_and_is_known_again_when_the_look_ups_are_better(
    workspace, engine, sent: Path, tmp_path: Path
) -> None:
    agree(workspace)
    first = land(workspace, sent, received=DAY, key_file=a_key(tmp_path))
    assert not land(workspace, sent, received=DAY, key_file=a_key(tmp_path)).new
    for path in look_ups(tmp_path / "look-ups"):
        land(workspace, path, received=DAY)
    conform(workspace, engine)
    again = land(workspace, sent, received=DAY, key_file=a_key(tmp_path))
    assert again.new
    assert again.package != first.package
    assert any("the same file landed before" in note for note in again.notes)


def test_several_sites_and_months_in_one_file_are_returns_of_their_own(workspace, engine, tmp_path: Path) -> None:
    agree(workspace)
    patients = [
        Patient(),
        Patient(number="A2", arrived="06/07/2023 10:00", happened="05/07/2023 10:00"),
        Patient(number="B1", site="ZZB02"),
    ]
    snapshot = took_in(workspace, engine, tmp_path, *patients)
    covered = {(row.producer, row.month, row.rows) for row in snapshot.coverage.rows if row.dataset == DATASET}
    assert covered == {("zza01", "2023-06", 1), ("zza01", "2023-07", 1), ("zzb02", "2023-06", 1)}


def test_rows_that_cannot_be_used_are_set_aside_by_line_and_never_by_what_they_say(
    workspace, engine, tmp_path: Path
) -> None:
    agree(workspace)
    patients = [
        Patient(),
        Patient(number="A2", method="Threlkettle"),
        Patient(number="A3", happened="Threlkettle", arrived=""),
        Patient(number="A4", site="ZZZ99"),
        Patient(number="A1"),
        Patient(number="A1", method="Knife"),
    ]
    snapshot = took_in(workspace, engine, tmp_path, *patients)
    (account,) = (each for each in snapshot.accounts if each.dataset == DATASET)
    assert (account.landed, account.conformed, account.quarantined, account.duplicates) == (6, 1, 4, 1)
    (aside,) = workspace.conformed.glob(f"*/{DATASET}*/quarantine.parquet")
    assert [(row["line"], row["reason"]) for row in pq.read_table(aside).to_pylist()] == [
        (3, "'Assault method' is not what the contract says it may be"),
        (4, "'Assault date and time' is not what the contract says it may be"),
        (5, "'Site code' names none that the agreement covers"),
        (7, "the same attendance appears earlier in the file with other contents"),
    ]


def test_a_torn_quotation_mark_swallows_nobody(workspace, engine, tmp_path: Path) -> None:
    agree(workspace)
    for path in look_ups(tmp_path / "look-ups"):
        land(workspace, path, received=DAY)
    text = body_of([Patient(), Patient(number="A2", notes="X"), Patient(number="A3"), Patient(number="A4")])
    path = tmp_path / "torn.csv"
    path.write_text(text.replace(",X\n", ',"X\n'), encoding="utf-8", newline="\n")
    land(workspace, path, received=DAY, key_file=a_key(tmp_path))
    conform(workspace, engine)
    (account,) = (each for each in freeze(workspace).accounts if each.dataset == DATASET)
    assert (account.conformed, account.quarantined) == (2, 1), (
        "the row with the open quotation mark took the next with it"
    )


def test_a_zip_of_known_and_unknown_keeps_only_the_known(workspace, police_folder, tmp_path: Path) -> None:
    agree(workspace)
    street = police_folder("two", {"2022-01": 3})
    package = tmp_path / "all.zip"
    with zipfile.ZipFile(package, "w") as archive:
        archive.write(street / "2022-01" / "2022-01-northumbria-street.csv", "2022-01-northumbria-street.csv")
        archive.writestr("Orsolwin Threlkettle.docx", b"a statement")
        archive.writestr("other people.csv", "a,b\nOrsolwin,Threlkettle\n")
    first = land(workspace, package, received=DAY)
    assert first.notes == ("packed again without 2 files that are not kept",)
    (manifest,) = read_manifests(workspace.landed)
    assert manifest.ignored == (
        ("file 1 (.docx)", manifest.ignored[0][1]),
        ("file 2 (.csv)", "no source knows a file of this name with these columns"),
    )
    with zipfile.ZipFile(workspace.landed / manifest.short / manifest.file) as archive:
        assert archive.namelist() == ["2022-01-northumbria-street.csv"]
    assert not any(b"Threlkettle" in data for data in contents(workspace.root).values())


def test_a_safe_file_from_outside_is_not_taken_for_our_own(workspace, sent: Path, tmp_path: Path) -> None:
    agree(workspace)
    landing = land(workspace, sent, received=DAY, key_file=a_key(tmp_path))
    with zipfile.ZipFile(workspace.landed / landing.package[:16] / f"{DATASET}.zip") as archive:
        archive.extractall(tmp_path / "out")
    (forged,) = (tmp_path / "out").iterdir()
    with pytest.raises(BadInput, match="land what the partner sent"):
        land(workspace, forged, received=DAY, key_file=a_key(tmp_path))


def test_a_public_looking_file_with_a_column_of_names_is_left_alone(workspace, tmp_path: Path) -> None:
    path = tmp_path / "Threlkettle areas.csv"
    path.write_text("lsoa21cd,ward24cd,Surname\nE01000001,E05000001,Threlkettle\n", encoding="utf-8")
    with pytest.raises(BadInput, match="could tell who somebody is") as refused:
        land(workspace, path, received=DAY)
    assert "hrelkettle" not in str(refused.value)
    assert not any(workspace.landed.iterdir())
    assert [entry.did for entry in ledger.read(workspace.ledger)] == []


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("police.zip", True),
        ("Places 2021.zip", True),
        ("lookups-2024-03.csv.gz", True),
        ("J Smith.csv", False),
        ("residents-smith.csv", False),
        ("1990-12-31.csv", False),
        ("residents-31121990.csv", False),
        ("Zoë.csv", False),
    ],
)
def test_a_files_name_is_repeated_only_where_its_words_name_nobody(name: str, may: bool) -> None:
    assert named_as_public(name) is may
