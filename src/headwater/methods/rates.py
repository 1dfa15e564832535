"""Rates, and one rate beside another."""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaincinv

from headwater.methods.inputs import not_negative, over, tail
from headwater.methods.poisson import poisson_limits
from headwater.methods.results import Floats, Interval

Direction = Literal["rose", "fell", "no clear change", "not known"]


def crude_rate(count: ArrayLike, population: ArrayLike, *, per: float, confidence: float = 0.95) -> Interval:
    """Events for every `per` people, with limits from the Poisson distribution.

    `count` and `population` broadcast together. NaN where either is NaN, or where nobody lives. Raises ValueError for
    anything below nought. Source: Eayres (2008), APHO Technical Briefing 3.
    """
    counted, people = not_negative(count, "count"), not_negative(population, "population")
    limits = poisson_limits(counted, confidence=confidence)
    value, lower, upper = (over(end * per, people) for end in (counted, limits.lower, limits.upper))
    return Interval(value, lower, upper)


def rate_ratio(
    count: ArrayLike,
    population: ArrayLike,
    base_count: ArrayLike,
    base_population: ArrayLike,
    *,
    confidence: float = 0.95,
) -> Interval:
    """How many times the base rate a rate is, with exact limits.

    All four broadcast together. Given the two counts' total, the first is a share of it; Clopper and Pearson's limits on
    that share are turned into limits on the ratio. NaN where a population is nought, or where nothing happened on either
    side; where nothing happened on the base side alone, the value and the upper limit are infinite and the lower limit
    stands. Raises ValueError for anything below nought. Source: Przyborowski and Wilenski (1940); Clopper and Pearson
    (1934).
    """
    top, base = np.broadcast_arrays(not_negative(count, "count"), not_negative(base_count, "base count"))
    people, base_people = not_negative(population, "population"), not_negative(base_population, "base population")
    scale = over(base_people, people) * np.where(base_people > 0, 1.0, np.nan) * np.where(top + base > 0, 1.0, np.nan)
    share = over(top, top + base)
    lower, upper = _share_limits(top, base, tail(confidence))
    return Interval(_odds(share) * scale, _odds(lower) * scale, _odds(upper) * scale)


def direction(ratio: Interval) -> Direction:
    """What a ratio of now to then lets one say: 'rose' or 'fell' only where its interval leaves out 1.

    Takes the Interval of a single ratio. 'not known' where there is no interval. Raises ValueError for more than one.
    """
    if ratio.lower.size != 1:
        raise ValueError("direction speaks of one ratio at a time")
    if np.isnan(ratio.lower) or np.isnan(ratio.upper):
        return "not known"
    if ratio.lower > 1:
        return "rose"
    return "fell" if ratio.upper < 1 else "no clear change"


def _share_limits(top: Floats, base: Floats, beyond: float) -> tuple[Floats, Floats]:
    """Clopper and Pearson's limits on a share of `top` in `top + base`."""
    lower = np.where(top == 0, 0.0, betaincinv(np.where(top == 0, 1.0, top), base + 1, beyond))
    upper = np.where(base == 0, 1.0, betaincinv(top + 1, np.where(base == 0, 1.0, base), 1 - beyond))
    return lower, upper


def _odds(share: Floats) -> Floats:
    whole = share == 1
    return np.where(whole, np.inf, over(share, np.where(whole, 1.0, 1 - share)))
