"""What cannot be read cannot be worked out either: not from a total, not from years less months, not from a percentage."""

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

import headwater
from headwater.assessment.cells import count_cell, month_cells, rate_cell
from headwater.assessment.chapters.inventory import quality
from headwater.assessment.counting import MILLION, Counts, Flagged
from headwater.assessment.findings import Finding
from headwater.assessment.questions.ask import with_people
from headwater.assessment.questions.beside import beside
from headwater.assessment.questions.kinds import ALL, EXPLOITED, TWICE, kinds
from headwater.assessment.questions.levels import count, unplaced_words
from headwater.assessment.questions.people import People, people
from headwater.assessment.scene import Scene
from headwater.disclosure import Policy, protect_parts
from headwater.documents import Table
from headwater.lake.coverage import Return, cover
from headwater.lake.quality import Said
from headwater.places import AGE_BANDS, band_words
from headwater.vocabulary import FLAGS, Level, Measure, Period, Place, Shown, Suppressed, is_shown, months_between

SOURCE = "police_records.crimes"
MONTHS = months_between("2024-01", "2025-12")
YEAR = Period.year_to("2025-12")
AREA = Place("Z23000001", "Aldermere", Level.FORCE)
PARTS = tuple(
    Place(f"Z0700000{n}", name, Level.DISTRICT) for n, name in enumerate(("Northam", "Southam", "Eastham"), 1)
)
POLICY = Policy.read(Path(headwater.__file__).parent / "definitions" / "disclosure" / "fewer-than-five.toml")
MEASURE = Measure(
    name="harm", title="Harm", short="harm", shape="rate", counts="crimes", source=SOURCE, where={}, of={},
    among="residents", per=1000, why="w", caveats=[], owner="o", agreed=date(2026, 1, 1), review_by=date(2027, 1, 1),
    version="1", source_url="",
)  # fmt: skip


class _Residents:
    def ages(self, _level: Level, within: Place) -> Any:
        bands = {band_words(*band): 10_000 for band in AGE_BANDS}
        return SimpleNamespace(people={within.code: bands})


@pytest.fixture
def scene() -> Scene:
    sent = [Return(month, 1, f"{month}.csv") for month in MONTHS]
    return Scene(
        area=AREA,
        subareas=PARTS,
        small=(),
        people={place.code: 100_000 for place in (AREA, *PARTS)},
        people_basis="b",
        producers={AREA.code: ("ZZP",)},
        coverage=cover({(SOURCE, "ZZP"): sent}),
        snapshot="s",
        policy=POLICY,
        atlas=cast("Any", _Residents()),
    )


def counts(whole: list[int], parts: tuple[list[int], ...] = (), unplaced: int = 0) -> Counts:
    """Of each month, of the area and its parts; `unplaced` in the last month."""
    nothing = np.zeros(len(MONTHS), np.int64)
    each = [np.array(part, np.int64) * MILLION for part in parts] or [nothing] * len(PARTS)
    lost = nothing.copy()
    lost[-1] = unplaced
    places = {AREA.code: np.array(whole, np.int64) * MILLION}
    places |= {place.code: part for place, part in zip(PARTS, each, strict=True)}
    return Counts(
        months=MONTHS,
        places=places,
        carried=dict.fromkeys(places, nothing),
        small=np.array(each, np.int64),
        small_carried=np.zeros((len(each), len(MONTHS)), np.int64),
        unlocated=lost,
        outside=nothing,
    )


def in_last(many: int) -> list[int]:
    return [0] * (len(MONTHS) - 1) + [many]


def of_last(*parts: int, unplaced: int = 0) -> Counts:
    return counts(in_last(sum(parts) + unplaced), tuple(in_last(part) for part in parts), unplaced)


def test_the_one_part_that_may_not_be_shown_takes_another_with_it() -> None:
    assert protect_parts([3, 9, 20], POLICY) == ("suppressed", "suppressed", "shown")
    assert protect_parts([1, 1, 9, 20], POLICY) == ("suppressed", "suppressed", "suppressed", "shown")
    assert protect_parts([4, 3, 9], POLICY) == ("suppressed", "suppressed", "shown")
    assert protect_parts([4, 4, 9], POLICY) == ("suppressed", "suppressed", "suppressed")
    assert protect_parts([1, 1, 1, 1, 1, 9], POLICY) == ("suppressed",) * 6
    assert protect_parts([0, 9, 20], POLICY) == ("shown", "shown", "shown")
    assert protect_parts([3, 0, 0], POLICY) == ("suppressed", "shown", "shown")
    assert protect_parts([1, 2, 3], replace(POLICY, smallest_shown=1)) == ("shown", "shown", "shown")
    assert protect_parts([0, 9, 20], replace(POLICY, hide_nought=True)) == ("suppressed", "suppressed", "shown")


