"""What the methods hand back: frozen sets of arrays, all of one shape unless a field says otherwise."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Words = NDArray[np.str_]
Standing = Literal["exists", "does not exist", "not unique", "neither"]
"""Of the estimate of a model: is there one, and only one?"""


@dataclass(frozen=True, slots=True)
class Limits:
    """The two ends of a confidence interval."""

    lower: Floats
    upper: Floats


@dataclass(frozen=True, slots=True)
class Interval:
    """A value between its confidence limits; NaN where there is none to give."""

    value: Floats
    lower: Floats
    upper: Floats


@dataclass(frozen=True, slots=True)
class ControlLimits:
    """An XmR chart: an entry for each point."""

    centre: Floats
    lower: Floats
    upper: Floats
    signals: tuple[str, ...]
    """'', 'high' or 'low'."""
    rules: tuple[tuple[str, ...], ...]
    """The names of the rules each point breaks."""


@dataclass(frozen=True, slots=True)
class Seasonality:
    """A monthly index: twelve entries, January first; 1.1 is a tenth above the average day of its year."""

    index: Floats
    lower: Floats
    upper: Floats
    p_value: float
    """How often chance alone would make the months differ this much; NaN with fewer than two complete years."""
    years: int
    """How many complete runs of twelve months it rests on."""


@dataclass(frozen=True, slots=True)
class LorenzCurve:
    """Cumulative shares, busiest areas first, from (0, 0) to (1, 1): one more entry than there are areas."""

    areas: Floats
    events: Floats


@dataclass(frozen=True, slots=True)
class ChanceConcentration:
    """How concentrated events would look if chance alone placed them."""

    curve: LorenzCurve
    """The average curve over the draws."""
    tops: Floats
    """The shares of areas asked about."""
    shares: Interval
    """The share of events in each of the `tops`: the average, and the range that holds 95% of draws."""


@dataclass(frozen=True, slots=True)
class Stability:
    """Are this year's busiest areas last year's?"""

    stayed: float
    """The share of the earlier top areas that are top again."""
    expected: float
    """The same share if the later top areas were drawn from a hat."""
    correlation: float
    """Spearman's rank correlation over all areas."""
    top_areas: int
    areas: int
    """How many areas are known in both years."""


@dataclass(frozen=True, slots=True)
class SlopeIndex:
    """Inequality across the whole population, along a fitted line."""

    slope: Interval
    """The difference between the two ends of the line, in the units of the values."""
    ratio: Interval
    """One end of the line as a multiple of the other."""
    intercept: Floats
    """The line's height at the most deprived end."""


@dataclass(frozen=True, slots=True)
class FunnelLimits:
    """Where areas of each size would fall by chance around the baseline."""

    baseline: Floats
    lower_95: Floats
    upper_95: Floats
    lower_998: Floats
    upper_998: Floats


@dataclass(frozen=True, slots=True)
class TimeToOutcome:
    """The share that has had its outcome by the end of each month since it was recorded."""

    months: NDArray[np.int64]
    """0, 1, 2 ... up to the longest follow-up."""
    at_risk: NDArray[np.int64]
    """How many were still being followed, without an outcome, as the month began."""
    share: Interval


@dataclass(frozen=True, slots=True)
class LinkageQuality:
    """How good a linkage is; shares of one."""

    precision: Interval
    """Of the pairs that were linked, how many are of one person."""
    recall: Interval
    """Of the pairs of one person that were compared at all, how many were linked."""


@dataclass(frozen=True, slots=True)
class PartsAndTotal:
    """Parts held against the total that was printed for them."""

    added: Floats
    """What the parts come to."""
    difference: Floats
    """The stated total less what the parts come to."""
    allowed: Floats
    """The greatest difference that rounding alone could make."""
    agrees: tuple[bool | None, ...]
    """An entry for each total, in order; None where a part or the total is not known."""


@dataclass(frozen=True, slots=True)
class PercentageAndCounts:
    """A printed percentage held against its count and its whole."""

    exact: Floats
    lowest: Floats
    """The smallest whole count that the printed percentage follows from."""
    highest: Floats
    """The greatest."""
    follows: tuple[bool | None, ...]
    """An entry for each, in order; None where it cannot be said."""


@dataclass(frozen=True, slots=True)
class HiddenPopulation:
    """How many there are in all, by one model of who is on which lists."""

    total: Interval
    unseen: Interval
    """Those on no list: the total less the known. The limits take the model as given."""
    known: int
    """Those on one list or more."""
    pairs: tuple[tuple[int, int], ...]
    """The pairs of lists that the model does not take to be independent, in the order in which they joined."""
    impossible: tuple[tuple[int, int], ...]
    """Those of the pairs that nobody is on both of, taken to be impossible."""
    aic: float
    bic: float
    standing: Standing


@dataclass(frozen=True, slots=True)
class BootstrapLimits:
    """A total between limits from tables drawn again, the model chosen anew for each."""

    total: Interval
    draws: Floats
    """The totals of the tables drawn, smallest first, without those that have none."""
    without: int
    """How many of the tables drawn have no estimate."""
    acceleration: float
    below: float
    """The share of the draws below the total."""
    probabilities: Limits
    """Which quantiles of the draws the limits are."""
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HiddenPopulationModels:
    """What each of many models would have said, an entry a model, the best by BIC first."""

    pairs: tuple[tuple[tuple[int, int], ...], ...]
    total: Floats
    bic: Floats
    looked_at: int
    """How many models were looked at; those with no entry have no estimate."""


@dataclass(frozen=True, slots=True)
class ListDrop:
    """What is said with a list left out, an entry a list."""

    known: Floats
    """How many are on the list."""
    predicted: Interval
    """How many the other lists say are on it, knowing only of those that it shares with them."""
    without: Interval
    """How many there would be in all, by the other lists alone."""
