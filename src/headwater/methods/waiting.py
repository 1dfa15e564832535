"""How long until an outcome, when some have not had theirs yet."""

import numpy as np
from numpy.typing import ArrayLike

from headwater.methods.inputs import in_one_row, normal_quantile, not_negative, over
from headwater.methods.results import Floats, Interval, TimeToOutcome


def time_to_outcome(months: ArrayLike, observed: ArrayLike, *, confidence: float = 0.95) -> TimeToOutcome:
    """The share that has had its outcome by each month since it was recorded, allowing for those still waiting.

    Two rows of one length: whole `months` from recording to the outcome, or to the last look where there is none yet;
    and whether the outcome was `observed`. Whoever was last looked at in a month was waiting until its end. Limits are
    Greenwood's on the log-log scale; NaN while nobody has had an outcome, or once everybody has. Raises ValueError for
    rows of different lengths, no rows, or months that are not whole, known and from nought upwards.
    Source: Kaplan and Meier (1958); Greenwood (1926); Kalbfleisch and Prentice (2002).
    """
    waited = in_one_row(not_negative(months, "months"), "months")
    seen = np.asarray(observed, dtype=bool)
    if waited.shape != seen.shape or waited.size == 0:
        raise ValueError("time_to_outcome needs an `observed` for each of `months`, and at least one")
    if not (waited == np.floor(waited)).all():
        raise ValueError("months must be whole and known")
    whole = waited.astype(np.int64)
    left = np.bincount(whole)
    at_risk = np.cumsum(left[::-1])[::-1].astype(np.int64)
    risk = over(np.bincount(whole[seen], minlength=left.size), at_risk.astype(np.float64))
    share = _greenwood(risk, at_risk.astype(np.float64), normal_quantile(confidence))
    return TimeToOutcome(np.arange(left.size, dtype=np.int64), at_risk, share)


def _greenwood(risk: Floats, at_risk: Floats, z: float) -> Interval:
    """Limits that stay between 0 and 1: the log of the log of the share still waiting is near enough normal."""
    waiting = np.cumprod(1 - risk, dtype=np.float64)
    middling = (waiting > 0) & (waiting < 1)
    logged = np.log(np.where(middling, waiting, 0.5))
    variance = np.cumsum(over(risk, at_risk * (1 - risk)))
    reach = z * np.sqrt(np.where(middling, variance, np.nan)) / np.abs(logged)
    return Interval(1 - waiting, 1 - np.exp(logged * np.exp(-reach)), 1 - np.exp(logged * np.exp(reach)))
