"""An edition of Aldermere, as a reader, a writer, an overseer and a doubter meet it."""

import csv
import json
import re
import shutil
from collections import Counter
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from jsonschema import Draft202012Validator
from python_calamine import CalamineWorkbook

from built_once import copy_of, make_edition
from headwater.assessment import compare, explain
from headwater.cli import main
from headwater.lake import open_workspace

DAY = "2026-11-23"
HIDDEN = "2024-25"
"""The financial year over the month that never came."""


@pytest.fixture(scope="module")
def workshop(aldermere: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the workspace, to be changed at will."""
    return copy_of(aldermere, tmp_path_factory.mktemp("workshop") / "aldermere", editions=True).root


@pytest.fixture(scope="module")
def edition(workshop: Path) -> Path:
    return workshop / "editions" / DAY


@pytest.fixture(scope="module")
def record(edition: Path) -> dict[str, Any]:
    return json.loads((edition / "package" / "assessment.json").read_text(encoding="utf-8"))


class Links(HTMLParser):
    """The ids of a page, and where its links lead."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.leads: list[str] = []
        self.figures = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if said.get("id"):
            self.ids[str(said["id"])] += 1
        if tag == "a" and said.get("href"):
            self.leads.append(str(said["href"]))
            self.figures += "figure" in str(said.get("class"))


def test_every_promised_file_is_there(edition: Path) -> None:
    promised = ("site/index.html", "assessment.pdf", "assessment.docx", "tables.ods", "package/assessment.json",
                "package/datapackage.json", "chapters/summary.md")  # fmt: skip
    assert [name for name in promised if not (edition / name).is_file()] == []
    for chapter in (
        "summary",
        "scope",
        "method",
        "population",
        "scale",
        "kinds",
        "time",
        "place",
        "stop-and-search",
        "gaps",
    ):
        assert (edition / "site" / f"{chapter}.html").is_file(), chapter
    assert len(list((edition / "site").glob("profile-*.html"))) == 7


def test_every_figure_opens_and_every_link_leads_somewhere(edition: Path) -> None:
    site = edition / "site"
    pages = {path.name: Links(path.read_text(encoding="utf-8")) for path in site.glob("*.html")}
    assert [(name, each) for name, page in pages.items() for each, many in page.ids.items() if many > 1] == []
    broken: list[tuple[str, str]] = []
    for name, page in pages.items():
        for lead in page.leads:
            target, _, anchor = lead.partition("#")
            if re.match(r"https?:", lead):
                continue
            home = pages.get(unquote(target) or name)
            there = unquote(anchor) in home.ids if home and anchor else (site / unquote(target)).exists()
            if not there:
                broken.append((name, lead))
    assert broken == []
    assert sum(page.figures for page in pages.values()) > 1_000


def test_no_page_needs_a_script_or_the_network(edition: Path) -> None:
    for path in (edition / "site").glob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "<script" not in text, path.name
        assert not re.search(r'(?:src|href)="(?:https?:)?//', re.sub(r"<a [^>]*>", "", text)), path.name
        assert "Aldermere is a county that does not exist" in text, path.name


def test_the_record_keeps_its_published_shape(record: dict[str, Any]) -> None:
    schema = json.loads(
        files("headwater").joinpath("definitions/schemas/assessment-1.json").read_text(encoding="utf-8")
    )
    problems = [
        f"{list(p.absolute_path)[:4]}: {p.message[:120]}" for p in Draft202012Validator(schema).iter_errors(record)
    ]
    assert problems == []
    assert len(record["findings"]) > 50


def test_the_data_package_lists_what_is_there(edition: Path) -> None:
    package = edition / "package"
    said = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    for resource in said["resources"]:
        path = package / resource["path"]
        assert path.is_file(), resource["path"]
        if path.suffix == ".csv":
            with path.open(encoding="utf-8-sig", newline="") as lines:
                head = next(csv.reader(lines))
            assert head == [field["name"] for field in resource["schema"]["fields"]], resource["path"]


def cells(record: dict[str, Any], finding: str) -> list[dict[str, Any]]:
    return next(f for f in record["findings"] if f["name"] == finding)["cells"]


def test_a_year_with_a_month_missing_has_no_figure_anywhere(edition: Path, record: dict[str, Any]) -> None:
    for finding in (
        "violence.count",
        "violence.rate",
        "robbery.rate",
        "stop-and-search.rate",
        "violence-charged.share",
    ):
        held = [c for c in cells(record, finding) if c["period"]["label"] == HIDDEN]
        assert held, finding
        assert all(c["status"] == "missing" and "value" not in c and "November 2024" in c["why"] for c in held), finding
    rolling = {c["period"]["label"]: c for c in cells(record, "violence.rolling")}
    over = [label for label in rolling if "2024-11" <= label[-7:] <= "2025-10"]
    assert len(over) == 12
    assert all(rolling[label]["status"] == "missing" for label in over)
    assert rolling["year to 2024-10"]["status"] == rolling["year to 2025-11"]["status"] == "shown"
    with (edition / "site" / "data" / "violence-rate-by-year.csv").open(encoding="utf-8-sig", newline="") as lines:
        row = next(row for row in csv.reader(lines) if row and row[0].startswith(HIDDEN))
    assert set(row[1:]) <= {"[x]", ""}
    sheets = CalamineWorkbook.from_path(str(edition / "tables.ods"))
    rows = sheets.get_sheet_by_name("violence-rate-by-year").to_python()
    ods = next(row for row in rows if str(row[0]).startswith(HIDDEN))
    assert not any(isinstance(value, int | float) for value in ods[1:])


def test_the_caveat_about_the_gap_writes_itself(edition: Path) -> None:
    said = (edition / "site" / "summary.html").read_text(encoding="utf-8")
    assert "lack November 2024" in said
    assert "the financial year 2024-25" in said


def test_a_converted_figure_keeps_its_mark_in_every_format(edition: Path, record: dict[str, Any]) -> None:
    early = [f for f in record["findings"] if any("conversion" in c for c in f["cells"])]
    assert "violence.stability" in [f["name"] for f in early], (
        "2023-24 was published with codes that were split in 2021"
    )
    assert all(c["text"].endswith("[e]") for f in early for c in f["cells"] if "conversion" in c)
    for finding in early:
        page = (edition / "site" / f"figures-{finding['name'].replace('.', '-')}.html").read_text(encoding="utf-8")
        assert "[e]" in page, finding["name"]
        assert "split in 2021" in page, finding["name"]


def test_claims_are_kept_with_what_bore_them_out(record: dict[str, Any]) -> None:
    assert record["claims"]
    for claim in record["claims"]:
        assert claim["holds"] is True
        assert claim["claim"] in claim["sentence"] or "highest" in claim["claim"], claim
        assert "95% interval" in claim["because"]


def test_explain_says_what_the_page_says(workshop: Path, edition: Path) -> None:
    told = explain(open_workspace(workshop), "violence.rate | 2025-26 | Stanmouth")
    page = (edition / "site" / "figures-violence-rate.html").read_text(encoding="utf-8")
    text = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    facts = dict(told.facts)
    for term in ("Definition", "Formula", "Coverage", "Software", "Source files"):
        assert " ".join(facts[term].split()) in text.replace("&amp;", "&"), term
    assert facts["Numerator"].replace(",", "").isdigit()
    assert facts["Numerator"] in text
    assert float(facts["Value"].split()[0]) == pytest.approx(
        1000 * int(facts["Numerator"].replace(",", "")) / int(facts["Denominator"].replace(",", "")), abs=0.05
    )


def test_an_analysts_chapter_stands_in_and_an_untrue_one_stops_the_build(
    workshop: Path, edition: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = workshop / "chapters" / "kinds.md"
    own.parent.mkdir(exist_ok=True)
    try:
        own.write_text("Robbery showed {{ no clear change: robbery.since }} in our county.\n", encoding="utf-8")
        folder = make_edition(open_workspace(workshop), "own-words")
        assert "in our county" in (folder / "site" / "kinds.html").read_text(encoding="utf-8")
        own.write_text("Robbery {{ fell: robbery.since }} in our county.\n", encoding="utf-8")
        with pytest.raises(SystemExit) as left:
            main(["assess", "--workspace", str(workshop), "--name", "own-words", "--published", DAY])
        assert left.value.code == 5
        assert "showed" in (folder / "site" / "kinds.html").read_text(encoding="utf-8"), (
            "the earlier edition was touched"
        )
        assert not list((workshop / "editions").glob(".building*"))
        assert "Robbery fell in our county" in " ".join(capsys.readouterr().err.split())
    finally:
        own.unlink()
    assert edition.is_dir()


def test_comparing_editions_lists_what_moved_and_what_is_no_longer_true(workshop: Path, edition: Path) -> None:
    """An edition whose record is put back to what it might have said before late records came."""
    workspace = open_workspace(workshop)
    path = workshop / "editions" / "earlier" / "package" / "assessment.json"
    shutil.copytree(edition / "package", path.parent)
    record = json.loads(path.read_text(encoding="utf-8"))
    change = next(f for f in record["findings"] if f["name"] == "robbery.since")
    claim = next(c for c in record["claims"] if c["finding"] == "robbery.since")
    change["cells"][0] |= {"text": "0.80", "value": 0.8, "lower": 0.7, "upper": 0.9}
    claim |= {"claim": "fell", "sentence": "Robbery fell."}
    rank = next(f for f in record["findings"] if f["name"] == "drugs.rank")["cells"][0]
    before, rank["text"] = rank["text"], "7"
    path.write_text(json.dumps(record), encoding="utf-8")
    found = compare(workspace, "earlier", DAY)
    assert [(m.finding, m.before) for m in found.moved] == [("robbery.since", "0.80")]
    assert [(u.claim, u.now) for u in found.untrue] == [("fell", "no clear change")]
    assert [(r.finding, r.before, r.after) for r in found.ranks] == [("drugs.rank", "7", before)]
    assert not compare(workspace, DAY, DAY).moved
