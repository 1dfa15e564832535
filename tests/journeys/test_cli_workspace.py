"""An analyst makes a workspace, lands files, looks at what is covered, and is told plainly what is wrong."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from headwater import lake
from headwater.assessment.setting import definitions
from headwater.cli import main

HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context"
)
Answer = tuple[int, str, str]
Ask = Callable[..., Answer]


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Run `headwater` as typed: its exit code, its answer, its complaints (line breaks made spaces)."""
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")

    def run(*typed: str | Path) -> Answer:
        with pytest.raises(SystemExit) as ended:
            main([str(word) for word in typed])
        said = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, said.out, " ".join(said.err.split())

    return run


@pytest.fixture
def workspace(tmp_path: Path, ask: Ask) -> Path:
    """A new workspace of Northumbria."""
    folder = tmp_path / "northumbria"
    assert ask("new", folder, "--area", "Northumbria", "--author", "Northumbria VRU")[0] == 0
    return folder


@pytest.fixture
def police(tmp_path: Path) -> Path:
    """Street files of three months of four: March is not there."""
    folder = tmp_path / "police"
    for month, rows in (("2024-01", 3), ("2024-02", 2), ("2024-04", 4)):
        (folder / month).mkdir(parents=True)
        lines = [
            f"{month}-{n:02d}{'a' * 54},{month},Northumbria Police,Northumbria Police,-1.61,54.97,On or near High Street,"
            f"E01008162,Newcastle upon Tyne 022A,Violence and sexual offences,Under investigation,"
            for n in range(rows)
        ]
        text = "\n".join([HEADER, *lines]) + "\n"
        (folder / month / f"{month}-northumbria-street.csv").write_text(text, encoding="utf-8", newline="\n")
    return folder


def _json(answer: Answer) -> Any:
    assert answer[0] == 0, answer
    return json.loads(answer[1])


def test_a_workspace_is_one_folder_that_remembers_its_area(workspace: Path, ask: Ask) -> None:
    settings = lake.open_workspace(workspace).settings
    assert (settings.area_name, settings.area_code, settings.author) == ("Northumbria", "", "Northumbria VRU")
    code, _, said = ask("new", workspace, "--area", "Cleveland")
    assert code == 4
    assert "already" in said


def test_an_area_may_be_given_by_its_code(tmp_path: Path, ask: Ask) -> None:
    assert ask("new", tmp_path / "here", "--area", "E23000007")[0] == 0
    settings = lake.open_workspace(tmp_path / "here").settings
    assert (settings.area_code, settings.area_name) == ("E23000007", "")


def test_an_unknown_level_is_refused_with_those_there_are(tmp_path: Path, ask: Ask) -> None:
    code, _, said = ask("new", tmp_path / "here", "--area", "Northumbria", "--level", "borough")
    assert code == 2
    assert "ltla" in said
    assert not (tmp_path / "here").exists()


def test_landing_takes_files_in_and_landing_them_again_changes_nothing(workspace: Path, police: Path, ask: Ask) -> None:
    first = _json(ask("land", police, "-w", workspace, "--json"))
    before = sorted((path, path.read_bytes()) for path in workspace.rglob("*") if path.is_file())
    second = _json(ask("land", police, "-w", workspace, "--json"))
    after = sorted((path, path.read_bytes()) for path in workspace.rglob("*") if path.is_file())
    [[name, landed]] = first["packages"]
    assert (name, landed["new"], landed["extracts"], landed["rows"]) == ("police", True, 3, 9)
    assert [(a["landed"], a["conformed"], a["quarantined"]) for a in first["accounts"]] == [(9, 9, 0)]
    assert second["packages"][0][1]["new"] is False
    assert second["snapshot"] == first["snapshot"]
    assert after == before


def test_what_is_not_covered_is_drawn_and_said(workspace: Path, police: Path, ask: Ask) -> None:
    ask("land", police, "-w", workspace)
    code, said, _ = ask("check", "-w", workspace)
    assert code == 0
    assert "██·█" in said
    assert "police_uk.street, northumbria: March 2024 absent (no file arrived)" in said
    rows = _json(ask("check", "-w", workspace, "--json"))["coverage"]
    assert [(row["month"], row["status"], row["rows"]) for row in rows] == [
        ("2024-01", "complete", 3),
        ("2024-02", "complete", 2),
        ("2024-03", "absent", 0),
        ("2024-04", "complete", 4),
    ]


def test_a_file_that_is_not_there_lands_nothing_at_all(workspace: Path, police: Path, ask: Ask) -> None:
    code, _, said = ask("land", police, police / "nowhere.zip", "-w", workspace)
    assert code == 2
    assert "nowhere.zip" in said
    assert list((workspace / "landed").iterdir()) == []


