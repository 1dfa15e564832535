"""Months in a row: totals, control charts, seasons, waiting times."""

import numpy as np
import pytest

from headwater.methods import control_chart, rolling_sum, seasonality, time_to_outcome

FLAT = [10.0, 12.0] * 10
"""Mean 11, moving range 2, limits 11 ± 5.32, two-thirds at 3.5467."""


def test_six_months_never_pass_for_a_year() -> None:
    year = np.arange(1.0, 25.0)
    year[14] = np.nan
    totals = rolling_sum(year)
    assert np.isnan(totals[:11]).all()
    assert totals[11] == 78
    assert np.isnan(totals[14:]).all()
    assert np.isnan(rolling_sum(np.ones(11))).all()


def test_totals_run_along_the_last_axis() -> None:
    np.testing.assert_array_equal(rolling_sum([[1, 2, 3], [4, 5, 6]], width=2)[:, 1:], [[3, 5], [9, 11]])
    with pytest.raises(ValueError, match="one month"):
        rolling_sum([1], width=0)


def test_a_quiet_chart_says_nothing() -> None:
    chart = control_chart(FLAT)
    assert (chart.centre[0], chart.lower[0], chart.upper[0]) == pytest.approx((11, 11 - 5.32, 11 + 5.32))
    assert set(chart.signals) == {""}
    assert set(chart.rules) == {()}


def test_a_point_outside_the_limits() -> None:
    chart = control_chart([*FLAT, 40.0, *FLAT])
    assert chart.signals[20] == "high"
    assert "outside limits" in chart.rules[20]
    assert sum(map(bool, chart.signals)) == 1


@pytest.mark.parametrize(("length", "signalled"), [(6, []), (7, list(range(24, 31)))])
def test_seven_on_one_side_is_a_run_and_six_is_not(length: int, signalled: list[int]) -> None:
    above = [11.0, 13.0, 10.8, 12.0, 11.0, 13.0, 10.8][:length]
    chart = control_chart([*[15.0, 5.0] * 12, *above, 4.0, 15.0, 1.0])
    assert min(above) > chart.centre[0]
    assert [i for i, rules in enumerate(chart.rules) if "run" in rules] == signalled
    assert {chart.signals[i] for i in signalled} <= {"high"}


def test_a_run_stops_at_a_gap() -> None:
    quiet = [5.0, 15.0] * 10
    run = [11.0, 14.0, 11.0, 14.0, 11.0, 14.0, 11.0, 14.0]
    series = [*quiet, 1.0, *run, 1.0, 5.0]
    assert any("run" in rules for rules in control_chart(series).rules)
    series.insert(25, np.nan)
    assert not any("run" in rules for rules in control_chart(series).rules)


def test_a_climb_of_six_moves_is_a_trend_and_of_five_is_not() -> None:
    noise = [0.0, 50.0] * 10
    six = control_chart([*noise, 5, 10, 20, 28, 35, 40, 45, 0])
    five = control_chart([*noise, 5, 10, 20, 28, 35, 40, 0])
    assert [i for i, rules in enumerate(six.rules) if "trend" in rules] == list(range(20, 27))
    assert six.signals[20:27] == ("high",) * 7
    assert not any("trend" in rules for rules in five.rules)
    falling = control_chart([*noise[::-1], 45, 40, 35, 28, 20, 10, 5, 50])
    assert falling.signals[20:27] == ("low",) * 7


def test_a_level_step_breaks_a_trend() -> None:
    noise = [0.0, 50.0] * 10
    assert not any("trend" in rules for rules in control_chart([*noise, 5, 10, 20, 28, 28, 35, 40, 45, 0]).rules)


def test_two_of_three_far_out_on_one_side() -> None:
    near = control_chart([*FLAT, 15.8, 11.0, 15.8, *FLAT])
    assert [i for i, rules in enumerate(near.rules) if "two of three" in rules] == [20, 22]
    both = control_chart([*FLAT, 16.0, 11.0, 6.0, *FLAT])
    assert not any("two of three" in rules for rules in both.rules)
    apart = control_chart([*FLAT, 15.8, 11.0, 11.0, 15.8, *FLAT])
    assert not any("two of three" in rules for rules in apart.rules)


def test_no_moving_range_across_a_gap() -> None:
    with_gap = control_chart([*[1.0, 2.0] * 6, np.nan, *[101.0, 102.0] * 6])
    assert with_gap.upper[0] - with_gap.centre[0] == pytest.approx(2.66)
    assert with_gap.signals[12] == ""


def test_too_few_points_have_no_limits() -> None:
    for row in ([1.0] * 11, [1.0, *[np.nan] * 20], [np.nan] * 30, [*[1.0, np.nan] * 15], []):
        chart = control_chart(row)
        assert np.isnan(chart.centre).all()
        assert set(chart.signals) <= {""}
        assert len(chart.rules) == len(row)
    assert not np.isnan(control_chart([1.0] * 12).centre).any()


