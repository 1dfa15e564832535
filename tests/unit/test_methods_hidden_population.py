"""A hidden population from a capture table: the edges."""

from collections.abc import Callable

import numpy as np
import pytest

from headwater.methods import hidden_population, hidden_population_bootstrap, hidden_population_models, list_drop
from headwater.methods.captures import capture_counts, lists_of, standing
from headwater.methods.hidden_bootstrap import acceleration, bca_limits
from headwater.methods.hidden_population import chosen

SPARSE = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0]], [40, 30, 20, 6]
"""Nobody is on the first and third lists, nor on the second and third."""
FULL = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 0, 1], [0, 1, 1], [1, 1, 1]], [60, 50, 40, 12, 9, 20, 4]
FIRST, SECOND, THIRD = (0, 1), (0, 2), (1, 2)


def drawn_lists(generator: np.random.Generator, people: int, chances: list[float]) -> tuple[np.ndarray, np.ndarray]:
    """A capture table of so many people, each on each list independently."""
    on = generator.random((people, len(chances))) < chances
    histories, counts = np.unique(on[on.any(axis=1)], axis=0, return_counts=True)
    return histories.astype(int), counts


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        ((), "exists"), ((FIRST,), "does not exist"), ((SECOND,), "exists"), ((THIRD,), "exists"),
        ((FIRST, SECOND), "does not exist"), ((FIRST, THIRD), "does not exist"), ((SECOND, THIRD), "exists"),
        ((FIRST, SECOND, THIRD), "not unique"),
    ],
)  # fmt: skip
def test_which_models_of_a_sparse_table_have_an_estimate(pairs: tuple[tuple[int, int], ...], said: str) -> None:
    """The eight models of the made-up table of Chan, Silverman and Vincent (2021)."""
    number, counted = capture_counts(*SPARSE)
    places = frozenset(lists_of(number).pairs.index(pair) for pair in pairs)
    assert standing(number, counted, places) == said


def test_neither_is_said_where_there_is_no_estimate_and_it_would_not_be_the_only_one() -> None:
    number, counted = capture_counts([[1, 0, 0], [1, 1, 0], [0, 0, 1]], [9, 4, 5])
    assert standing(number, counted, frozenset({0, 1, 2})) in {"neither", "not unique"}
    assert standing(number, counted, frozenset({0, 1})) == "does not exist"


@pytest.mark.parametrize(
    ("captured", "count", "said"),
    [
        ([[1, 0], [0, 1], [1, 1]], [1, 2, 3], "from 3 to 10 lists, not 2"),
        ([[0, 0, 0], [0, 1, 1]], [1, 2], "all noughts"),
        ([[1, 0, 0], [1, 0, 0], [0, 1, 1]], [1, 2, 3], "more than one row"),
        ([[1, 0, 0], [0, 1, 0]], [1, 2], "nobody on it"),
        ([[1, 0, 2], [0, 1, 1]], [1, 2], "noughts and ones"),
        ([[1, 0, 1], [0, 1, 1]], [1], "row of noughts and ones for each count"),
        ([[1, 0, 1], [0, 1, 1]], [1, 1.5], "whole numbers"),
        ([[1, 0, 1], [0, 1, 1]], [1, np.nan], "never what is withheld"),
        ([[1, 0, 1], [0, 1, 1]], [1, -1], "below nought"),
    ],
)
def test_what_is_no_capture_table_is_refused(captured: list[list[int]], count: list[float], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        hidden_population(captured, count)


WITH_CHANCE: list[Callable[..., object]] = [
    hidden_population, list_drop, lambda *table, **asked: hidden_population_bootstrap(
        *table, generator=np.random.default_rng(1), draws=2, **asked),
]  # fmt: skip


@pytest.mark.parametrize("method", WITH_CHANCE)
def test_a_percentage_is_refused_rather_than_guessed_at(method: Callable[..., object]) -> None:
    with pytest.raises(ValueError, match="share of one"):
        method(*FULL, confidence=95)
    with pytest.raises(ValueError, match="share of one"):
        method(*FULL, threshold=2)


def test_one_draw_is_refused() -> None:
    with pytest.raises(ValueError, match="two draws"):
        hidden_population_bootstrap(*FULL, generator=np.random.default_rng(1), draws=1)


def test_with_every_pair_the_total_is_the_textbook_product() -> None:
    """Three lists and all pairs fit exactly: the hidden are odd histories multiplied, over even ones (Fienberg 1972)."""
    every = hidden_population(*FULL, threshold=1)
    assert len(every.pairs) == 3
    assert float(every.unseen.value) == pytest.approx(60 * 50 * 40 * 4 / (12 * 9 * 20))
    assert float(every.total.value) == pytest.approx(195 + 60 * 50 * 40 * 4 / (12 * 9 * 20))


def test_the_variance_with_every_pair_is_the_sum_of_reciprocals() -> None:
    every, reach = hidden_population(*FULL, threshold=1), 1.959963984540054
    wide = reach * np.sqrt(sum(1 / count for count in FULL[1]))
    assert float(every.unseen.upper) == pytest.approx(float(every.unseen.value) * np.exp(wide))
    assert float(every.unseen.lower) == pytest.approx(float(every.unseen.value) * np.exp(-wide))


def test_a_threshold_of_nought_keeps_to_independence() -> None:
    assert hidden_population(*FULL, threshold=0).pairs == ()


def test_a_pair_that_nobody_is_on_both_of_can_be_found_impossible() -> None:
    table = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 0, 1], [0, 1, 1]], [100, 100, 100, 60, 60]
    found = hidden_population(*table)
    assert found.impossible == (FIRST,)
    assert FIRST in found.pairs
    assert found.standing == "exists"


