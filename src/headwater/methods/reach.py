"""Who is served, beside who is harmed: does help go where harm does?"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from headwater.methods.inputs import in_one_row, normal_quantile, not_negative, over
from headwater.methods.poisson import FEW
from headwater.methods.proportions import wilson
from headwater.methods.rates import direction, rate_ratio
from headwater.methods.results import Floats, Interval

Reach = Literal["less than its share", "more than its share", "no clear difference", "not known"]
_REACH: dict[str, Reach] = {
    "fell": "less than its share",
    "rose": "more than its share",
    "no clear change": "no clear difference",
    "not known": "not known",
}


@dataclass(frozen=True, slots=True)
class Representation:
    """People served and people harmed, an entry a group."""

    served_share: Interval
    """Of all who are served, as a share of one."""
    harmed_share: Interval
    """Of all who are harmed."""
    ratio: Interval
    """The first share as a multiple of the second: 0.5 is half of what its share of harm would give."""
    per_hundred: Interval
    """How many are served for every hundred harmed."""
    reached: tuple[Reach, ...]
    """Against its share of harm: 'less than its share' or 'more than its share' only where the interval of the ratio leaves
    out 1."""


def representation(
    served: ArrayLike,
    harmed: ArrayLike,
    *,
    served_total: float | None = None,
    harmed_total: float | None = None,
    confidence: float = 0.95,
) -> Representation:
    """Each group's share of those served beside its share of those harmed.

    `served` and `harmed` are rows of people counted once, an entry a group, over the same groups, area and time; NaN where a
    count is not known or may not be shown. The totals are the sums of the groups, or as given: with a NaN among the groups
    and no total, no share is known. Shares have Wilson's limits. The ratio has limits by its logarithm, and where either
    count is below ten the exact limits of `rate_ratio`, as has the number per hundred. NaN where there is nothing to divide
    by. Raises ValueError for rows that differ in length, anything below nought, or a total below the sum of its groups.
    Source: Katz and others (1978); Wilson (1927); Przyborowski and Wilenski (1940).
    """
    helped = in_one_row(not_negative(served, "served"), "served")
    hurt = in_one_row(not_negative(harmed, "harmed"), "harmed")
    if helped.shape != hurt.shape or helped.size == 0:
        raise ValueError("representation needs people served and people harmed for the same groups, at least one")
    all_helped, all_hurt = _total(helped, served_total, "served"), _total(hurt, harmed_total, "harmed")
    ratio = _ratio(helped, all_helped, hurt, all_hurt, confidence)
    hundred = rate_ratio(helped, 1.0, hurt, 1.0, confidence=confidence)
    return Representation(
        served_share=wilson(helped, all_helped, confidence=confidence),
        harmed_share=wilson(hurt, all_hurt, confidence=confidence),
        ratio=ratio,
        per_hundred=Interval(100 * hundred.value, 100 * hundred.lower, 100 * hundred.upper),
        reached=tuple(
            _REACH[direction(Interval(*(np.asarray(end) for end in ends)))]
            for ends in zip(ratio.value, ratio.lower, ratio.upper, strict=True)
        ),
    )


def _total(groups: Floats, given: float | None, name: str) -> Floats:
    if given is None:
        return np.asarray(groups.sum())
    if not float(np.nansum(groups)) <= given < np.inf:
        raise ValueError(f"the total {name} is below the sum of its groups, or is not known")
    return np.asarray(given, dtype=np.float64)


def _ratio(helped: Floats, all_helped: Floats, hurt: Floats, all_hurt: Floats, confidence: float) -> Interval:
    exact = rate_ratio(helped, all_helped, hurt, all_hurt, confidence=confidence)
    apart = over(1.0, helped) - over(1.0, all_helped) + over(1.0, hurt) - over(1.0, all_hurt)
    reach = np.exp(normal_quantile(confidence) * np.sqrt(np.maximum(apart, 0.0)))
    value, few = over(helped * all_hurt, all_helped * hurt), ~((helped >= FEW) & (hurt >= FEW))
    lower, upper = np.where(few, exact.lower, value / reach), np.where(few, exact.upper, value * reach)
    return Interval(np.where(few, exact.value, value), lower, upper)
