"""Options set side by side on several criteria, and how far their order rests on the weights."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from headwater.methods.inputs import in_one_row, not_negative, numbers
from headwater.methods.reordering import ranks_within, weight_switch
from headwater.methods.results import Floats, Interval, Limits

HAIR = 1e-9
"""Of the scale: totals nearer than this are level, so that 0.1 + 0.2 is 0.3."""


@dataclass(frozen=True, slots=True)
class PriorityRanking:
    """A matrix of options and criteria made into an order, with what the order rests on."""

    weights: Floats
    """One a criterion, adding up to one."""
    parts: Floats
    """Options by criteria: each score times its weight, NaN where the score is missing."""
    total: Interval
    """One an option. The limits are what it comes to with its missing scores at either end of the scale; the value is
    NaN where the two differ."""
    rank: Interval
    """One an option, 1 the highest; the limits are the best and the worst that missing scores leave open, and the value is
    NaN where the two differ. Options that are level share the best of their ranks."""
    ties: tuple[tuple[int, ...], ...]
    """Options whose totals are known and level, as indices; best first."""
    first: int | None
    """The option that is first whatever the missing scores are, as an index; None where there is no one such."""
    weight_change: Floats
    """One a criterion: the smallest change of its weight that brings another option level with the first, in shares of
    one, below nought for a smaller weight. Infinite where no weight does; NaN where there is no one first option, or the
    criterion has all the weight."""
    challengers: tuple[tuple[int, ...], ...]
    """One a criterion: the options that draw level at that weight, as indices."""
    within: float
    rank_within: Limits
    """One an option: the best (lower) and the worst (upper) rank over all weightings in which each weight is within the
    share `within` of its own size."""


def priority_ranking(
    scores: ArrayLike, weights: ArrayLike, *, scale: tuple[float, float] = (0.0, 5.0), within: float = 0.2
) -> PriorityRanking:
    """Options ranked by weighted total, what a missing score leaves open, and which weights would change the order.

    `scores` has a row an option and a column a criterion, higher for more of a priority, NaN for a score nobody gave;
    `weights` has one a criterion and is made to add up to one; `scale` is the lowest and the highest score that could be
    given. `within` is the share of its own size by which every weight may move. Raises ValueError for scores off the scale,
    a weight that is missing or below nought, weights that are all nought, shapes that do not fit, or a `within` that is not
    from nought to one. Source: Department for Communities and Local Government (2009); Triantaphyllou and Sanchez (1997).
    """
    low, high = _checked_scale(scale)
    given, shares = _checked(scores, weights, low, high, within)
    least, most = (np.where(np.isnan(given), end, given) for end in (low, high))
    hair = HAIR * (high - low)
    parts, total = given * shares, _total(least @ shares, most @ shares, hair)
    rank = _rank(total, hair)
    certain = [int(i) for i in np.flatnonzero(rank.upper == 1)]
    first = certain[0] if len(certain) == 1 else None
    change, challengers = weight_switch(least, most, shares, first)
    return PriorityRanking(
        weights=shares,
        parts=parts,
        total=total,
        rank=rank,
        ties=_ties(total.value, hair),
        first=first,
        weight_change=change,
        challengers=challengers,
        within=within,
        rank_within=ranks_within(least, most, shares, within),
    )


def _checked_scale(scale: tuple[float, float]) -> tuple[float, float]:
    low, high = (float(end) for end in scale)
    if not (np.isfinite(low) and np.isfinite(high) and low < high):
        raise ValueError("scale is the lowest and the highest score that could be given, such as (0, 5)")
    return low, high


def _checked(scores: ArrayLike, weights: ArrayLike, low: float, high: float, within: float) -> tuple[Floats, Floats]:
    given, asked = numbers(scores, "scores"), in_one_row(not_negative(weights, "weights"), "weights")
    if given.ndim != 2 or given.shape[0] == 0 or given.shape[1] != asked.size:
        raise ValueError(
            "priority_ranking needs a row an option, a column a criterion, and a weight for each criterion"
        )
    if ((given < low) | (given > high)).any():
        raise ValueError(f"a score is off the scale, which runs from {low:g} to {high:g}")
    if np.isnan(asked).any() or asked.sum() == 0:
        raise ValueError("weights must all be known, and not all be nought")
    if not 0 <= within <= 1:
        raise ValueError("within is a share of each weight from 0 to 1, such as 0.2 for a fifth either way")
    return given, asked / asked.sum()


def _total(least: Floats, most: Floats, hair: float) -> Interval:
    known = most - least <= hair  # a score that is missing under a weight of nought leaves nothing open
    return Interval(np.where(known, most, np.nan), np.where(known, most, least), most)


def _rank(total: Interval, hair: float) -> Interval:
    """Missing scores of different options have nothing to do with one another, so each end is reached by itself."""
    surely = total.lower > total.upper[:, np.newaxis] + hair
    perhaps = total.upper > total.lower[:, np.newaxis] + hair
    np.fill_diagonal(perhaps, val=False)
    best, worst = 1 + surely.sum(axis=1), 1 + perhaps.sum(axis=1)
    return Interval(np.where(best == worst, best, np.nan), best.astype(np.float64), worst.astype(np.float64))


def _ties(totals: Floats, hair: float) -> tuple[tuple[int, ...], ...]:
    order = [int(i) for i in np.argsort(-totals, kind="stable") if not np.isnan(totals[i])]
    groups: list[list[int]] = []
    for i in order:
        if groups and abs(totals[i] - totals[groups[-1][0]]) <= hair:
            groups[-1].append(i)
        else:
            groups.append([i])
    return tuple(tuple(sorted(group)) for group in groups if len(group) > 1)
