"""Places: concentration, stability, ranks and funnels."""

from itertools import pairwise

import numpy as np
import pytest

from headwater.methods import (
    chance_concentration,
    funnel_limits,
    funnel_position,
    gini,
    lorenz,
    rank_interval,
    stability,
    top_share,
)

RNG = np.random.default_rng


def test_the_curve_starts_from_the_busiest() -> None:
    curve = lorenz([1, 6, 3, 0])
    np.testing.assert_allclose(curve.areas, [0, 0.25, 0.5, 0.75, 1])
    np.testing.assert_allclose(curve.events, [0, 0.6, 0.9, 1, 1])


@pytest.mark.parametrize("counts", [[0, 0, 0], [1, np.nan, 2]])
def test_no_events_or_a_gap_give_no_concentration(counts: list[float]) -> None:
    assert np.isnan(lorenz(counts).events).all()
    assert np.isnan(gini(counts))
    assert np.isnan(top_share(counts, top=0.5))


@pytest.mark.parametrize("counts", [[], [[1, 2]], [-1, 2]])
def test_what_is_not_a_row_of_counts_is_refused(counts: list[float]) -> None:
    with pytest.raises(ValueError, match=r"area|one row|nought"):
        gini(counts)


def test_fewer_events_than_areas_are_not_concentrated_for_that() -> None:
    spread = [1] * 5 + [0] * 95
    assert gini(spread, adjusted=False) == pytest.approx(0.95)
    assert gini(spread) == pytest.approx(0)
    assert gini([5, *[0] * 99]) == pytest.approx(0.8)  # all in one place: as high as five events can go


def test_an_even_spread_has_no_concentration() -> None:
    assert gini([3] * 8) == pytest.approx(0)
    np.testing.assert_allclose(top_share([3] * 8, top=[0.1, 0.5]), [0.1, 0.5])


def test_a_part_of_an_area_counts_in_part() -> None:
    np.testing.assert_allclose(top_share([10, 5, 5, 0], top=[0, 0.25, 0.3, 0.75, 1]), [0, 0.5, 0.55, 1, 1])
    for bad in (5, -0.1):
        with pytest.raises(ValueError, match="share of one"):
            top_share([1], top=bad)


def test_chance_gathers_few_events_and_spreads_many() -> None:
    few = chance_concentration(50, 100, generator=RNG(1))
    many = chance_concentration(1_000_000, 100, generator=RNG(1))
    assert few.shares.value[2] > 0.2
    assert many.shares.value[2] == pytest.approx(0.1, abs=0.002)
    assert (few.shares.lower <= few.shares.value).all()
    assert (few.shares.value <= few.shares.upper).all()
    assert few.curve.events[[0, -1]].tolist() == pytest.approx([0, 1])


def test_chance_follows_the_people_where_it_is_given_them() -> None:
    weighed = chance_concentration(10_000, 4, generator=RNG(2), weights=[7, 1, 1, 1], tops=[0.25])
    assert weighed.shares.value[0] == pytest.approx(0.7, abs=0.01)
    for weights in ([1, 2], [0, 0, 0, 0], [1, np.nan, 1, 1]):
        with pytest.raises(ValueError, match="weights"):
            chance_concentration(10, 4, generator=RNG(2), weights=weights)
    with pytest.raises(ValueError, match="at least one"):
        chance_concentration(10, 0, generator=RNG(2))
    assert np.isnan(chance_concentration(0, 4, generator=RNG(2)).shares.value).all()


def test_the_same_seed_gives_the_same_chance() -> None:
    once, again = (chance_concentration(300, 40, generator=RNG(3)) for _ in range(2))
    np.testing.assert_array_equal(once.curve.events, again.curve.events)
    ranks = [rank_interval([5, 9, 2], [10, 20, 30], generator=RNG(3), draws=50).lower for _ in range(2)]
    np.testing.assert_array_equal(*ranks)


def test_the_same_areas_two_years_running() -> None:
    counts = np.arange(40.0)
    same, turned = stability(counts, counts * 2), stability(counts, -counts)
    assert (same.stayed, same.expected, same.correlation) == pytest.approx((1, 0.05, 1))
    assert (turned.stayed, turned.correlation) == pytest.approx((0, -1))
    assert (same.top_areas, same.areas) == (2, 40)


