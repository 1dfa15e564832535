"""What would have happened here? A mixture of other places that was like this one until something was done."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import nnls

from headwater.methods.inputs import in_one_row, numbers
from headwater.methods.results import Floats

NOUGHT = 1e-9
"""Of the greatest value: a misfit smaller than this is none."""


@dataclass(frozen=True, slots=True)
class SyntheticControl:
    """A place beside the mixture of others that was nearest to it before."""

    weights: Floats
    """One a donor; none below nought, adding up to one."""
    only_one: bool
    """No other weights fit as well. Where False, others may, and they may say something else of the time after."""
    synthetic: Floats
    """The mixture, a period each."""
    gap: Floats
    """The place less the mixture, a period each."""
    average_gap: float
    """Over the periods after."""
    before: float
    """The root of the mean squared gap before."""
    after: float
    """The same after."""
    ratio: float
    """After over before; infinite where the fit before is perfect and the gap after is not."""
    placebo_gaps: Floats
    """Donors by periods: the gap of each donor, were it the place, with this place among its donors."""
    placebo_ratios: Floats
    """One a donor."""
    p_value: float
    """The share of all the places, this one among them, whose ratio is at least as great as its own."""


def synthetic_control(treated: ArrayLike, donors: ArrayLike, at: int) -> SyntheticControl:
    """The mixture of donors nearest to a place before, the gap after, and how unusual such a gap is.

    `treated` is one row, a period each; `donors` has a row for each place where nothing was done, over the same periods;
    `at` is the index of the first period after. The weights are those, none below nought and adding up to one, with the
    least squared gap before. Each donor is then treated as if it were the place. Nothing is drawn at random. Raises
    ValueError for anything missing, shapes that do not fit, fewer than two periods before, or an `at` that leaves none after.
    Source: Abadie, Diamond and Hainmueller (2010), on the outcome alone; Lawson and Hanson (1974), chapter 23.
    """
    places = _checked(treated, donors, at)
    weights, only_one = nearest_mixture(places[0], places[1:], at)
    gaps = np.array([_gap(places, i, at) for i in range(len(places))])
    flat = NOUGHT * max(float(np.abs(places).max()), 1e-300)
    before, after = (np.sqrt((part**2).mean(axis=1)) for part in (gaps[:, :at], gaps[:, at:]))
    ratios = _ratios(np.where(before > flat, before, 0.0), np.where(after > flat, after, 0.0))
    as_great = ratios >= ratios[0] * (1 - NOUGHT)
    return SyntheticControl(
        weights=weights,
        only_one=only_one,
        synthetic=weights @ places[1:],
        gap=gaps[0],
        average_gap=float(gaps[0, at:].mean()),
        before=float(before[0]),
        after=float(after[0]),
        ratio=float(ratios[0]),
        placebo_gaps=gaps[1:],
        placebo_ratios=ratios[1:],
        p_value=float("nan") if np.isnan(ratios[0]) else float(as_great.mean()),
    )


def nearest_mixture(place: Floats, donors: Floats, at: int) -> tuple[Floats, bool]:
    """The weights of the mixture of `donors` nearest to `place` before `at`, and whether they are the only ones.

    The nearest point of the donors' hull is that of the least distance from nought once `place` is taken from all. Lawson and
    Hanson turn that into non-negative least squares: with weights s·w, the squared distance is s²d² + (1 - s)², which is
    least in w where d is, whatever s.
    """
    apart = (donors[:, :at] - place[:at]).T
    scaled = apart / max(float(np.abs(apart).max()), 1e-300)
    found = nnls(np.vstack([scaled, np.ones(len(donors))]), np.r_[np.zeros(at), 1.0])[0]
    kept = np.where(found > 1e-12 * found.sum(), found, 0.0)  # the last bit of a weight that is nought
    weights = np.asarray(kept / kept.sum(), dtype=np.float64)
    miss = scaled @ weights
    could = (weights > 0) | (scaled.T @ miss <= miss @ miss + NOUGHT)  # would it do no harm to give it some weight?
    held = np.vstack([scaled[:, could], np.ones(int(could.sum()))])
    return weights, bool(np.linalg.matrix_rank(held, tol=NOUGHT) == held.shape[1])


def _gap(places: Floats, i: int, at: int) -> Floats:
    others = np.delete(places, i, axis=0)
    return places[i] - nearest_mixture(places[i], others, at)[0] @ others


def _ratios(before: Floats, after: Floats) -> Floats:
    perfect = np.where(after > 0, np.inf, np.nan)
    return np.divide(after, before, out=perfect, where=before > 0)


def _checked(treated: ArrayLike, donors: ArrayLike, at: int) -> Floats:
    """The place and its donors in one table, the place first."""
    place, others = in_one_row(numbers(treated, "treated"), "treated"), numbers(donors, "donors")
    if others.ndim != 2 or len(others) == 0 or others.shape[1] != place.size:
        raise ValueError("synthetic_control needs a row for each donor, over the same periods as the place treated")
    if np.isnan(place).any() or np.isnan(others).any():
        raise ValueError("every place must be known in every period: leave out the donor, or the period for all")
    if not 2 <= at < place.size:
        raise ValueError(f"at is the index of the first period after, between 2 and {place.size - 1}")
    return np.vstack([place, others])
