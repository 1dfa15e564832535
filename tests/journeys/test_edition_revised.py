"""What a withheld figure may leave behind (nothing), what late records change, and what a person wrote down."""

import csv
import json
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

import pytest
from python_calamine import CalamineWorkbook

from built_once import BEFORE, DAY, copy_of, make_edition
from headwater.assessment import compare, explain
from headwater.assessment.counting import Counts, count, tally
from headwater.assessment.scene import Scene
from headwater.assessment.setting import measures, scene_of
from headwater.engine import open_engine
from headwater.lake import Workspace, open_snapshot, open_workspace
from headwater.vocabulary import Period, UntrueClaim, WrongRequest

Record = dict[str, Any]
Cells = dict[tuple[str, str, str, str], Record]
MARKERS = {"[c]", "[x]", "[n]", "[z]"}
FEWEST = 5
"""The smallest count that the policy “fewer-than-five” lets be shown."""


def _record(folder: Path) -> Record:
    return json.loads((folder / "package" / "assessment.json").read_text("utf-8"))


def _cells(record: Record) -> Cells:
    return {
        (f["name"], c["period"]["label"], c["place"]["code"], c["group"] or ""): c
        for f in record["findings"]
        for c in f["cells"]
    }


def _csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


class Page(HTMLParser):
    """The words of every row by its id, and of every link to a figure by where it leads."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.rows: dict[str, list[str]] = {}
        self.links: list[tuple[str, str]] = []
        self._row: list[str] = []
        self._link: str | None = None
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "tr":
            self._row = []
            if said.get("id"):
                self.rows[str(said["id"])] = self._row
        elif tag in ("td", "th"):
            self._row.append("")
        elif tag == "a" and said.get("class") == "figure":
            self._link = str(said["href"]).partition("#")[2]
            self.links.append((unquote(self._link), ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._link = None

    def handle_data(self, data: str) -> None:
        if self._row:
            self._row[-1] += data
        if self._link is not None:
            where, before = self.links[-1]
            self.links[-1] = where, before + data


@pytest.fixture(scope="module")
def edition(aldermere: Path) -> Path:
    return aldermere / "editions" / DAY


class Strict(NamedTuple):
    """An edition under a stricter policy, with a measure of few events; and the true counts, which it must not tell."""

    folder: Path
    scene: Scene
    counts: Counts


RARE = "weapons-unsolved"


@pytest.fixture(scope="module")
def strict(aldermere: Path, tmp_path_factory: pytest.TempPathFactory) -> Strict:
    workspace = copy_of(aldermere, tmp_path_factory.mktemp("strict") / "aldermere")
    _own_measure(workspace, RARE, "weapons", "unable-to-prosecute-suspect")
    settings = workspace.root / "headwater.toml"
    said = settings.read_text("utf-8")
    assert 'policy = "published-police-data"' in said
    settings.write_text(said.replace('"published-police-data"', '"fewer-than-five"'), encoding="utf-8", newline="\n")
    workspace = open_workspace(workspace.root)
    folder = make_edition(workspace)
    snapshot = open_snapshot(workspace)
    with open_engine(scratch=workspace.scratch) as engine:
        scene = scene_of(workspace, snapshot, engine)
        (rare,) = (m for m in measures(workspace.root) if m.name == RARE)
        counts = count(tally(snapshot, engine, rare, scene.forces(scene.area)), scene, rare.source)
    return Strict(folder, scene, counts)


def _own_measure(workspace: Workspace, name: str, like: str, outcome: str) -> None:
    """A measure of the workspace's own: a shipped one, narrowed to crimes with one outcome."""
    import headwater

    shipped = Path(headwater.__file__).parent / "definitions" / "measures" / f"{like}.toml"
    text = re.sub(
        r"\[where\]\n" + ("" if like == "weapons" else r"kind = .*\n"),
        f'[where]\noutcome = ["{outcome}"]\n',
        shipped.read_text("utf-8"),
    )
    (workspace.root / "measures").mkdir(exist_ok=True)
    (workspace.root / "measures" / f"{name}.toml").write_text(text, encoding="utf-8", newline="\n")


# A figure that is not given leaves no number behind


