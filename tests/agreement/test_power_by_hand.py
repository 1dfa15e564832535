"""What can be seen, against every pair of counts one by one, and against seeing it happen."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.methods import detectable_change, rate_ratio


def chance(count: int, mean: float) -> float:
    return math.exp(-mean + count * math.log(mean) - math.lgamma(count + 1)) if mean else float(count == 0)


def is_seen(before: int, after: int, times: float, beyond: float) -> bool:
    """Would so few, or fewer, after be rarer than `beyond` if nothing had changed?"""
    total, share = before + after, times / (1 + times)
    tail = math.fsum(math.comb(total, k) * share**k * (1 - share) ** (total - k) for k in range(after + 1))
    return tail < beyond


def by_hand(events: float, fall: float, times: float, beyond: float) -> float:
    most = int(events * (1 + times) + 12 * math.sqrt(events * (1 + times)) + 20)
    return math.fsum(
        chance(before, events) * chance(after, events * times * (1 - fall))
        for before in range(most)
        for after in range(most)
        if before * times > after and is_seen(before, after, times, beyond)
    )


@given(
    st.integers(1, 12),
    st.sampled_from([0.0, 0.2, 0.5, 0.9, 1.0]),
    st.sampled_from([0.5, 1.0, 1.5]),
    st.sampled_from([0.8, 0.95]),
)
@settings(max_examples=15, deadline=None)
def test_power_is_the_chance_of_every_pair_that_would_be_seen(
    count: int, fall: float, times: float, confidence: float
) -> None:
    ours = detectable_change(count, target=fall, follow_up=times, confidence=confidence).target_power
    assert float(ours) == pytest.approx(by_hand(count, fall, times, (1 - confidence) / 2), abs=1e-9)


@given(st.integers(8, 14), st.sampled_from([0.5, 0.6]))
@settings(max_examples=4, deadline=None)
def test_the_smallest_fall_has_the_power_that_was_asked(count: int, power: float) -> None:
    found = float(detectable_change(count, power=power, confidence=0.9).reduction)
    assert by_hand(count, found, 1.0, 0.05) == pytest.approx(power, abs=1e-7)


def test_how_often_the_method_that_will_judge_it_calls_it_a_fall() -> None:
    """Forty thousand pairs of years are made up and given to `rate_ratio`."""
    rng = np.random.default_rng(20)
    found = detectable_change(80, follow_up=0.75)
    before, after = rng.poisson(80, 40_000), rng.poisson(float(found.follow_up_count), 40_000)
    seen = rate_ratio(after, 0.75, before, 1.0).upper < 1
    assert float(seen.mean()) == pytest.approx(0.8, abs=0.008)


def test_counts_that_vary_more_are_seen_as_fewer_counts_would_be() -> None:
    """Counts with twice the variance (negative binomial), tested as it should be: both halved, then compared."""
    rng = np.random.default_rng(21)
    found = float(detectable_change(400, overdispersion=2.0).reduction)

    def drawn(mean: float) -> np.ndarray:
        return rng.negative_binomial(mean, 0.5, 40_000)  # mean m, variance 2m

    before, after = drawn(400), drawn(400 * (1 - found))
    seen = rate_ratio(after / 2, 1.0, before / 2, 1.0).upper < 1
    assert float(seen.mean()) == pytest.approx(0.8, abs=0.02)
