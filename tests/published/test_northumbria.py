"""Northumbria as published: what the edition says is what is in the police's own files, month by month, and no more."""

# pyright: reportUnknownVariableType=false
# (what is read from JSON has no types)

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from typing import Any

import narwhals as nw
import numpy as np
import pytest
from python_calamine import CalamineWorkbook

from built_once import DAY
from headwater.assessment import measures
from headwater.assessment.counting import Counts as Counted
from headwater.assessment.counting import count, tally
from headwater.assessment.scene import Scene
from headwater.assessment.setting import scene_of
from headwater.engine import Engine, open_engine
from headwater.lake import Snapshot, open_snapshot, open_workspace
from headwater.vocabulary import Measure, month_number, months_between
from plain_counts import Counts, read_table

Record = dict[str, Any]
FORCE = "E23000007"
DISTRICTS = {"E06000057", "E08000021", "E08000022", "E08000023", "E08000024", "E08000037"}
KINDS: Mapping[str, tuple[str, set[str]]] = {
    "violence": ("street", {"Violence and sexual offences"}),
    "robbery": ("street", {"Robbery"}),
    "weapons": ("street", {"Possession of weapons"}),
    "public-order": ("street", {"Public order"}),
    "drugs": ("street", {"Drugs"}),
    "stop-and-search": ("stop-and-search", {"Person search", "Person and Vehicle search"}),
}
"""What each measure counts, in the words of the police's files."""
ABSENT = {"2022-01", *months_between("2023-03", "2024-12")}
"""The months between the first and the last without a street file in either package."""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory):
    with open_engine(scratch=tmp_path_factory.mktemp("spill")) as opened:
        yield opened


@pytest.fixture(scope="module")
def snapshot(northumbria: Path) -> Snapshot:
    return open_snapshot(open_workspace(northumbria))


@pytest.fixture(scope="module")
def scene(northumbria: Path, snapshot: Snapshot, engine: Engine) -> Scene:
    return scene_of(open_workspace(northumbria), snapshot, engine)


@pytest.fixture(scope="module")
def violence(scene: Scene, snapshot: Snapshot, engine: Engine) -> Counted:
    measure = _measure("violence")
    return count(tally(snapshot, engine, measure, scene.forces(scene.area)), scene, measure.source)


@pytest.fixture(scope="module")
def edition(northumbria: Path) -> Path:
    return northumbria / "editions" / DAY


def _measure(name: str) -> Measure:
    return next(measure for measure in measures() if measure.name == name)


def _finding(record: Record, name: str) -> Record:
    return next(finding for finding in record["findings"] if finding["name"] == name)


def _cells(finding: Record, place: str = FORCE) -> dict[str, Record]:
    return {cell["period"]["label"]: cell for cell in finding["cells"] if cell["place"]["code"] == place}


