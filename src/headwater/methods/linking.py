"""How good a linkage is, judged from a sample of its pairs that people looked at."""

import numpy as np
from numpy.typing import ArrayLike

from headwater.methods.inputs import in_one_row, not_negative, numbers, over
from headwater.methods.proportions import wilson
from headwater.methods.results import Floats, Interval, LinkageQuality


def weighted_proportion(count: ArrayLike, total: ArrayLike, weight: ArrayLike, *, confidence: float = 0.95) -> Interval:
    """A weighted sum of independent proportions, with limits recovered from Wilson's limits of each.

    `count`, `total` and `weight` are rows of one length, an entry a stratum. With the strata's shares of the population as
    weights it is the proportion of a stratified sample; with weights 1 and -1, Newcombe's difference of two proportions.
    NaN where a stratum with a weight was not sampled. Raises ValueError for a part greater than its whole. Source: Newcombe
    (1998); Zou and Donner (2008), the method of variance estimates recovery (MOVER).
    """
    shares = wilson(in_one_row(not_negative(count, "count"), "count"), total, confidence=confidence)
    return _summed(shares, in_one_row(numbers(weight, "weight"), "weight"))


def _summed(shares: Interval, weight: Floats) -> Interval:
    used = weight != 0
    weight, value, lower, upper = weight[used], shares.value[used], shares.lower[used], shares.upper[used]
    up, down = np.where(weight > 0, upper, lower), np.where(weight > 0, lower, upper)
    middle = (weight * value).sum()
    below, above = (np.sqrt(((weight * (value - end)) ** 2).sum()) for end in (down, up))
    return Interval(middle, middle - below, middle + above)


def linkage_quality(
    pairs: ArrayLike, looked_at: ArrayLike, same: ArrayLike, linked: ArrayLike, *, confidence: float = 0.95
) -> LinkageQuality:
    """Precision and recall of a linkage, from people's verdicts on a sample of pairs in each band of match weight.

    Rows of one length, an entry a band: `pairs` there are, how many were `looked_at`, how many of those were the `same`
    person, and whether the band's pairs were `linked`. A band looked at whole is known and adds no uncertainty. Recall is
    among the pairs compared at all: what no rule brought together is in no band. NaN where a band with pairs was not looked
    at. Raises ValueError where more were looked at than there are. Source: Zou and Donner (2008) for the sums, Donner and
    Zou (2012) for the ratio.
    """
    every, seen, true = (
        in_one_row(not_negative(values, name), name)
        for values, name in ((pairs, "pairs"), (looked_at, "looked_at"), (same, "same"))
    )
    if (seen > every).any():
        raise ValueError("more pairs were looked at than there are")
    taken = np.asarray(linked, dtype=bool)
    found = _true_pairs(every * taken, every, seen, true, confidence)
    missed = _true_pairs(every * ~taken, every, seen, true, confidence)
    many = np.asarray((every * taken).sum())
    precision = Interval(*(over(end, many) for end in (found.value, found.lower, found.upper)))
    return LinkageQuality(precision, _recall(found, missed))


def _true_pairs(weight: Floats, every: Floats, seen: Floats, true: Floats, confidence: float) -> Interval:
    """How many pairs of the bands with a weight are of one person."""
    shares = wilson(true, seen, confidence=confidence)
    whole = seen == every
    known = Interval(
        shares.value, np.where(whole, shares.value, shares.lower), np.where(whole, shares.value, shares.upper)
    )
    sums = _summed(known, weight)
    return Interval(sums.value, np.maximum(sums.lower, 0.0), np.minimum(sums.upper, weight.sum()))


def _recall(found: Interval, missed: Interval) -> Interval:
    """Found over all there are, its limits from those of missed over found."""
    few, many = float(missed.value), float(found.value)
    if np.isnan(few) or np.isnan(many) or few + many == 0:
        return Interval(*(np.asarray(np.nan) for _ in range(3)))
    low, high = _ratio_limits(missed, found)
    return Interval(*(np.asarray(1 / (1 + end)) for end in (few / many if many else np.inf, high, low)))


def _ratio_limits(top: Interval, bottom: Interval) -> tuple[float, float]:
    """Limits of one estimate over another (Donner and Zou 2012, their equation for MOVER-R)."""
    a, la, ua = (float(end) for end in (top.value, top.lower, top.upper))
    b, lb, ub = (float(end) for end in (bottom.value, bottom.lower, bottom.upper))
    root_low = np.sqrt(max((a * b) ** 2 - la * ub * (2 * a - la) * (2 * b - ub), 0.0))
    root_high = np.sqrt(max((a * b) ** 2 - ua * lb * (2 * a - ua) * (2 * b - lb), 0.0))
    under = a * b + root_low
    below = lb * (2 * b - lb)
    low = la * (2 * a - la) / under if under else 0.0
    return low, (a * b + root_high) / below if below > 0 else np.inf


def linked_share(found: ArrayLike, total: ArrayLike, quality: LinkageQuality, *, confidence: float = 0.95) -> Interval:
    """The share of `total` that truly has a link, where one was `found` for so many, as a share of one.

    `found` is corrected as in `linked_range`, and never above `total`; the lower limit is Wilson's of the fewest there can be,
    the upper Wilson's of the most. NaN where the total is nought. Raises ValueError for a part greater than its whole. Source:
    our own arithmetic on Wilson (1927) and the two shares.
    """
    whole = not_negative(total, "total")
    if (not_negative(found, "found") > whole).any():
        raise ValueError("found cannot be more than total: a part is never greater than its whole")
    truly = linked_range(found, quality)
    value, fewest, most = (
        wilson(np.minimum(end, whole), whole, confidence=confidence) for end in (truly.value, truly.lower, truly.upper)
    )
    return Interval(value.value, fewest.lower, most.upper)


def linked_range(links: ArrayLike, quality: LinkageQuality) -> Interval:
    """How many there truly are where `links` were made: made × precision ÷ recall, between the ends both limits allow.

    The range is wide on purpose: it takes the lowest precision with the highest recall, and the other way about.
    """
    made = not_negative(links, "links")
    precise, recalled = quality.precision, quality.recall
    with np.errstate(divide="ignore"):
        return Interval(
            made * precise.value / recalled.value,
            made * precise.lower / recalled.upper,
            made * precise.upper / recalled.lower,
        )
