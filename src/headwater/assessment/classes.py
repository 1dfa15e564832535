"""The classes that a map is shaded in: fifths of the areas, by their figures."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np

SHADES = 5


def class_edges(values: Iterable[float], decimals: int = 1) -> tuple[float, ...]:
    """Where one class ends and the next begins, in rising order, rounded; fewer than four where areas are alike."""
    shown = np.array(list(values), np.float64)
    if not shown.size:
        return ()
    return tuple(
        float(edge) for edge in np.unique(np.quantile(shown, np.linspace(0, 1, SHADES + 1)[1:-1]).round(decimals))
    )


def class_of(value: float, edges: Sequence[float]) -> int:
    """The class that a value is in, counted from nought; what is on an edge is in the class above it."""
    return int(np.searchsorted(np.array(edges), value, side="right"))


def class_words(edges: Sequence[float], decimals: int = 1) -> tuple[str, ...]:
    """Each class in words, lowest first."""
    ends = [f"{edge:,.{decimals}f}" for edge in edges]
    if not ends:
        return ("all areas",)
    middle = [f"{low} to under {high}" for low, high in pairwise(ends)]
    return (f"under {ends[0]}", *middle, f"{ends[-1]} and over")