def test_a_constant_series_is_not_above_its_own_mean() -> None:
    assert set(control_chart([0.1] * 30).signals) == {""}


def test_limits_start_afresh_only_where_asked() -> None:
    series = [*FLAT, *[v + 30 for v in FLAT]]
    assert any(control_chart(series).signals)
    rebased = control_chart(series, rebase_at=[20])
    assert not any(rebased.signals)
    assert rebased.centre[[19, 20]].tolist() == [11, 41]
    short = control_chart(series, rebase_at=[35])
    assert np.isnan(short.centre[35:]).all()
    assert not np.isnan(short.centre[:35]).any()


@pytest.mark.parametrize("bad", [[0], [40], [-1]])
def test_a_rebase_outside_the_series_is_refused(bad: list[int]) -> None:
    with pytest.raises(ValueError, match="rebase_at"):
        control_chart([*FLAT, *FLAT], rebase_at=bad)


def test_no_limit_lies_below_the_floor() -> None:
    series = [0.0, 5.0] * 10
    assert control_chart(series).lower[0] == 0
    assert control_chart(series, floor=None).lower[0] < 0
    with pytest.raises(ValueError, match="one row"):
        control_chart([[1.0, 2.0]])


def test_a_season_is_found_and_measured() -> None:
    shape = 1 + 0.3 * np.sin(2 * np.pi * np.arange(12) / 12)
    rng = np.random.default_rng(7)
    values = np.concatenate([level * shape for level in (100, 150, 90)]) * rng.normal(1, 0.02, 36)
    found = seasonality(values, np.arange(36) % 12 + 1)
    assert found.years == 3
    assert found.p_value < 0.001
    np.testing.assert_allclose(found.index, shape, atol=0.06)
    assert ((found.lower < shape) & (shape < found.upper)).sum() >= 10
    assert found.index.mean() == pytest.approx(1)


def test_a_year_may_begin_in_any_month_and_a_gap_breaks_it() -> None:
    months = (np.arange(34) + 4) % 12 + 1  # from May
    values = np.where(months == 7, 20.0, 10.0)
    values[20] = np.nan  # January
    found = seasonality(values, months)
    assert found.years == 2
    assert int(np.argmax(found.index)) == 6
    assert found.index[6] == pytest.approx(20 / (130 / 12))


def test_no_season_where_every_month_is_alike_or_years_are_few() -> None:
    alike = seasonality(np.ones(36), np.arange(36) % 12 + 1)
    assert alike.p_value == 1
    few = seasonality(np.ones(23), np.arange(23) % 12 + 1)
    assert few.years == 1
    assert np.isnan(few.index).all()
    assert np.isnan(few.p_value)


@pytest.mark.parametrize("months", [[1, 3], [0, 1], [12, 13], [1]])
def test_months_out_of_order_are_refused(months: list[int]) -> None:
    with pytest.raises(ValueError, match="months"):
        seasonality([1.0, 2.0], months)


@pytest.mark.parametrize("years", [2, 4])
def test_chance_alone_seldom_makes_a_season(years: int) -> None:
    rng, months = np.random.default_rng(8), np.tile(np.arange(1, 13), years)
    found = [seasonality(rng.poisson(200, 12 * years), months).p_value < 0.05 for _ in range(600)]
    assert 0.02 < np.mean(found) < 0.09


def test_waiting_with_nobody_lost_is_a_plain_share() -> None:
    found = time_to_outcome([0, 1, 1, 3], [True] * 4)
    np.testing.assert_allclose(found.share.value, [0.25, 0.75, 0.75, 1])
    np.testing.assert_array_equal(found.at_risk, [4, 3, 1, 1])
    assert np.isnan(found.share.upper[-1])


def test_those_still_waiting_count_until_they_were_last_seen() -> None:
    found = time_to_outcome([1, 1, 2, 2], [True, False, True, False])
    np.testing.assert_allclose(found.share.value, [0, 0.25, 1 - 0.75 * 0.5])
    assert np.isnan(found.share.lower[0])
    assert found.share.lower[1] < 0.25 < found.share.upper[1]


def test_waiting_limits_hold_the_truth_nineteen_times_in_twenty() -> None:
    rng, held = np.random.default_rng(9), []
    truth = 1 - 0.8**6
    for _ in range(800):
        outcome, lost = rng.geometric(0.2, 150) - 1, rng.integers(2, 15, 150)
        share = time_to_outcome(np.minimum(outcome, lost), outcome <= lost).share
        held.append(share.lower[5] <= truth <= share.upper[5])
    assert 0.92 < np.mean(held) < 0.98


@pytest.mark.parametrize(
    ("months", "seen"), [([], []), ([1], [True, False]), ([1.5], [True]), ([np.nan], [True]), ([-1], [True])]
)
def test_months_that_are_not_whole_are_refused(months: list[float], seen: list[bool]) -> None:
    with pytest.raises(ValueError, match="months"):
        time_to_outcome(months, seen)
