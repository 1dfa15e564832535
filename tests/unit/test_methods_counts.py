"""Counts, rates, proportions and ratios: the edges."""

from collections.abc import Callable

import numpy as np
import pytest

from headwater.methods import (
    byar,
    crude_rate,
    direction,
    directly_standardised_rate,
    indirectly_standardised_ratio,
    mean_with_limits,
    poisson_limits,
    rate_ratio,
    slope_index,
    wilson,
)
from headwater.methods.results import Interval

RNG = np.random.default_rng
ONE_TO_NINE = np.arange(1.0, 10.0)

EVERY_METHOD_WITH_CONFIDENCE: list[Callable[[float], object]] = [
    lambda c: poisson_limits(10, confidence=c),
    lambda c: byar(10, confidence=c),
    lambda c: crude_rate(10, 100, per=1, confidence=c),
    lambda c: wilson(10, 100, confidence=c),
    lambda c: rate_ratio(1, 1, 1, 1, confidence=c),
    lambda c: directly_standardised_rate([10], [100], [1], per=1, confidence=c),
    lambda c: indirectly_standardised_ratio(10, 10, confidence=c),
    lambda c: mean_with_limits([1, 2], confidence=c),
    lambda c: slope_index([3, 2, 1], [1, 1, 1], confidence=c),
]


@pytest.mark.parametrize("method", EVERY_METHOD_WITH_CONFIDENCE)
@pytest.mark.parametrize("confidence", [95, 1, 0, -0.5])
def test_a_percentage_is_refused_rather_than_guessed_at(method: Callable[[float], object], confidence: float) -> None:
    with pytest.raises(ValueError, match="share of one"):
        method(confidence)


@pytest.mark.parametrize("bad", [-1, float("inf")])
def test_what_cannot_be_a_count_is_refused(bad: float) -> None:
    with pytest.raises(ValueError, match="count"):
        poisson_limits(bad)
    with pytest.raises(ValueError, match="population"):
        crude_rate(1, bad, per=1)


def test_limits_turn_from_exact_to_byar_at_ten() -> None:
    nine, ten = poisson_limits([9, 10]).lower
    assert nine != byar(9).lower
    assert ten == byar(10).lower


def test_nought_has_a_lower_limit_of_nought_and_an_upper_limit() -> None:
    limits = poisson_limits(0)
    assert limits.lower == 0
    assert limits.upper == pytest.approx(3.688879, abs=1e-6)  # minus the log of 0.025


def test_a_gap_stays_a_gap() -> None:
    limits = poisson_limits([np.nan, 4])
    np.testing.assert_array_equal(np.isnan([limits.lower, limits.upper]), [[True, False], [True, False]])


def test_shapes_are_kept_and_broadcast() -> None:
    rate = crude_rate(np.ones((2, 3)), [10, 20, 30], per=1000)
    assert rate.value.shape == rate.lower.shape == rate.upper.shape == (2, 3)
    assert rate.value[1].tolist() == pytest.approx([100, 50, 100 / 3])


def test_a_rate_where_nobody_lives_is_not_a_number() -> None:
    rate = crude_rate([0, 5], [0, 0], per=1000)
    assert np.isnan([rate.value, rate.lower, rate.upper]).all()


def test_the_ends_of_a_proportion_stay_within_it() -> None:
    none, every = wilson(0, 7), wilson(7, 7)
    assert (none.value, none.lower) == (0, 0)
    assert (every.value, every.upper) == (1, 1)
    assert np.isnan(wilson(0, 0).lower)
    with pytest.raises(ValueError, match="part"):
        wilson(8, 7)


def test_a_ratio_with_noughts() -> None:
    ratio = rate_ratio([0, 5, 0], 100, [5, 0, 0], 100)
    assert ratio.value[0] == ratio.lower[0] == 0
    assert 0 < ratio.upper[0] < np.inf
    assert ratio.value[1] == ratio.upper[1] == np.inf
    assert 0 < ratio.lower[1] < 1
    assert np.isnan([ratio.value[2], ratio.lower[2], ratio.upper[2]]).all()


@pytest.mark.parametrize(("people", "base_people"), [(0, 10), (10, 0)])
def test_a_ratio_with_nobody_on_one_side_is_not_a_number(people: float, base_people: float) -> None:
    ratio = rate_ratio(5, people, 5, base_people)
    assert np.isnan([ratio.value, ratio.lower, ratio.upper]).all()


def test_a_ratio_turned_round_is_the_other_way_up() -> None:
    ratio, turned = rate_ratio(12, 340, 25, 900), rate_ratio(25, 900, 12, 340)
    assert float(turned.value) == pytest.approx(1 / float(ratio.value))
    assert float(turned.lower) == pytest.approx(1 / float(ratio.upper))
    assert float(turned.upper) == pytest.approx(1 / float(ratio.lower))


@pytest.mark.parametrize(
    ("lower", "upper", "said"),
    [
        (1.01, 1.2, "rose"),
        (0.8, 0.99, "fell"),
        (0.9, 1.1, "no clear change"),
        (1.0, 1.2, "no clear change"),
        (0.8, 1.0, "no clear change"),
        (2.0, np.inf, "rose"),
        (np.nan, 1.2, "not known"),
        (0.8, np.nan, "not known"),
    ],
)
def test_direction(lower: float, upper: float, said: str) -> None:
    assert direction(Interval(np.array(1.0), np.array(lower), np.array(upper))) == said


def test_direction_speaks_of_one_ratio() -> None:
    with pytest.raises(ValueError, match="one ratio"):
        direction(rate_ratio([1, 2], 1, 1, 1))