def test_no_estimate_is_no_number() -> None:
    apart = hidden_population([[1, 0, 0], [0, 1, 0], [0, 0, 1]], [10, 20, 30])
    assert (apart.standing, apart.known) == ("does not exist", 60)
    assert np.isnan([apart.total.value, apart.total.lower, apart.unseen.upper, apart.aic, apart.bic]).all()
    cloud = hidden_population_models([[1, 0, 0], [0, 1, 0], [0, 0, 1]], [10, 20, 30])
    assert (cloud.total.size, cloud.pairs, cloud.looked_at) == (0, (), 8)
    drawn = hidden_population_bootstrap(
        [[1, 0, 0], [0, 1, 0], [0, 0, 1]], [10, 20, 30], generator=np.random.default_rng(1), draws=9
    )
    assert (drawn.without, drawn.draws.size) == (9, 0)
    assert np.isnan([drawn.total.value, drawn.total.lower, drawn.below]).all()
    assert drawn.warnings[0] == "9 of 9 tables drawn have no estimate and are left out of the limits"


def test_combinations_with_nobody_may_be_given_or_left_out() -> None:
    said = hidden_population([*SPARSE[0], [1, 0, 1], [1, 1, 1]], [*SPARSE[1], 0, 0])
    assert said == hidden_population(*SPARSE)


def test_many_tables_together_are_each_as_alone() -> None:
    generator = np.random.default_rng(3)
    number, counted = capture_counts(*drawn_lists(generator, 2_000, [0.1, 0.2, 0.15, 0.05]))
    tables = generator.multinomial(int(counted.sum()), counted / counted.sum(), size=60).astype(float)
    together = {row: (order, unseen) for row, order, unseen in chosen(number, tables, 0.2)}
    assert len({order for order, _ in together.values()}) > 5, "the tables should differ in what is chosen"
    for row, table in enumerate(tables):
        _, order, unseen = next(chosen(number, table[None], 0.2))
        assert together[row] == (order, pytest.approx(unseen, rel=1e-7))


def test_the_order_of_lists_and_rows_changes_nothing() -> None:
    captured, count = drawn_lists(np.random.default_rng(4), 3_000, [0.1, 0.2, 0.15, 0.05])
    turned = hidden_population(captured[::-1, ::-1], count[::-1])
    assert float(turned.total.value) == pytest.approx(float(hidden_population(captured, count).total.value))


def test_limits_hold_the_truth_nineteen_times_in_twenty_where_lists_are_independent() -> None:
    generator, held = np.random.default_rng(5), 0
    for _ in range(300):
        found = hidden_population(*drawn_lists(generator, 1_000, [0.2, 0.3, 0.25]), threshold=0)
        held += float(found.total.lower) <= 1_000 <= float(found.total.upper)
    assert 0.91 < held / 300 < 0.98


