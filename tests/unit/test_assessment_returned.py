"""From a pretend partner's file to a finding with its sentence: hospital admissions, youth justice, surveys."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import headwater
from built_once import take_in
from headwater.assessment.figures import figures
from headwater.assessment.findings import Finding, Reading
from headwater.assessment.published import Publication
from headwater.assessment.questions.published import published
from headwater.disclosure import Policy
from headwater.engine import open_engine
from headwater.lake import Settings, Workspace, new, open_snapshot
from headwater.methods import crude_rate, wilson
from headwater.sources import contract
from headwater.sources.hospital.invented import invent as invent_hospital
from headwater.sources.inventing import example_recipe
from headwater.sources.pretend import County, Recipe, make_county
from headwater.sources.surveys.invented import invent as invent_surveys
from headwater.sources.youth_justice.invented import invent as invent_youth_justice
from headwater.vocabulary import Level, Measure, Period, Place, Suppressed, is_shown

AGREED = Path(headwater.__file__).parent / "definitions"
AREA = Place("Z23000001", "Aldermere", Level.FORCE)
STANMOUTH = Place("Z07000001", "Stanmouth", Level.DISTRICT)
INVENTORS: tuple[Callable[[County, Path], tuple[Path, ...]], ...] = (
    invent_hospital,
    invent_youth_justice,
    invent_surveys,
)


class Book:
    levels = (Level.DISTRICT,)

    def __init__(self, county: County) -> None:
        named = zip(county.district.codes, county.district.names, strict=True)
        self.districts = tuple(Place(code, name, Level.DISTRICT) for code, name in named)

    def within(self, _place: Place, level: Level) -> tuple[Place, ...]:
        return self.districts if level == Level.DISTRICT else ()


@pytest.fixture(scope="module")
def county() -> County:
    return make_county(Recipe.read(example_recipe()))


@pytest.fixture(scope="module")
def workspace(county: County, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("returned")
    settings = Settings(area_name="Aldermere", area_code="", area_level=Level.FORCE, title="Needs", author="Unit")
    made = new(folder / "w", settings)
    take_in(made, [path for invent in INVENTORS for path in invent(county, folder)])
    return made


def finding_of(name: str, workspace: Workspace, county: County) -> Finding:
    measure = Measure.read(AGREED / "measures" / f"{name}.toml")
    named = contract(measure.source).policy or "fewer-than-five"
    policy = Policy.read(AGREED / "disclosure" / f"{named}.toml")
    scene: Any = SimpleNamespace(area=AREA, atlas=Book(county), snapshot="s" * 16)
    with open_engine(scratch=workspace.scratch) as engine:
        held = figures(open_snapshot(workspace), engine, measure)
    found = published(Publication(scene=scene, measure=measure, figures=held, policy=policy))
    assert found is not None
    return found


def at(finding: Finding, place: Place, period: Period) -> Reading:
    reading = finding.at(place, period)
    assert reading is not None
    return reading


@pytest.mark.parametrize("name", ["admissions-assault", "admissions-sharp-object", "admissions-sharp-object-under-25"])
def test_admissions_are_rates_of_the_whole_area_and_withheld_where_a_district_has_few(
    name: str, workspace: Workspace, county: County
) -> None:
    finding = finding_of(name, workspace, county)
    now = at(finding, AREA, Period.financial(2024))
    assert is_shown(now.cell)
    told = now.cell.estimate
    assert told.numerator is not None
    assert told.denominator is not None
    assert told.numerator % 5 == 0
    limits = crude_rate(told.numerator, told.denominator, per=100_000)
    assert (told.value, told.lower, told.upper) == tuple(map(float, (limits.value, limits.lower, limits.upper)))
    assert told.unit == f"per 100,000 {finding.measure.among}"
    assert f"In the financial year 2024-25, the figure for {finding.measure.short} in Aldermere was" in finding.sentence
    assert not any(reading.place.level == Level.COUNTRY for reading in finding.readings), "no invented England"
    assert len([r for r in finding.readings if r.place == AREA and is_shown(r.cell)]) == 6
    if name != "admissions-assault":
        assert any(isinstance(reading.cell, Suppressed) for reading in finding.readings)


@pytest.mark.parametrize("name", ["first-time-entrants", "proven-violent-offences"])
def test_children_are_the_districts_added_up(name: str, workspace: Workspace, county: County) -> None:
    finding = finding_of(name, workspace, county)
    year = Period.financial(2024)
    now = at(finding, AREA, year)
    assert is_shown(now.cell)
    parts = [at(finding, place, year).cell for place in Book(county).districts]
    assert now.cell.estimate.numerator == sum(part.estimate.numerator or 0 for part in parts if is_shown(part))
    assert now.cell.estimate.unit == f"per {finding.measure.per:,} children aged 10 to 17"
    assert now.cell.estimate.lower is not None
    assert f"In the financial year 2024-25, the figure for {finding.measure.short} in Aldermere was" in finding.sentence


@pytest.mark.parametrize(
    ("name", "between"),
    [
        ("residents-safe-after-dark", (50, 75)),
        ("residents-trust-police", (40, 65)),
        ("young-people-afraid-to-travel", (15, 40)),
        ("young-people-knife-carrying", (10, 30)),
        ("young-people-trusted-adult", (65, 90)),
    ],
)
def test_what_people_say_is_a_share_of_the_whole_area_with_limits(
    name: str, between: tuple[int, int], workspace: Workspace, county: County
) -> None:
    finding = finding_of(name, workspace, county)
    now = at(finding, AREA, Period.calendar(2025))
    assert is_shown(now.cell)
    told = now.cell.estimate
    limits = wilson(told.numerator or 0, told.denominator or 0)
    assert (told.value, told.lower, told.upper) == tuple(
        100 * float(end) for end in (limits.value, limits.lower, limits.upper)
    )
    assert between[0] < told.value < between[1]
    assert (told.unit, finding.method) == ("%", "wilson")
    parts = [at(finding, place, Period.calendar(2025)).cell for place in Book(county).districts]
    assert all(is_shown(part) for part in parts)
    assert f"In the calendar year 2025, the figure for {finding.measure.short} in Aldermere was" in finding.sentence


def test_weights_leave_fewer_effective_answers_than_respondents(workspace: Workspace, county: County) -> None:
    now = at(finding_of("residents-safe-after-dark", workspace, county), AREA, Period.calendar(2025))
    assert is_shown(now.cell)
    assert 1_000 < (now.cell.estimate.denominator or 0) < 1_400
