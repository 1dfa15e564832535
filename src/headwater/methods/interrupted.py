"""Did a series change when something was done? A line before, a line after, and what the first says of the second."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import stdtrit

from headwater.methods.inputs import in_one_row, not_negative, tail
from headwater.methods.loglinear import LogLinear, poisson_regression
from headwater.methods.results import Floats, Interval

YEAR = 12
FEWEST = 8
"""Known months that there must be on either side."""
SEASONS = 2 * YEAR
"""Known months that there must be in all before a season is taken out."""
Verdict = Literal["fell", "rose", "no larger effect seen", "cannot tell"]


@dataclass(frozen=True, slots=True)
class InterruptedSeries:
    """A series in two parts, each along its own line on the log scale; every ratio NaN where `why_not` says why."""

    level: Interval
    """Where the line after begins, as a multiple of where the line before would have been that month."""
    slope: Interval
    """The change from month to month after, as a multiple of that before; NaN where no change of slope was asked for."""
    average: Interval
    """The line after as a multiple of what the line before foretold, averaged on the log scale over the known months after."""
    trend: Interval
    """The change from month to month before: 1.01 is a rise of a hundredth each month."""
    fitted: Floats
    """The count that the lines expect, a month each; NaN where the exposure is not known."""
    expected: Floats
    """The same had nothing changed."""
    dispersion: float
    """How many times a Poisson count's variance was found. Intervals are widened by it, and never narrowed."""
    autocorrelation: float
    """Of what is left over in one month with the next. Well above nought, the intervals are too narrow."""
    months_before: int
    """How many are known."""
    months_after: int
    why_not: str
    """Why nothing can be said, in words; '' where it can."""


def interrupted_series(
    counts: ArrayLike,
    at: int,
    *,
    exposure: ArrayLike | None = None,
    harmonics: int = 0,
    slope: bool = True,
    confidence: float = 0.95,
) -> InterruptedSeries:
    """Segmented regression of monthly counts: how far the level, and the slope, changed at a month known beforehand.

    `counts` is one row in time order, a month each, NaN for a gap; `at` is the index of the first month after.
    `exposure` is what each count is out of (people, days in the month), one a month; without it the counts themselves are
    modelled. `harmonics` is how many pairs of waves make the year's shape: 0 for none, 1 or 2. Without `slope` the two
    lines are parallel. Limits are Student's on the scale of the logarithm, with the quasi-Poisson variance where that is
    more than Poisson's. Fewer than 8 known months on either side, fewer than 24 in all with a season, or nothing having
    happened on one side, leave nothing to be said: see `why_not`. Raises ValueError for an `at` that is not inside the
    series, rows of different lengths, an exposure that is not above nought, or a number of harmonics from outside 0 to 5.
    Source: Wagner and others (2002); Lopez Bernal, Cummins and Gasparrini (2017).
    """
    row, out_of = _checked(counts, at, exposure, harmonics)
    known = ~np.isnan(row) & ~np.isnan(out_of)
    sides = int(known[:at].sum()), int(known[at:].sum())
    design, changes = _design(row.size, at, harmonics, slope=slope), slice(2, 4 if slope else 3)
    offset, beyond = np.log(out_of), tail(confidence)
    why_not = _why_not(row, known, at, harmonics)
    line = None if why_not else poisson_regression(design[known], row[known], offset[known])
    if line is None or line.spare < 1:
        return _nothing(row.size, sides, why_not or "no one pair of lines fits these counts best")
    pick, unchanged = np.eye(design.shape[1]), line.coefficients.copy()
    mean = np.zeros(design.shape[1])
    mean[changes], unchanged[changes] = design[at:][known[at:], changes].mean(axis=0), 0.0
    return InterruptedSeries(
        level=_ratio(line, pick[2], beyond),
        slope=_ratio(line, pick[3], beyond) if slope else _no_ratio(),
        average=_ratio(line, mean, beyond),
        trend=_ratio(line, pick[1], beyond),
        fitted=np.exp(design @ line.coefficients + offset),
        expected=np.exp(design @ unchanged + offset),
        dispersion=line.dispersion,
        autocorrelation=_autocorrelation(row, line.fitted, known),
        months_before=sides[0],
        months_after=sides[1],
        why_not="",
    )


