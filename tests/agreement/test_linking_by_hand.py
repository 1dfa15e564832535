"""Quality of linkage: the sums the slow way, answers printed by others, and people whose truth is known."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.methods import linkage_quality, linked_range, linked_share, weighted_proportion, wilson

# Newcombe (1998), "Interval estimation for the difference between independent proportions", table II, method 10.
NEWCOMBE = (
    (56, 70, 48, 80, 0.0524, 0.3339),
    (9, 10, 3, 10, 0.1705, 0.8090),
    (5, 56, 0, 29, -0.0381, 0.1926),
    (10, 10, 0, 20, 0.6791, 1.0000),
    (10, 10, 0, 10, 0.6075, 1.0000),
)


@pytest.mark.parametrize(("a", "m", "b", "n", "lower", "upper"), NEWCOMBE)
def test_a_difference_of_two_proportions_is_as_newcombe_printed_it(a, m, b, n, lower, upper) -> None:
    found = weighted_proportion([a, b], [m, n], [1, -1])
    assert (float(found.lower), float(found.upper)) == pytest.approx((lower, upper), abs=0.00005)


def by_hand(pairs, seen, same, linked) -> tuple[float, float]:
    true = [n * k / s if s else 0.0 for n, s, k in zip(pairs, seen, same, strict=True)]
    found = sum(t for t, taken in zip(true, linked, strict=True) if taken)
    made = sum(n for n, taken in zip(pairs, linked, strict=True) if taken)
    return (found / made if made else math.nan), (found / sum(true) if sum(true) else math.nan)


BAND = st.tuples(st.integers(1, 5_000), st.integers(1, 200), st.integers(0, 200), st.booleans()).map(
    lambda band: (band[0], seen := min(band[:2]), min(seen, band[2]), band[3])
)


@given(st.lists(BAND, min_size=1, max_size=6))
def test_precision_and_recall_are_those_of_the_hand_count_and_lie_between_their_limits(bands) -> None:
    quality = linkage_quality(*zip(*bands, strict=True))
    for interval, by_counting in zip(
        (quality.precision, quality.recall), by_hand(*zip(*bands, strict=True)), strict=True
    ):
        assert float(interval.value) == pytest.approx(by_counting, nan_ok=True)
        if not math.isnan(by_counting):
            assert -1e-9 <= float(interval.lower) <= by_counting + 1e-9
            assert by_counting - 1e-9 <= float(interval.upper) <= 1 + 1e-9


def test_what_was_looked_at_whole_is_known() -> None:
    quality = linkage_quality([40, 10], [40, 10], [38, 2], [True, False])
    assert [float(end) for end in (quality.precision.lower, quality.precision.upper)] == pytest.approx([0.95, 0.95])
    assert [float(end) for end in (quality.recall.lower, quality.recall.upper)] == pytest.approx([0.95, 0.95])
    assert [float(end) for end in (linked_range(40, quality).lower, linked_range(40, quality).upper)] == pytest.approx(
        [40, 40]
    )


def test_one_band_that_is_linked_has_wilsons_limits() -> None:
    quality, alone = linkage_quality([1_000], [50], [45], [True]), wilson(45, 50)
    assert float(quality.precision.lower) == pytest.approx(float(alone.lower))
    assert float(quality.precision.upper) == pytest.approx(float(alone.upper))
    assert float(quality.recall.value) == 1


def test_more_verdicts_than_pairs_are_refused_and_a_band_nobody_looked_at_has_no_answer() -> None:
    with pytest.raises(ValueError, match="more pairs were looked at"):
        linkage_quality([5], [6], [3], [True])
    assert math.isnan(float(linkage_quality([5, 5], [5, 0], [5, 0], [True, False]).recall.value))


def test_limits_hold_the_truth_about_as_often_as_they_say() -> None:
    """Bands with known shares of true pairs, sampled again and again."""
    chance = np.random.default_rng(20261124)
    pairs, truth, linked = np.array([800, 300, 400]), np.array([0.98, 0.8, 0.1]), np.array([True, True, False])
    true = np.rint(pairs * truth).astype(int)
    precision = true[linked].sum() / pairs[linked].sum()
    recall = true[linked].sum() / true.sum()
    held = np.zeros(2)
    for _ in range(400):
        same = [chance.hypergeometric(t, n - t, 60) for t, n in zip(true, pairs, strict=True)]
        quality = linkage_quality(pairs, [60, 60, 60], same, linked)
        held += [
            quality.precision.lower <= precision <= quality.precision.upper,
            quality.recall.lower <= recall <= quality.recall.upper,
        ]
    assert (held / 400 >= 0.93).all(), held / 400


def test_a_share_with_links_lies_between_wilsons_ends_of_the_fewest_and_the_most() -> None:
    quality = linkage_quality([900, 100, 200], [50, 50, 50], [50, 45, 10], [True, True, False])
    share, truly = linked_share(450, 1_000, quality), linked_range(450, quality)
    assert float(share.value) == pytest.approx(float(truly.value) / 1_000)
    assert float(share.lower) == pytest.approx(float(wilson(truly.lower, 1_000).lower))
    assert float(share.upper) == pytest.approx(float(wilson(truly.upper, 1_000).upper))
    all_but = linked_share(999, 1_000, quality)
    assert float(all_but.value) == 1, "never more than all"
    assert float(linked_share(0, 10, quality).lower) == 0
    assert math.isnan(float(linked_share(0, 0, quality).value))
    with pytest.raises(ValueError, match="never greater than its whole"):
        linked_share(11, 10, quality)
