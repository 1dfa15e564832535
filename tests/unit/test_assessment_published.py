"""Published figures: what their marks mean, when they add up, and how they stand beside a country."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from headwater.assessment.chapters.harmed import verdict_on
from headwater.assessment.figures import Figure
from headwater.assessment.findings import Finding, Reading
from headwater.assessment.published import Publication
from headwater.assessment.questions.published import change, published, standing
from headwater.assessment.returned import AT_LEAST
from headwater.disclosure import Policy
from headwater.methods import crude_rate, rate_ratio, wilson
from headwater.vocabulary import (
    Level,
    LowReliability,
    Measure,
    Missing,
    NotApplicable,
    NotCollected,
    Period,
    Place,
    Suppressed,
    is_shown,
)

AREA = Place("Z23000001", "Aldermere", Level.FORCE)
NORTH, SOUTH = Place("Z10000001", "Northshire", Level.COUNTY), Place("Z10000002", "Southshire", Level.COUNTY)
ENGLAND = "E92000001"
YEARS = [Period.academic(year) for year in (2020, 2021, 2022)]
MEASURE = Measure(
    name="exclusions", title="Permanent exclusions", short="permanent exclusions", shape="published", counts="exclusions",
    source="nrm.reasonable_grounds", where={"measure": ["x"], "group": [""]}, of={}, among="pupils", per=10_000, why="w", caveats=[],
    owner="o", agreed=date(2026, 1, 1), review_by=date(2027, 1, 1), version="1", source_url="", factor="individual", limits="poisson",
)  # fmt: skip
POLICY = Policy(
    name="five", title="five", smallest_shown=5, hide_nought=False, rounding=0, owner="o", agreed=date(2026, 1, 1),
    review_by=date(2027, 1, 1), source_url="https://example.org", why="w",
)  # fmt: skip


class Book:
    levels = (Level.COUNTY,)

    def within(self, _place: Place, level: Level) -> tuple[Place, ...]:
        return (NORTH, SOUTH) if level == Level.COUNTY else ()


def figure(
    code: str, value: float | None, whole: float | None = 10_000.0, period: Period = YEARS[-1], **said: Any
) -> Figure:
    level = "country" if code == ENGLAND else "utla"
    told: dict[str, Any] = {"lower": None, "upper": None, "unit": "exclusions", "status": "", "release": "2024"}
    return Figure(area_code=code, level=level, period=period, value=value, denominator=whole, **(told | said))


def publication(*held: Figure, measure: Measure = MEASURE, policy: Policy = POLICY) -> Publication:
    scene: Any = SimpleNamespace(area=AREA, atlas=Book(), snapshot="s" * 16)
    return Publication(
        scene=scene, measure=measure, policy=policy, figures={(f.area_code, f.period.label): f for f in held}
    )


def test_a_rate_is_worked_out_from_the_count_and_what_it_is_out_of() -> None:
    cell = publication(figure(NORTH.code, 40)).cell(NORTH, YEARS[-1])
    assert is_shown(cell)
    assert cell.estimate.value == 40
    assert cell.estimate.unit == "per 10,000 pupils"
    assert cell.estimate.lower == pytest.approx(float(crude_rate(40, 10_000, per=10_000).lower))


def test_a_share_has_wilsons_limits() -> None:
    share = replace(MEASURE, limits="wilson", per=100)
    cell = publication(figure(NORTH.code, 40, 200), measure=share).cell(NORTH, YEARS[-1])
    assert is_shown(cell)
    assert (cell.estimate.value, cell.estimate.unit) == (20, "%")
    assert cell.estimate.upper == pytest.approx(100 * float(wilson(40, 200).upper))


def test_authorities_add_up_to_the_area_only_when_every_one_is_known() -> None:
    both = publication(figure(NORTH.code, 40), figure(SOUTH.code, 20, 5_000))
    cell = both.cell(AREA, YEARS[-1], (NORTH, SOUTH))
    assert is_shown(cell)
    assert (cell.estimate.numerator, cell.estimate.denominator) == (60, 15_000)
    absent = publication(figure(NORTH.code, 40), figure(SOUTH.code, None, status="x"))
    missing = absent.cell(AREA, YEARS[-1], (NORTH, SOUTH))
    assert isinstance(missing, Missing)
    assert "no figure for Southshire" in missing.why, "a part never passes for the whole"
    secret = publication(figure(NORTH.code, 40), figure(SOUTH.code, None, status="c"))
    withheld = secret.cell(AREA, YEARS[-1], (NORTH, SOUTH))
    assert isinstance(withheld, Suppressed)
    assert "publisher’s own" in withheld.policy
    assert isinstance(publication(figure(NORTH.code, 40)).cell(AREA, YEARS[-1], (NORTH, SOUTH)), Missing)
    assert isinstance(publication().cell(AREA, YEARS[-1], (NORTH, SOUTH)), NotCollected)


def test_what_cannot_be_added_up_is_not() -> None:
    percent = replace(MEASURE, limits="", per=1)
    shares = [figure(place.code, 4.0, None, unit="% of pupils") for place in (NORTH, SOUTH)]
    assert isinstance(publication(*shares, measure=percent).cell(AREA, YEARS[-1], (NORTH, SOUTH)), NotApplicable)
    counts = [figure(place.code, 40, None) for place in (NORTH, SOUTH)]
    added = publication(*counts, measure=percent).cell(AREA, YEARS[-1], (NORTH, SOUTH))
    assert is_shown(added)
    assert added.estimate.value == 80


@pytest.mark.parametrize(
    ("status", "kind"), [("c", Suppressed), ("z", NotApplicable), ("x", Missing), ("low", Missing), (":", Missing)]
)
def test_a_mark_keeps_its_meaning_and_is_never_nought(status: str, kind: type) -> None:
    assert isinstance(publication(figure(NORTH.code, None, status=status)).cell(NORTH, YEARS[-1]), kind)


def test_a_small_count_is_withheld_by_the_stricter_policy_though_it_was_published() -> None:
    assert isinstance(publication(figure(NORTH.code, 3)).cell(NORTH, YEARS[-1]), Suppressed)
    assert isinstance(publication(figure(NORTH.code, 8)).cell(NORTH, YEARS[-1]), LowReliability)
    nought = publication(figure(NORTH.code, 0)).cell(NORTH, YEARS[-1])
    assert isinstance(nought, LowReliability), "nought is a figure"


def test_a_rate_is_not_worked_out_of_a_figure_that_says_not_what_it_is_out_of() -> None:
    """A count beside rates would pass for one of them."""
    mixed = publication(figure(NORTH.code, 40), figure(SOUTH.code, 40, None))
    cell = mixed.cell(SOUTH, YEARS[-1])
    assert isinstance(cell, Missing)
    assert "without what it is out of" in cell.why


def test_where_nothing_is_out_of_anything_counts_stand_as_counts() -> None:
    finding = published(publication(figure(NORTH.code, 40, None), figure(SOUTH.code, 30, None)))
    assert finding is not None
    assert (finding.method, finding.formula) == ("count", "The figure as it was published")
    (table,) = finding.exhibits
    assert [column.title for column in table.columns][1] == "Exclusions"


def test_limits_are_kept_where_every_figure_came_rounded_and_lost_where_one_did_not() -> None:
    five = replace(POLICY, rounding=5)
    came = publication(figure(NORTH.code, 40), figure(SOUTH.code, 25), policy=five).cell(NORTH, YEARS[-1])
    assert is_shown(came)
    assert came.estimate.lower == pytest.approx(float(crude_rate(40, 10_000, per=10_000).lower))
    mixed = publication(figure(NORTH.code, 40), figure(SOUTH.code, 26), policy=five).cell(NORTH, YEARS[-1])
    assert is_shown(mixed)
    assert (mixed.estimate.value, mixed.estimate.lower) == (40, None), "limits would tell that 40 is exact"


def found(*held: Figure) -> Finding:
    finding = published(publication(*held))
    assert finding is not None
    return finding


def years(code: str, *values: float) -> list[Figure]:
    return [figure(code, value, 10_000.0, period) for value, period in zip(values, YEARS, strict=True)]


def test_the_sentence_sets_the_area_beside_its_country_and_says_what_the_limits_bear() -> None:
    higher = found(*years(NORTH.code, 30, 30, 90), *years(SOUTH.code, 30, 30, 90), *years(ENGLAND, 50, 50, 50))
    assert "higher than that of England" in higher.sentence
    assert "the school year 2022-23" in higher.sentence
    similar = found(*years(NORTH.code, 50, 50, 50), *years(SOUTH.code, 50, 50, 50), *years(ENGLAND, 52, 52, 52))
    assert "not clearly different from that of England" in similar.sentence
    alone = found(*years(ENGLAND, 50, 50, 50))
    assert "none is published for Aldermere" in alone.sentence


def test_years_are_told_where_their_quarters_are_published_too() -> None:
    quarters = [figure(ENGLAND, 10, period=Period.quarter(2022, n)) for n in (1, 2, 3, 4)]
    calendar = [figure(ENGLAND, 40, period=Period.calendar(year)) for year in (2021, 2022)]
    assert {reading.period.kind for reading in found(*quarters, *calendar).readings} == {"calendar"}


def test_a_break_that_the_owner_declares_is_drawn_where_it_falls_and_told() -> None:
    held = [figure(ENGLAND, 40, period=Period.calendar(year)) for year in (2021, 2022, 2023)]
    finding = found(*held)
    (chart,) = [exhibit for exhibit in finding.exhibits if hasattr(exhibit, "chart")]
    assert [(band.kind, chart.chart.labels[band.first]) for band in chart.chart.bands] == [("break", "2023")]
    assert any("2023-01" in caveat for caveat in finding.caveats)


def test_standing_needs_limits() -> None:
    here = publication(figure(NORTH.code, 90), figure(ENGLAND, 50))
    mine, country = (
        Reading(place=place, period=YEARS[-1], cell=here.cell(place, YEARS[-1]))
        for place in (NORTH, Place(ENGLAND, "England", Level.COUNTRY))
    )
    assert (standing(mine, country), standing(country, mine)) == ("higher", "lower")
    bare = publication(figure(NORTH.code, 90, None), measure=replace(MEASURE, limits="", per=1)).cell(NORTH, YEARS[-1])
    assert standing(replace(mine, cell=bare), country) == ""


def test_nothing_published_is_no_finding() -> None:
    assert published(publication()) is None


def moved(now: float | None, before: float | None, status: str = "") -> Reading | None:
    """The change of a measure of success from one year to the next, as the area's only reading."""
    held = [
        figure(place.code, many, 10_000, period, status=status if many is None else "")
        for period, many in ((YEARS[-2], before), (YEARS[-1], now))
        for place in (NORTH, SOUTH)
    ]
    shown = publication(*held)
    found = change(shown, found_of(shown))
    return found.readings[0] if found else None