def test_a_pdf_called_csv_is_refused_and_the_sentence_says_so(workspace: Path, tmp_path: Path, ask: Ask) -> None:
    posing = tmp_path / "2024-01-northumbria-street.csv"
    posing.write_bytes(b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n")
    code, _, said = ask("land", posing, "-w", workspace)
    assert code == 3
    assert posing.name in said
    assert list((workspace / "landed").iterdir()) == []


def test_ctrl_c_leaves_what_was_there(workspace: Path, police: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    before = sorted(workspace.rglob("*"))

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("headwater.lake.taking.land", stop)
    code, _, said = ask("land", police, "-w", workspace)
    assert code == 130
    assert said.endswith("Stopped. Nothing was half-written.")
    assert [path for path in sorted(workspace.rglob("*")) if path.name != "scratch"] == [
        path for path in before if path.name != "scratch"
    ]


def test_two_runs_at_once_are_kept_apart(workspace: Path, police: Path, ask: Ask) -> None:
    with lake.open_workspace(workspace).lock():
        code, _, said = ask("land", police, "-w", workspace)
    assert code == 4
    assert "in use" in said
    assert ask("land", police, "-w", workspace)[0] == 0


@pytest.mark.parametrize("verb", [("check",), ("assess",), ("explain", "violence.rate"), ("compare", "one", "two")])
def test_where_there_is_no_workspace_it_says_how_to_make_one(verb: tuple[str, ...], tmp_path: Path, ask: Ask) -> None:
    code, _, said = ask(*verb, "-w", tmp_path)
    assert code == 4
    assert "headwater new" in said


def test_a_workspace_of_a_newer_headwater_is_left_alone(workspace: Path, ask: Ask) -> None:
    page = workspace / "headwater.toml"
    page.write_text(page.read_text("utf-8").replace("format = 1", "format = 99"), encoding="utf-8", newline="\n")
    code, _, said = ask("check", "-w", workspace)
    assert code == 4
    assert "newer" in said


def test_asking_for_an_edition_before_there_is_one_says_what_to_do(workspace: Path, ask: Ask) -> None:
    code, _, said = ask("explain", "violence.rate", "-w", workspace)
    assert code == 2
    assert "headwater assess" in said


def test_the_measures_can_be_listed_anywhere(ask: Ask) -> None:
    names = [measure["name"] for measure in _json(ask("measures", "--json"))]
    assert "violence" in names
    assert names[0] == "violence"  # in the order of an edition, not of the alphabet
    assert all(name in ask("measures")[1] for name in names)


def test_a_day_is_said_with_its_working_by_the_workspaces_own_lists(workspace: Path, ask: Ask) -> None:
    code, said, _ = ask("due", "freedom-of-information", "2026-11-02")
    assert (code, said.splitlines()[3]) == (0, "Due by the end of Tuesday 1 December 2026.")
    (workspace / "holidays").mkdir()
    text = (definitions("holidays") / "scotland.toml").read_text("utf-8").replace("2026-11-30", "2026-11-27")
    _ = (workspace / "holidays" / "scotland.toml").write_text(text, encoding="utf-8", newline="\n")
    told = _json(ask("due", "freedom-of-information", "2026-11-02", "-w", workspace, "--json"))
    assert (told["due"], told["working"][2]) == ("2026-12-01", "Not counted: Friday 27 November 2026, St Andrew’s Day.")
    code, _, complaint = ask("due", "freedom", "2026-11-02")
    assert (code, "no clock is called 'freedom'" in complaint) == (2, True)


def test_the_doctor_finds_a_workspace_well_and_a_changed_ledger_wrong(workspace: Path, police: Path, ask: Ask) -> None:
    ask("land", police, "-w", workspace)
    well = {check["name"]: check["state"] for check in _json(ask("doctor", "-w", workspace, "--json"))}
    assert {well[name] for name in ("Python", "Packages", "Engine", "Workspace", "Frozen data", "Ledger")} == {"well"}

    ledger = workspace / "ledger.jsonl"
    ledger.write_bytes(ledger.read_bytes().replace(b"Northumbria VRU", b"Somebody else", 1))
    code, said, _ = ask("doctor", "-w", workspace)
    assert code == 1
    assert "was changed at line 1" in said


def test_the_doctor_looks_at_the_machine_where_there_is_no_workspace(tmp_path: Path, ask: Ask) -> None:
    states = {check["name"]: check["state"] for check in _json(ask("doctor", "-w", tmp_path, "--json"))}
    assert states["Workspace"] == "mind"
    assert states["Engine"] == "well"


def test_the_demonstration_never_touches_a_real_workspace(workspace: Path, tmp_path: Path, ask: Ask) -> None:
    before = sorted((path, path.read_bytes()) for path in workspace.rglob("*") if path.is_file())
    code, _, said = ask("demo", workspace)
    assert code == 4
    assert "real area" in said
    assert sorted((path, path.read_bytes()) for path in workspace.rglob("*") if path.is_file()) == before

    (tmp_path / "photographs").mkdir()
    (tmp_path / "photographs" / "dog.jpg").write_bytes(b"woof")
    assert ask("demo", tmp_path / "photographs")[0] == 4
    assert ask("demo", tmp_path / "photographs" / "dog.jpg")[0] == 2
