"""Limits on a hidden population from tables drawn again, with the model chosen anew for each."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr, ndtri

from headwater.methods.captures import capture_counts
from headwater.methods.hidden_population import THRESHOLD, chosen, share
from headwater.methods.inputs import normal_quantile
from headwater.methods.results import BootstrapLimits, Floats, Interval, Limits


def hidden_population_bootstrap(
    captured: ArrayLike,
    count: ArrayLike,
    *,
    generator: np.random.Generator,
    draws: int = 1000,
    threshold: float = THRESHOLD,
    confidence: float = 0.95,
) -> BootstrapLimits:
    """Bias-corrected and accelerated (BCa) limits on the total of `hidden_population`, whose arguments these are.

    The people are drawn again `draws` times over the combinations that hold anybody, and the pairs chosen anew each time:
    unlike the lognormal limits, these know that another model might have been chosen. Warnings say where a limit is no
    better than the smallest or greatest draw. NaN where there is no estimate, or where every draw is on one side of it.
    Raises ValueError as `capture_counts` does, and for fewer than two draws.
    Source: Chan, Silverman and Vincent (2021); Efron (1987); quantiles are the eighth of Hyndman and Fan (1996).
    """
    if draws < 2:
        raise ValueError(f"limits need at least two draws, not {draws}")
    number, counted = capture_counts(captured, count)
    people, held = int(counted.sum()), np.flatnonzero(counted)
    drawn = generator.multinomial(people, counted / people, size=draws).astype(np.float64)
    fewer = counted - np.eye(counted.size)[held]
    totals = people + _unseen(number, np.vstack([counted, drawn, fewer]), share(threshold))
    totals[1 + draws :] -= 1
    found = np.sort(totals[1 : 1 + draws][~np.isnan(totals[1 : 1 + draws])])
    left_out = totals[1 + draws :]
    bend = acceleration(left_out, counted[held])
    limits, probabilities, below = bca_limits(float(totals[0]), found, bend, confidence=confidence)
    return BootstrapLimits(
        total=Interval(totals[0], limits.lower, limits.upper),
        draws=found,
        without=draws - found.size,
        acceleration=bend,
        below=below,
        probabilities=probabilities,
        warnings=tuple(_warnings(draws, found.size, int(np.isnan(left_out).sum()), below, probabilities)),
    )


def _unseen(number: int, tables: Floats, threshold: float) -> Floats:
    unseen = np.full(len(tables), np.nan)
    for row, _, many in chosen(number, tables, threshold):
        unseen[row] = many
    return unseen


def acceleration(left_out: Floats, weight: Floats) -> float:
    """How fast the spread of an estimate changes with its size, from the estimates with one person left out.

    `left_out` has an entry for each kind of person and `weight` how many of the kind there are; a kind without which there
    is no estimate (NaN) is passed over. Nought where nothing changes. Source: Efron (1987).
    """
    kept = ~np.isnan(left_out)
    value, many = left_out[kept], weight[kept]
    if not kept.any():
        return 0.0
    below = (many * value).sum() / many.sum() - value
    spread = float((many * below**2).sum())
    return float((many * below**3).sum()) / (6 * spread**1.5) if spread > 0 else 0.0


def bca_limits(value: float, draws: Floats, bend: float, *, confidence: float = 0.95) -> tuple[Limits, Limits, float]:
    """The limits; which quantiles of the draws they are; and the share of the draws below the value.

    NaN where all the draws are on one side of the value. Source: Efron (1987).
    """
    reach = normal_quantile(confidence) * np.array([-1.0, 1.0])
    below = float((draws < value).mean()) if draws.size else float("nan")
    if not 0 < below < 1:
        nothing = np.full(2, np.nan)
        return Limits(nothing[0], nothing[1]), Limits(nothing[0], nothing[1]), below
    bias = float(ndtri(below))
    asked = np.asarray(ndtr(bias + (bias + reach) / (1 - bend * (bias + reach))))
    ends = np.quantile(draws, asked, method="median_unbiased")
    return Limits(ends[0], ends[1]), Limits(asked[0], asked[1]), below


def _warnings(draws: int, found: int, left: int, below: float, at: Limits) -> Iterator[str]:
    if found < draws:
        yield f"{draws - found} of {draws} tables drawn have no estimate and are left out of the limits"
    if left:
        yield f"the estimate rests on single people: without one there is none, for {left} of the combinations held"
    if not 0 < below < 1:
        yield "no table drawn gives a total above the estimate, or none gives one below, so that there are no limits"
        return
    if at.lower < 1 / found:
        yield "the lower limit is the smallest total drawn: another seed would give another"
    if at.upper > 1 - 1 / found:
        yield "the upper limit is the greatest total drawn: another seed would give another"