def verdict(ratio: Interval, *, worth: float) -> Verdict:
    """What a ratio of after to what was expected lets one say, in four words and no more.

    'fell' or 'rose' where the interval leaves out 1; 'no larger effect seen' where it lies wholly within `worth` of 1 on
    either side, so that nothing larger than `worth` (a share of one) is likely; otherwise, and where there is no interval,
    'cannot tell'. Raises ValueError for more than one ratio, or a `worth` that is not between 0 and 1.
    Source: the interval's own meaning; Altman and Bland (1995) on absence of evidence.
    """
    if ratio.lower.size != 1:
        raise ValueError("verdict speaks of one ratio at a time")
    if not 0 < worth < 1:
        raise ValueError("worth is the smallest change that would matter as a share of one, such as 0.1 for a tenth")
    if ratio.upper < 1:
        return "fell"
    if ratio.lower > 1:
        return "rose"
    near = bool(ratio.lower >= 1 - worth) and bool(ratio.upper <= 1 + worth)
    return "no larger effect seen" if near else "cannot tell"


def _checked(counts: ArrayLike, at: int, exposure: ArrayLike | None, harmonics: int) -> tuple[Floats, Floats]:
    row = in_one_row(not_negative(counts, "counts"), "counts")
    out_of = np.ones(row.size) if exposure is None else in_one_row(not_negative(exposure, "exposure"), "exposure")
    if out_of.shape != row.shape:
        raise ValueError("interrupted_series needs an exposure for each month, or none at all")
    if (out_of == 0).any():
        raise ValueError("exposure must be above nought; mark a month without one with NaN")
    if not 0 < at < row.size:
        raise ValueError(f"at is the index of the first month after, between 1 and {row.size - 1}")
    if not 0 <= harmonics < YEAR // 2:
        raise ValueError("harmonics is how many pairs of waves make the year's shape: 0 for none, 1 or 2, 5 at most")
    return row, out_of


def _design(months: int, at: int, harmonics: int, *, slope: bool) -> Floats:
    """A column each: one, the month, after, months since (with a slope), and the waves of the year."""
    month = np.arange(months, dtype=np.float64)
    after = (month >= at).astype(np.float64)
    turn = 2 * np.pi * month / YEAR
    waves = [wave(k * turn) for k in range(1, harmonics + 1) for wave in (np.sin, np.cos)]
    return np.column_stack([np.ones(months), month, after, *([after * (month - at)] if slope else []), *waves])


def _why_not(row: Floats, known: NDArray[np.bool_], at: int, harmonics: int) -> str:
    for side, name in ((slice(None, at), "before"), (slice(at, None), "after")):
        months = int(known[side].sum())
        if months < FEWEST:
            return f"months known {name}: {months}, and there must be {FEWEST}"
        if row[side][known[side]].sum() == 0:
            return f"nothing happened {name}, so that there is no line to draw"
    if harmonics and known.sum() < SEASONS:
        return f"months known: {int(known.sum())}, and a season cannot be told from fewer than {SEASONS}"
    return ""


def _ratio(line: LogLinear, pick: Floats, beyond: float) -> Interval:
    """A weighted sum of coefficients, off the log scale."""
    middle = pick @ line.coefficients
    reach = -stdtrit(line.spare, beyond) * np.sqrt(max(line.dispersion, 1.0) * (pick @ line.covariance @ pick))
    value, lower, upper = (
        np.asarray(np.exp(end), dtype=np.float64) for end in (middle, middle - reach, middle + reach)
    )
    return Interval(value, lower, upper)


def _no_ratio() -> Interval:
    nothing = np.asarray(np.nan)
    return Interval(nothing, nothing, nothing)


def _nothing(months: int, sides: tuple[int, int], why_not: str) -> InterruptedSeries:
    none, blank = _no_ratio(), np.full(months, np.nan)
    return InterruptedSeries(none, none, none, none, blank, blank, np.nan, np.nan, *sides, why_not)


def _autocorrelation(row: Floats, fitted: Floats, known: NDArray[np.bool_]) -> float:
    """Of Pearson's residuals one month apart, over pairs of months that are both known."""
    left = np.full(row.size, np.nan)
    left[known] = (row[known] - fitted) / np.sqrt(fitted)
    together = left[:-1] * left[1:]
    pairs = ~np.isnan(together)
    spread = float(np.nanmean(left**2))
    return float(together[pairs].mean()) / spread if pairs.any() and spread > 0 else float("nan")
