"""Interrupted series: what may be said, and when nothing may."""

import math

import numpy as np
import pytest

from headwater.methods import interrupted_series, verdict
from headwater.methods.results import Interval

NAN = math.nan
MONTHS = np.arange(48)


def stepped(change: float, size: float = 200.0, at: int = 30) -> np.ndarray:
    return np.round(size * np.exp(0.01 * MONTHS) * np.where(at <= MONTHS, change, 1.0))


def interval(value: float, lower: float, upper: float) -> Interval:
    return Interval(np.asarray(value), np.asarray(lower), np.asarray(upper))


def test_a_step_without_noise_is_found() -> None:
    found = interrupted_series(stepped(0.7), 30)
    assert float(found.level.value) == pytest.approx(0.7, abs=0.005)
    assert float(found.slope.value) == pytest.approx(1.0, abs=0.001)
    assert float(found.trend.value) == pytest.approx(math.exp(0.01), abs=0.001)
    assert float(found.average.value) == pytest.approx(0.7, abs=0.005)
    assert (found.months_before, found.months_after, found.why_not) == (30, 18, "")
    assert verdict(found.level, worth=0.1) == "fell"


def test_a_turn_without_a_step_is_told_from_one() -> None:
    turned = np.round(500 * np.exp(0.01 * MONTHS - 0.03 * np.maximum(MONTHS - 30, 0)))
    found = interrupted_series(turned, 30)
    assert float(found.level.value) == pytest.approx(1.0, abs=0.01)
    assert float(found.slope.value) == pytest.approx(math.exp(-0.03), abs=0.001)
    assert float(found.average.value) == pytest.approx(
        math.exp(-0.03 * 8.5), abs=0.01
    )  # months 0 to 17 after: 8.5 on average
    assert verdict(found.average, worth=0.1) == "fell"


def test_without_a_slope_there_is_none_and_the_level_is_the_average() -> None:
    found = interrupted_series(stepped(0.9), 30, slope=False)
    assert np.isnan(found.slope.value)
    assert float(found.level.value) == float(found.average.value)
    assert float(found.level.lower) == float(found.average.lower)


def test_what_was_expected_is_what_the_line_before_foretells() -> None:
    found = interrupted_series(stepped(0.7), 30)
    np.testing.assert_allclose(found.fitted[:30], found.expected[:30])
    assert found.fitted[30] / found.expected[30] == pytest.approx(float(found.level.value))


def test_counts_of_a_growing_population_are_held_against_it() -> None:
    people = 1_000 * np.exp(0.01 * MONTHS)
    found = interrupted_series(stepped(1.0, 200), 30, exposure=people)
    assert float(found.trend.value) == pytest.approx(1.0, abs=0.001)


def test_a_season_is_not_taken_for_a_change() -> None:
    """The months after are a summer and no winter."""
    season = np.round(300 * np.exp(0.5 * np.sin(2 * np.pi * np.arange(44) / 12)))
    plain, seasonal = (interrupted_series(season, 36, slope=False, harmonics=waves).level for waves in (0, 1))
    assert float(plain.value) > 1.2
    assert float(seasonal.value) == pytest.approx(1.0, abs=0.01)


def test_a_gap_is_no_nought() -> None:
    row = stepped(0.7)
    row[[4, 40]] = NAN
    found = interrupted_series(row, 30)
    assert float(found.level.value) == pytest.approx(0.7, abs=0.005)
    assert (found.months_before, found.months_after) == (29, 17)
    assert not np.isnan(found.fitted).any()
    assert not np.isnan(found.autocorrelation)


def test_fewer_than_chance_would_give_does_not_narrow_the_interval() -> None:
    still = interrupted_series([50.0] * 40, 20, slope=False)
    assert still.dispersion < 1e-6
    assert float(np.log(still.level.upper)) > 0.1


@pytest.mark.parametrize(
    ("row", "at", "options", "said"),
    [
        ([5.0] * 20, 15, {}, "known after: 5"),
        ([5.0] * 20, 7, {}, "known before: 7"),
        ([5.0] * 4 + [NAN] * 5 + [5.0] * 20, 9, {}, "known before: 4"),
        ([5.0] * 10 + [0.0] * 10, 10, {}, "nothing happened after"),
        ([0.0] * 10 + [5.0] * 10, 10, {}, "nothing happened before"),
        ([5.0] * 20, 10, {"harmonics": 1}, "a season cannot be told"),
        ([5.0, 4.0] * 5 + [9.0] + [0.0] * 9, 10, {}, "no one pair of lines"),
    ],
)
def test_where_nothing_can_be_said_it_says_why(row: list[float], at: int, options: dict[str, int], said: str) -> None:
    found = interrupted_series(row, at, **options)
    assert said in found.why_not
    assert np.isnan([found.level.value, found.slope.value, found.average.upper, found.trend.lower]).all()
    assert np.isnan(found.expected).all()
    assert verdict(found.average, worth=0.2) == "cannot tell"


def test_few_events_a_month_cannot_tell() -> None:
    rng = np.random.default_rng(5)
    found = interrupted_series(rng.poisson(3, 24), 16)
    assert found.why_not == ""
    assert verdict(found.average, worth=0.2) == "cannot tell"


@pytest.mark.parametrize(
    ("ratio", "said"),
    [
        (interval(0.8, 0.7, 0.95), "fell"),
        (interval(1.3, 1.01, 1.6), "rose"),
        (interval(1.0, 0.92, 1.08), "no larger effect seen"),
        (interval(1.0, 0.89, 1.08), "cannot tell"),
        (interval(1.0, 0.92, 1.2), "cannot tell"),
        (interval(NAN, NAN, NAN), "cannot tell"),
        (interval(0.97, 0.96, 0.98), "fell"),
        (interval(1.0, 0.9, 1.0), "no larger effect seen"),
    ],
)
def test_verdicts(ratio: Interval, said: str) -> None:
    assert verdict(ratio, worth=0.1) == said


def test_a_verdict_is_of_one_ratio_and_of_a_share() -> None:
    with pytest.raises(ValueError, match="one ratio"):
        verdict(Interval(*[np.ones(2)] * 3), worth=0.1)
    with pytest.raises(ValueError, match="share of one"):
        verdict(interval(1, 1, 1), worth=10)


@pytest.mark.parametrize(
    ("row", "at", "options", "said"),
    [
        ([5.0] * 20, 0, {}, "at is the index"),
        ([5.0] * 20, 20, {}, "at is the index"),
        ([5.0] * 20, 10, {"exposure": [1.0] * 19}, "each month"),
        ([5.0] * 20, 10, {"exposure": [0.0] + [1.0] * 19}, "above nought"),
        ([5.0] * 20, 10, {"harmonics": 6}, "harmonics"),
        ([-5.0] * 20, 10, {}, "below nought"),
        ([5.0] * 20, 10, {"confidence": 95}, "share of one"),
    ],
)
def test_what_makes_no_sense_is_refused(row: list[float], at: int, options: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        interrupted_series(row, at, **options)  # type: ignore[arg-type]
