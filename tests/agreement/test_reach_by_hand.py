"""Served against harmed: the formulas in plain Python, the exact ones from binomial tails, and how often they hold."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.methods import representation

Z = 1.959963984540054


def at_most(count: int, total: int, share: float) -> float:
    return math.fsum(math.comb(total, k) * share**k * (1 - share) ** (total - k) for k in range(count + 1))


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=2, max_size=5))
@settings(max_examples=60, deadline=None)
def test_every_group_one_by_one(groups: list[tuple[int, int]]) -> None:
    ours = representation([s for s, _ in groups], [h for _, h in groups])
    served, harmed = sum(s for s, _ in groups), sum(h for _, h in groups)
    for i, (s, h) in enumerate(groups):
        lower, upper = float(ours.ratio.lower[i]), float(ours.ratio.upper[i])
        if not served or not harmed or not s + h:
            assert ours.reached[i] == "not known"
            continue
        if s >= 10 and h >= 10:
            ratio = (s / served) / (h / harmed)
            reach = Z * math.sqrt(1 / s - 1 / served + 1 / h - 1 / harmed)
            assert float(ours.ratio.value[i]) == pytest.approx(ratio)
            assert (lower, upper) == pytest.approx((ratio * math.exp(-reach), ratio * math.exp(reach)))
        else:
            for end, tail in (
                (lower, lambda p, s=s, n=s + h: 1 - at_most(s - 1, n, p)),
                (upper, lambda p, s=s, n=s + h: at_most(s, n, p)),
            ):
                if 0 < end < math.inf:
                    odds = end * served / harmed
                    assert tail(odds / (1 + odds)) == pytest.approx(0.025, abs=1e-9)
        said = "less than its share" if upper < 1 else "more than its share" if lower > 1 else "no clear difference"
        assert ours.reached[i] == said


@pytest.mark.parametrize("share", [0.04, 0.3, 0.7])
def test_where_help_follows_harm_a_group_is_seldom_said_to_be_left_out(share: float) -> None:
    rng = np.random.default_rng(40)
    served, harmed = rng.binomial(150, share, 2_000), rng.binomial(400, share, 2_000)
    said = [
        representation([s, 150 - s], [h, 400 - h]).reached[0] == "less than its share"
        for s, h in zip(served.tolist(), harmed.tolist(), strict=True)
    ]
    assert float(np.mean(said)) < 0.035


def test_the_interval_of_the_ratio_holds_the_truth_as_often_as_it_says() -> None:
    rng = np.random.default_rng(41)
    served, harmed = rng.binomial(300, 0.2, 3_000), rng.binomial(500, 0.4, 3_000)
    held = [
        float(ratio.lower[0]) <= 0.5 <= float(ratio.upper[0])
        for s, h in zip(served.tolist(), harmed.tolist(), strict=True)
        for ratio in [representation([s, 300 - s], [h, 500 - h]).ratio]
    ]
    assert float(np.mean(held)) == pytest.approx(0.95, abs=0.015)
