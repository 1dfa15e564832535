"""Statistical process control: is this month out of the ordinary for this series?"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from headwater.methods.inputs import in_one_row, numbers
from headwater.methods.results import ControlLimits, Floats

WIDTH = 2.66
"""Three standard deviations in mean moving ranges: 3 / 1.128."""
FEWEST = 12
RUN, RISES = 7, 6
OUTSIDE, SHIFT, DRIFT, NEAR = "outside limits", "run", "trend", "two of three"

Marks = NDArray[np.int8]
"""For each point 1 (high), -1 (low) or 0."""


def control_chart(values: ArrayLike, *, rebase_at: Sequence[int] = (), floor: float | None = 0.0) -> ControlLimits:
    """An XmR chart with the four rules of the NHS's “Making Data Count”.

    `values` is one row in time order; NaN is a gap, across which no moving range is taken and no run carries on. The
    limits start afresh at each index in `rebase_at`, and nowhere else; a stretch of fewer than 12 known points has NaN
    limits and no signals. No limit lies below `floor`; None lifts it. Raises ValueError for more than one row, or an
    index that is not inside the series. Source: Wheeler (1993); NHS England, Making Data Count.
    """
    row = in_one_row(numbers(values, "values"), "values")
    inner = sorted(set(rebase_at))
    if inner and not 0 < inner[0] <= inner[-1] < row.size:
        raise ValueError(f"rebase_at must hold indices between 1 and {row.size - 1}")
    edges = [0, *inner, row.size]
    charts = [_stage(row[start:end], floor) for start, end in pairwise(edges)]
    return ControlLimits(
        centre=np.concatenate([chart.centre for chart in charts]),
        lower=np.concatenate([chart.lower for chart in charts]),
        upper=np.concatenate([chart.upper for chart in charts]),
        signals=tuple(signal for chart in charts for signal in chart.signals),
        rules=tuple(rules for chart in charts for rules in chart.rules),
    )


def _stage(row: Floats, floor: float | None) -> ControlLimits:
    """One stretch with one set of limits."""
    moves = np.abs(np.diff(row))
    moves = moves[~np.isnan(moves)]
    if np.count_nonzero(~np.isnan(row)) < FEWEST or moves.size == 0:
        nothing = np.full(row.shape, np.nan)
        return ControlLimits(nothing, nothing, nothing, ("",) * row.size, ((),) * row.size)
    centre, reach = float(np.nanmean(row)), WIDTH * float(moves.mean())
    lower = centre - reach if floor is None else max(centre - reach, floor)
    hair = 1e-9 * float(np.nanmax(np.abs(row)))  # a constant series is not above its own mean
    signals, rules = _signals(row - centre, reach, hair)
    flat = np.ones(row.shape)
    return ControlLimits(centre * flat, lower * flat, (centre + reach) * flat, signals, rules)


def _signals(apart: Floats, reach: float, hair: float) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Every rule at every point; the first rule broken says which way. A `hair` is a difference too small to be one."""
    level = np.where(np.abs(apart) <= hair, 0.0, apart)
    broken = {
        OUTSIDE: _beyond(level, reach + hair),
        SHIFT: _run(np.nan_to_num(np.sign(level)).astype(np.int8), RUN),
        NEAR: _two_of_three(level, reach * 2 / 3 + hair),
        DRIFT: _trend(apart, hair),
    }
    rules = tuple(tuple(name for name, marks in broken.items() if marks[i]) for i in range(level.size))
    words = {1: "high", -1: "low"}
    signals = tuple(words[int(broken[names[0]][i])] if names else "" for i, names in enumerate(rules))
    return signals, rules


def _beyond(level: Floats, line: float) -> Marks:
    return (level > line).astype(np.int8) - (level < -line).astype(np.int8)


def _runs(sides: Marks) -> Iterator[tuple[int, int]]:
    """Each stretch of one side, as (start, end); noughts belong to none."""
    edges = [0, *(np.flatnonzero(np.diff(sides)) + 1).tolist(), sides.size]
    return ((start, end) for start, end in pairwise(edges) if sides[start])


def _run(sides: Marks, length: int) -> Marks:
    """Points in a stretch of at least `length` on one side of the mean."""
    marks = np.zeros_like(sides)
    for start, end in _runs(sides):
        if end - start >= length:
            marks[start:end] = sides[start]
    return marks


def _trend(apart: Floats, hair: float) -> Marks:
    """Points in an unbroken climb or fall of at least six moves, its first point included."""
    steps = np.diff(apart)
    marks = np.zeros(apart.size, dtype=np.int8)
    ways = np.nan_to_num(np.where(np.abs(steps) <= hair, 0.0, np.sign(steps))).astype(np.int8)
    for start, end in _runs(ways):
        if end - start >= RISES:
            marks[start : end + 1] = ways[start]
    return marks


def _two_of_three(level: Floats, line: float) -> Marks:
    """Points beyond two-thirds of the way to a limit, with another such among three known points in a row."""
    marks, far = np.zeros(level.size, dtype=np.int8), _beyond(level, line)
    for start in range(level.size - 2):
        window = slice(start, start + 3)
        if np.isnan(level[window]).any():
            continue
        for side in (1, -1):
            there = far[window] == side
            if np.count_nonzero(there) >= 2:
                marks[window][there] = side
    return marks
