"""The nearest mixture against every set of donors it could be made of, in fractions, and against a fine grid."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from headwater.methods import synthetic_control

Series = Sequence[int]


def misfit(place: Series, donors: Sequence[Series], weights: Sequence[Fraction]) -> Fraction:
    gaps = [
        value - sum((w * donor[t] for w, donor in zip(weights, donors, strict=True)), Fraction(0))
        for t, value in enumerate(place)
    ]
    return sum((gap * gap for gap in gaps), Fraction(0))


def solved(rows: list[list[Fraction]]) -> list[Fraction] | None:
    """The one answer of as many equations as unknowns, by elimination; None where there is not one."""
    size = len(rows)
    for k in range(size):
        pivot = next((i for i in range(k, size) if rows[i][k]), None)
        if pivot is None:
            return None
        rows[k], rows[pivot] = rows[pivot], rows[k]
        rows[k] = [value / rows[k][k] for value in rows[k]]
        for i in range(size):
            if i != k:
                rows[i] = [a - rows[i][k] * b for a, b in zip(rows[i], rows[k], strict=True)]
    return [row[-1] for row in rows]


def nearest_of(place: Series, donors: Sequence[Series]) -> list[Fraction] | None:
    """Weights of any sign that add up to one and miss by least, by Lagrange's equations."""
    products = [[Fraction(sum(a * b for a, b in zip(one, other, strict=True))) for other in donors] for one in donors]
    aims = [Fraction(sum(a * b for a, b in zip(one, place, strict=True))) for one in donors]
    rows = [[*row, Fraction(1), aim] for row, aim in zip(products, aims, strict=True)]
    found = solved([*rows, [Fraction(1)] * len(donors) + [Fraction(0), Fraction(1)]])
    return found and found[:-1]


def by_hand(place: Series, donors: Sequence[Series]) -> tuple[Fraction, list[list[Fraction]]]:
    """The least misfit, and the weights that have it, over every set of donors that leaves none below nought."""
    tried: list[tuple[Fraction, list[Fraction]]] = []
    for many in range(1, len(donors) + 1):
        for chosen in combinations(range(len(donors)), many):
            part = nearest_of(place, [donors[i] for i in chosen])
            if part and min(part) >= 0:
                weights = [part[chosen.index(i)] if i in chosen else Fraction(0) for i in range(len(donors))]
                tried.append((misfit(place, donors, weights), weights))
    least = min(error for error, _ in tried)
    return least, [weights for error, weights in tried if error == least]


VALUE = st.integers(0, 30)


@given(st.data(), st.integers(2, 4), st.integers(2, 6))
@settings(max_examples=80, deadline=None)
def test_no_set_of_donors_is_nearer(data: st.DataObject, many: int, before: int) -> None:
    row = st.lists(VALUE, min_size=before + 2, max_size=before + 2)
    place, donors = data.draw(row), data.draw(st.lists(row, min_size=many, max_size=many))
    ours = synthetic_control(place, donors, before)
    least, weights = by_hand(place[:before], [donor[:before] for donor in donors])
    assert ours.weights.min() >= 0
    assert ours.weights.sum() == pytest.approx(1)
    assert ours.before**2 * before == pytest.approx(float(least), abs=1e-7)
    if ours.only_one:
        assert len({tuple(found) for found in weights}) == 1
        assert ours.weights == pytest.approx([float(w) for w in weights[0]], abs=1e-6)


@given(st.lists(st.lists(VALUE, min_size=6, max_size=6), min_size=4, max_size=4))
@settings(max_examples=15, deadline=None)
def test_no_point_of_a_fine_grid_is_nearer(rows: list[list[int]]) -> None:
    place, *donors = (np.array(row, dtype=np.float64) for row in rows)
    ours, steps = synthetic_control(place, donors, 5), 40
    grid = [
        (i / steps, j / steps, 1 - (i + j) / steps) for i, j in product(range(steps + 1), repeat=2) if i + j <= steps
    ]
    errors = [float(((place[:5] - np.array(weights) @ np.array(donors)[:, :5]) ** 2).mean()) for weights in grid]
    assert ours.before**2 <= min(errors) + 1e-9


@given(st.lists(st.lists(VALUE, min_size=7, max_size=7), min_size=3, max_size=5))
@settings(max_examples=40, deadline=None)
def test_placebos_are_the_same_thing_done_to_each_donor(rows: list[list[int]]) -> None:
    ours = synthetic_control(rows[0], rows[1:], 5)
    ratios = [ours.ratio]
    for i in range(1, len(rows)):
        placebo = synthetic_control(rows[i], rows[:i] + rows[i + 1 :], 5)
        np.testing.assert_allclose(ours.placebo_gaps[i - 1], placebo.gap, atol=1e-8)
        ratios.append(placebo.ratio)
    assume(not np.isnan(ratios[0]))
    as_great = sum(ratio >= ratios[0] * (1 - 1e-9) for ratio in ratios)
    assert ours.p_value == pytest.approx(as_great / len(rows))
