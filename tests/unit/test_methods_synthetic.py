"""Synthetic controls: a truth that is known, and when it should not be believed."""

import math

import numpy as np
import pytest

from headwater.methods import synthetic_control

RNG = np.random.default_rng
MONTHS = 36


def neighbours(seed: int, many: int = 8) -> np.ndarray:
    """Places that each wander along in their own way."""
    return 100 + RNG(seed).normal(0, 4, size=(many, MONTHS)).cumsum(axis=1)


def test_a_mixture_that_is_known_is_found_and_so_is_what_was_done() -> None:
    donors = neighbours(1)
    place = 0.6 * donors[2] + 0.4 * donors[5]
    place[24:] -= 10
    found = synthetic_control(place, donors, 24)
    assert found.weights == pytest.approx([0, 0, 0.6, 0, 0, 0.4, 0, 0], abs=1e-9)
    assert found.only_one
    assert found.gap[:24] == pytest.approx(0, abs=1e-9)
    assert found.gap[24:] == pytest.approx(-10)
    assert found.average_gap == pytest.approx(-10)
    assert found.before == pytest.approx(0, abs=1e-9)
    assert found.after == pytest.approx(10)
    assert found.ratio == math.inf
    assert found.p_value == pytest.approx(1 / 9)
    np.testing.assert_allclose(found.synthetic + found.gap, place)


def test_with_noise_the_effect_stands_out_from_placebos_and_nothing_done_does_not() -> None:
    donors = neighbours(3, 19)
    place = donors[:4].mean(axis=0) + RNG(4).normal(0, 0.5, MONTHS)
    quiet = synthetic_control(place, donors, 24)
    changed = synthetic_control(place - np.where(np.arange(MONTHS) >= 24, 25, 0), donors, 24)
    assert changed.p_value == pytest.approx(1 / 20)
    assert changed.average_gap == pytest.approx(-25, abs=2)
    assert quiet.p_value > changed.p_value
    np.testing.assert_allclose(changed.weights, quiet.weights)


def test_where_nothing_was_done_low_p_values_are_as_rare_as_they_say() -> None:
    """All ten places alike: each p-value from a tenth to one is as likely as another."""
    p_values = []
    for seed in range(150):
        rows = neighbours(1_000 + seed, 10)
        p_values.append(synthetic_control(rows[0], rows[1:], 24).p_value)
    assert float(np.mean(np.array(p_values) <= 0.2)) == pytest.approx(0.2, abs=0.1)
    assert float(np.mean(p_values)) == pytest.approx(0.55, abs=0.08)


def test_a_place_unlike_any_other_is_not_reached_and_the_misfit_says_so() -> None:
    donors = neighbours(5)
    found = synthetic_control(np.full(MONTHS, 500.0), donors, 24)
    assert found.before > 300
    assert found.ratio == pytest.approx(1, abs=0.2)


def test_more_donors_than_periods_can_be_mixed_in_more_ways_than_one() -> None:
    donors = np.array([[10.0, 10, 5], [0, 0, 1], [5, 5, 9]])
    found = synthetic_control([5.0, 5, 5], donors, 2)
    assert not found.only_one
    assert found.before == pytest.approx(0, abs=1e-9)


def test_donors_that_are_the_same_can_change_places() -> None:
    donors = neighbours(6, 3)
    assert not synthetic_control(donors[0] + 1, [donors[0], donors[0], donors[1]], 24).only_one


def test_a_perfect_fit_throughout_has_no_ratio() -> None:
    flat = np.ones((3, 6))
    found = synthetic_control(flat[0], flat[1:], 3)
    assert math.isnan(found.ratio)
    assert math.isnan(found.p_value)


def test_it_does_not_matter_in_what_units_things_are_counted() -> None:
    donors = neighbours(7)
    place = donors.mean(axis=0) + 3
    small, large = (synthetic_control(place * unit, donors * unit, 24) for unit in (1e-6, 1e6))
    np.testing.assert_allclose(small.weights, large.weights, atol=1e-9)
    assert small.p_value == large.p_value


@pytest.mark.parametrize(
    ("place", "donors", "at", "said"),
    [
        ([1.0, 2, 3], [[1.0, 2]], 2, "same periods"),
        ([1.0, 2, 3], [1.0, 2, 3], 2, "a row for each donor"),
        ([1.0, 2, 3], np.empty((0, 3)), 2, "a row for each donor"),
        ([1.0, math.nan, 3], [[1.0, 2, 3]], 2, "known in every period"),
        ([1.0, 2, 3], [[1.0, math.nan, 3]], 2, "known in every period"),
        ([1.0, 2, 3], [[1.0, 2, 3]], 1, "first period after"),
        ([1.0, 2, 3], [[1.0, 2, 3]], 3, "first period after"),
    ],
)
def test_what_makes_no_sense_is_refused(place: object, donors: object, at: int, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        synthetic_control(place, donors, at)  # type: ignore[arg-type]
