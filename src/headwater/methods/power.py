"""Could we see it? What fall in a count a comparison of before and after is able to tell from chance."""

from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import brentq
from scipy.special import bdtr, bdtrik, gammaln

from headwater.methods.inputs import not_negative, numbers, tail
from headwater.methods.results import Floats


@dataclass(frozen=True, slots=True)
class DetectableChange:
    """The smallest fall that would most likely be seen, an entry a count."""

    reduction: Floats
    """As a share of one: 0.2 is a fall of a fifth. NaN where a fall to nothing at all would not be seen often enough."""
    follow_up_count: Floats
    """How many would be expected in the follow-up after such a fall."""
    target_power: Floats
    """How often a fall of the target's size would be seen, as a share of one; NaN without a target."""


def detectable_change(
    count: ArrayLike,
    *,
    target: ArrayLike = np.nan,
    follow_up: ArrayLike = 1.0,
    overdispersion: ArrayLike = 1.0,
    power: float = 0.8,
    confidence: float = 0.95,
) -> DetectableChange:
    """The smallest fall that `rate_ratio` would call a fall with the `power` asked, and the power for a target.

    `count` is what the time before held, `follow_up` how long the time after is as a multiple of it, `target` a fall as a
    share of one, and `overdispersion` how many times greater the variance is than a Poisson count's (1 or more). All four
    broadcast together; NaN stays NaN. To be seen, the exact interval of the ratio of the two rates (two-sided, at
    `confidence`) must lie below 1. Raises ValueError for a count below nought, a follow-up that is not above it, an
    overdispersion below 1, a target that is not from 0 to 1, or a power that is not between the chance of a fall being seen
    where there is none and 1. Source: Przyborowski and Wilenski (1940); Gu, Ng, Tang and Schucany (2008).
    """
    beyond = tail(confidence)
    if not beyond < power < 1:
        raise ValueError(f"power is a share of one, such as 0.8, and above {beyond:g}; not {power}")
    before, fall, length, spread = _checked(count, target, follow_up, overdispersion)
    reduction, seen = np.full(before.shape, np.nan), np.full(before.shape, np.nan)
    for i in np.ndindex(before.shape):
        events, times = (
            float(before[i] / spread[i]),
            float(length[i]),
        )  # fewer, so that they vary as much: 40 for 80 at 2
        if not (np.isnan(events) or np.isnan(times)):
            reduction[i] = _smallest(events, times, power, beyond)
            seen[i] = np.nan if np.isnan(fall[i]) else power_to_see(events, float(fall[i]), times, beyond)
    return DetectableChange(reduction, np.asarray(before * length * (1 - reduction)), seen)


def _checked(
    count: ArrayLike, target: ArrayLike, follow_up: ArrayLike, overdispersion: ArrayLike
) -> tuple[Floats, Floats, Floats, Floats]:
    before, fall = not_negative(count, "count"), numbers(target, "target")
    length, spread = numbers(follow_up, "follow-up"), numbers(overdispersion, "overdispersion")
    if ((fall < 0) | (fall > 1)).any():
        raise ValueError("target is a fall as a share of one from 0 to 1, such as 0.2 for a fall of a fifth")
    if (length <= 0).any():
        raise ValueError("follow-up must be longer than nought: it is a multiple of the time before")
    if (spread < 1).any():
        raise ValueError("overdispersion is 1 or more: counts of separate events vary no less than chance makes them")
    all_four = np.broadcast_arrays(before, fall, length, spread)
    return all_four[0], all_four[1], all_four[2], all_four[3]


def _smallest(events: float, times: float, power: float, beyond: float) -> float:
    """A deeper fall is always seen more often, so that there is one depth at which the power is what was asked."""
    if power_to_see(events, 1.0, times, beyond) < power:
        return float("nan")

    def short(fall: float) -> float:
        return power_to_see(events, fall, times, beyond) - power

    return cast("float", brentq(short, 0.0, 1.0, xtol=1e-10))


def power_to_see(events: float, fall: float, times: float, beyond: float) -> float:
    """How often the exact interval of the ratio of after to before lies below 1, over all pairs of counts.

    `events` are expected before and `events * times * (1 - fall)` after. Given the total of a pair, the second is binomial;
    the totals are Poisson, and are summed to where no more than one in 10^15 are left out.
    """
    after = events * times * (1 - fall)
    mean = events + after
    if mean == 0:
        return 0.0
    reach = 9 * np.sqrt(mean) + 40
    totals = np.arange(max(0.0, np.floor(mean - reach)), np.ceil(mean + reach) + 1)
    chance = np.exp(totals * np.log(mean) - mean - gammaln(totals + 1))
    most = _most_seen(totals, times / (1 + times), beyond)
    seen = np.where(most < 0, 0.0, bdtr(np.maximum(most, 0), totals.astype(np.int64), after / mean))
    return min(float((chance * seen).sum()), 1.0)


def _most_seen(totals: Floats, share: float, beyond: float) -> Floats:
    """The most that may fall after, of each total, for the interval to lie below 1; -1 where not even none may."""
    whole = totals.astype(np.int64)
    about = np.nan_to_num(np.floor(bdtrik(beyond, totals, share)), nan=0.0)
    most = np.clip(about + 1, 0, totals)
    for _ in range(3):
        most = np.where((most >= 0) & (bdtr(np.maximum(most, 0), whole, share) >= beyond), most - 1, most)
    return most