@pytest.mark.parametrize("asked", [count_cell, rate_cell])
def test_no_part_of_the_area_can_be_found_by_taking_the_others_from_the_whole(scene: Scene, asked: Any) -> None:
    found = of_last(3, 9, 20)
    shown = [is_shown(asked(scene, MEASURE, found, place, YEAR)) for place in (AREA, *PARTS)]
    assert shown == [True, False, False, True]


def test_no_month_can_be_found_by_taking_years_and_other_months_from_one_another(scene: Scene) -> None:
    """Year to December 25 less year to November 25 is December 25 less December 24: so a month that is shown tells one that is not."""
    found = counts([6] * 23 + [4])
    cells = month_cells(scene, MEASURE, found, AREA)
    assert all(isinstance(cell, Suppressed) and cell.reason == "differencing" for cell in cells)
    finding = count(scene, MEASURE, found)
    assert not any(is_shown(r.cell) for r in finding.readings if r.period.length == 1)
    assert any(is_shown(r.cell) for r in finding.readings if r.period == YEAR)
    assert all(map(is_shown, month_cells(scene, MEASURE, counts([6] * 24), AREA)))


def test_a_month_without_a_return_stays_one(scene: Scene) -> None:
    lacking = replace(
        scene, coverage=cover({(SOURCE, "ZZP"): [Return(m, 1, f"{m}.csv") for m in MONTHS if m != "2024-05"]})
    )
    cells = month_cells(lacking, MEASURE, counts([6] * 23 + [4]), AREA)
    assert [cell.marker for cell in cells].count("[c]") == 23


def test_a_percentage_of_few_that_could_not_be_placed_is_not_said(scene: Scene) -> None:
    assert "a tenth or more" in unplaced_words(scene, MEASURE, of_last(8, 9, 0, unplaced=3), YEAR)[0]
    assert "32%" in unplaced_words(scene, MEASURE, of_last(8, 9, 0, unplaced=8), YEAR)[0]


def test_in_how_many_places_there_is_more_is_not_said_of_too_few(scene: Scene) -> None:
    few, many = of_last(1, 1, 1), of_last(0, 30, 0)
    more = beside(scene, (MEASURE, few), (MEASURE, many), YEAR).readings[-1]
    assert isinstance(more.cell, Suppressed)


def flagged(gang: int, county_lines: int, both: int, *, whole: int = 200) -> Flagged:
    flags = dict.fromkeys(FLAGS, (0, 0)) | {"gang": (gang, 100), "county_lines": (county_lines, 100)}
    return Flagged(whole=whole, flags=flags, exploited=gang + county_lines - both, twice=both)


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        (flagged(30, 20, 10), True),
        (flagged(30, 20, 0), True),
        (flagged(30, 20, 3), False),  # those of both: the two parts less all
        (flagged(30, 3, 0), False),  # a part: all less the other
        (flagged(30, 8, 6), False),  # county lines and no gang: all less gangs
    ],
)
def test_what_is_flagged_together_less_each_tells_of_no_few(scene: Scene, found: Flagged, shown: bool) -> None:
    cells = {reading.group: reading.cell for reading in kinds(scene, MEASURE, found, YEAR).readings}
    assert (is_shown(cells[EXPLOITED]), is_shown(cells[TWICE])) == (shown, shown)
    assert is_shown(cells[ALL])


def test_a_flag_that_all_but_a_few_bear_is_withheld(scene: Scene) -> None:
    cells = {
        reading.group: reading.cell for reading in kinds(scene, MEASURE, flagged(30, 20, 20, whole=32), YEAR).readings
    }
    assert not is_shown(cells["Gang"])


def test_kinds_of_too_few_make_a_sentence(scene: Scene) -> None:
    assert kinds(scene, MEASURE, flagged(1, 1, 0, whole=3), YEAR).sentence.startswith(
        "For crimes in the year to December 2025, {{"
    )


