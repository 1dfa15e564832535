"""Do figures agree? Against the same question in exact fractions, one figure at a time."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.methods import parts_and_total, percentage_and_counts

UNITS = st.sampled_from([Fraction(0), Fraction(1, 100), Fraction(1), Fraction(5), Fraction(10)])


@given(st.lists(st.integers(0, 10_000_000), min_size=1, max_size=8), st.integers(-20, 20), UNITS, st.integers(0, 2))
def test_parts_in_exact_fractions(parts: list[int], off: int, unit: Fraction, places: int) -> None:
    scale = 10**places
    exact = [Fraction(part, scale) for part in parts]
    total = sum(exact) + Fraction(off, scale)
    found = parts_and_total([float(part) for part in exact], float(total), rounded_to=float(unit))
    assert found.agrees == (abs(total - sum(exact)) <= unit * (len(parts) + 1) / 2,)
    assert float(found.difference) == pytest.approx(off / scale, abs=1e-6)


@given(st.lists(st.integers(0, 100_000), min_size=1, max_size=8), st.sampled_from([1, 5, 10]))
def test_rounding_honest_figures_is_never_called_a_mistake(parts: list[int], unit: int) -> None:
    def rounded(value: int) -> int:
        return unit * math.floor(Fraction(value, unit) + Fraction(1, 2))

    found = parts_and_total([rounded(part) for part in parts], rounded(sum(parts)), rounded_to=unit)
    assert found.agrees == (True,)


@given(st.integers(0, 200), st.integers(1, 200), st.integers(0, 2), st.integers(-3, 3))
def test_percentages_in_exact_fractions(count: int, whole: int, decimals: int, off: int) -> None:
    step = Fraction(1, 10**decimals)
    exact = Fraction(100 * count, whole)
    printed = step * (math.floor(exact / step + Fraction(1, 2)) + off)
    found = percentage_and_counts(count, whole, float(printed), decimals=decimals)
    assert found.follows == (abs(exact - printed) <= step / 2,)
    follow = [n for n in range(-20, 220) if abs(Fraction(100 * n, whole) - printed) <= step / 2]
    if follow:
        assert (found.lowest, found.highest) == (min(follow), max(follow))
    else:
        assert found.lowest > found.highest


def test_what_is_not_known_is_neither_right_nor_wrong() -> None:
    assert parts_and_total([[1, 2], [1, math.nan]], [3, 3]).agrees == (True, None)
    assert percentage_and_counts([1, 1, math.nan], [0, 2, 2], 50).follows == (None, True, None)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: parts_and_total([], 1), "at least one part"),
        (lambda: parts_and_total([1], 1, rounded_to=-1), "rounded_to is a unit"),
        (lambda: percentage_and_counts(1, -1, 1), "below nought"),
        (lambda: percentage_and_counts(1, 1, 1, decimals=-1), "0 or more"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused(call: object, says: str) -> None:
    assert callable(call)
    with pytest.raises(ValueError, match=says):
        call()
