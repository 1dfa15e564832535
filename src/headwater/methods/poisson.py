"""Limits on a count of things that happen independently of one another."""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaincinv

from headwater.methods.inputs import normal_quantile, not_negative, over, tail
from headwater.methods.results import Floats, Limits

FEW = 10
"""Below this many, the exact limits are used."""


def poisson_limits(count: ArrayLike, *, confidence: float = 0.95) -> Limits:
    """Confidence limits on a count: Byar's from ten upwards, exact below.

    `count` may have any shape, and need not be whole; NaN stays NaN. Raises ValueError for a count below nought, or a
    confidence that is not a share of one. Source: Breslow and Day (1987), volume II; the exact limits are Garwood's
    (1936), by way of the chi-squared distribution.
    """
    counted = not_negative(count, "count")
    exact, close = _exact(counted, tail(confidence)), byar(counted, confidence=confidence)
    few = counted < FEW
    return Limits(np.where(few, exact.lower, close.lower), np.where(few, exact.upper, close.upper))


def byar(count: ArrayLike, *, confidence: float = 0.95) -> Limits:
    """Byar's approximation to the Poisson limits, at every count.

    The lower limit of a nought is nought. Where the approximation itself falls below nought (one event, at 99.8%) there
    is no lower limit, and NaN stands for it. Raises ValueError as `poisson_limits` does.
    Source: Breslow and Day (1987), volume II, page 69.
    """
    counted = not_negative(count, "count")
    z, upward = normal_quantile(confidence), counted + 1
    root = 1 - over(1.0, 9 * counted) - over(z, 3 * np.sqrt(counted))
    lower = np.where(counted == 0, 0.0, np.where(root < 0, np.nan, counted * root**3))
    upper = upward * (1 - 1 / (9 * upward) + z / (3 * np.sqrt(upward))) ** 3
    return Limits(lower, upper)


def _exact(count: Floats, beyond: float) -> Limits:
    lower = np.where(count == 0, 0.0, gammaincinv(np.where(count == 0, 1.0, count), beyond))
    return Limits(lower, np.asarray(gammaincinv(count + 1, 1 - beyond)))
