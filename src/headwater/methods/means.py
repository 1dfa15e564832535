"""The average of measured things."""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtrit

from headwater.methods.inputs import numbers, over, tail
from headwater.methods.results import Interval


def mean_with_limits(values: ArrayLike, *, confidence: float = 0.95) -> Interval:
    """The mean along the last axis, with limits from Student's t.

    NaN marks a gap and is left out; NaN comes back where nothing is known, and for the limits where only one thing is.
    Source: Student (1908); Armitage, Berry and Matthews (2002).
    """
    given = numbers(values, "values")
    known = ~np.isnan(given)
    many = known.sum(axis=-1).astype(np.float64)
    mean = over(np.where(known, given, 0.0).sum(axis=-1), many)
    apart = np.where(known, given - mean[..., np.newaxis], 0.0)
    free = np.where(many > 1, many - 1, np.nan)
    reach = -stdtrit(free, tail(confidence)) * np.sqrt(over((apart**2).sum(axis=-1) / free, many))
    return Interval(mean, mean - reach, mean + reach)
