"""How few places hold how much of what happens."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from headwater.methods.inputs import in_one_row, not_negative
from headwater.methods.results import ChanceConcentration, Floats, Interval, LorenzCurve

TOPS = (0.01, 0.05, 0.10)


def lorenz(counts: ArrayLike) -> LorenzCurve:
    """The share of events in the busiest share of areas.

    `counts` is one row, an entry for each area, including those with none. The curve rises above the diagonal, since it
    starts from the busiest. All NaN where any count is unknown, or where nothing happened anywhere. Raises ValueError
    for no areas, or a count below nought. Source: Lorenz (1905).
    """
    counted = _areas(counts)
    shares = np.arange(counted.size + 1) / counted.size
    events = _cumulative(counted)
    return LorenzCurve(np.where(np.isnan(events), np.nan, shares), events)


def gini(counts: ArrayLike, *, adjusted: bool = True) -> float:
    """How unevenly events fall on areas: 0 as evenly as they could, 1 all in one place (nearly; see its page).

    With fewer events than areas an even spread is impossible, and the plain coefficient is high whatever happens;
    `adjusted` measures from the evenest spread that is possible. NaN where any count is unknown or nothing happened.
    Raises ValueError as `lorenz` does. Source: Bernasco and Steenbeek (2017).
    """
    counted = _areas(counts)
    areas, total = counted.size, counted.sum()
    if np.isnan(total) or total == 0:
        return float("nan")
    rank = np.arange(1, areas + 1)
    plain = float(2 * (rank * np.sort(counted)).sum() / (areas * total) - (areas + 1) / areas)
    sparse = max(areas / total, 1.0) if adjusted else 1.0
    return float(sparse * (plain - 1) + 1)


def top_share(counts: ArrayLike, *, top: ArrayLike) -> Floats:
    """The share of events in the busiest `top` share of areas.

    The shape of `top`. Where `top` is not a whole number of areas, the last area counts in part; which of several equal
    areas comes last makes no difference. NaN as for `lorenz`. Raises ValueError for a `top` that is not a share of one.
    Source: Weisburd (2015).
    """
    return _top(_cumulative(_areas(counts)), _tops(top))


def chance_concentration(
    total: int,
    areas: int,
    *,
    generator: np.random.Generator,
    draws: int = 200,
    weights: ArrayLike | None = None,
    tops: Sequence[float] = TOPS,
) -> ChanceConcentration:
    """How concentrated `total` events would look, had chance alone strewn them over `areas`.

    Every area is as likely as another, or in proportion to `weights` (one for each area: its residents, say). Raises
    ValueError for no areas, draws or weight, or a total below nought; with no events everything is NaN.
    Source: Levin, Rosenfeld and Deckard (2017); Hipp and Kim (2017).
    """
    if areas < 1 or draws < 1 or total < 0:
        raise ValueError("chance needs at least one area and one draw, and a total that is not below nought")
    odds, asked = _odds(weights, areas), _tops(tops)
    curve, shares = np.zeros(areas + 1), np.empty((draws, asked.size))
    for draw in range(draws):  # one at a time: all draws over every small area of a country would not fit
        drawn = _cumulative(generator.multinomial(total, odds).astype(np.float64))
        curve += drawn
        shares[draw] = _top(drawn, asked)
    lower, upper = np.quantile(shares, [0.025, 0.975], axis=0)
    steps = np.where(np.isnan(curve), np.nan, np.arange(areas + 1) / areas)
    return ChanceConcentration(
        LorenzCurve(steps, curve / draws), asked, Interval(shares.mean(axis=0), np.asarray(lower), np.asarray(upper))
    )


def _areas(counts: ArrayLike) -> Floats:
    counted = in_one_row(not_negative(counts, "counts"), "counts")
    if counted.size == 0:
        raise ValueError("concentration needs at least one area")
    return counted


def _tops(top: ArrayLike) -> Floats:
    asked = np.asarray(top, dtype=np.float64)
    if not ((asked >= 0) & (asked <= 1)).all():
        raise ValueError("top is a share of one, such as 0.05 for a twentieth of the areas")
    return asked


def _cumulative(counted: Floats) -> Floats:
    """Shares of events, busiest first, from 0 to 1; all NaN where there is nothing to share."""
    running = np.concatenate([[0.0], np.cumsum(-np.sort(-counted))])
    return running / running[-1] if running[-1] > 0 else np.full(running.size, np.nan)


def _top(cumulative: Floats, asked: Floats) -> Floats:
    steps = np.arange(cumulative.size) / (cumulative.size - 1)
    return np.asarray(np.interp(asked, steps, cumulative), dtype=np.float64)


def _odds(weights: ArrayLike | None, areas: int) -> Floats:
    if weights is None:
        return np.full(areas, 1 / areas)
    weighed = in_one_row(not_negative(weights, "weights"), "weights")
    if weighed.size != areas or not weighed.sum() > 0:
        raise ValueError(f"weights must hold a known number for each of the {areas} areas, and not all nought")
    return weighed / weighed.sum()