def test_lists_that_find_the_same_people_mislead_who_takes_them_for_independent() -> None:
    """Two lists share referrals: independence says far too few, and the pair is found."""
    generator = np.random.default_rng(6)
    on = generator.random((5_000, 3)) < [0.1, 0.1, 0.15]
    on[:, 1] |= on[:, 0] & (generator.random(5_000) < 0.5)
    histories, counts = np.unique(on[on.any(axis=1)], axis=0, return_counts=True)
    alone, found = (hidden_population(histories.astype(int), counts, threshold=at) for at in (0, 0.02))
    assert float(alone.total.upper) < 5_000
    assert found.pairs == (FIRST,)
    assert float(found.total.lower) < 5_000 < float(found.total.upper)


def test_the_same_seed_gives_the_same_limits() -> None:
    one, other = (hidden_population_bootstrap(*FULL, generator=np.random.default_rng(8), draws=50) for _ in "12")
    assert one.total == other.total
    assert one.draws.tolist() == other.draws.tolist() == sorted(one.draws)
    assert float(one.total.value) == float(hidden_population(*FULL).total.value)


def test_limits_of_fixed_draws_worked_out_by_hand() -> None:
    """No bias and no acceleration: the plain quantiles. Half the draws below, or fewer, shift them."""
    draws = np.arange(1.0, 100.0)
    limits, asked, below = bca_limits(50.5, draws, 0.0)
    assert below == pytest.approx(50 / 99)
    assert float(asked.lower) == pytest.approx(0.02652, abs=1e-5)  # Φ(2 × 0.01266 - 1.95996)
    assert float(limits.lower) == pytest.approx((99 + 1 / 3) * float(asked.lower) + 1 / 3)
    bent, where, _ = bca_limits(50.5, draws, 0.1)
    assert float(where.lower) > float(asked.lower)
    assert float(bent.upper) > float(limits.upper)


def test_draws_all_on_one_side_give_no_limits() -> None:
    for value in (0.0, 9.0):
        limits, _, _ = bca_limits(value, np.array([1.0, 2, 3]), 0.0)
        assert np.isnan([limits.lower, limits.upper]).all()


def test_acceleration_by_hand() -> None:
    """Of three people at 1, one at 5 (mean 2): (3 × 1 + 1 × -27) over 6 × 12 to the power of one and a half."""
    assert acceleration(np.array([1.0, 5]), np.array([3.0, 1])) == pytest.approx(-24 / (6 * 12**1.5))
    assert acceleration(np.array([1.0, np.nan, 5]), np.array([3.0, 9, 1])) == pytest.approx(-24 / (6 * 12**1.5))
    assert acceleration(np.array([2.0, 2]), np.array([3.0, 1])) == 0
    assert acceleration(np.array([np.nan]), np.array([3.0])) == 0


def test_a_sparse_table_warns_that_its_limit_is_a_draw() -> None:
    sparse = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 0, 1], [0, 1, 1]], [60, 50, 40, 2, 0, 1]
    drawn = hidden_population_bootstrap(*sparse, generator=np.random.default_rng(2), draws=200)
    assert drawn.without > 0
    assert any("have no estimate" in warning for warning in drawn.warnings)
    few = hidden_population_bootstrap(*FULL, generator=np.random.default_rng(2), draws=10)
    assert any("another seed would give another" in warning for warning in few.warnings)


def test_without_one_of_three_lists_the_rest_are_lincoln_and_petersen() -> None:
    """On the first of two lists times on the second, over on both."""
    drop = list_drop(*FULL)
    assert drop.known.tolist() == [85, 86, 73]
    assert drop.without.value.tolist() == pytest.approx([86 * 73 / 24, 85 * 73 / 13, 85 * 86 / 16])
    assert float(drop.predicted.value[0]) == pytest.approx(16 * 13 / 4)


def test_a_list_that_shares_nobody_cannot_be_predicted() -> None:
    drop = list_drop([*SPARSE[0], [1, 1, 1]], [40, 30, 20, 6, 0])
    assert np.isnan(drop.predicted.value).all()
    assert float(drop.without.value[2]) == pytest.approx(46 * 36 / 6)


def test_with_few_lists_every_model_is_looked_at_and_with_many_those_near_the_choice() -> None:
    cloud = hidden_population_models(*FULL)
    assert (cloud.looked_at, len(cloud.pairs)) == (8, 8)
    assert np.all(np.diff(cloud.bic) >= 0)
    many = hidden_population_models(*drawn_lists(np.random.default_rng(9), 3_000, [0.2] * 6), threshold=0)
    assert many.looked_at == 1 + 15
