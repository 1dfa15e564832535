"""Months in a row."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike

from headwater.methods.inputs import numbers
from headwater.methods.results import Floats


def rolling_sum(values: ArrayLike, *, width: int = 12) -> Floats:
    """The total of each month and the `width - 1` before it, along the last axis.

    The same shape as `values`. NaN wherever any month in the window is NaN or lies before the first: a period that is
    not wholly covered has no figure. Raises ValueError for a width below one.
    """
    if width < 1:
        raise ValueError(f"a window is at least one month wide, not {width}")
    given = numbers(values, "values")
    totals = np.full(given.shape, np.nan)
    if given.shape[-1] >= width:
        totals[..., width - 1 :] = sliding_window_view(given, width, axis=-1).sum(axis=-1)
    return totals
