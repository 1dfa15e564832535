"""Interrupted series against the likelihood itself, climbed by a general optimiser, and against series made with a known change."""

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize
from scipy.special import stdtrit

from headwater.methods import interrupted_series, verdict


def rows_of(months: int, at: int, harmonics: int, *, slope: bool) -> list[list[float]]:
    """What each month is made of, written out; months are counted in years so that no coefficient is far from one."""
    made = []
    for month in range(months):
        row = [1.0, month / 12, 1.0 if month >= at else 0.0]
        if slope:
            row.append((month - at) / 12 if month >= at else 0.0)
        for k in range(1, harmonics + 1):
            row += [math.sin(2 * math.pi * k * month / 12), math.cos(2 * math.pi * k * month / 12)]
        made.append(row)
    return made


def surprise(coefficients: Sequence[float], rows: list[list[float]], counts: list[float], out_of: list[float]) -> float:
    """Minus the log-likelihood, without what the coefficients do not touch."""
    said = 0.0
    for row, count, exposure in zip(rows, counts, out_of, strict=True):
        line = math.fsum(c * x for c, x in zip(coefficients, row, strict=True)) + math.log(exposure)
        said += math.exp(min(line, 60.0)) - count * line
    return said


def curvature(at: np.ndarray, rows: list[list[float]], counts: list[float], out_of: list[float]) -> np.ndarray:
    """Second differences of the surprise around its lowest point."""
    size, step = len(at), 1e-3
    bent = np.empty((size, size))
    for i in range(size):
        for j in range(size):
            corners = [
                a * b * surprise(at + step * (a * np.eye(size)[i] + b * np.eye(size)[j]), rows, counts, out_of)
                for a in (1, -1)
                for b in (1, -1)
            ]
            bent[i, j] = math.fsum(corners) / (4 * step**2)
    return bent


@given(
    st.lists(st.integers(5, 60), min_size=26, max_size=40),
    st.integers(9, 15),
    st.integers(0, 1),
    st.booleans(),
    st.booleans(),
)
@settings(max_examples=12, deadline=None)
def test_the_lines_are_the_most_likely_ones(counts: list[int], at: int, harmonics: int, slope: bool, gap: bool) -> None:
    exposure = [100.0 + 3 * month for month in range(len(counts))]
    given_counts = [math.nan if gap and i in (3, 20) else float(count) for i, count in enumerate(counts)]
    ours = interrupted_series(given_counts, at, exposure=exposure, harmonics=harmonics, slope=slope)
    kept = [i for i, count in enumerate(given_counts) if not math.isnan(count)]
    rows = [row for i, row in enumerate(rows_of(len(counts), at, harmonics, slope=slope)) if i in kept]
    seen, out_of = [given_counts[i] for i in kept], [exposure[i] for i in kept]
    start = np.zeros(len(rows[0]))
    start[0] = math.log(sum(seen) / sum(out_of))
    lowest = minimize(surprise, start, args=(rows, seen, out_of), method="BFGS", options={"gtol": 1e-7}).x
    assert math.log(float(ours.level.value)) == pytest.approx(lowest[2], abs=2e-5)
    assert math.log(float(ours.trend.value)) * 12 == pytest.approx(lowest[1], abs=2e-5)
    if slope:
        assert math.log(float(ours.slope.value)) * 12 == pytest.approx(lowest[3], abs=2e-5)
    fitted = [e * math.exp(float(np.dot(lowest, row))) for row, e in zip(rows, out_of, strict=True)]
    spare = len(rows) - len(rows[0])
    spread = math.fsum((y - mu) ** 2 / mu for y, mu in zip(seen, fitted, strict=True)) / spare
    assert ours.dispersion == pytest.approx(spread, rel=1e-4)
    error = math.sqrt(max(spread, 1) * float(np.linalg.inv(curvature(lowest, rows, seen, out_of))[2, 2]))
    reach = -float(stdtrit(spare, 0.025)) * error
    assert math.log(float(ours.level.upper)) == pytest.approx(lowest[2] + reach, abs=1e-3)
    assert math.log(float(ours.level.lower)) == pytest.approx(lowest[2] - reach, abs=1e-3)


def made_up(rng: np.random.Generator, change: float, size: float, spread: float) -> tuple[np.ndarray, int]:
    """Five years of a rising, seasonal series that changes after three, with `spread` times a Poisson count's variance."""
    month = np.arange(60)
    mean = size * np.exp(0.004 * month + 0.2 * np.sin(2 * np.pi * month / 12)) * np.where(month >= 36, change, 1.0)
    return (rng.poisson(mean) if spread == 1 else rng.negative_binomial(mean / (spread - 1), 1 / spread)), 36


@pytest.mark.parametrize("spread", [1, 2.5])
def test_the_interval_holds_the_change_that_was_made(spread: float) -> None:
    rng = np.random.default_rng(30)
    held = []
    for _ in range(400):
        counts, at = made_up(rng, 0.8, 60, spread)
        level = interrupted_series(counts, at, harmonics=1, slope=False).level
        held.append(bool(level.lower <= 0.8 <= level.upper))
    assert 0.92 <= float(np.mean(held)) <= 0.985


def test_a_change_that_was_not_made_is_seldom_seen() -> None:
    rng = np.random.default_rng(31)
    said = [verdict(interrupted_series(*made_up(rng, 1.0, 60, 2), harmonics=1).average, worth=0.1) for _ in range(300)]
    assert sum(word in ("fell", "rose") for word in said) / len(said) < 0.085
