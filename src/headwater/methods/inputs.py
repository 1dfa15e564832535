"""What every method asks of what it is given."""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from headwater.methods.results import Floats


def tail(confidence: float) -> float:
    """The share left beyond each limit: 0.025 for a confidence of 0.95."""
    if not 0 < confidence < 1:
        raise ValueError(f"confidence is a share of one, such as 0.95, not {confidence}")
    return (1 - confidence) / 2


def normal_quantile(confidence: float) -> float:
    """How many standard errors each limit stands from the middle: 1.96 for a confidence of 0.95."""
    return -float(ndtri(tail(confidence)))


def numbers(values: ArrayLike, name: str) -> Floats:
    """As 64-bit floats; infinity is refused, NaN is let through as a gap."""
    array = np.asarray(values, dtype=np.float64)
    if np.isinf(array).any():
        raise ValueError(f"{name} must be finite; mark a gap with NaN")
    return array


def not_negative(values: ArrayLike, name: str) -> Floats:
    """As `numbers`, refusing anything below nought."""
    array = numbers(values, name)
    if (array < 0).any():
        raise ValueError(f"{name} cannot be below nought")
    return array


def in_one_row(values: Floats, name: str) -> Floats:
    """Refuse anything but a one-dimensional array."""
    if values.ndim != 1:
        raise ValueError(f"{name} must be one row of numbers, not an array of {values.ndim} dimensions")
    return values


def over(top: ArrayLike, bottom: Floats) -> Floats:
    """Division that has no answer (NaN) where the bottom is nought."""
    above, below = np.broadcast_arrays(np.asarray(top, dtype=np.float64), bottom)
    return np.divide(above, below, out=np.full(above.shape, np.nan), where=below != 0)
