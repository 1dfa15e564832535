"""Funnel plots: is an area further from the baseline than its size explains?"""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gdtrib

from headwater.methods.inputs import normal_quantile, not_negative, over, tail
from headwater.methods.results import Floats, FunnelLimits, Limits, Words

Kind = Literal["rate", "ratio", "proportion"]


def funnel_limits(size: ArrayLike, baseline: ArrayLike, *, kind: Kind, per: float = 1.0) -> FunnelLimits:
    """The 95% and 99.8% limits around a `baseline` for areas of each `size`.

    For a rate, `size` is people and `baseline` is for every `per` of them; for a ratio, `size` is the expected count and
    the baseline is usually 1; for a proportion, `size` is the whole and the baseline a share of one. They broadcast
    together; NaN where `size` is nought or NaN. Limits of rates and ratios are exact (Poisson); those of a proportion
    are normal, cut off at 0 and 1. Raises ValueError for anything below nought, or a proportion above 1.
    Source: Spiegelhalter (2005).
    """
    big, base = np.broadcast_arrays(not_negative(size, "size"), not_negative(baseline, "baseline"))
    if kind == "proportion":
        if (base > 1).any():
            raise ValueError("the baseline of a proportion is a share of one")
        near, far = (_around_share(big, base, confidence) for confidence in (0.95, 0.998))
    else:
        expected = big * base / per
        near, far = (_around_rate(expected, base, confidence) for confidence in (0.95, 0.998))
    return FunnelLimits(base, near.lower, near.upper, far.lower, far.upper)


def funnel_position(count: ArrayLike, size: ArrayLike, baseline: ArrayLike, *, kind: Kind, per: float = 1.0) -> Words:
    """Which limits an area lies beyond: '' (neither), '95' or '99.8'; 'not known' where there is no figure.

    The arguments are those of `funnel_limits`, with the `count` seen in each area; which side it lies on is for
    comparison with the baseline. An array of words in the shape they broadcast to. Raises ValueError likewise.
    """
    limits = funnel_limits(size, baseline, kind=kind, per=per)
    value = over(not_negative(count, "count") * per, not_negative(size, "size"))
    beyond_95 = (value < limits.lower_95) | (value > limits.upper_95)
    beyond_998 = (value < limits.lower_998) | (value > limits.upper_998)
    known = ~np.isnan(value + limits.lower_95)
    return np.select([~known, beyond_998, beyond_95], ["not known", "99.8", "95"], "")


def _around_rate(expected: Floats, base: Floats, confidence: float) -> Limits:
    """The counts whose own exact limits just reach what was expected, as multiples of the baseline."""
    known = np.where(expected > 0, expected, np.nan)
    beyond = tail(confidence)
    lower = np.maximum(gdtrib(1.0, 1 - beyond, known) - 1, 0.0)
    upper = gdtrib(1.0, beyond, known)
    return Limits(lower / known * base, upper / known * base)


def _around_share(whole: Floats, base: Floats, confidence: float) -> Limits:
    reach = normal_quantile(confidence) * np.sqrt(over(base * (1 - base), whole))
    return Limits(np.clip(base - reach, 0.0, 1.0), np.clip(base + reach, 0.0, 1.0))
