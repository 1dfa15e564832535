"""Capture tables: how many people stand on each combination of lists, and whether a model of them has an estimate at all."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import linprog

from headwater.methods.inputs import in_one_row, not_negative
from headwater.methods.results import Floats, Standing

Flags = NDArray[np.bool_]
Pairs = frozenset[int]
"""Pairs of lists in a model, by their place in the order (0, 1), (0, 2) … (1, 2) …"""

MOST = 10


@dataclass(frozen=True, slots=True)
class Lists:
    """Everything that depends on the number of lists alone."""

    histories: Flags
    """Every combination but the empty one, a row each, a column a list."""
    pairs: tuple[tuple[int, int], ...]
    together: Flags
    """For each pair of lists, which histories hold both."""


@dataclass(frozen=True, slots=True)
class Design:
    """A model of the histories that it leaves possible."""

    possible: Flags
    """Which histories are left: none that hold two lists whose overlap the model takes to be impossible."""
    columns: Floats
    """A row for each history left: 1, then each list, then each pair that is not impossible."""
    rank: int
    """How many of the columns can be told apart."""


@lru_cache
def lists_of(number: int) -> Lists:
    """The histories and pairs of so many lists."""
    histories = (np.arange(1, 2**number)[:, None] >> np.arange(number)) & 1 == 1
    pairs = tuple(combinations(range(number), 2))
    return Lists(histories, pairs, np.array([histories[:, one] & histories[:, other] for one, other in pairs]))


def capture_counts(captured: ArrayLike, count: ArrayLike, *, fewest: int = 3) -> tuple[int, Floats]:
    """How many lists, and the people of every history in the order of `lists_of`, nought where none was given.

    Raises ValueError for anything but noughts and ones, for people on no list, the same history twice, a count that is not
    a whole number, a list with nobody on it, or fewer than `fewest` lists.
    """
    seen = np.asarray(captured)
    people = in_one_row(not_negative(count, "count"), "count")
    if seen.ndim != 2 or len(seen) != people.size or not np.isin(seen, (0, 1)).all():
        raise ValueError("captured holds a row of noughts and ones for each count, a column for each list")
    if not fewest <= seen.shape[1] <= MOST:
        raise ValueError(f"an estimate needs from {fewest} to {MOST} lists, not {seen.shape[1]}")
    if np.isnan(people).any() or (people % 1 != 0).any():
        raise ValueError(
            "count holds whole numbers, without gaps: leave out what is nought, and never what is withheld"
        )
    place = seen.astype(np.int64) @ (1 << np.arange(seen.shape[1])) - 1
    if (place < 0).any():
        raise ValueError("people on no list are what is to be estimated: no row may be all noughts")
    if np.unique(place).size < place.size:
        raise ValueError("the same combination of lists stands in more than one row")
    counted = np.zeros(2 ** seen.shape[1] - 1)
    counted[place] = people
    if not (counted @ lists_of(seen.shape[1]).histories).all():
        raise ValueError("there is a list with nobody on it: leave it out")
    return seen.shape[1], counted


def empty_pairs(number: int, counted: Floats, pairs: Pairs) -> Pairs:
    """Which of the `pairs` have nobody on both lists."""
    overlaps = lists_of(number).together @ counted
    return frozenset(pair for pair in pairs if overlaps[pair] == 0)


@lru_cache(maxsize=256)
def design(number: int, pairs: Pairs, impossible: Pairs) -> Design:
    """The model of these `pairs`; an `impossible` pair is a parameter at minus infinity, and its histories are left out."""
    lists = lists_of(number)
    possible = np.logical_not(np.asarray(lists.together[sorted(impossible)].any(axis=0)))
    terms = lists.together[sorted(pairs - impossible)].T
    every = np.column_stack([np.ones(len(lists.histories), dtype=bool), lists.histories, terms])
    columns = every[possible].astype(np.float64)
    return Design(possible, columns, _rank(columns))


def standing(number: int, counted: Floats, pairs: Pairs) -> Standing:
    """Does the model of these `pairs` have an estimate, and only one? It depends on nothing but which counts are nought."""
    return _standing(number, pairs, (counted > 0).tobytes())


@lru_cache(maxsize=16_384)
def _standing(number: int, pairs: Pairs, held: bytes) -> Standing:
    support = np.frombuffer(held, dtype=np.bool_)
    model = design(number, pairs, empty_pairs(number, support.astype(np.float64), pairs))
    here, unique = support[model.possible], model.rank == model.columns.shape[1]
    # where the histories that hold people already fix every parameter none can run away: no need to ask the long way
    exists = _rank(model.columns[here]) == model.rank or not _runs_away(model.columns, here)
    if exists:
        return "exists" if unique else "not unique"
    return "does not exist" if unique else "neither"


def _rank(columns: Floats) -> int:
    return int(np.linalg.matrix_rank(columns.T @ columns, hermitian=True))


def _runs_away(columns: Floats, support: Flags) -> bool:
    """Can the parameters move so that no history with people changes, none without rises, and some falls for ever?

    Then the likelihood climbs without end, and no finite estimate is the best. It is the dual of the linear programme of
    Fienberg and Rinaldo (2012), which asks for expected counts above nought that keep the totals; held to falls of at most
    1 in each history its answer is nought or at least 1, and needs no hair's breadth.
    """
    falls, still = columns[~support], columns[support]
    found = linprog(
        falls.sum(axis=0), A_ub=np.vstack([falls, -falls]), b_ub=np.repeat([0.0, 1.0], len(falls)),
        A_eq=still, b_eq=np.zeros(len(still)), bounds=(None, None), method="highs",
    )  # fmt: skip
    return found.status != 0 or float(found.fun) < -0.5
