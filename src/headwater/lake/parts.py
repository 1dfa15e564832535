"""What of a landed package is conformed in one go."""

from dataclasses import dataclass

from headwater.lake.manifest import LandedExtract, Manifest
from headwater.sources import contract

AT_ONCE = 1_000_000
"""Rows sorted in one go; about half a gigabyte."""


@dataclass(frozen=True, slots=True)
class Part:
    """What is conformed in one go: a dataset's monthly files of one package, or one file of reference data.

    Files of reference data are kept apart because a newer one of the same series takes the place of one and of no other.
    Monthly files of more than AT_ONCE rows are conformed some at a time, so that memory does not grow with a package.
    """

    manifest: Manifest
    dataset: str
    extracts: tuple[LandedExtract, ...]
    whole: bool
    """Is it all that the package has of the dataset?"""

    @property
    def reader(self) -> int:
        return contract(self.dataset).reader

    @property
    def where(self) -> str:
        """The part's folder, from the workspace's root."""
        own = "" if self.whole else f"-{self.extracts[0].sha256[:8]}"
        return f"conformed/{self.manifest.short}/{self.dataset}-r{self.reader}{own}"


def parts_of(manifest: Manifest) -> tuple[Part, ...]:
    """The parts of a landed package, in the order of their folders."""
    monthly: dict[str, list[LandedExtract]] = {}
    parts: list[Part] = []
    for extract in manifest.extracts:
        if extract.month:
            monthly.setdefault(extract.dataset, []).append(extract)
        else:
            parts.append(Part(manifest, extract.dataset, (extract,), whole=False))
    for dataset, extracts in monthly.items():
        shares = _shares(extracts)
        parts.extend(Part(manifest, dataset, share, whole=len(shares) == 1) for share in shares)
    return tuple(sorted(parts, key=lambda part: part.where))


def _shares(extracts: list[LandedExtract]) -> list[tuple[LandedExtract, ...]]:
    """Monthly files, producer by producer, in shares of AT_ONCE rows or little more; no file is divided."""
    shares: list[list[LandedExtract]] = []
    room = 0
    for extract in sorted(extracts, key=lambda each: (each.producer, each.month or "", each.name)):
        if room <= 0:
            shares.append([])
            room = AT_ONCE
        shares[-1].append(extract)
        room -= extract.rows
    return [tuple(share) for share in shares]