def _text(page: Path) -> str:
    """A page's words, as they are read."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", page.read_text("utf-8"))).split())


# Every row


def test_every_row_of_the_first_package_is_accounted_for(snapshot: Snapshot) -> None:
    first = [p for p in snapshot.provenance if p.package_name == "police-uk-2020-2023-northumbria.zip"]
    landed: Counter[str] = Counter()
    for entry in first:
        landed[entry.dataset] += entry.rows
        assert entry.rows == entry.conformed + entry.quarantined + entry.duplicates
    assert landed == {
        "police_uk.street": 524_070,
        "police_uk.outcomes": 250_684,
        "police_uk.stop_and_search": 12_861,
    }
    assert landed.total() == 787_615
    for account in snapshot.accounts:
        assert account.landed == account.conformed + account.quarantined + account.duplicates


def test_the_lake_holds_as_many_rows_a_month_as_the_files(
    snapshot: Snapshot, engine: Engine, northumbria_rows: Counts
) -> None:
    events = snapshot.table("events", engine).group_by("dataset", "month").agg(n=nw.len())
    held = {(row["dataset"], row["month"]): row["n"] for row in engine.collect(events).to_pylist()}
    plain: Counter[tuple[str, str]] = Counter()
    for (file, _, month, _, _), n in northumbria_rows.items():
        plain[(f"police_uk.{file.replace('-', '_')}", month)] += n
    assert plain.total() == 693_866 + 12_861
    assert {key: n for key, n in held.items() if key[0] != "police_uk.outcomes"} == plain


@pytest.mark.parametrize("name", KINDS)
def test_every_month_of_every_measure_is_a_plain_count(
    name: str, northumbria_record: Record, northumbria_rows: Counts
) -> None:
    file, kinds = KINDS[name]
    plain: Counter[str] = Counter()
    for (kept, _, month, kind, _), n in northumbria_rows.items():
        if kept == file:
            plain[month] += n * (kind in kinds)
    said = {label: c for label, c in _cells(_finding(northumbria_record, f"{name}.count")).items() if len(label) == 7}
    months = {label: cell for label, cell in said.items() if label == cell["period"]["start"]}
    assert set(months) == set(months_between(min(plain), max(plain)))
    assert {month: cell["value"] for month, cell in months.items() if cell["status"] == "shown"} == plain
    assert {month for month, cell in months.items() if cell["status"] == "missing"} == set(months) - set(plain)
    assert set(months) - set(plain) == (ABSENT if file == "street" else {"2022-01"})


# What is missing


@pytest.mark.parametrize("name", [name for name, (file, _) in KINDS.items() if file == "street"])
def test_a_year_without_its_january_is_no_year(name: str, northumbria_record: Record) -> None:
    for analysis in ("count", "rate"):
        cells = _cells(_finding(northumbria_record, f"{name}.{analysis}"))
        assert cells["2021"]["status"] == "shown"
        for label in ("2021-22", "2022"):
            assert cells[label]["status"] == "missing"
            assert cells[label]["text"] == "[x]"
            assert "value" not in cells[label]
            assert cells[label]["why"] == "no complete return from the police for January 2022"
    rolling = _cells(_finding(northumbria_record, f"{name}.rolling"))
    ends = months_between("2021-04", "2025-12")
    assert set(rolling) == {f"year to {month}" for month in ends}
    for end in ends:
        year = {m for m in months_between("2020-05", end) if month_number(end) - month_number(m) < 12}
        cell = rolling[f"year to {end}"]
        assert cell["status"] == ("missing" if year & ABSENT else "shown")
        assert ("January 2022" in cell.get("why", "")) == ("2022-01" in year)


def test_the_summary_says_what_is_missing(edition: Path) -> None:
    said = _text(edition / "site" / "summary.html")
    assert "Police crime records for Northumbria lack January 2022 and March 2023 to December 2024." in said
    assert "the financial years 2021-22 to 2024-25" in said
    assert "the calendar years 2022 to 2024" in said


def test_each_source_has_a_headline_of_its_own(scene: Scene, northumbria_record: Record) -> None:
    street, searches = (scene.headline(f"police_uk.{kept}") for kept in ("street", "stop_and_search"))
    assert street is not None
    assert searches is not None
    assert (street.label, searches.label) == ("year to 2025-12", "year to 2023-02")
    assert "year to December 2025" in _finding(northumbria_record, "violence.rate")["sentence"]
    assert "year to February 2023" in _finding(northumbria_record, "stop-and-search.rate")["sentence"]


# Two vintages of small areas


def _homes(real_data: Path) -> dict[str, set[str]]:
    """By any code of a small area, 2011 or 2021, the districts its 2021 parts lie in."""
    now = {
        row["lsoa21_code"]: row["ltla24_code"]
        for row in read_table(real_data / "places" / "lookup_lsoa21_ward24_ltla24.csv.gz")
    }
    homes: dict[str, set[str]] = defaultdict(set)
    for row in read_table(real_data / "places" / "lookup_lsoa11_lsoa21_ltla22.csv.gz"):
        homes[row["lsoa11_code"]].add(now[row["lsoa21_code"]])
        homes[row["lsoa21_code"]].add(now[row["lsoa21_code"]])
    return homes


def test_placed_unplaced_and_outside_make_up_the_whole(
    violence: Counted, northumbria_rows: Counts, real_data: Path
) -> None:
    homes = _homes(real_data)
    plain = {name: np.zeros(len(violence.months), np.int64) for name in ("inside", "outside", "unlocated")}
    for (file, _, month, kind, code), n in northumbria_rows.items():
        if file == "street" and kind == "Violence and sexual offences":
            inside = "inside" if homes[code] & DISTRICTS else "outside"
            plain[inside if code else "unlocated"][violence.months.index(month)] += n
    assert plain["unlocated"].sum() > 0
    assert plain["outside"].sum() > 0
    assert np.array_equal(violence.unlocated, plain["unlocated"])
    assert np.array_equal(violence.outside, plain["outside"])
    assert np.array_equal(violence.small.sum(axis=0), plain["inside"] * 1_000_000)
    whole = violence.small.sum(axis=0) + (violence.unlocated + violence.outside) * 1_000_000
    assert np.array_equal(whole, violence.places[FORCE])


def test_both_vintages_meet_in_the_areas_of_2021(
    scene: Scene, violence: Counted, northumbria_rows: Counts, real_data: Path
) -> None:
    changes = read_table(real_data / "places" / "lookup_lsoa11_lsoa21_ltla22.csv.gz")
    sources: dict[str, set[str]] = defaultdict(set)
    marks: dict[str, set[str]] = defaultdict(set)
    for row in changes:
        sources[row["lsoa21_code"]].add(row["lsoa11_code"])
        marks[row["lsoa21_code"]].add(row["change_code"])
    plain: Counter[tuple[str, str]] = Counter()
    for (file, _, month, kind, code), n in northumbria_rows.items():
        if file == "street" and kind == "Violence and sexual offences":
            plain[(code, month)] += n
    whole = [i for i, place in enumerate(scene.small) if marks[place.code] <= {"U", "M"}]
    merged = [scene.small[i].code for i in whole if marks[scene.small[i].code] == {"M"}]
    assert len(whole) > 850
    assert merged
    for i in whole:
        codes = {scene.small[i].code} | sources[scene.small[i].code]
        months = [sum(plain[(code, month)] for code in codes) for month in violence.months]
        assert violence.small[i].tolist() == [n * 1_000_000 for n in months]
        assert not violence.small_carried[i].any()
    split = [i for i, place in enumerate(scene.small) if marks[place.code] == {"S"}]
    before, after = (
        violence.columns(months_between(*ends)) for ends in (("2020-05", "2023-02"), ("2025-01", "2025-12"))
    )
    assert split
    assert violence.small_carried[split][:, before].sum() > 0
    assert violence.small_carried[split][:, after].sum() == 0


# What was converted says so, wherever it is read


@pytest.fixture(scope="module")
def converted(northumbria_record: Record) -> list[Record]:
    return [cell for cell in _finding(northumbria_record, "violence.rate")["cells"] if "conversion" in cell]


def test_converted_figures_are_marked_in_the_record(converted: list[Record], northumbria_record: Record) -> None:
    """2021 is the one whole year published with the codes of 2011."""
    assert converted
    for cell in converted:
        assert cell["text"].endswith("[e]")
        assert cell["period"]["label"] == "2021"
        assert 0 < cell["conversion"]["share"] < 1
        assert "Census 2021" in cell["conversion"]["basis"]
    everything = [cell for finding in northumbria_record["findings"] for cell in finding["cells"]]
    assert all(("conversion" in cell) == ("[e]" in cell["text"]) for cell in everything)


def test_the_mark_survives_in_every_format(converted: list[Record], edition: Path) -> None:
    page = _text(edition / "site" / "figures-violence-rate.html")
    with (edition / "package" / "data" / "figures-violence-rate.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if "[e]" in row["figure"]]
    assert [(row["area"], row["figure"]) for row in rows] == [(c["place"]["name"], c["text"]) for c in converted]
    assert all("Census 2021" in row["notes"] for row in rows)
    for cell in converted:
        assert cell["text"] in page


def test_the_mark_of_a_change_survives_in_tables_and_spreadsheets(edition: Path, northumbria_record: Record) -> None:
    changes = _finding(northumbria_record, "violence.since")["cells"]
    marked = {cell["place"]["name"]: "[e]" if "conversion" in cell else "" for cell in changes}
    assert set(marked.values()) == {"[e]", ""}
    with (edition / "package" / "data" / "violence-since.csv").open(encoding="utf-8-sig", newline="") as lines:
        assert {row["area"]: row["ratio_of_rates_markers"] for row in csv.DictReader(lines)} == marked
    sheet = CalamineWorkbook.from_path(edition / "tables.ods").get_sheet_by_name("violence-since").to_python()
    assert {row[0]: row[2] for row in sheet if row[0] in marked} == marked
    profile = _text(edition / "site" / "profile-e06000057.html")
    northumberland = next(cell for cell in changes if cell["place"]["code"] == "E06000057")
    assert northumberland["text"].endswith("[e]")
    assert northumberland["text"] in profile


# What lies outside


def test_the_share_outside_is_reported(edition: Path, northumbria_rows: Counts, real_data: Path) -> None:
    homes, year = _homes(real_data), months_between("2025-01", "2025-12")
    lost = away = whole = 0
    for (file, _, month, kind, code), n in northumbria_rows.items():
        if file == "street" and kind == "Violence and sexual offences" and month in year:
            whole += n
            lost += n * (not code)
            away += n * (bool(code) and not homes[code] & DISTRICTS)
    with (edition / "package" / "data" / "placing.csv").open(encoding="utf-8-sig", newline="") as lines:
        row = next(row for row in csv.DictReader(lines) if row["kind"].startswith("Violence"))
    assert row["period"] == "year to 2025-12"
    assert float(row["no_area_given"]) == round(100 * lost / whole, 2)
    assert float(row["area_outside"]) == round(100 * away / whole, 2) > 0
    assert "Area outside, %" in _text(edition / "site" / "method.html")
