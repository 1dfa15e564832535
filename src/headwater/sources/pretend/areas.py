"""Cutting land into areas that hang together and hold about as many people as each other."""

import numpy as np
from numpy.random import Generator

from headwater.sources.pretend.chance import Real, Whole
from headwater.sources.pretend.land import pieces

_UNEVEN = 0.34
"""How far a cut may stray from an even one: real areas are not of one size."""
_TOWN = 0.7
"""The share of a district's parts that lie in its town."""


def carve(x: Real, y: Real, people: Whole, parts: int, chance: Generator) -> Whole:
    """Cut points into `parts` by halving, each time across the longer way with a little slant. Returns part numbers."""
    label = np.zeros(len(x), dtype=np.int64)
    if parts < 2:
        return label
    slant, stray = chance.random(2)
    along, across = (x, y) if np.ptp(x) > np.ptp(y) else (y, x)
    order = np.argsort(np.round(along + (slant - 0.5) * across, 6), kind="stable")
    left = parts // 2
    share = left / parts * (1 + _UNEVEN * (stray - 0.5) / parts**0.5)
    running = np.cumsum(people[order])
    cut = int(np.searchsorted(running, round(share * int(running[-1]))))
    first, second = order[:cut], order[cut:]
    label[first] = carve(x[first], y[first], people[first], left, chance)
    label[second] = left + carve(x[second], y[second], people[second], parts - left, chance)
    return label


def carve_around(apart: Real, at: tuple[Real, Real], people: Whole, parts: int, chance: Generator) -> Whole:
    """Cut a district into `parts`: the town first, by how far `apart` each point is from its heart, then the country round it."""
    label = np.zeros(len(apart), dtype=np.int64)
    order = np.argsort(np.round(apart, 6), kind="stable")
    town = max(1, round(parts * _TOWN))
    running = np.cumsum(people[order])
    cut = int(np.searchsorted(running, round(town / parts * int(running[-1]))))
    for inside, first, many in ((order[:cut], 0, town), (order[cut:], town, parts - town)):
        label[inside] = first + carve(at[0][inside], at[1][inside], people[inside], many, chance)
    return label


def mend_within(parent: Whole, label: Whole, pairs: Whole) -> Whole:
    """Mend areas that may not leave their parent area."""
    return mend(label, pairs[parent[pairs[:, 0]] == parent[pairs[:, 1]]])


def mend(label: Whole, pairs: Whole) -> Whole:
    """Give every stray piece of an area to the neighbour it shares most edges with, till each area is in one piece."""
    label = label.copy()
    for _ in range(50):
        piece = pieces(pairs[label[pairs[:, 0]] == label[pairs[:, 1]]], len(label))
        strays = _strays(label, piece)
        if not strays:
            break
        for stray in strays:
            label[piece == stray] = _neighbour(stray, label, piece, pairs)
    return label


def _strays(label: Whole, piece: Whole) -> list[int]:
    """Pieces that are not the largest of their area."""
    _, first, size = np.unique(piece, return_index=True, return_counts=True)
    area = label[first]
    order = np.lexsort((first, -size, area))
    later = np.concatenate([[False], area[order][1:] == area[order][:-1]])
    return [int(n) for n in np.sort(order[later])]


def _neighbour(stray: int, label: Whole, piece: Whole, pairs: Whole) -> int:
    inside = piece[pairs] == stray
    beyond = pairs[inside[:, 0] != inside[:, 1]]
    others = label[np.where(piece[beyond[:, 0]] == stray, beyond[:, 1], beyond[:, 0])]
    return int(np.argmax(np.bincount(others)))
