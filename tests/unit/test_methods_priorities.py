"""Priority rankings: ties, gaps, and how much rests on the weights."""

import math

import numpy as np
import pytest

from headwater.methods import priority_ranking

NAN = math.nan
THREE = [[5, 2, 3], [4, 4, 1], [1, 3, 4]]


def test_weights_are_made_to_add_up_to_one_and_parts_to_totals() -> None:
    ranking = priority_ranking(THREE, [5, 3, 2])
    assert ranking.weights.tolist() == [0.5, 0.3, 0.2]
    np.testing.assert_allclose(ranking.parts.sum(axis=1), ranking.total.value)
    np.testing.assert_allclose(ranking.total.value, [3.7, 3.4, 2.2])
    assert ranking.rank.value.tolist() == [1, 2, 3]
    assert ranking.first == 0
    assert ranking.ties == ()


def test_the_weight_that_would_change_the_first_is_exact() -> None:
    """On the first criterion: 5t + 2.4(1 - t) meets 4t + 2.8(1 - t) at t = 2/7."""
    ranking = priority_ranking(THREE, [5, 3, 2])
    assert ranking.weight_change[0] == pytest.approx(2 / 7 - 0.5)
    assert ranking.challengers == ((1,), (1,), (1,))
    shifted = priority_ranking(THREE, [2 / 7, 5 / 7 * 0.6, 5 / 7 * 0.4])
    assert shifted.ties == ((0, 1),)
    assert shifted.first is None


def test_one_that_is_best_on_everything_is_first_whatever_the_weights() -> None:
    ranking = priority_ranking([[5, 4], [3, 2]], [1, 1], within=1.0)
    assert ranking.weight_change.tolist() == [math.inf, math.inf]
    assert ranking.challengers == ((), ())
    assert ranking.rank_within.upper.tolist() == [1, 2]


def test_ties_share_the_best_rank_and_nobody_is_first() -> None:
    ranking = priority_ranking([[3, 1], [1, 3], [0, 0], [2, 2]], [0.5, 0.5])
    assert ranking.rank.value.tolist() == [1, 1, 4, 1]
    assert ranking.ties == ((0, 1, 3),)
    assert ranking.first is None
    assert np.isnan(ranking.weight_change).all()


def test_sums_that_differ_in_the_last_bit_are_level() -> None:
    ranking = priority_ranking([[1, 2, 0], [0, 0, 3]], [0.1, 0.1, 0.1])
    assert ranking.ties == ((0, 1),)


def test_a_missing_score_leaves_a_range_and_not_a_number() -> None:
    ranking = priority_ranking([[NAN, 4], [4, 3], [0, 0]], [1, 1])
    assert np.isnan(ranking.total.value).tolist() == [True, False, False]
    assert (ranking.total.lower[0], ranking.total.upper[0]) == (2, 4.5)
    assert np.isnan(ranking.parts[0, 0])
    assert np.isnan(ranking.rank.value[:2]).all()
    assert ranking.rank.lower.tolist() == [1, 1, 3]
    assert ranking.rank.upper.tolist() == [2, 2, 3]
    assert ranking.first is None


def test_the_first_is_named_where_no_missing_score_could_unseat_it() -> None:
    ranking = priority_ranking([[5, 5], [NAN, 1]], [1, 1])
    assert ranking.first == 0
    assert ranking.weight_change.tolist() == [0.5, -0.5]  # with all the weight where it is missing, they might be level


def test_a_score_missing_under_a_weight_of_nought_leaves_nothing_open() -> None:
    ranking = priority_ranking([[NAN, 4], [4, 3]], [0, 1])
    assert ranking.rank.value.tolist() == [1, 2]
    assert ranking.total.value.tolist() == [4, 3]


def test_a_criterion_with_all_the_weight_has_no_proportions_to_keep() -> None:
    ranking = priority_ranking([[5, 0], [1, 5]], [1, 0])
    assert np.isnan(ranking.weight_change[0])
    assert ranking.weight_change[1] == pytest.approx(4 / 9)


def test_within_nought_the_ranks_are_the_ranks() -> None:
    ranking = priority_ranking(THREE, [5, 3, 2], within=0)
    assert ranking.rank_within.lower.tolist() == ranking.rank_within.upper.tolist() == [1, 2, 3]


def test_wider_weightings_leave_more_ranks_open() -> None:
    near, far = (priority_ranking(THREE, [5, 3, 2], within=share).rank_within for share in (0.1, 0.9))
    assert (near.upper - near.lower).tolist() == [0, 0, 0]
    assert far.lower.tolist() == [1, 1, 1]
    assert far.upper.tolist() == [3, 3, 3]


def test_many_options_and_criteria_at_once() -> None:
    """No weighting that is tried gives a rank outside the ends."""
    rng = np.random.default_rng(7)
    scores = rng.integers(0, 6, size=(12, 6))
    ranking = priority_ranking(scores, np.ones(6), within=0.5)
    assert (ranking.rank_within.lower <= ranking.rank.value).all()
    assert (ranking.rank.value <= ranking.rank_within.upper).all()
    tried = rng.uniform(0.5, 1.5, size=(2_000, 6))
    shares = tried / tried.sum(axis=1, keepdims=True)
    shares = shares[((shares >= 1 / 12) & (shares <= 1 / 4)).all(axis=1)]
    totals = shares @ scores.T
    ranks = 1 + (totals[:, np.newaxis, :] > totals[:, :, np.newaxis] + 1e-9).sum(axis=2)
    assert (ranking.rank_within.lower <= ranks.min(axis=0)).all()
    assert (ranks.max(axis=0) <= ranking.rank_within.upper).all()


@pytest.mark.parametrize(
    ("scores", "weights", "options", "said"),
    [
        ([[1, 2]], [1], {}, "a weight for each criterion"),
        ([1, 2], [1, 2], {}, "a row an option"),
        ([[1, 6]], [1, 1], {}, "off the scale"),
        ([[1, 2]], [0, 0], {}, "nought"),
        ([[1, 2]], [1, NAN], {}, "known"),
        ([[1, 2]], [1, -1], {}, "below nought"),
        ([[1, 2]], [1, 1], {"within": 20}, "share"),
        ([[1, 2]], [1, 1], {"scale": (5, 0)}, "lowest"),
    ],
)
def test_what_makes_no_sense_is_refused(scores: object, weights: object, options: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        priority_ranking(scores, weights, **options)  # type: ignore[arg-type]
