"""The shape of the year: which months run high, and is that more than chance?"""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import fdtrc, stdtrit

from headwater.methods.inputs import in_one_row, not_negative, tail
from headwater.methods.ranking import average_ranks
from headwater.methods.results import Floats, Seasonality

YEAR = 12
FEWEST = 2
"""With fewer complete years than this a season cannot be told from one odd year."""


def seasonality(values: ArrayLike, months: ArrayLike, *, confidence: float = 0.95) -> Seasonality:
    """Each month of the year against the average month of its own year, and a test of whether they differ at all.

    `values` is one row in time order, NaN for a gap, already divided by the days in each month so that February is not
    low for being short; `months` gives the month of the year (1 to 12) of each, one after another. The row is cut into
    complete years: runs of twelve known months, whatever month they begin in, as many as fit, latest first. Everything
    is NaN with fewer than two. Raises ValueError for months out of order or values below nought.
    Source: ratio to the average of the year, Friedman's test (1937) with the F of Iman and Davenport (1980).
    """
    row = in_one_row(not_negative(values, "values"), "values")
    ratios = _complete_years(row, _months_in_order(months, row.size))
    years = len(ratios)
    if years < FEWEST:
        nothing = np.full(YEAR, np.nan)
        return Seasonality(nothing, nothing, nothing, float("nan"), years)
    index = ratios.mean(axis=0)
    free = (YEAR - 1) * (years - 1)
    wobble = float(((ratios - index) ** 2).sum()) / free
    reach = -float(stdtrit(free, tail(confidence))) * float(np.sqrt(wobble / years * (YEAR - 1) / YEAR))
    return Seasonality(index, np.maximum(index - reach, 0.0), index + reach, _friedman(ratios), years)


def _months_in_order(months: ArrayLike, size: int) -> NDArray[np.int64]:
    numbered = np.asarray(months, dtype=np.int64)
    following = numbered[:-1] % YEAR + 1
    if (
        numbered.shape != (size,)
        or not ((numbered >= 1) & (numbered <= YEAR)).all()
        or (numbered[1:] != following).any()
    ):
        raise ValueError("months must hold the month of the year (1 to 12) of each value, one after another")
    return numbered


def _complete_years(row: Floats, months: NDArray[np.int64]) -> Floats:
    """A row for each year, January first: each month as a multiple of the average month of its year."""
    years: list[Floats] = []
    end = row.size
    while end >= YEAR:
        year = row[end - YEAR : end]
        if np.isnan(year).any() or year.sum() == 0:
            end -= 1
            continue
        years.append(np.roll(year / year.mean(), int(months[end - YEAR]) - 1))
        end -= YEAR
    return np.array(years[::-1]).reshape(-1, YEAR)


def _friedman(ratios: Floats) -> float:
    """The chance of months this different in rank, were there no season."""
    years = len(ratios)
    ranks = np.array([average_ranks(year) for year in ratios])
    middle = (YEAR + 1) / 2
    within = float(((ranks - middle) ** 2).sum())
    if within == 0:
        return 1.0
    between = (YEAR - 1) * float(((ranks.sum(axis=0) - years * middle) ** 2).sum()) / within
    left = years * (YEAR - 1) - between
    ratio = (years - 1) * between / left if left > 1e-9 else np.inf
    return float(fdtrc(YEAR - 1, (YEAR - 1) * (years - 1), ratio))
