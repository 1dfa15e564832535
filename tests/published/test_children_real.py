"""Figures about children as the Department for Education publishes them, added up for a police force area that it does not publish."""

import csv
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from headwater.assessment.questions.ask import publication_of
from headwater.assessment.questions.published import published
from headwater.assessment.setting import measures, policies_of
from headwater.engine import Engine, open_engine
from headwater.lake import Settings, Snapshot, conform, freeze, land, new
from headwater.vocabulary import Level, Place, is_shown

NAMES = {
    "E06000057": "Northumberland", "E08000021": "Newcastle upon Tyne", "E08000022": "North Tyneside",
    "E08000023": "South Tyneside", "E08000024": "Sunderland", "E08000037": "Gateshead",
}  # fmt: skip
FILES = ("clean_la_data.csv", "c3_factors_identified_at_end_of_assessment_2018_to_2025.csv")
AREA = Place("E23000007", "Northumbria", Level.FORCE)


class Book:
    levels = (Level.COUNTY,)

    def within(self, _area: Place, level: Level) -> list[Place]:
        return [Place(code, name, Level.COUNTY) for code, name in NAMES.items()] if level == Level.COUNTY else []


@pytest.fixture(scope="module")
def lake(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Snapshot, Engine]]:
    settings = Settings(area_level=Level.FORCE, area_code=AREA.code, area_name=AREA.name, title="t", author="a")
    workspace = new(tmp_path_factory.mktemp("children") / "workspace", settings)
    with open_engine(scratch=workspace.scratch, threads=1) as engine, workspace.lock():
        for name in FILES:
            _ = land(workspace, real_data / "children" / name)
        _ = conform(workspace, engine)
        yield freeze(workspace), engine


def finding(lake: tuple[Snapshot, Engine], name: str, root: Path):
    policies = policies_of(root)
    policy = policies["published-police-data"]
    scene: Any = SimpleNamespace(area=AREA, atlas=Book(), snapshot="s" * 64, policy_for=lambda _dataset: policy)
    measure = next(each for each in measures() if each.name == name)
    found = published(publication_of(scene, measure, *lake))
    assert found is not None
    return found


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def latest(found, place_code: str):
    readings = [reading for reading in found.readings if reading.place.code == place_code and is_shown(reading.cell)]
    return readings[-1]


def test_exclusions_of_the_area_are_those_of_its_authorities_added_up(lake, real_data: Path, tmp_path: Path) -> None:
    found = finding(lake, "exclusions", tmp_path)
    said = [
        row for row in rows(real_data / "children" / "clean_la_data.csv")
        if row["year"] == "201617" and row["school_type"] == "Total" and row["la_name"] in NAMES.values()
    ]  # fmt: skip
    assert len(said) == len(NAMES)
    mine = latest(found, AREA.code)
    assert mine.period.label == "school year 2016-17"
    assert mine.cell.estimate.numerator == sum(int(row["perm_excl"]) for row in said) == 269
    assert mine.cell.estimate.denominator == sum(int(row["headcount"]) for row in said)


def test_england_is_as_it_was_published(lake, tmp_path: Path) -> None:
    england = latest(finding(lake, "exclusions", tmp_path), "E92000001").cell.estimate
    assert (england.numerator, england.denominator) == (7_720, 8_025_075)
    assert round(england.value / 100, 2) == 0.10, "printed as 0.1 for each hundred pupils"


def test_a_factor_is_a_share_of_the_assessments_that_found_any(lake, real_data: Path, tmp_path: Path) -> None:
    path = real_data / "children" / FILES[1]
    (england,) = [row for row in rows(path) if row["geographic_level"] == "National" and row["time_period"] == "2025"]
    column = next(name for name in england if name.lower().startswith("gang"))
    told = latest(finding(lake, "gangs", tmp_path), "E92000001").cell.estimate
    assert told.numerator == int(england[column])
    assert told.denominator == int(england["Episodes_with_assessment_factor"]) == 513_250
    assert told.value == pytest.approx(100 * int(england[column]) / 513_250)
