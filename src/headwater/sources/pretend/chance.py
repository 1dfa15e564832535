"""Chance that falls the same way on every machine.

numpy promises that its bit generators never change, but not what its distributions make of the bits, and `exp` or `log` may
differ by a hair between processors. So everything here comes from plain uniform numbers, whole-number weights and sums.
"""

from zlib import crc32

import numpy as np
from numpy.random import PCG64, Generator
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Real = NDArray[np.float64]
_FINE = 1 << 20


def draws(seed: int, *about: str) -> Generator:
    """Chance for one thing alone ('street', '2022-04'), so that no file depends on the order in which files are made."""
    return Generator(PCG64([seed, crc32("/".join(about).encode())]))


def bell(chance: Generator, count: int) -> Real:
    """`count` numbers spread like a standard normal distribution: twelve uniform numbers added up, less six."""
    steps = (chance.random((count, 12)) * _FINE).astype(np.int64)
    return steps.sum(axis=1) / _FINE - 6.0


def weights(shares: Real) -> Whole:
    """Shares as whole numbers (millionths of their own unit), so that running totals are exact; never below nought."""
    return np.maximum(np.rint(shares * 1_000_000), 0).astype(np.int64)


def pick(chance: Generator, weight: Whole, count: int) -> Whole:
    """`count` positions in `weight`, each drawn as often as its weight says."""
    running = np.cumsum(weight)
    return np.searchsorted(running, (chance.random(count) * running[-1]).astype(np.int64), side="right")


def about_so_many(chance: Generator, expected: float) -> int:
    """A count near `expected`, scattered as counts are (its variance is its mean)."""
    scatter = float(bell(chance, 1)[0]) * max(expected, 0.0) ** 0.5
    return max(0, round(expected + scatter))


def share_out(total: int, weight: Whole) -> Whole:
    """Share `total` in proportion to `weight`; adds up exactly (largest remainders, the earlier first where tied)."""
    whole, left = np.divmod(weight * total, weight.sum())
    late = np.argsort(-left, kind="stable")[: total - int(whole.sum())]
    whole[late] += 1
    return whole