@pytest.fixture(params=["as published", "strict"])
def folder(request: pytest.FixtureRequest) -> Path:
    return (
        request.getfixturevalue("edition") if request.param == "as published" else request.getfixturevalue("strict")[0]
    )


def _untold(folder: Path) -> dict[str, str]:
    """Where each figure that is not given would open, and the marker in its place."""
    found = {"/".join(filter(None, key)): c["text"] for key, c in _cells(_record(folder)).items() if "value" not in c}
    assert set(found.values()) <= MARKERS
    assert len(found) > 100
    return {where.replace(" ", "+").replace("/", "_"): marker for where, marker in found.items()}


def test_a_figure_not_given_has_no_number_in_the_record(folder: Path) -> None:
    for cell in _cells(_record(folder)).values():
        if "value" not in cell:
            assert set(cell) == {"place", "period", "group", "status", "text", "why"}
            assert cell["status"] in ("missing", "suppressed", "not collected", "not applicable")


def test_a_figure_not_given_has_no_number_on_any_page(folder: Path) -> None:
    untold = _untold(folder)
    seen: set[str] = set()
    for path in sorted((folder / "site").glob("*.html")):
        page = Page(path)
        for where in untold.keys() & page.rows.keys():
            seen.add(where)
            row = page.rows[where]
            assert row[3].strip() == untold[where], (path.name, where)
            assert not any(re.search(r"\d", word) for word in row[4:9]), (path.name, row)
        for where, words in page.links:
            if where in untold:
                said = words.strip()
                assert said == untold[where] or said.startswith("no figure can be given"), (path.name, where, said)
    assert seen == set(untold)


def test_a_figure_not_given_has_no_number_in_any_file_of_data(folder: Path) -> None:
    seen = 0
    for path in sorted((folder / "package" / "data").glob("figures-*.csv")):
        for row in _csv(path):
            if row["figure"] in MARKERS:
                seen += 1
                columns = ("unit", "lower_limit", "upper_limit", "numerator", "denominator")
                assert [row[column] for column in columns] == [""] * 5, (path.name, row)
    assert seen == len(_untold(folder))
    for path in sorted((folder / "package" / "data").glob("*.csv")):
        for row in _csv(path):
            limits = [row[c] for c in row if c in ("lower_95_limit", "upper_95_limit")]
            if limits and list(row.values())[1] in MARKERS:
                assert set(list(row.values())[1:]) <= MARKERS | {""}, (path.name, row)


def test_the_spreadsheet_and_the_files_of_data_say_the_same(folder: Path) -> None:
    book = CalamineWorkbook.from_path(folder / "tables.ods")
    for name in book.sheet_names:
        if name in ("Cover", "Contents", "Notes"):
            continue
        data = folder / "package" / "data"  # a sheet's name is cut at 31 letters, and numbered where two would be alike
        could_be = f"{name}.csv" if len(name) < 31 else f"{name.rstrip('0123456789').rstrip('-')}*.csv"
        tables = [[list(map(_same, row.values())) for row in _csv(path)] for path in sorted(data.glob(could_be))]
        whole = [list(map(_same, row)) for row in book.get_sheet_by_name(name).to_python()]
        assert any(whole[-len(rows) :] == rows for rows in tables), name


def _same(entry: object) -> object:
    try:
        return float(str(entry))
    except ValueError:
        return str(entry)


def test_the_package_holds_the_rows_of_every_table(edition: Path) -> None:
    """Fingerprints and fields are those of the files; every paper has as many rows as its finding has figures."""
    record = {f["name"].replace(".", "-"): len(f["cells"]) for f in _record(edition)["findings"]}
    package = edition / "package"
    said = json.loads((package / "datapackage.json").read_text("utf-8"))["resources"]
    assert {r["path"] for r in said} | {"datapackage.json"} == {
        path.relative_to(package).as_posix() for path in package.rglob("*") if path.is_file()
    }
    rows = {Path(r["path"]).stem: len(_csv(package / r["path"])) for r in said if r["format"] == "csv"}
    assert all(rows[f"figures-{name}"] == many for name, many in record.items())
    assert rows["source-files"] == len(_record(edition)["sources"])
    assert rows["residents"] == 1 + 7
    for resource in said:
        assert (package / resource["path"]).stat().st_size == resource["bytes"]


