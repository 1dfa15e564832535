"""The slope index of inequality: the gap between the most and the least deprived, using everyone in between."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from headwater.methods.inputs import normal_quantile, not_negative, numbers, over
from headwater.methods.results import Floats, Interval, SlopeIndex

Scale = Literal["plain", "log", "logit"]
End = Literal["most deprived", "least deprived"]


@dataclass(frozen=True, slots=True)
class _Line:
    """A fitted line's two ends on the scale it was fitted on, with their variances and covariance."""

    most: Floats
    least: Floats
    most_variance: Floats
    least_variance: Floats
    covariance: Floats


def slope_index(
    values: ArrayLike,
    population: ArrayLike,
    *,
    standard_error: ArrayLike | None = None,
    scale: Scale = "plain",
    towards: End = "most deprived",
    confidence: float = 0.95,
) -> SlopeIndex:
    """The slope and relative indices of inequality over groups in order, most deprived first along the last axis.

    A line is fitted through the `values` against the middle of each group's share of the population, each group weighing
    as many as live in it. The slope is the height at the end named by `towards` less the height at the other, the ratio
    the one over the other: with the default, a slope above nought and a ratio above 1 mean more among the most deprived.
    `scale` fits the line to logs (rates) or log-odds (proportions as shares of one). `standard_error` is that of each
    value, on its own scale; without it the limits are NaN, else they are closed-form (the slope is a weighted sum of the
    values), by the delta method where the scale is not plain and for the ratio. NaN where anything is unknown, or a
    ratio's ends are not both above nought. Raises ValueError for fewer than three groups, or values a log cannot take.
    Source: Mackenbach and Kunst (1997); Low and Low (2004); Office for Health Improvement and Disparities.
    """
    heights, people = np.broadcast_arrays(numbers(values, "values"), not_negative(population, "population"))
    if heights.ndim == 0 or heights.shape[-1] < 3:
        raise ValueError("a slope needs three groups or more, most deprived first")
    errors = np.nan if standard_error is None else not_negative(standard_error, "standard error")
    fitted, stretch = _to_scale(heights, scale)
    line = _fit(fitted, people, np.broadcast_to(errors, heights.shape) * stretch)
    z = normal_quantile(confidence)
    difference, ratio = _difference(line, scale, z), _ratio(line, scale, z)
    if towards == "least deprived":
        difference = Interval(-difference.value, -difference.upper, -difference.lower)
        ratio = Interval(1 / ratio.value, 1 / ratio.upper, 1 / ratio.lower)
    return SlopeIndex(difference, ratio, _from_scale(line.most, scale)[0])


def _to_scale(values: Floats, scale: Scale) -> tuple[Floats, Floats]:
    """The values on the scale of the fit, and how much that scale stretches a small step of each."""
    if scale == "plain":
        return values, np.ones(values.shape)
    odd = (values <= 0) | ((values >= 1) if scale == "logit" else False)
    if odd.any():
        raise ValueError(
            f"the {scale} scale cannot take a value of nought" + (", or of one" if scale == "logit" else "")
        )
    if scale == "log":
        return np.log(values), 1 / values
    return np.log(values / (1 - values)), 1 / (values * (1 - values))


def _from_scale(height: Floats, scale: Scale) -> tuple[Floats, Floats]:
    """A height back on the values' own scale, and how much that shrinks a small step."""
    if scale == "plain":
        return height, np.ones(np.shape(height))
    if scale == "log":
        return np.exp(height), np.exp(height)
    share = 1 / (1 + np.exp(-height))
    return share, share * (1 - share)


def _fit(heights: Floats, people: Floats, errors: Floats) -> _Line:
    shares = over(people, people.sum(axis=-1, keepdims=True))
    middles = np.cumsum(shares, axis=-1) - shares / 2
    centre = (shares * middles).sum(axis=-1, keepdims=True)
    pull = over(shares * (middles - centre), (shares * (middles - centre) ** 2).sum(axis=-1, keepdims=True))
    to_most, to_least = shares - centre * pull, shares + (1 - centre) * pull
    return _Line(
        most=(to_most * heights).sum(axis=-1),
        least=(to_least * heights).sum(axis=-1),
        most_variance=(to_most**2 * errors**2).sum(axis=-1),
        least_variance=(to_least**2 * errors**2).sum(axis=-1),
        covariance=(to_most * to_least * errors**2).sum(axis=-1),
    )


def _difference(line: _Line, scale: Scale, z: float) -> Interval:
    """Most less least, on the values' own scale."""
    (most, most_step), (least, least_step) = _from_scale(line.most, scale), _from_scale(line.least, scale)
    variance = most_step**2 * line.most_variance + least_step**2 * line.least_variance
    reach = z * np.sqrt(np.maximum(variance - 2 * most_step * least_step * line.covariance, 0.0))
    return Interval(most - least, most - least - reach, most - least + reach)


def _ratio(line: _Line, scale: Scale, z: float) -> Interval:
    """Most over least, with limits on the log scale."""
    (most, most_step), (least, least_step) = _from_scale(line.most, scale), _from_scale(line.least, scale)
    sound = (most > 0) & (least > 0)
    most, least = np.where(sound, most, np.nan), np.where(sound, least, np.nan)
    high, low = most_step / most, least_step / least
    variance = high**2 * line.most_variance + low**2 * line.least_variance - 2 * high * low * line.covariance
    reach = z * np.sqrt(np.maximum(variance, 0.0))
    return Interval(most / least, most / least * np.exp(-reach), most / least * np.exp(reach))
