"""A part of a whole."""

import numpy as np
from numpy.typing import ArrayLike

from headwater.methods.inputs import normal_quantile, not_negative, over
from headwater.methods.results import Interval


def wilson(count: ArrayLike, total: ArrayLike, *, confidence: float = 0.95) -> Interval:
    """A proportion, as a share of one, with Wilson's score limits.

    `count` and `total` broadcast together. NaN where either is NaN, or where the whole is nought. Raises ValueError for
    anything below nought, or a part greater than its whole. Source: Wilson (1927); Newcombe (1998).
    """
    part, whole = np.broadcast_arrays(not_negative(count, "count"), not_negative(total, "total"))
    if (part > whole).any():
        raise ValueError("count cannot be more than total: a part is never greater than its whole")
    z = normal_quantile(confidence)
    share = over(part, whole)
    middle, spread = 2 * part + z**2, z * np.sqrt(z**2 + 4 * part * (1 - share))
    span = np.where(whole > 0, 2 * (whole + z**2), np.nan)
    lower = np.where(part == 0, 0.0 * span, (middle - spread) / span)
    upper = np.where(part == whole, 1.0 + 0.0 * span, (middle + spread) / span)
    return Interval(share, lower, upper)