# Small counts


def test_a_small_count_is_in_no_finding(strict: Strict) -> None:
    cells = _cells(_record(strict.folder))
    hidden = Counter[str]()
    for (name, label, code, _), cell in cells.items():
        measure, _, analysis = name.partition(".")
        if measure != RARE or analysis not in ("count", "rate", "rolling", "change", "since", "funnel", "rank"):
            continue
        period = Period.parse(label)
        asked = [period, period.earlier(), period.earlier(24)] if analysis in ("change", "since") else [period]
        place = next(p for p in (strict.scene.area, *strict.scene.subareas) if p.code == code)
        missing = strict.scene.missing("police_uk.street", place, period.months)
        small = 0 < strict.counts.count(place, asked[0]) < FEWEST
        if small and not missing:
            hidden[analysis] += 1
            assert "value" not in cell, (name, label, code)
            assert cell["status"] == "suppressed" or analysis == "change", "the year before may lack a month as well"
        if analysis == "since" and 0 < strict.counts.count(place, asked[2]) < FEWEST:
            assert "value" not in cell, "a ratio gives away the count it is taken over"
    assert hidden["count"] > 10, "months of the county"
    assert hidden["rate"] > 0, "years of a district"
    told = [c for c in cells.values() for key in ("numerator", "denominator") if 0 < c.get(key, FEWEST) < FEWEST]
    assert told == []


def test_a_stricter_policy_withholds_small_counts_everywhere(strict: Strict, edition: Path) -> None:
    loose, everything = (list(_cells(_record(folder)).values()) for folder in (edition, strict.folder))
    hidden = [cell for cell in everything if cell["status"] == "suppressed"]
    assert hidden
    assert all("value" not in cell and "numerator" not in cell for cell in hidden)
    assert [cell for cell in everything if 0 < cell.get("numerator", 9) < FEWEST] == []
    assert any(0 < cell.get("numerator", 9) < FEWEST for cell in loose), "nothing there to withhold"


def test_a_small_count_is_in_no_picture_or_profile(strict: Strict) -> None:
    data = strict.folder / "package" / "data"
    months = [strict.counts.count(strict.scene.area, Period.month(month)) for month in strict.counts.months]
    assert any(0 < many < FEWEST for many in months)
    assert not (data / f"{RARE}-control.csv").exists(), "with the years, the other months would tell of these"
    now = strict.scene.headline("police_uk.street")
    assert now is not None
    few = {p.name for p in strict.scene.subareas if 0 < strict.counts.count(p, now) < FEWEST}
    assert few
    for table in ("rate", "funnel", "rank", "since"):
        path = data / f"{RARE}-{table}.csv"
        for row in _csv(path) if path.exists() else []:
            if row["area"] in few:
                assert not any(re.search(r"\d", entry) for entry in list(row.values())[1:]), (table, row)
    title = next(m.title for m in measures() if m.name == "weapons")
    for place in strict.scene.subareas:
        rows = [list(r.values()) for r in _csv(data / f"profile-{place.code.lower()}.csv") if r["kind"] == title]
        assert len(rows) == 2, "weapons, and those of them that nobody answered for"
        assert any(row[1:3] == ["[c]", "[c]"] for row in rows) == (place.name in few)


# Late records


