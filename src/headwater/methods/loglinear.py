"""Counts whose logarithm follows a straight line: Poisson regression, with the spread that is left over."""

from dataclasses import dataclass

import numpy as np
from scipy.special import xlogy

from headwater.methods.results import Floats

ROUNDS = 100
SETTLED = 1e-12
FAR = 30.0
"""A coefficient beyond this on the log scale is on its way to infinity: no line fits best."""


@dataclass(frozen=True, slots=True)
class LogLinear:
    """A fitted line on the log scale."""

    coefficients: Floats
    covariance: Floats
    """Of the coefficients, were the counts Poisson."""
    fitted: Floats
    """The count expected at each row of the design."""
    dispersion: float
    """Pearson's: how many times a Poisson count's variance was found; NaN with no rows to spare."""
    deviance: float
    spare: int
    """Rows less coefficients."""


def poisson_regression(design: Floats, counts: Floats, offset: Floats) -> LogLinear | None:
    """The log-linear Poisson line that is most likely, by weighted least squares again and again.

    `design` is rows by coefficients, `counts` and `offset` (a logarithm) one a row, nothing missing. None where no one line
    is most likely: columns that say the same, or noughts that pull a coefficient to infinity.
    Source: Nelder and Wedderburn (1972); McCullagh and Nelder (1989).
    """
    if np.linalg.matrix_rank(design) < design.shape[1]:
        return None
    with np.errstate(over="ignore", invalid="ignore"):  # a step too far is seen and taken back
        found = _climb(design, counts, offset)
    if found is None:
        return None
    fitted = np.exp(design @ found + offset)
    spare = len(counts) - design.shape[1]
    left = float(((counts - fitted) ** 2 / fitted).sum())
    return LogLinear(
        coefficients=found,
        covariance=np.asarray(np.linalg.inv(design.T @ (fitted[:, np.newaxis] * design)), dtype=np.float64),
        fitted=fitted,
        dispersion=left / spare if spare > 0 else float("nan"),
        deviance=_deviance(counts, fitted),
        spare=spare,
    )


def _climb(design: Floats, counts: Floats, offset: Floats) -> Floats | None:
    found = _step(design, counts, np.maximum(counts, 0.5), np.log(np.maximum(counts, 0.5)) - offset)
    before = _deviance(counts, np.exp(design @ found + offset))
    for _ in range(ROUNDS):
        line = design @ found
        aim = _step(design, counts, np.exp(line + offset), line)
        after = _deviance(counts, np.exp(design @ aim + offset))
        while not after <= before * (1 + SETTLED) + SETTLED and np.abs(aim - found).max() > SETTLED:
            aim = (aim + found) / 2  # a step too far
            after = _deviance(counts, np.exp(design @ aim + offset))
        if np.abs(aim).max() > FAR + np.abs(offset).max():
            return None
        if abs(before - after) <= SETTLED * (after + 1) and np.abs(aim - found).max() <= 1e-8:
            return aim
        found, before = aim, after
    return None


def _step(design: Floats, counts: Floats, expected: Floats, line: Floats) -> Floats:
    """The least-squares line through the counts as they look from where we stand."""
    root = np.sqrt(expected)
    seen = line + (counts - expected) / expected
    return np.asarray(np.linalg.lstsq(root[:, np.newaxis] * design, root * seen)[0], dtype=np.float64)


def _deviance(counts: Floats, fitted: Floats) -> float:
    return float(2 * (xlogy(counts, counts / fitted) - (counts - fitted)).sum())
