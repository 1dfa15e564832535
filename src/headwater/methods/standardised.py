"""Rates made comparable between populations of different ages."""

import numpy as np
from numpy.typing import ArrayLike

from headwater.methods.inputs import not_negative, over
from headwater.methods.poisson import FEW, poisson_limits
from headwater.methods.results import Floats, Interval


def directly_standardised_rate(
    count: ArrayLike,
    population: ArrayLike,
    standard: ArrayLike,
    *,
    per: float,
    confidence: float = 0.95,
    variance: ArrayLike | None = None,
) -> Interval:
    """The rate an area would have, had it the age structure of the `standard` population.

    All have the ages along their last axis and broadcast together; what comes back has one axis fewer. `variance` is
    that of each count where one person may count more than once (the sum over people of their events squared); without
    it, events are taken as independent. NaN where fewer than ten events were counted, where anything is unknown, or
    where nobody of some age lives there. Raises ValueError for anything below nought.
    Source: Dobson and others (1991).
    """
    counted, people = not_negative(count, "count"), not_negative(population, "population")
    spread = counted if variance is None else not_negative(variance, "variance")
    shares = not_negative(standard, "standard")
    weights = over(shares, shares.sum(axis=-1, keepdims=True))
    total = counted.sum(axis=-1)
    value = (weights * over(counted, people)).sum(axis=-1)
    error = np.sqrt(over((weights**2 * over(spread, people**2)).sum(axis=-1), total))
    return _enough(total, value, error, per, confidence)


def indirectly_standardised_ratio(observed: ArrayLike, expected: ArrayLike, *, confidence: float = 0.95) -> Interval:
    """How many times as many events were seen as reference rates would lead one to expect.

    `observed` and `expected` broadcast together: totals over all ages, the expected being each age's reference rate
    times the people of that age. Times the reference rate over all ages, it is the indirectly standardised rate. NaN
    where either is unknown or nothing was expected. Raises ValueError for anything below nought.
    Source: Breslow and Day (1987), volume II; Eayres (2008).
    """
    seen, due = not_negative(observed, "observed"), not_negative(expected, "expected")
    limits = poisson_limits(seen, confidence=confidence)
    return Interval(over(seen, due), over(limits.lower, due), over(limits.upper, due))


def _enough(total: Floats, value: Floats, error: Floats, per: float, confidence: float) -> Interval:
    """Dobson's limits: those of the total count, moved and stretched on to the standardised scale."""
    limits = poisson_limits(total, confidence=confidence)
    enough = np.where(total >= FEW, per, np.nan)
    lower, upper = (enough * (value + error * (end - total)) for end in (limits.lower, limits.upper))
    return Interval(enough * value, lower, upper)
