"""A hidden population, slowly: plain loops, a general-purpose optimiser, and the linear programme as it is written."""

import math
from collections.abc import Sequence
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog, minimize
from scipy.stats import poisson

from headwater.methods import hidden_population, hidden_population_models
from headwater.methods.captures import capture_counts, lists_of, standing

History, Pair = tuple[int, ...], tuple[int, int]
Table = dict[History, int]


def whole(rows: Sequence[tuple[History, int]]) -> Table:
    number = len(rows[0][0])
    return {history: 0 for history in product((0, 1), repeat=number) if any(history)} | dict(rows)


def overlap(table: Table, pair: Pair) -> int:
    return sum(count for history, count in table.items() if history[pair[0]] and history[pair[1]])


def terms(table: Table, pairs: Sequence[Pair]) -> tuple[list[History], list[list[float]]]:
    """The histories that are possible, and a row of the design for each."""
    empty = [pair for pair in pairs if overlap(table, pair) == 0]
    left = [history for history in table if not any(history[i] and history[j] for i, j in empty)]
    kept = [pair for pair in pairs if pair not in empty]
    return left, [[1.0, *map(float, history), *(float(history[i] and history[j]) for i, j in kept)] for history in left]


def has_estimate(table: Table, pairs: Sequence[Pair]) -> bool:
    """The greatest least expected count with the totals kept; and enough columns that differ."""
    left, rows = terms(table, pairs)
    design, seen = np.array(rows), np.array([float(table[history]) for history in left])
    found = linprog(
        [0.0] * len(left) + [-1.0],
        A_ub=np.hstack([-np.eye(len(left)), np.ones((len(left), 1))]), b_ub=np.zeros(len(left)),
        A_eq=np.hstack([design.T, np.zeros((design.shape[1], 1))]), b_eq=design.T @ (seen / seen.sum()),
    )  # fmt: skip
    return -found.fun > 1e-7 and np.linalg.matrix_rank(design) == design.shape[1]


def expected(table: Table, pairs: Sequence[Pair]) -> tuple[float, dict[History, float]]:
    """How many on no list, and in each history, where the Poisson likelihood is greatest."""
    left, rows = terms(table, pairs)
    design, seen = np.array(rows), np.array([float(table[history]) for history in left])

    def surprise(at: np.ndarray) -> tuple[float, np.ndarray]:
        mean = np.exp(np.minimum(design @ at, 30))
        return float(mean.sum() - seen @ design @ at), design.T @ (mean - seen)

    start = np.zeros(design.shape[1])
    start[0] = math.log(seen.sum() / len(left))
    at = minimize(surprise, start, jac=True, method="BFGS", options={"gtol": 1e-7, "maxiter": 5_000}).x
    return math.exp(at[0]), dict(zip(left, np.exp(design @ at).tolist(), strict=True))


def by_hand(table: Table, threshold: float) -> tuple[list[Pair], float] | None:
    """The pairs in order, and the total; None where the choice is too close to call in floating point."""
    number, pairs = len(next(iter(table))), list[Pair]()
    while True:
        unseen, means = expected(table, pairs)
        odds: list[tuple[float, Pair]] = []
        for pair in combinations(range(number), 2):
            if pair in pairs or not has_estimate(table, [*pairs, pair]):
                continue
            mean = sum(count for history, count in means.items() if history[pair[0]] and history[pair[1]])
            few, many = poisson.cdf(overlap(table, pair), mean), poisson.sf(overlap(table, pair) - 1, mean)
            odds.append((float(min(few, many)), pair))
        odds.sort(key=lambda found: found[0])
        edge = [abs(odd - threshold) < 1e-4 for odd, _ in odds]
        tie = len(odds) > 1 and odds[1][0] - odds[0][0] < 1e-4 * odds[0][0]
        if any(edge) or (tie and odds[0][0] < threshold):
            return None
        if not odds or odds[0][0] >= threshold:
            return pairs, sum(table.values()) + unseen
        pairs.append(odds[0][1])


TABLES = st.integers(3, 4).flatmap(
    lambda number: st.tuples(
        st.lists(st.integers(5, 80), min_size=number, max_size=number),
        st.lists(st.integers(0, 12), min_size=2**number - 1 - number, max_size=2**number - 1 - number),
    )
)
"""Everyone on one list only; and everyone on more."""


def laid_out(alone: Sequence[int], shared: Sequence[int]) -> Table:
    number = len(alone)
    several = [history for history in product((0, 1), repeat=number) if sum(history) > 1]
    single = [tuple(int(i == j) for j in range(number)) for i in range(number)]
    return whole([*zip(single, alone, strict=True), *zip(several, shared, strict=True)])


@given(TABLES, st.sampled_from([0.0, 0.02, 0.3]))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_pairs_and_the_total(drawn: tuple[list[int], list[int]], threshold: float) -> None:
    table = laid_out(*drawn)
    assume(has_estimate(table, []))
    slow = by_hand(table, threshold)
    assume(slow is not None)
    assert slow is not None
    ours = hidden_population(list(table), list(table.values()), threshold=threshold)
    assert list(ours.pairs) == slow[0]
    assert float(ours.total.value) == pytest.approx(slow[1], rel=2e-4)


@given(TABLES, st.data())
@settings(max_examples=80, deadline=None)
def test_whether_there_is_an_estimate(drawn: tuple[list[int], list[int]], data: st.DataObject) -> None:
    """By the linear programme itself, where ours asks its dual, or nothing."""
    table = {history: count * data.draw(st.integers(0, 1)) for history, count in laid_out(*drawn).items()}
    assume(all(sum(count for history, count in table.items() if history[one]) for one in range(len(drawn[0]))))
    pairs = data.draw(st.sets(st.sampled_from(list(combinations(range(len(drawn[0])), 2)))))
    number, counted = capture_counts(list(table), list(table.values()))
    places = frozenset(lists_of(number).pairs.index(pair) for pair in pairs)
    assert (standing(number, counted, places) == "exists") == has_estimate(table, sorted(pairs))


@given(st.lists(st.integers(3, 80), min_size=3, max_size=3), st.lists(st.integers(1, 12), min_size=4, max_size=4))
@settings(max_examples=10, deadline=None)
def test_every_model_of_three_lists(alone: list[int], shared: list[int]) -> None:
    table = laid_out(alone, shared)
    ours = hidden_population_models(list(table), list(table.values()))
    assert len(ours.pairs) == 8
    for pairs, total in zip(ours.pairs, ours.total, strict=True):
        assert total == pytest.approx(sum(table.values()) + expected(table, pairs)[0], rel=2e-4)
