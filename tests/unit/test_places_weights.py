"""Shares in millionths add up exactly, whatever they are shares of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.places import WHOLE, millionths
from headwater.places.weights import rounded


def test_thirds_go_by_largest_remainder_and_a_tie_goes_to_the_code_that_sorts_first():
    assert millionths({"c": 5, "a": 5, "b": 5}) == {"a": 333_334, "b": 333_333, "c": 333_333}


def test_the_largest_remainder_wins_over_the_alphabet():
    assert millionths({"a": 2, "b": 1}) == {"a": 666_667, "b": 333_333}


def test_where_nobody_is_known_to_live_the_shares_are_equal():
    assert millionths({"a": 0, "b": 0}) == {"a": 500_000, "b": 500_000}


def test_nothing_cannot_be_shared():
    with pytest.raises(ValueError, match="nothing to share"):
        millionths({})


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 10_000), min_size=1, max_size=12))
def test_shares_are_a_whole_and_each_within_a_millionth_of_fair(sizes: dict[str, int]):
    shares = millionths(sizes)
    assert sum(shares.values()) == WHOLE
    total = sum(sizes.values())
    if total:
        assert all(abs(share * total - WHOLE * sizes[code]) < total for code, share in shares.items())


@pytest.mark.parametrize(("weighted", "people"), [(0, 0), (499_999, 0), (500_000, 1), (1_499_999, 1), (2_500_000, 3)])
def test_half_a_person_is_rounded_up(weighted: int, people: int):
    assert rounded(weighted) == people
