"""Could we see it? The edges."""

import math

import numpy as np
import pytest

from headwater.methods import detectable_change, rate_ratio


def test_more_events_show_smaller_falls() -> None:
    found = detectable_change([20, 50, 100, 500, 2_000])
    assert (np.diff(found.reduction) < 0).all()
    assert found.follow_up_count == pytest.approx([20, 50, 100, 500, 2_000] * (1 - found.reduction))


def test_a_longer_follow_up_shows_smaller_falls_and_a_shorter_one_greater() -> None:
    shorter, same, longer = detectable_change(100, follow_up=[0.5, 1, 2]).reduction
    assert shorter > same > longer


def test_too_few_to_see_even_a_fall_to_nothing() -> None:
    """Six before and none after are the fewest whose interval lies below 1, and of five expected there are often fewer."""
    assert rate_ratio(0, 1, 6, 1).upper < 1 <= rate_ratio(0, 1, 5, 1).upper
    found = detectable_change([0, 5])
    assert np.isnan(found.reduction).all()
    assert np.isnan(found.follow_up_count).all()


def test_without_a_change_it_is_seen_less_often_than_the_interval_allows() -> None:
    power = detectable_change([5, 50, 500], target=0.0).target_power
    assert (power < 0.025).all()
    assert power[2] > 0.02


def test_the_target_that_is_the_smallest_fall_has_the_power_asked() -> None:
    smallest = detectable_change(120, power=0.9).reduction
    assert float(detectable_change(120, target=smallest).target_power) == pytest.approx(0.9)


def test_no_target_has_no_power_and_what_is_not_known_stays_so() -> None:
    found = detectable_change([math.nan, 40], target=math.nan)
    assert np.isnan(found.reduction).tolist() == [True, False]
    assert np.isnan(found.target_power).all()


def test_overdispersion_is_as_having_fewer_events() -> None:
    half, spread = detectable_change(50), detectable_change(100, overdispersion=2)
    assert float(spread.reduction) == pytest.approx(float(half.reduction))
    assert float(spread.follow_up_count) == pytest.approx(2 * float(half.follow_up_count))


def test_large_counts_come_to_the_square_root_rule() -> None:
    """The square roots of Poisson counts vary by a half whatever the count: 4/(√a - √b)² units, van Belle's rule."""
    units = 4 / (math.sqrt(36) - math.sqrt(30)) ** 2
    assert float(detectable_change(36 * units, target=1 / 6).target_power) == pytest.approx(0.8, abs=0.01)
    rule = 1 - (1 - 2.8016 / math.sqrt(2 * 10_000)) ** 2
    assert float(detectable_change(10_000).reduction) == pytest.approx(rule, rel=0.005)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"power": 80}, "share"),
        ({"power": 0.01}, "share"),
        ({"confidence": 95}, "share"),
        ({"target": -0.2}, "fall"),
        ({"target": 20}, "fall"),
        ({"follow_up": 0}, "longer"),
        ({"overdispersion": 0.5}, "1 or more"),
    ],
)
def test_what_makes_no_sense_is_refused(options: dict[str, float], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        detectable_change(100, **options)
