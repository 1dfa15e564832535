"""A charity worker's spreadsheet, and the analyst who lands it: a template goes out, and what people make of it comes back."""

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from python_calamine import CalamineWorkbook

from headwater import lake
from headwater.cli import main
from headwater.engine import open_engine
from headwater.sources.inventing import example_recipe
from headwater.sources.ons_places.invented import invent as invent_places
from headwater.sources.pretend import Recipe, make_county
from workbooks import Sheet, letters, xlsx

Ask = Callable[..., tuple[int, str, str]]
WHO = "Ferrabin Oakhanger"
HEADER = ["Organisation", "Service", "From", "To", "Area", "What is counted", "Who", "Number", "Comments"]
APRIL, JUNE = (1, 45748), (1, 45838)
"""1 April and 30 June 2025 as a spreadsheet holds days."""
MESSY = [
    ["Quarterly return to the partnership"],
    [f"Completed by {WHO}"],
    [],
    HEADER,
    [
        "Cobnut Youth Trust",
        "Mentoring",
        APRIL,
        JUNE,
        "Z07000001 Stanmouth",
        "People helped",
        None,
        "1,204",
        f"{WHO} was very helpful",
    ],
    [None, None, "01/04/2025", "30/06/2025", "Kelderby", "Referrals received", "Under 18", "about 20"],
    [None, None, "Q1 2025/26", None, "z07000003", "Sessions delivered", None, "12 "],
    [None, None, "Apr-Jun 2025", None, "Z07000004", "disclosures of exploitation", "everyone", "<5"],
    [None, "Total", None, None, None, None, None, 1236],
    [
        "Harbour Voices",
        None,
        "Q1 2025/26",
        None,
        "Z07000001",
        "Disclosures of violence not reported to the police",
        None,
        "-",
    ],
    [None, None, "Q1 2025", None, "The old mill", "Cups of tea", None, "lots"],
    [
        "Harbour Voices",
        None,
        "Q1 2025/26",
        None,
        "Z07000001",
        "Disclosures of violence not reported to the police",
        "Adults",
        9,
    ],
    ["Grand total", None, None, None, None, None, None, 1245],
    [],
    [f"* Figures are provisional. Ask {WHO} on extension 12"],
]
MERGED = '<mergeCells count="4"><mergeCell ref="A1:H1"/><mergeCell ref="A5:A9"/><mergeCell ref="B5:B8"/><mergeCell ref="A10:A11"/></mergeCells>'


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Run `headwater` as typed: its exit code, its answer and its complaints, each on one line."""
    monkeypatch.setenv("COLUMNS", "400")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")

    def run(*typed: str | Path) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main([str(word) for word in typed])
        said = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, " ".join(said.out.split()), " ".join(said.err.split())

    return run


@pytest.fixture
def workspace(tmp_path: Path, ask: Ask) -> Path:
    """A new workspace of Aldermere."""
    folder = tmp_path / "aldermere"
    assert ask("new", folder, "--area", "Aldermere")[0] == 0
    return folder


def _counts(workspace: Path, scratch: Path) -> list[tuple[str, str, str | None, float | None, str | None]]:
    snapshot = lake.open_snapshot(lake.open_workspace(workspace))
    with open_engine(scratch=scratch, threads=1) as engine:
        rows = engine.collect(snapshot.table("counts", engine)).to_pylist()
    return sorted(((r["measure"], r["area_code"], r["group"], r["value"], r["status"]) for r in rows), key=str)


def test_a_messy_spreadsheet_is_read_or_answered_in_sentences(workspace: Path, tmp_path: Path, ask: Ask) -> None:
    sent = tmp_path / "q1.xlsx"
    people = Sheet("Caseload", [["Client name"], [WHO]], state="hidden")
    sent.write_bytes(xlsx(Sheet("Q1", MESSY, after=MERGED), people))
    code, said, _ = ask("land", sent, "-w", workspace)
    assert code == 0
    for told in (
        "q1.xlsx/Caseload (a hidden sheet: not read)",
        "each was read as standing in every row it covers",
        "1 column not of the return: neither read nor kept",
        "1 line with a single cell, as notes have: neither read nor kept",
        "2 set aside: the row is a total of others",
        "Row 10: 'Number' is blank. Please write the number; 0 if you counted and there was nobody",
        "Row 11: the quarter may be of a calendar or a financial year. Please write it as Q1 2025/26",
        "'Area' is neither a nine-character code, such as E06000001, nor the name of a local authority",
        "'What is counted' is not on the list",
        "'Number' says neither a number nor '<5'. Please write the number.",
    ):
        assert told in said
    assert WHO not in said
    assert "Cups of tea" not in said
    assert _counts(workspace, tmp_path / "spill") == [
        ("disclosures-of-exploitation", "Z07000004", "service=mentoring", None, "c"),
        ("disclosures-of-violence-unreported", "Z07000001", "age=18-and-over", 9, None),
        ("people-helped", "Z07000001", "service=mentoring", 1_204, None),
        ("referrals", "Z07000002", "age=under-18;service=mentoring", 20, "e"),
        ("sessions", "Z07000003", "service=mentoring", 12, None),
    ]
    code, said, _ = ask("check", "-w", workspace)
    assert code == 0
    assert "Row 11" in said
    kept = [path for path in workspace.rglob("*") if path.is_file() and WHO.encode() in path.read_bytes()]
    assert kept == [], "nobody who was named beside the table is anywhere in the workspace"


def test_a_column_of_names_stops_the_file(workspace: Path, tmp_path: Path, ask: Ask) -> None:
    sent = tmp_path / "q1.xlsx"
    sent.write_bytes(xlsx(Sheet("Q1", [[*HEADER, "Client name"], ["Cobnut Youth Trust", *[None] * 8, WHO]])))
    code, _, complaint = ask("land", sent, "-w", workspace)
    assert code == 3
    assert "1 column whose heading says that it could tell who somebody is" in complaint
    assert not any((workspace / "landed").iterdir())


def test_a_template_that_was_filled_in_lands(workspace: Path, tmp_path: Path, ask: Ask) -> None:
    county = make_county(Recipe.read(example_recipe()))
    (tmp_path / "places").mkdir()
    for path in invent_places(county, tmp_path / "places"):
        assert path.exists()
    assert ask("land", tmp_path / "places", "-w", workspace)[0] == 0
    code, said, _ = ask("template", "voluntary", tmp_path / "return.xlsx", "-w", workspace)
    assert code == 0
    assert "8 areas to choose from" in said
    lists = CalamineWorkbook.from_path(tmp_path / "return.xlsx").get_sheet_by_name("Lists").to_python()
    assert lists[0] == ["List: Area", "List: What is counted", "List: Who"]
    row = ["Cobnut Youth Trust", "", "Q1 2025/26", "", str(lists[2][0]), str(lists[1][1]), str(lists[2][2]), "17"]
    _fill_in(tmp_path / "return.xlsx", tmp_path / "filled.xlsx", row)
    code, said, _ = ask("land", tmp_path / "filled.xlsx", "-w", workspace)
    assert code == 0
    assert _counts(workspace, tmp_path / "spill") == [("people-helped", "Z07000002", "age=under-18", 17, None)]


def _fill_in(template: Path, target: Path, row: list[str]) -> None:
    """What a person who opens the template, types one row and saves it makes of it."""
    cells = "".join(
        f'<c r="{letters(n)}2" t="inlineStr"><is><t>{escape(cell)}</t></is></c>' for n, cell in enumerate(row) if cell
    )
    with zipfile.ZipFile(template) as before, zipfile.ZipFile(target, "w") as after:
        for name in before.namelist():
            text = before.read(name).decode()
            if name == "xl/worksheets/sheet1.xml":
                text = text.replace("</sheetData>", f'<row r="2">{cells}</row></sheetData>')
            after.writestr(name, text)


def test_a_template_in_each_form_is_the_same_return(tmp_path: Path, ask: Ask, workspace: Path) -> None:
    for ending in ("ods", "csv"):
        assert ask("template", "voluntary", tmp_path / f"blank.{ending}", "-w", workspace)[0] == 0
    header = CalamineWorkbook.from_path(tmp_path / "blank.ods").get_sheet_by_name("Return").to_python()[0]
    assert (tmp_path / "blank.csv").read_text("utf-8-sig").strip().split(",") == header == HEADER[:-1]
    shutil.copy(tmp_path / "blank.csv", tmp_path / "filled.csv")
    with (tmp_path / "filled.csv").open("a", encoding="utf-8", newline="") as file:
        file.write("Cobnut Youth Trust,,Q1 2025/26,,Stanmouth,People helped,,17\r\n")
    assert ask("land", tmp_path / "filled.csv", "-w", workspace)[0] == 0


def test_a_register_of_services_goes_out_and_comes_back(tmp_path: Path, ask: Ask, workspace: Path) -> None:
    assert ask("template", "services", tmp_path / "services.xlsx", "-w", workspace)[0] == 0
    row = [
        "Street Lamps",
        "Cobnut Youth Trust",
        "Prevent violence",
        "",
        "Primary",
        "Everyone",
        "",
        "",
        "Stanmouth; Kelderby",
        "",
        "",
        "Open-ended",
    ]
    _fill_in(tmp_path / "services.xlsx", tmp_path / "filled.xlsx", row)
    assert ask("land", tmp_path / "filled.xlsx", "-w", workspace)[0] == 0
    snapshot = lake.open_snapshot(lake.open_workspace(workspace))
    with open_engine(scratch=tmp_path / "spill", threads=1) as engine:
        rows = engine.collect(snapshot.table("services", engine)).to_pylist()
    assert sorted((r["area_code"], r["service"], r["funding"], r["places"]) for r in rows) == [
        ("Z07000001", "Street Lamps", "open-ended", None),
        ("Z07000002", "Street Lamps", "open-ended", None),
    ]


def test_a_template_is_never_written_over_a_file_nor_in_a_form_that_is_not_known(tmp_path: Path, ask: Ask) -> None:
    (tmp_path / "return.xlsx").write_bytes(b"filled in already")
    code, _, complaint = ask("template", "voluntary", tmp_path / "return.xlsx")
    assert (code, "there is a file return.xlsx already" in complaint) == (2, True)
    assert (tmp_path / "return.xlsx").read_bytes() == b"filled in already"
    assert ask("template", "voluntary", tmp_path / "return.docx")[0] == 2
    code, _, complaint = ask("template", "voluntry", tmp_path / "other.xlsx")
    assert (code, "voluntary" in complaint) == (2, True)
