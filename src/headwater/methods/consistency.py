"""Do printed figures agree with one another, as far as rounding lets anyone tell?"""

import numpy as np
from numpy.typing import ArrayLike

from headwater.methods.inputs import numbers, over
from headwater.methods.results import PartsAndTotal, PercentageAndCounts

_HAIR = 1e-9
"""Of the figures themselves: what floating point may add to an exact difference."""


def parts_and_total(parts: ArrayLike, total: ArrayLike, *, rounded_to: float = 0.0) -> PartsAndTotal:
    """Do the parts, along the last axis, add up to the stated total, beyond what rounding explains?

    `rounded_to` is the unit that each part and the total were rounded to (5, 1, 0.01), nought where they are exact.
    NaN among the parts or for the total leaves the answer open: no difference, and neither agreeing nor not.
    Raises ValueError where there are no parts, or `rounded_to` is below nought.
    Source: the greatest error of a sum of rounded numbers, as in Higham (2002).
    """
    given, stated = numbers(parts, "parts"), numbers(total, "total")
    if given.ndim == 0 or given.shape[-1] == 0:
        raise ValueError("parts_and_total needs at least one part")
    if not 0 <= rounded_to < np.inf:
        raise ValueError(f"rounded_to is a unit such as 1 or 0.01, or nought for exact figures, not {rounded_to}")
    added = given.sum(axis=-1)
    difference = np.asarray(stated - added, dtype=np.float64)
    allowed = np.full_like(difference, rounded_to * (given.shape[-1] + 1) / 2)
    hair = _HAIR * np.maximum(1.0, np.abs(given).sum(axis=-1) + np.abs(stated))
    return PartsAndTotal(np.asarray(added), difference, allowed, _judged(np.abs(difference) - allowed, hair))


def percentage_and_counts(
    count: ArrayLike, whole: ArrayLike, percentage: ArrayLike, *, decimals: int = 0
) -> PercentageAndCounts:
    """Does the printed percentage follow from the count and the whole, and which counts does it follow from?

    `decimals` is how many places the percentage is printed to. For a change on a year before, give the change as `count`
    and the year before as `whole`. NaN, or a whole of nought, leaves the answer open. Raises ValueError where `decimals`
    is below nought or a whole is.
    Source: the definition of a percentage.
    """
    if decimals < 0:
        raise ValueError(f"decimals is how many places are printed, 0 or more, not {decimals}")
    many, of, said = numbers(count, "count"), numbers(whole, "whole"), numbers(percentage, "percentage")
    if (of < 0).any():
        raise ValueError("whole cannot be below nought")
    many, of, said = np.broadcast_arrays(many, of, said)
    half = 0.5 * 10.0**-decimals
    exact = over(100.0 * many, of)
    gone = np.where(of > 0, 0.0, np.nan)
    lowest, highest = (of * (said - half) / 100 + gone, of * (said + half) / 100 + gone)
    hair = _HAIR * np.maximum(1.0, of)
    return PercentageAndCounts(
        exact=exact,
        lowest=np.ceil(lowest - hair),
        highest=np.floor(highest + hair),
        follows=_judged(np.abs(exact - said) - half, np.full_like(exact, _HAIR * 100)),
    )


def _judged(excess: np.ndarray, hair: np.ndarray) -> tuple[bool | None, ...]:
    """For each answer, flattened: is the excess within a hair of nought or below? None where it is not known."""
    return tuple(
        None if np.isnan(over_by) else bool(over_by <= near)
        for over_by, near in zip(np.ravel(excess).tolist(), np.ravel(hair).tolist(), strict=True)
    )