def persons(ages: dict[str, int], times: dict[str, int] | None = None, keyless: int = 0) -> People:
    found = {("victim", band): many for band, many in ages.items()}
    return People(
        ages=found, events={"victim": Counter(times or {}), "suspect": Counter()}, keyless={"victim": keyless}
    )


def found_of(scene: Scene, found: People) -> dict[str, Finding]:
    return {each.analysis: each for each in people(scene, MEASURE, found, YEAR)}


def test_no_band_of_age_can_be_found_from_the_number_under_25(scene: Scene) -> None:
    found = found_of(scene, persons({"0-9": 2, "10-17": 20, "18-24": 30, "25-34": 40, "35-49": 50}))
    cells = {reading.group: reading.cell for reading in found["ages"].readings}
    assert [is_shown(cells[f"Victims aged {band}"]) for band in ("0-9", "10-17", "18-24", "25-34")] == [
        False,
        False,
        True,
        True,
    ]
    assert isinstance(found["under-25"].readings[0].cell, Shown)


def test_who_is_hurt_most_is_said_of_nobody_where_nobody_may_be_shown(scene: Scene) -> None:
    assert "most often" not in found_of(scene, persons({"0-9": 1, "18-24": 4}))["ages"].sentence
    assert "most often" not in found_of(scene, persons({}))["ages"].sentence
    assert "aged 25-34 were hurt most often" in found_of(scene, persons({"25-34": 9}))["ages"].sentence


def test_a_share_that_may_not_be_shown_is_a_sentence_of_its_own(scene: Scene) -> None:
    said = found_of(scene, persons({"0-9": 1, "25-34": 4}))["under-25"].sentence
    assert said.startswith("For harm in the year to December 2025 (under 25), {{ say: harm.under-25")


def test_the_few_of_no_recorded_age_or_key_are_some(scene: Scene) -> None:
    found = found_of(scene, persons({"": 2, "25-34": 18}, {f"{n}": 1 for n in range(18)}, keyless=2))
    said = " ".join((*found["ages"].caveats, *found["repeat"].caveats))
    assert "some of them" in said
    assert "Of victims, some cannot be known again" in said
    assert "10%" not in said


def test_a_single_third_time_is_not_told_by_two_shares(scene: Scene) -> None:
    twice = {f"{n}": 2 for n in range(9)} | {f"once {n}": 1 for n in range(30)}
    assert len(found_of(scene, persons({}, twice))["repeat"].readings) == 2
    assert len(found_of(scene, persons({}, {**twice, "thrice": 3}))["repeat"].readings) == 1


def test_a_percentage_of_few_rows_is_withheld(scene: Scene) -> None:
    def told(rows: int, of: int) -> object:
        drafting = cast("Any", SimpleNamespace(scene=scene, said=[Said(SOURCE, "say", rows, of)]))
        (table,) = quality(drafting)
        assert isinstance(table, Table)
        return table.rows[0][2]

    assert isinstance(told(2, 40), Suppressed)
    assert isinstance(told(38, 40), Suppressed)
    assert (told(20, 40), told(40, 40), told(2, 4_000)) == (50, 100, "<1")


def landed(*parts: tuple[str, str]) -> Any:
    return SimpleNamespace(parts=[SimpleNamespace(dataset=dataset, tables=(table,)) for dataset, table in parts])


def test_without_the_people_nobody_is_counted_as_none(scene: Scene) -> None:
    """Others may have people: the searches of open data, with ages."""
    crimes, searches = (SOURCE, "events"), ("police_uk.stop_and_search", "people")
    young = replace(MEASURE, role="victim", ages=(0, 24))
    assert with_people(scene, young, landed(crimes, searches)) is None
    assert with_people(scene, MEASURE, landed(crimes)) is scene


def test_a_month_without_its_people_is_not_whole(scene: Scene) -> None:
    theirs = "police_records.people"
    sent = {(SOURCE, "ZZP"): MONTHS, (theirs, "ZZP"): MONTHS[12:]}
    returns = {key: [Return(month, 1, f"{month}.csv") for month in months] for key, months in sent.items()}
    half = replace(scene, coverage=cover(returns))
    seen = with_people(half, replace(MEASURE, role="victim"), landed((SOURCE, "events"), (theirs, "people")))
    assert seen is not None
    assert half.missing(SOURCE, AREA, MONTHS) == ()
    assert seen.missing(SOURCE, AREA, MONTHS) == MONTHS[:12]
    assert seen.headline(SOURCE) == YEAR
