"""Priority rankings against plain fractions: every weighting that could matter is tried, one by one."""

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.methods import priority_ranking

SCORE = st.none() | st.integers(0, 5)
Row = Sequence[int | None]


def total(row: Sequence[int], weights: Sequence[Fraction]) -> Fraction:
    return sum((w * s for w, s in zip(weights, row, strict=True)), Fraction(0))


def filled(row: Row) -> list[tuple[int, ...]]:
    """Every way of filling a row's missing scores with the ends of the scale."""
    return list(product(*[(0, 5) if score is None else (score,) for score in row]))


def as_floats(rows: Sequence[Row]) -> list[list[float]]:
    return [[math.nan if score is None else float(score) for score in row] for row in rows]


def rank(totals: Sequence[Fraction], i: int) -> int:
    return 1 + sum(t > totals[i] for t in totals)


@given(
    st.lists(st.tuples(SCORE, SCORE), min_size=2, max_size=4),
    st.tuples(st.integers(1, 9), st.integers(1, 9)),
)
@settings(max_examples=60, deadline=None)
def test_ranks_with_missing_scores_are_those_of_every_way_of_filling_them(
    rows: list[Row], asked: tuple[int, int]
) -> None:
    weights = [Fraction(w, sum(asked)) for w in asked]
    ours = priority_ranking(as_floats(rows), asked)
    every = [[total(row, weights) for row in matrix] for matrix in product(*map(filled, rows))]
    for i in range(len(rows)):
        assert ours.total.lower[i] == pytest.approx(float(min(totals[i] for totals in every)))
        assert ours.total.upper[i] == pytest.approx(float(max(totals[i] for totals in every)))
        ranks = [rank(totals, i) for totals in every]
        assert (ours.rank.lower[i], ours.rank.upper[i]) == (min(ranks), max(ranks))


@given(
    st.lists(st.tuples(*[st.integers(0, 5)] * 3), min_size=2, max_size=5),
    st.tuples(*[st.integers(1, 9)] * 3),
)
@settings(max_examples=80, deadline=None)
def test_the_first_is_ahead_up_to_the_weight_that_is_said_and_level_there(
    rows: list[tuple[int, int, int]], asked: tuple[int, int, int]
) -> None:
    weights = [Fraction(w, sum(asked)) for w in asked]
    ours = priority_ranking(rows, asked)
    totals = [total(row, weights) for row in rows]
    ahead = [i for i in range(len(rows)) if rank(totals, i) == 1]
    assert (ours.first is None) == (len(ahead) > 1)
    if ours.first is None:
        assert all(math.isnan(change) for change in ours.weight_change)
        return
    for k in range(3):
        found = dict(levels(rows, weights, k, ours.first))
        if not found:
            assert ours.weight_change[k] == math.inf
            continue
        nearest = min(abs(t - weights[k]) for t in found)
        assert abs(ours.weight_change[k]) == pytest.approx(float(nearest), abs=1e-12)
        at = min(t for t in found if abs(t - weights[k]) == nearest)
        assert set(ours.challengers[k]) == set(found[at])


def levels(
    rows: Sequence[Sequence[int]], weights: Sequence[Fraction], k: int, first: int
) -> Iterator[tuple[Fraction, list[int]]]:
    """Each weight of a criterion at which something draws level, found from the totals at no weight and at all."""

    def lead(t: Fraction, i: int) -> Fraction:
        shifted = [t if j == k else (1 - t) * w / (1 - weights[k]) for j, w in enumerate(weights)]
        return total(rows[first], shifted) - total(rows[i], shifted)

    at: dict[Fraction, list[int]] = {}
    for i in range(len(rows)):
        none, all_of_it = lead(Fraction(0), i), lead(Fraction(1), i)
        if i != first and none != all_of_it and 0 <= none / (none - all_of_it) <= 1:
            at.setdefault(none / (none - all_of_it), []).append(i)
    yield from at.items()


@given(
    st.lists(st.tuples(*[st.integers(0, 5)] * 3), min_size=2, max_size=4),
    st.tuples(*[st.integers(1, 4)] * 3),
    st.sampled_from([Fraction(1, 10), Fraction(1, 4), Fraction(1, 2), Fraction(1)]),
)
@settings(max_examples=60, deadline=None)
def test_ranks_within_are_those_at_every_corner_and_inside_every_cell(
    rows: list[tuple[int, int, int]], asked: tuple[int, int, int], within: Fraction
) -> None:
    """With three criteria the weightings lie on a plane, which the lines of equal totals cut into cells."""
    weights = [Fraction(w, sum(asked)) for w in asked]
    ours = priority_ranking(rows, asked, within=float(within))
    tried = list(weightings(rows, weights, within))
    every = [[total(row, tried_weights) for row in rows] for tried_weights in tried]
    for i in range(len(rows)):
        ranks = [rank(totals, i) for totals in every]
        assert (ours.rank_within.lower[i], ours.rank_within.upper[i]) == (min(ranks), max(ranks))


def weightings(
    rows: Sequence[Sequence[int]], weights: Sequence[Fraction], within: Fraction
) -> Iterator[tuple[Fraction, ...]]:
    """Every corner of every cell, and the middle of every three corners: one at least is inside each cell."""
    lines = [
        (tuple(a - b for a, b in zip(one, other, strict=True)), Fraction(0)) for one, other in combinations(rows, 2)
    ]
    for k in range(3):
        unit = tuple(int(j == k) for j in range(3))
        lines += [(unit, weights[k] * (1 - within)), (unit, min(weights[k] * (1 + within), Fraction(1)))]
    corners = {corner for one, other in combinations(lines, 2) for corner in meeting(one, other)}
    near = sorted(
        corner
        for corner in corners
        if all(w * (1 - within) <= c <= w * (1 + within) for c, w in zip(corner, weights, strict=True))
    )
    yield from near
    for three in combinations(near, 3):
        yield tuple(sum(values) / 3 for values in zip(*three, strict=True))


Line = tuple[tuple[int, ...], Fraction]


def meeting(one: Line, other: Line) -> Iterator[tuple[Fraction, ...]]:
    """Where two lines meet among weightings that add up to one, by Cramer's rule with the last weight put in."""
    (a, b, c), p = one
    (d, e, f), q = other
    a, b, d, e = a - c, b - c, d - f, e - f
    across = a * e - b * d
    if across:
        first = ((p - c) * e - b * (q - f)) / Fraction(across)
        second = (a * (q - f) - (p - c) * d) / Fraction(across)
        yield first, second, 1 - first - second
