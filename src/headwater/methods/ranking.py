"""Places in order, and how sure that order is."""

import numpy as np
from numpy.typing import ArrayLike

from headwater.methods.inputs import in_one_row, not_negative, numbers, tail
from headwater.methods.results import Floats, Interval, Stability


def rank_interval(
    counts: ArrayLike,
    populations: ArrayLike,
    *,
    generator: np.random.Generator,
    draws: int = 10_000,
    confidence: float = 0.95,
) -> Interval:
    """Each area's rank by rate, 1 the highest, with the range its rank might have taken.

    `counts` and `populations` are rows of one length. Each draw gives every area a rate from the gamma distribution its
    count supports (Jeffreys' prior) and ranks them; the limits are quantiles over the draws. Equal rates share the best
    of their ranks. An area with a NaN, or where nobody lives, has no rank, and the rest are ranked without it. Needs
    memory for `draws` times the number of areas. Raises ValueError for rows of different lengths, or no draws.
    Source: Goldstein and Spiegelhalter (1996); Marshall and Spiegelhalter (1998).
    """
    counted = in_one_row(not_negative(counts, "counts"), "counts")
    people = in_one_row(not_negative(populations, "populations"), "populations")
    if counted.shape != people.shape or draws < 1:
        raise ValueError("rank_interval needs a population for each count, and at least one draw")
    beyond = tail(confidence)
    known = ~np.isnan(counted) & (people > 0)
    value, lower, upper = (np.full(counted.shape, np.nan) for _ in range(3))
    if known.any():
        value[known] = _rank_down(counted[known] / people[known])
        drawn = generator.standard_gamma(counted[known] + 0.5, size=(draws, int(known.sum()))) / people[known]
        ranks = np.argsort(np.argsort(-drawn, axis=1), axis=1) + 1
        lower[known], upper[known] = np.quantile(ranks, [beyond, 1 - beyond], axis=0, method="nearest")
    return Interval(value, np.fmin(lower, value), np.fmax(upper, value))


def stability(earlier: ArrayLike, later: ArrayLike, *, top: float = 0.05) -> Stability:
    """How many of one year's busiest areas are the busiest again in the next.

    Two rows of counts in one order of areas; areas unknown in either year are left out. The busiest are the `top` share
    of areas, rounded, and at least one; areas level at the cut share its places equally. NaN where nothing is known, and
    for the correlation where either year is the same everywhere. Raises ValueError for rows of different lengths or a
    `top` that is not a share of one. Source: Weisburd and others (2004); Spearman (1904).
    """
    before, after = in_one_row(numbers(earlier, "earlier"), "earlier"), in_one_row(numbers(later, "later"), "later")
    if before.shape != after.shape:
        raise ValueError("stability needs the same areas, in the same order, in both years")
    if not 0 < top <= 1:
        raise ValueError("top is a share of one, such as 0.05 for a twentieth of the areas")
    known = ~np.isnan(before) & ~np.isnan(after)
    areas = int(known.sum())
    if areas == 0:
        return Stability(*(float("nan"),) * 3, top_areas=0, areas=0)
    before, after, chosen = before[known], after[known], max(1, round(top * areas))
    stayed = float((_in_top(before, chosen) * _in_top(after, chosen)).sum() / chosen)
    return Stability(stayed, chosen / areas, _spearman(before, after), chosen, areas)


def average_ranks(values: Floats) -> Floats:
    """Ranks from 1, lowest first; equals share the average of their ranks."""
    _, places, repeats = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(repeats)
    return np.asarray((ends - (repeats - 1) / 2)[places], dtype=np.float64)


def _rank_down(values: Floats) -> Floats:
    """Ranks from 1, highest first; equals share the best of their ranks."""
    return (np.searchsorted(np.sort(-values), -values, side="left") + 1).astype(np.float64)


def _in_top(values: Floats, chosen: int) -> Floats:
    """How far each area is among the top: 1, 0, or a fair part of a place at a level cut."""
    cut = np.sort(values)[-chosen]
    above, level = values > cut, values == cut
    return above + level * ((chosen - above.sum()) / level.sum())


def _spearman(before: Floats, after: Floats) -> float:
    first, second = (ranks - ranks.mean() for ranks in (average_ranks(before), average_ranks(after)))
    spread = float(np.sqrt((first**2).sum() * (second**2).sum()))
    return float((first * second).sum()) / spread if spread > 0 else float("nan")
