"""What is withheld, and what stands in its place."""

import dataclasses
import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.disclosure import Policy, protect, protect_cell
from headwater.vocabulary import Cell, Estimate, LowReliability, Missing, NotApplicable, NotCollected, Shown, Suppressed

OPEN = Policy(
    name="open",
    title="Open",
    smallest_shown=1,
    hide_nought=False,
    rounding=0,
    owner="Us",
    agreed=date(2026, 1, 1),
    review_by=date(2027, 1, 1),
    source_url="https://example.org",
    why="Already public.",
)
FIVE = dataclasses.replace(OPEN, name="five", smallest_shown=5)
HOSPITAL = dataclasses.replace(OPEN, name="hospital", smallest_shown=8, rounding=5)
SECRET = dataclasses.replace(FIVE, name="secret", hide_nought=True)
WITHHELD = Suppressed(reason="small", policy="five")


def estimate(value: float, top: float | None = None, bottom: float | None = None) -> Estimate:
    return Estimate(
        value=value,
        lower=value * 0.9,
        upper=value * 1.1,
        unit="per 1,000",
        decimals=1,
        method="crude_rate",
        snapshots=("abc",),
        numerator=top,
        denominator=bottom,
    )


def test_counts_from_one_up_to_the_smallest_shown_are_withheld_and_nought_is_not() -> None:
    assert protect([0, 1, 4, 5, 600], FIVE) == ("shown", "suppressed", "suppressed", "shown", "shown")


def test_a_part_of_one_is_a_small_count() -> None:
    assert protect([0.01, 4.99, 5.0], FIVE) == ("suppressed", "suppressed", "shown")


def test_nought_is_withheld_where_the_policy_hides_it() -> None:
    assert protect([0, 5], SECRET) == ("suppressed", "shown")


def test_open_data_withholds_nothing() -> None:
    assert set(protect(range(20), OPEN)) == {"shown"}


@pytest.mark.parametrize("bad", [math.nan, -1])
def test_what_is_not_a_count_has_no_verdict(bad: float) -> None:
    with pytest.raises(ValueError, match="known"):
        protect([bad], OPEN)
    with pytest.raises(ValueError, match="known"):
        protect_cell(Shown(estimate(1)), bad, OPEN)


def test_a_cell_that_is_small_is_replaced() -> None:
    assert protect_cell(Shown(estimate(3, 3)), 3, FIVE) == WITHHELD
    assert protect_cell(LowReliability(estimate(3, 3), "few"), 3, FIVE) == WITHHELD


def test_a_cell_that_is_not_small_is_the_same_cell() -> None:
    cell = Shown(estimate(5, 5))
    assert protect_cell(cell, 5, FIVE) is cell


@pytest.mark.parametrize("cell", [Missing("no return"), NotApplicable("nobody"), NotCollected("nobody does"), WITHHELD])
def test_a_cell_without_a_figure_stays_as_it_is(cell: Cell) -> None:
    assert protect_cell(cell, 3, FIVE) is cell


def test_a_rate_on_a_small_numerator_is_withheld() -> None:
    assert protect_cell(Shown(estimate(2.5, 4, 1600)), 4, FIVE) == WITHHELD
    assert protect_cell(Shown(estimate(2.5, 4, 1600)), 400, FIVE) == WITHHELD


def test_a_proportion_that_tells_how_few_are_left_is_withheld() -> None:
    assert protect_cell(Shown(estimate(98, 98, 100)), 98, FIVE) == WITHHELD
    assert protect_cell(Shown(estimate(0, 0, 3)), 0, FIVE) == WITHHELD
    assert protect_cell(Shown(estimate(100, 100, 100)), 100, FIVE) == Shown(estimate(100, 100, 100))
    assert isinstance(protect_cell(Shown(estimate(100, 100, 100)), 100, SECRET), Suppressed)


def test_more_events_than_people_leave_no_remainder_to_guess() -> None:
    cell = Shown(estimate(2000, 200, 100))
    assert protect_cell(cell, 200, FIVE) is cell


def test_a_policy_that_rounds_gives_the_rounded_count_and_no_interval() -> None:
    cell = protect_cell(Shown(estimate(13, 13)), 13, HOSPITAL)
    assert isinstance(cell, Shown)
    assert (cell.estimate.value, cell.estimate.numerator) == (15, 15)
    assert (cell.estimate.lower, cell.estimate.upper) == (None, None)


def test_a_rounding_policy_hides_which_counts_were_round_already() -> None:
    shown = [protect_cell(Shown(estimate(n, n)), n, HOSPITAL) for n in (8, 9, 10, 11, 12)]
    assert len({cell.text for cell in shown}) == 1
    assert shown == [shown[2]] * 5


def test_a_rate_under_a_rounding_policy_is_made_from_the_rounded_count() -> None:
    cell = protect_cell(Shown(estimate(2.3, 23, 10_000)), 23, HOSPITAL)
    assert isinstance(cell, Shown)
    assert cell.estimate.value == pytest.approx(2.5)
    assert cell.estimate.denominator == 10_000


@given(st.integers(0, 40), st.integers(0, 60), st.sampled_from([OPEN, FIVE, HOSPITAL, SECRET]))
def test_no_shown_cell_lets_a_small_count_be_worked_out(count: int, rest: int, policy: Policy) -> None:
    cell = protect_cell(Shown(estimate(count, count, count + rest)), count, policy)
    verdicts = protect([count, rest], policy)
    assert isinstance(cell, Suppressed) == ("suppressed" in verdicts)
