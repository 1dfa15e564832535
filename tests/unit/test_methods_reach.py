"""Served against harmed: the edges."""

import math

import numpy as np
import pytest

from headwater.methods import rate_ratio, representation, wilson

NAN = math.nan


def test_help_that_goes_where_harm_does_shows_no_difference() -> None:
    found = representation([30, 60, 10], [90, 180, 30])
    assert found.ratio.value == pytest.approx([1, 1, 1])
    assert found.per_hundred.value == pytest.approx([100 / 3] * 3)
    assert found.reached == ("no clear difference",) * 3


def test_who_is_reached_less_than_their_share_of_harm() -> None:
    found = representation([20, 100, 80], [150, 100, 50])
    assert found.served_share.value == pytest.approx([0.1, 0.5, 0.4])
    assert found.harmed_share.value == pytest.approx([0.5, 1 / 3, 1 / 6])
    assert found.ratio.value == pytest.approx([0.2, 1.5, 2.4])
    assert found.reached == ("less than its share", "more than its share", "more than its share")
    np.testing.assert_array_equal(found.served_share.upper, wilson([20, 100, 80], 200).upper)


def test_nobody_served_is_seen_and_not_divided_by() -> None:
    found = representation([0, 120], [40, 60])
    assert found.ratio.value[0] == 0
    assert found.ratio.upper[0] == rate_ratio(0, 120, 40, 100).upper
    assert found.reached[0] == "less than its share"
    assert found.per_hundred.value[0] == 0


def test_nobody_harmed_has_no_upper_end_and_nobody_at_all_is_not_known() -> None:
    found = representation([12, 0, 50], [0, 0, 60])
    assert found.ratio.value[0] == math.inf
    assert found.reached[:2] == ("more than its share", "not known")
    assert np.isnan(found.per_hundred.value[1])


def test_a_count_that_is_withheld_is_no_nought() -> None:
    unknown = representation([NAN, 40, 60], [20, 30, 50])
    assert np.isnan(unknown.served_share.value).all()
    assert set(unknown.reached) == {"not known"}
    told = representation([NAN, 40, 60], [20, 30, 50], served_total=104)
    assert told.served_share.value[1] == pytest.approx(40 / 104)
    assert told.reached[0] == "not known"
    assert told.per_hundred.value[1] == pytest.approx(400 / 3)


def test_people_whose_group_is_not_recorded_may_be_in_the_total() -> None:
    with_them = representation([20, 30], [40, 60], served_total=80, harmed_total=100)
    assert with_them.served_share.value == pytest.approx([0.25, 0.375])


def test_one_group_that_is_everybody_is_no_more_and_no_less() -> None:
    found = representation([50], [70])
    assert (found.ratio.value[0], found.ratio.lower[0], found.ratio.upper[0]) == (1, 1, 1)
    assert found.reached == ("no clear difference",)


def test_nobody_served_at_all() -> None:
    found = representation([0, 0], [10, 20])
    assert set(found.reached) == {"not known"}
    assert found.per_hundred.value.tolist() == [0, 0]


@pytest.mark.parametrize(
    ("served", "harmed", "options", "said"),
    [
        ([1, 2], [1], {}, "same groups"),
        ([], [], {}, "at least one"),
        ([-1], [1], {}, "below nought"),
        ([[1]], [[1]], {}, "one row"),
        ([5, 5], [1, 1], {"served_total": 9}, "below the sum"),
        ([5, 5], [1, 1], {"harmed_total": NAN}, "not known"),
        ([5], [5], {"confidence": 95}, "share of one"),
    ],
)
def test_what_makes_no_sense_is_refused(served: object, harmed: object, options: dict[str, float], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        representation(served, harmed, **options)  # type: ignore[arg-type]