@pytest.fixture(scope="module")
def revision(aldermere: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """An analyst claims something of the first delivery; then the last six months arrive again."""
    workspace = copy_of(aldermere, tmp_path_factory.mktemp("revision") / "aldermere", editions=True)
    _own_measure(workspace, "dropped", "violence", "unable-to-prosecute-suspect")
    latest = workspace.shelf / "latest"
    now = latest.read_text("utf-8")
    first = _record(workspace.editions / BEFORE)["edition"]["snapshot"][:16]
    chapter = workspace.root / "chapters" / "answers.md"
    chapter.parent.mkdir()
    chapter.write_text("Giving up {{ no clear change: dropped.since }}. It is {{ dropped.since }}.\n", encoding="utf-8")
    latest.write_text(first + "\n", encoding="utf-8")
    make_edition(workspace, "claimed")
    latest.write_text(now, encoding="utf-8")
    with pytest.raises(UntrueClaim) as refused:
        make_edition(workspace, "claimed")
    assert "Giving up no clear change." in str(refused.value)
    assert "the figures say “rose”" in str(refused.value)
    chapter.unlink()
    make_edition(workspace, "after")
    return workspace


def test_a_claim_that_late_records_undo_is_listed(revision: Workspace) -> None:
    found = compare(revision, "claimed", "after")
    undone = {u.chapter: (u.claim, u.now) for u in found.untrue}
    assert undone == dict.fromkeys(("kinds", "answers"), ("no clear change", "rose")), "the draft had said so too"
    assert found.untrue[-1].sentence == "Giving up no clear change."
    assert (found.gone, found.come) == ((), ())


def test_every_figure_and_rank_that_moved_is_listed_and_no_other(revision: Workspace) -> None:
    before, after = (_cells(_record(revision.editions / name)) for name in ("claimed", "after"))
    found = compare(revision, "claimed", "after")
    moved = {key for key in before.keys() & after.keys() if before[key]["text"] != after[key]["text"]}
    listed = {(m.finding, m.period, m.place, m.group) for m in (*found.moved, *found.ranks)}
    assert listed == {(name, label, before[name, label, code, group]["place"]["name"], group)
                      for name, label, code, group in moved}  # fmt: skip
    assert all(m.finding.endswith(".rank") for m in found.ranks)
    assert not any(m.finding.endswith(".rank") for m in found.moved)
    months = {m.period for m in found.moved if m.finding == "violence.count" and Period.parse(m.period).length == 1}
    assert months == {"2025-10", "2025-11", "2025-12", "2026-01", "2026-02", "2026-03"}, "those that were sent again"


def test_late_records_only_ever_add_crimes(aldermere: Path) -> None:
    before, after = (_cells(_record(aldermere / "editions" / name)) for name in (BEFORE, DAY))
    counts = [
        (c["value"], after[key]["value"]) for key, c in before.items() if key[0] == "violence.count" and "value" in c
    ]
    assert all(first <= second for first, second in counts)
    assert any(first < second for first, second in counts)
    assert not {u.claim for u in compare(open_workspace(aldermere), BEFORE, DAY).untrue}


# What a person wrote down


def test_a_recorded_rebase_is_told_wherever_it_matters(edition: Path) -> None:
    reason = "the force records every offence reported in an incident"
    for page in ("method", "time", "figures-violence-control"):
        assert reason in (edition / "site" / f"{page}.html").read_text("utf-8"), page
    rows = _csv(edition / "package" / "data" / "violence-control.csv")
    averages = {row["month"]: row["average"] for row in rows if row["average"]}
    assert len({value for month, value in averages.items() if month < "2024-07"}) == 1
    assert averages["2024-06"] != averages["2024-07"]
    robbery = _csv(edition / "package" / "data" / "robbery-control.csv")
    assert len({row["average"] for row in robbery if row["average"] not in MARKERS | {""}}) == 1, (
        "nobody rebased robbery"
    )


def test_explain_offers_what_there_is_where_a_figure_is_not(aldermere: Path) -> None:
    with pytest.raises(WrongRequest, match=r"no figure for '2099'.*It has: .*year to 2026-03.*Aldermere"):
        explain(open_workspace(aldermere), "violence.rate | 2099")


def test_explain_tells_of_any_figure_what_its_page_tells(aldermere: Path, edition: Path) -> None:
    workspace = open_workspace(aldermere)
    for finding in _record(edition)["findings"]:
        page = (edition / "site" / f"figures-{finding['name'].replace('.', '-')}.html").read_text("utf-8")
        text = _plain(page)
        cell = finding["cells"][-1]
        parts = (finding["name"], cell["period"]["label"], cell["place"]["code"], cell["group"])
        facts = dict(explain(workspace, " | ".join(part for part in parts if part)).facts)
        assert facts["Value"].startswith(cell["text"])
        alone = {"Figure", "Value", "95% interval", "Worked", "Converted"}
        for term, said in facts.items():
            if term not in alone:
                assert _plain(said) in text, (finding["name"], term)


def _plain(text: str) -> str:
    from html import unescape

    return " ".join(unescape(re.sub(r"<[^>]+>", "", text)).split())
