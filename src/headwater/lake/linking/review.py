"""Clerical review: people judge a sample of pairs without knowing what the model made of them."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from headwater.lake.linking.definition import Linkage
from headwater.lake.linking.matching import Matched
from headwater.methods import linkage_quality
from headwater.methods.results import LinkageQuality

EDGES = (0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 0.999, 0.99999)
"""Where one band of likelihood ends and the next begins; the linkage's own limits are added to them."""


@dataclass(frozen=True, slots=True)
class Band:
    """Pairs about as likely as one another to be of one person."""

    lowest: float
    linked: bool
    pairs: tuple[int, ...]
    """Places in `Matched`."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One pair to be judged. It says nothing of what the model made of it, nor which band it was drawn from."""

    number: int
    """Its place in `Matched`, by which the verdict is brought home."""
    first: int
    second: int
    """Places of the two records."""


def bands(matched: Matched, linkage: Linkage) -> tuple[Band, ...]:
    """The pairs by likelihood, least likely first; no band holds pairs both linked and not."""
    edges = _edges(linkage)
    lowest = band_of(matched, linkage)
    return tuple(
        Band(edge, edge >= linkage.threshold, tuple(np.flatnonzero(lowest == edge).tolist())) for edge in edges
    )


def band_of(matched: Matched, linkage: Linkage) -> NDArray[np.float64]:
    """For each pair, the lowest likelihood of its band."""
    edges = np.array(_edges(linkage))
    return edges[np.searchsorted(edges, matched.probability, side="right") - 1]


def _edges(linkage: Linkage) -> list[float]:
    return sorted({*(edge for edge in EDGES if edge > linkage.review_from), linkage.review_from, linkage.threshold})


def sample(matched: Matched, linkage: Linkage, size: int, chance: Generator) -> tuple[Pair, ...]:
    """Pairs to be judged, about as many of each band, shuffled so that neither order nor place tells the band.

    Which record stands first is shuffled too. The same chance gives the same pairs.
    """
    held = [band for band in bands(matched, linkage) if band.pairs]
    drawn: list[int] = []
    for left, band in zip(range(len(held), 0, -1), sorted(held, key=lambda band: len(band.pairs)), strict=True):
        some = min(len(band.pairs), (size - len(drawn)) // left)
        drawn += chance.choice(np.array(band.pairs), some, replace=False).tolist()
    turned = chance.random(len(drawn)) < 0.5
    ends = [(int(matched.left[n]), int(matched.right[n])) for n in drawn]
    asked = [Pair(n, *(end[::-1] if turn else end)) for n, end, turn in zip(drawn, ends, turned, strict=True)]
    return tuple(asked[n] for n in chance.permutation(len(asked)))


def judged(matched: Matched, linkage: Linkage, verdicts: Mapping[int, bool]) -> LinkageQuality:
    """Precision and recall from verdicts by pair (is it one person?). A pair nobody could judge is left out of `verdicts`.

    Raises ValueError where a band with pairs has no verdict at all.
    """
    held = [band for band in bands(matched, linkage) if band.pairs]
    seen = [sum(number in verdicts for number in band.pairs) for band in held]
    if 0 in seen:
        raise ValueError("a band of pairs has no verdict: judge more pairs")
    return linkage_quality(
        [len(band.pairs) for band in held],
        seen,
        [sum(verdicts.get(number, False) for number in band.pairs) for band in held],
        [band.linked for band in held],
    )