def test_a_standardised_rate_needs_ten_events_and_people_of_every_age() -> None:
    few = directly_standardised_rate([4, 5], [100, 100], [1, 1], per=1000)
    enough = directly_standardised_rate([5, 5], [100, 100], [1, 1], per=1000)
    nobody = directly_standardised_rate([5, 5], [100, 0], [1, 1], per=1000)
    assert np.isnan([few.value, few.lower, nobody.value, nobody.upper]).all()
    assert float(enough.value) == pytest.approx(50)


def test_a_rate_standardised_to_its_own_ages_is_the_crude_rate() -> None:
    count, people = np.array([[20.0, 31, 4], [9, 9, 9]]), np.array([[1000.0, 2500, 800], [10, 20, 30]])
    ours = directly_standardised_rate(count, people, people, per=1000)
    crude = crude_rate(count.sum(axis=1), people.sum(axis=1), per=1000)
    np.testing.assert_allclose(ours.value, crude.value)
    np.testing.assert_allclose(ours.lower, crude.lower)
    np.testing.assert_allclose(ours.upper, crude.upper)


def test_repeated_events_widen_a_standardised_rate() -> None:
    alone = directly_standardised_rate([20, 30], [500, 600], [1, 2], per=1000)
    again = directly_standardised_rate([20, 30], [500, 600], [1, 2], per=1000, variance=[40, 60])
    assert float(again.value) == float(alone.value)
    assert float(again.value - again.lower) == pytest.approx(np.sqrt(2) * float(alone.value - alone.lower))


def test_nothing_expected_gives_no_ratio() -> None:
    assert np.isnan(indirectly_standardised_ratio(5, 0).value)


def test_a_mean_of_one_has_no_limits_and_of_none_no_value() -> None:
    ours = mean_with_limits([[3.0, np.nan], [np.nan, np.nan], [3.0, 5.0]])
    np.testing.assert_array_equal(ours.value, [3, np.nan, 4])
    np.testing.assert_array_equal(np.isnan(ours.lower), [True, True, False])


@pytest.mark.parametrize("count", [3, 8, 15, 60])
def test_poisson_limits_hold_the_truth_nineteen_times_in_twenty(count: int) -> None:
    drawn = RNG(1).poisson(count, 20_000)
    limits = poisson_limits(drawn)
    held = ((limits.lower <= count) & (count <= limits.upper)).mean()
    assert 0.94 < held < 0.99  # exact limits of few whole numbers hold too often, never too seldom


@pytest.mark.parametrize("share", [0.02, 0.3, 0.9])
def test_wilson_limits_hold_the_truth_nineteen_times_in_twenty(share: float) -> None:
    limits = wilson(RNG(2).binomial(200, share, 20_000), 200)
    assert 0.93 < ((limits.lower <= share) & (share <= limits.upper)).mean() < 0.97


def test_ratio_limits_hold_the_truth_nineteen_times_in_twenty() -> None:
    rng = RNG(3)
    ratio = rate_ratio(rng.poisson(30, 20_000), 1000, rng.poisson(40, 20_000), 2000)
    assert 0.945 < ((ratio.lower <= 1.5) & (ratio.upper >= 1.5)).mean() < 0.98


def test_standardised_limits_hold_the_truth_nineteen_times_in_twenty() -> None:
    rng, people, risk = RNG(4), np.array([900.0, 1500, 400]), np.array([0.01, 0.03, 0.02])
    counts = rng.poisson(people * risk, (20_000, 3))
    ours = directly_standardised_rate(counts, people, [1, 1, 1], per=1)
    truth = risk.mean()
    assert 0.94 < ((ours.lower <= truth) & (truth <= ours.upper)).mean() < 0.97


def test_mean_limits_hold_the_truth_nineteen_times_in_twenty() -> None:
    ours = mean_with_limits(RNG(5).normal(7, 2, (20_000, 6)))
    assert 0.94 < ((ours.lower <= 7) & (ours.upper >= 7)).mean() < 0.96


def test_slope_limits_hold_the_truth_nineteen_times_in_twenty() -> None:
    rng, people = RNG(6), np.array([300.0, 500, 400, 600, 200])
    shares = people / people.sum()
    truth = 10 - 4 * (np.cumsum(shares) - shares / 2)
    ours = slope_index(truth + rng.normal(0, 0.5, (20_000, 5)), people, standard_error=0.5)
    assert 0.94 < ((ours.slope.lower <= 4) & (ours.slope.upper >= 4)).mean() < 0.96
    assert 0.94 < ((ours.ratio.lower <= 10 / 6) & (ours.ratio.upper >= 10 / 6)).mean() < 0.96


def test_a_slope_along_a_straight_line_is_its_ends() -> None:
    ours = slope_index([9, 7, 5, 3, 1], [1, 1, 1, 1, 1])
    assert float(ours.slope.value) == pytest.approx(10)
    assert float(ours.intercept) == pytest.approx(10)
    assert np.isnan(ours.slope.lower)
    assert np.isnan(ours.ratio.value) or float(ours.ratio.value) > 1e9  # the far end is nought
    turned = slope_index([9, 7, 5, 3, 1.5], [1, 1, 1, 1, 1], towards="least deprived")
    assert float(turned.slope.value) < 0
    assert float(turned.ratio.value) < 1


def test_a_slope_refuses_what_it_cannot_fit() -> None:
    with pytest.raises(ValueError, match="three groups"):
        slope_index([1, 2], [1, 1])
    with pytest.raises(ValueError, match="log scale"):
        slope_index([1, 0, 2], [1, 1, 1], scale="log")
    with pytest.raises(ValueError, match="logit scale"):
        slope_index([0.5, 1, 0.2], [1, 1, 1], scale="logit")
