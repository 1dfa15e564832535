"""What other weights would do to an order of options: pure geometry, no simulation."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from headwater.methods.results import Floats, Limits

NEAR = 1e-5
"""Of the spread of the scores: options nearer than this under a weighting are level there. The solver works to 1e-7."""
SLACK = 1e-6
HAIR = 1e-12

Marks = NDArray[np.bool_]


def weight_switch(
    least: Floats, most: Floats, weights: Floats, first: int | None
) -> tuple[Floats, tuple[tuple[int, ...], ...]]:
    """For each criterion the smallest change of its weight that brings an option level with the first, and which.

    `least` and `most` are options by criteria, with missing scores at the bottom and at the top of the scale. The other
    weights keep their proportions. With weight t on a criterion, the first is ahead of an option by a straight line in t;
    where that line crosses nought they are level. See `PriorityRanking` for infinity and NaN.
    """
    changes, challengers = np.full(weights.size, np.nan), list[tuple[int, ...]]([()] * weights.size)
    if first is None:
        return changes, tuple(challengers)
    ahead = least[first] - most
    for k in range(weights.size):
        if weights[k] < 1:
            changes[k], challengers[k] = _switch(ahead, weights, k, first)
    return changes, tuple(challengers)


def _switch(ahead: Floats, weights: Floats, k: int, first: int) -> tuple[float, tuple[int, ...]]:
    others = np.delete(weights, k) / (1 - weights[k])
    at_one, at_nought = _exact(ahead[:, k]), _exact(np.delete(ahead, k, axis=1) @ others)
    crossing = {
        i: float(at_nought[i] / (at_nought[i] - at_one[i]))
        for i in range(len(ahead))
        if i != first and at_nought[i] * at_one[i] <= 0 and at_nought[i] != at_one[i]
    }
    if not crossing:
        return float("inf"), ()
    reach = min(abs(t - weights[k]) for t in crossing.values())
    nearest = min(t for t in crossing.values() if abs(t - weights[k]) <= reach + HAIR)  # as far up as down: down
    level = tuple(i for i, t in crossing.items() if abs(t - nearest) <= HAIR)
    return nearest - float(weights[k]), level


def _exact(lead: Floats) -> Floats:
    """Without the last bits that floating point leaves of a difference that is nought."""
    return np.where(np.abs(lead) <= HAIR, 0.0, lead)


def ranks_within(least: Floats, most: Floats, weights: Floats, within: float) -> Limits:
    """The best and the worst rank of each option over all weightings near the given one.

    A weighting is near where it adds up to one and each weight is within the share `within` of its own size. An option that
    is ahead under every near weighting, or under none, is counted straight away; for the rest, a search over linear programmes
    finds the weighting under which as few as possible (or as many) are ahead at once.
    """
    box = Limits(weights * (1 - within), np.minimum(weights * (1 + within), 1.0))
    spread = max(float(most.max() - least.min()), 1e-300)
    options = range(len(least))
    best = [1 + _fewest(_others(least, i) - most[i], box, spread) for i in options]
    # Of the others, as few as possible are level or behind: the rest are ahead.
    worst = [len(least) - _fewest(least[i] - _others(most, i), box, spread, level_counts=True) for i in options]
    return Limits(np.array(best, dtype=np.float64), np.array(worst, dtype=np.float64))


def _others(scores: Floats, i: int) -> Floats:
    return np.delete(scores, i, axis=0)


def _fewest(ahead: Floats, box: Limits, spread: float, *, level_counts: bool = False) -> int:
    """The fewest rows of `ahead` that are above nought (or, where `level_counts`, at it) at once under one weighting."""
    gaps = ahead / spread + (NEAR if level_counts else -NEAR)
    top, bottom = (np.array([end * _highest(end * row, box) for row in gaps]) for end in (1.0, -1.0))
    doubtful = (top > SLACK) & (bottom <= SLACK)
    return int((bottom > SLACK).sum()) + _search(gaps[doubtful], top[doubtful], box)


def _search(rows: Floats, top: Floats, box: Limits) -> int:
    """The fewest rows above nought at once, by branch and bound.

    Each weighting that a linear programme finds says how many rows are above nought there, so some answer is always in
    hand. A branch in which some rows are kept down and some given up is left once even its linear programme, which counts
    a row by how far up it is (`top` for a whole one), cannot do better.
    """
    fewest, branches = len(rows), [(np.zeros(len(rows), dtype=bool), np.zeros(len(rows), dtype=bool))]
    while branches:
        kept, given_up = branches.pop()
        found = _relaxed(rows, top, kept, given_up, box)
        if found is None:
            continue
        weights, up = found
        fewest = min(fewest, int((rows @ weights > SLACK).sum()))
        if given_up.sum() + np.ceil(up.sum() - SLACK) >= fewest:
            continue
        pick = np.arange(len(rows)) == int(np.argmax(up))
        branches += [(kept, given_up | pick), (kept | pick, given_up)]
    return fewest


def _relaxed(rows: Floats, top: Floats, kept: Marks, given_up: Marks, box: Limits) -> tuple[Floats, Floats] | None:
    """The weighting under which the rows still open are least far up in all, and how far each is, as a share of its top."""
    criteria, still = rows.shape[1], ~given_up
    reach = np.where(kept, 0.0, 1.0)[still]
    found = linprog(
        np.r_[np.zeros(criteria), np.ones(len(reach))],
        A_ub=np.hstack([rows[still], -np.diag(top[still])]),
        b_ub=np.zeros(len(reach)),
        A_eq=np.r_[np.ones(criteria), np.zeros(len(reach))][np.newaxis],
        b_eq=[1.0],
        bounds=np.column_stack([np.r_[box.lower, 0 * reach], np.r_[box.upper, reach]]),
    )
    if found.x is None:
        return None
    up = np.zeros(len(rows))
    up[still] = found.x[criteria:]
    return found.x[:criteria], up


def _highest(row: Floats, box: Limits) -> float:
    """The highest value of a weighted sum over the near weightings: give what is left to the best criteria first."""
    value, left = float(row @ box.lower), 1.0 - float(box.lower.sum())
    for k in np.argsort(-row, kind="stable"):
        more = min(float(box.upper[k] - box.lower[k]), left)
        value, left = value + more * float(row[k]), left - more
    return value