def found_of(shown: Publication) -> Finding:
    found = published(shown)
    assert found is not None
    return found


def test_the_change_of_a_published_rate_is_the_exact_ratio_of_its_counts() -> None:
    reading = moved(10, 20)
    assert reading is not None
    assert is_shown(reading.cell)
    by_hand = rate_ratio(20, 20_000, 40, 20_000)
    ends = (reading.cell.estimate.value, reading.cell.estimate.lower, reading.cell.estimate.upper)
    assert ends == pytest.approx(tuple(float(end) for end in (by_hand.value, by_hand.lower, by_hand.upper)))


@pytest.mark.parametrize(
    ("now", "before", "verdict"),
    [
        (100, 300, "fell"),
        (300, 100, "rose"),
        (20, 22, "cannot tell: the difference is within what chance alone makes"),
        (None, 40, "cannot tell: too few to show"),
        (40, 0, "cannot tell: there were none in the school year 2021-22"),
    ],
)
def test_cannot_tell_is_a_verdict_and_says_why(now: float | None, before: float, verdict: str) -> None:
    assert verdict_on(moved(now, before, status="c")) == verdict


def test_without_a_year_before_nobody_can_tell() -> None:
    shown = publication(figure(NORTH.code, 40), figure(SOUTH.code, 40))
    assert change(shown, found_of(shown)) is None
    assert verdict_on(None) == "cannot tell: there is no year before to compare with"