def test_areas_level_at_the_cut_share_its_places() -> None:
    found = stability([9, 1, 1, 1, 1], [9, 1, 1, 1, 1], top=0.4)
    assert found.stayed == pytest.approx((1 + 4 * 0.25 * 0.25) / 2)
    assert np.isnan(stability([1, 1, 1], [1, 2, 3]).correlation)


def test_areas_unknown_in_either_year_are_left_out() -> None:
    found = stability([1, 2, np.nan, 4], [1, 2, 3, np.nan], top=0.5)
    assert found.areas == 2
    nothing = stability([np.nan], [1])
    assert np.isnan(nothing.stayed)
    with pytest.raises(ValueError, match="same areas"):
        stability([1], [1, 2])
    with pytest.raises(ValueError, match="share of one"):
        stability([1], [1], top=5)


def test_sure_ranks_are_narrow_and_unsure_ranks_wide() -> None:
    sure = rank_interval([9000, 5000, 1000], [1e4] * 3, generator=RNG(4))
    assert sure.value.tolist() == sure.lower.tolist() == sure.upper.tolist() == [1, 2, 3]
    unsure = rank_interval([5, 5, 4, 6], [1e4] * 4, generator=RNG(4))
    assert unsure.value.tolist() == [2, 2, 4, 1]
    assert unsure.lower.tolist() == [1] * 4
    assert unsure.upper.tolist() == [4] * 4


def test_an_area_without_a_rate_has_no_rank() -> None:
    ranks = rank_interval([5, np.nan, 500], [1e3, 1e3, 1e3], generator=RNG(5))
    assert ranks.value.tolist()[::2] == [2, 1]
    assert np.isnan([ranks.value[1], ranks.lower[1]]).all()
    assert np.isnan(rank_interval([1], [0], generator=RNG(5)).value).all()
    with pytest.raises(ValueError, match="population for each"):
        rank_interval([1, 2], [1], generator=RNG(5))


def test_rank_intervals_hold_the_true_rank() -> None:
    rng, people = RNG(6), np.full(12, 1000.0)
    risks = np.linspace(0.02, 0.06, 12)[::-1]
    held = []
    for _ in range(60):
        ranks = rank_interval(rng.poisson(people * risks), people, generator=rng, draws=400)
        held.append(((ranks.lower <= np.arange(1, 13)) & (np.arange(1, 13) <= ranks.upper)).mean())
    assert np.mean(held) > 0.93


def test_a_funnel_narrows_with_size_and_wraps_its_baseline() -> None:
    limits = funnel_limits([100, 1000, 10_000], 20, kind="rate", per=1000)
    outwards = (limits.upper_998, limits.upper_95, limits.baseline, limits.lower_95, limits.lower_998)
    assert all((outer[1:] > inner[1:]).all() for outer, inner in pairwise(outwards))
    assert (np.diff(limits.upper_998) < 0).all()
    assert (np.diff(limits.lower_998) > 0).all()
    assert limits.lower_998[0] == 0  # two events expected: even none would be no surprise


def test_a_funnel_of_nobody_has_no_limits() -> None:
    for kind in ("rate", "ratio", "proportion"):
        limits = funnel_limits([0, np.nan], 0.5, kind=kind)
        assert np.isnan([limits.lower_95, limits.upper_998]).all()
        assert funnel_position([0, 1], [0, np.nan], 0.5, kind=kind).tolist() == ["not known"] * 2
    with pytest.raises(ValueError, match="share of one"):
        funnel_limits(10, 50, kind="proportion")


def test_where_an_area_lies_in_its_funnel() -> None:
    where = funnel_position([100, 125, 140, 78, 65], 10_000, 10, kind="rate", per=1000)
    assert where.tolist() == ["", "95", "99.8", "95", "99.8"]
    assert funnel_position(100, 10_000, 10, kind="rate", per=1000).item() == ""


def test_chance_alone_puts_few_areas_outside_a_funnel() -> None:
    rng = RNG(7)
    people = rng.integers(2000, 50_000, 20_000)
    where = funnel_position(rng.poisson(people * 0.01), people, 10, kind="rate", per=1000)
    assert 0.03 < (where != "").mean() < 0.05
    assert 0.0005 < (where == "99.8").mean() < 0.0025
