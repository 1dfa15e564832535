"""Which file speaks for a month, where several releases hold it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from headwater.lake.manifest import LandedExtract
from headwater.lake.parts import Part

Claim = tuple[str, str, str | None]
"""(dataset, producer, month); month is None for reference data, where the producer names the series."""


@dataclass(frozen=True, slots=True)
class Held:
    """A part, with the claims it won and those a newer release took."""

    part: Part
    won: frozenset[Claim]
    lost: frozenset[Claim]


def claims_of(extract: LandedExtract) -> frozenset[Claim]:
    """What a file speaks for: each month that it covers, or its series where it has no months."""
    return frozenset((extract.dataset, extract.producer, month) for month in extract.months or (extract.month,))


def settle(parts: Sequence[Part]) -> tuple[Held, ...]:
    """Give every claim to one package.

    The newest release wins: the package whose latest month of that dataset is the latest; among equals the last to
    land. For reference data, which has no months, the last to land of a series wins. Within one package all files of a
    series stand together.
    """
    best: dict[Claim, tuple[str, int]] = {}
    releases = {id(part): _release(part) for part in parts}
    for part in parts:
        for claim in _claims(part):
            best[claim] = max(best.get(claim, ("", 0)), releases[id(part)])
    return tuple(_held(part, best, releases[id(part)]) for part in parts)


def _claims(part: Part) -> frozenset[Claim]:
    return frozenset(claim for extract in part.extracts for claim in claims_of(extract))


def _release(part: Part) -> tuple[str, int]:
    return max(month or "" for _, _, month in _claims(part)), part.manifest.sequence


def _held(part: Part, best: Mapping[Claim, tuple[str, int]], release: tuple[str, int]) -> Held:
    won = frozenset(claim for claim in _claims(part) if best[claim] == release)
    return Held(part, won, _claims(part) - won)


def months_by_producer(claims: Iterable[Claim]) -> dict[str, list[str]]:
    """The months of each producer, both sorted."""
    found: dict[str, list[str]] = {}
    for _, producer, month in sorted(claims, key=str):
        found.setdefault(producer, []).append(str(month))
    return {producer: sorted(months) for producer, months in sorted(found.items())}
