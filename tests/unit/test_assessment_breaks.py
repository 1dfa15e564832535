"""A break that the owner of the data declared is drawn, starts the limits afresh, and is told beside every comparison across it."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

import headwater
from headwater import documents
from headwater.assessment.counting import MILLION, Counts
from headwater.assessment.questions.process import control
from headwater.assessment.questions.trend import change, rolling
from headwater.assessment.rebases import declared_breaks
from headwater.assessment.scene import Scene
from headwater.disclosure import Policy
from headwater.documents.charts import Band
from headwater.lake.coverage import Return, cover
from headwater.vocabulary import Level, Measure, Place, months_between

SOURCE = "nrm.reasonable_grounds"
MONTHS = months_between("2021-01", "2023-12")
AREA = Place("Z23000001", "Aldermere", Level.FORCE)
MEASURE = Measure(
    name="positive", title="Positive decisions", short="positive decisions", shape="rate", counts="decisions", source=SOURCE,
    where={}, of={}, among="residents", per=1000, why="w", caveats=[], owner="o", agreed=date(2026, 1, 1),
    review_by=date(2027, 1, 1), version="1", source_url="",
)  # fmt: skip
BREAKS = declared_breaks([MEASURE], {SOURCE})
JULY = "The series breaks at July 2023, declared by Home Office: The test of January 2023 was amended in July 2023 (https://www.gov.uk/"


@pytest.fixture
def scene() -> Scene:
    policies = Path(headwater.__file__).parent / "definitions" / "disclosure"
    sent = [Return(month, 1, f"{month}.csv") for month in MONTHS]
    return Scene(
        area=AREA,
        subareas=(),
        small=(),
        people={AREA.code: 100_000},
        people_basis="b",
        producers={AREA.code: ("home-office",)},
        coverage=cover({(SOURCE, "home-office"): sent}),
        snapshot="s",
        policy=Policy.read(policies / "published-police-data.toml"),
        atlas=cast("Any", None),
        rebases=BREAKS,
    )


@pytest.fixture
def counts() -> Counts:
    values = np.array([90] * 24 + [40] * 12, np.int64) * MILLION
    none = np.zeros((0, len(MONTHS)), np.int64)
    nothing = np.zeros(len(MONTHS), np.int64)
    return Counts(
        months=MONTHS,
        places={AREA.code: values},
        carried={AREA.code: nothing},
        small=none,
        small_carried=none,
        unlocated=nothing,
        outside=nothing,
    )


def bands(finding: Any) -> list[Band]:
    (figure,) = (block for block in finding.exhibits if isinstance(block, documents.Figure))
    return [band for band in figure.chart.bands if band.kind == "break"]


def test_breaks_come_from_the_contract_of_the_dataset_that_a_measure_counts():
    assert [(told.measure, told.month, told.by) for told in BREAKS] == [
        ("positive", "2023-01", "declared by Home Office"),
        ("positive", "2023-07", "declared by Home Office"),
    ]
    assert all(told.declared for told in BREAKS)
    assert declared_breaks([MEASURE], {"police_uk.street"}) == ()
    assert declared_breaks([replace(MEASURE, source="police_uk.street")], {"police_uk.street", SOURCE}) == ()


def test_a_control_chart_starts_afresh_and_marks_the_month(scene: Scene, counts: Counts):
    finding = control(scene, MEASURE, counts)
    assert finding is not None
    assert [(band.first, band.label) for band in bands(finding)] == [
        (MONTHS.index("2023-01"), "counting changed"),
        (MONTHS.index("2023-07"), "counting changed"),
    ]
    assert any(caveat.startswith("The chart starts afresh in January 2023") for caveat in finding.caveats)
    without = control(replace(scene, rebases=()), MEASURE, counts)
    assert without is not None
    assert bands(without) == []


def test_a_line_of_rolling_years_marks_it_and_says_so(scene: Scene, counts: Counts):
    finding = rolling(scene, MEASURE, counts)
    assert finding is not None
    assert [band.first for band in bands(finding)] == [13, 19], (
        "the first years to hold a month of the new way of counting"
    )
    assert any(caveat.startswith(JULY) for caveat in finding.caveats)


def test_a_comparison_across_a_break_says_so_and_one_beside_it_does_not(scene: Scene, counts: Counts):
    finding = change(scene, MEASURE, counts)
    assert finding is not None
    assert [caveat.split(",")[0] for caveat in finding.caveats] == [
        "The series breaks at January 2023",
        "The series breaks at July 2023",
    ]
    assert "Counting changed in" in finding.sentence
    earlier = replace(scene, coverage=cover({(SOURCE, "home-office"): [Return(m, 1, "f") for m in MONTHS[:24]]}))
    before = change(earlier, MEASURE, replace(counts, months=MONTHS[:24], places={AREA.code: counts.places[AREA.code][:24]},
                                              carried={AREA.code: counts.carried[AREA.code][:24]}))  # fmt: skip
    assert before is not None
    assert before.caveats == ()
    assert "counted in the same way" not in before.sentence