def test_a_sum_of_returns_never_gives_a_withheld_part_away() -> None:
    returns = replace(MEASURE, limits="", per=1)
    held = [
        figure(NORTH.code, 40, None, whose=frozenset({("a",)})),
        figure(SOUTH.code, 3, None, whose=frozenset({("b",)})),
    ]
    told = publication(*held, measure=returns)
    assert isinstance(told.cell(SOUTH, YEARS[-1]), Suppressed)
    cell = told.cell(AREA, YEARS[-1], (NORTH, SOUTH))
    assert isinstance(cell, LowReliability)
    assert (cell.estimate.value, cell.why) == (40, "at least this many: no figure is known for Southshire")


def test_a_least_is_said_to_be_one_and_drawn_in_no_line() -> None:
    returns = replace(MEASURE, limits="", per=1, factor="")
    held = [figure(NORTH.code, 40, None, period, whose=frozenset({("a",)})) for period in YEARS]
    found = published(publication(*held, measure=returns))
    assert found is not None
    assert "was at least {{" in found.sentence
    assert [type(exhibit).__name__ for exhibit in found.exhibits] == ["Table", "Table"]
    both = [*held, *(figure(SOUTH.code, 10, None, period, whose=frozenset({("b",)})) for period in YEARS)]
    whole = published(publication(*both, measure=returns))
    assert whole is not None
    assert "at least" not in whole.sentence
    assert [type(exhibit).__name__ for exhibit in whole.exhibits] == ["Figure", "Table"]


def test_a_ratio_needs_the_year_before_and_more_than_a_least() -> None:
    gap = publication(*(figure(place.code, 40, 10_000, YEARS[at]) for at in (0, 2) for place in (NORTH, SOUTH)))
    assert change(gap, found_of(gap)) is None
    told = publication(*(figure(place.code, 40, 10_000, year) for year in YEARS[-2:] for place in (NORTH, SOUTH)))
    level = found_of(told)
    least = tuple(
        replace(r, cell=LowReliability(r.cell.estimate, f"{AT_LEAST}one withheld")) if is_shown(r.cell) else r
        for r in level.readings
    )
    found = change(told, replace(level, readings=least))
    assert found is not None
    assert isinstance(found.readings[0].cell, NotApplicable)


@pytest.mark.parametrize(("north", "south", "shown"), [(3, 40, False), (3, 4, True), (30, 40, True), (1, 2, False)])
def test_a_sum_does_not_tell_the_one_part_that_is_withheld(north: float, south: float, shown: bool) -> None:
    told = publication(figure(NORTH.code, north, 10_000), figure(SOUTH.code, south, 10_000))
    strict = replace(told, policy=replace(told.policy, smallest_shown=5))
    assert is_shown(strict.cell(told.scene.area, YEARS[-1], (NORTH, SOUTH))) is shown
