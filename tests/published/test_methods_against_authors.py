"""Against figures that a method's own authors have published."""

import numpy as np
import pytest

from headwater.methods import detectable_change, gini, priority_ranking, representation


@pytest.mark.parametrize(
    ("counts", "plain", "adjusted"),
    [
        ([10, 8, 2, 0, 0, 0, 0, 0, 0, 0], 0.78, 0.78),
        ([5, 2, 1, 0, 0, 0, 0, 0, 0, 0], 0.80, 0.75),
        ([10, 0, 0, 0, 0, 0, 0, 0, 0, 0], 0.90, 0.90),
    ],
)
def test_gini_of_bernasco_and_steenbeek(counts: list[int], plain: float, adjusted: float) -> None:
    """The worked examples that go with the authors' own software for “More places than crimes” (2017)."""
    assert gini(counts, adjusted=False) == pytest.approx(plain)
    assert gini(counts) == pytest.approx(adjusted)


def test_priority_ranking_of_triantaphyllou_and_sanchez() -> None:
    """The four alternatives and four criteria of their weighted-sum example (1997): totals and percentages as printed.

    Their weights as printed come to 1.0001. Their change is taken off a weight before all are made to add up to one again, as a percentage of the weight.
    """
    scores = [
        [0.3088, 0.2897, 0.3867, 0.1922],
        [0.2163, 0.3458, 0.1755, 0.6288],
        [0.4509, 0.2473, 0.1194, 0.0575],
        [0.0240, 0.1172, 0.3184, 0.1215],
    ]
    weights = np.array([0.3277, 0.3058, 0.2876, 0.0790])
    ours = priority_ranking(scores, weights, scale=(0, 1))
    assert ours.total.value[[0, 1, 3]] == pytest.approx([0.3162, 0.2768, 0.1449], abs=1e-4)
    assert ours.rank.value.tolist() == [1, 2, 3, 4]
    there = ours.weights + ours.weight_change
    theirs = 100 * (ours.weights - there) / (1 - there) / ours.weights
    assert theirs[1] == pytest.approx(-229.7, abs=0.2)
    assert theirs[2] == pytest.approx(64.8, abs=0.2)
    assert int(np.argmin(np.abs(theirs))) == 2
    assert ours.challengers[1:3] == ((1,), (1,))


def test_detectable_change_of_a_manual_of_sample_sizes() -> None:
    """Six units at 15 against eight at 10, one-sided at 5%: 0.82566 by the normal distribution (PASS, chapter 436).

    Ours is exact and its test is wary, so that it is a little below and never above.
    """
    ours = float(detectable_change(6 * 15, target=1 / 3, follow_up=8 / 6, confidence=0.9).target_power)
    assert 0.81 < ours < 0.82566


@pytest.mark.parametrize(
    ("ours", "of", "theirs", "out_of", "printed"),
    [
        (36, 40, 16, 80, (4.5, 2.87, 7.06)),  # the drug trial of Koopman (1984), by the logarithm
        (189, 11_034, 104, 11_037, (1.82, 1.43, 2.31)),  # aspirin and heart attacks, in Agresti (2002)
    ],
)
def test_ratio_of_two_shares(ours: int, of: int, theirs: int, out_of: int, printed: tuple[float, float, float]) -> None:
    ratio = representation([ours, of - ours], [theirs, out_of - theirs]).ratio
    assert (ratio.value[0], ratio.lower[0], ratio.upper[0]) == pytest.approx(printed, abs=0.006)
