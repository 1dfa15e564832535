"""Packages unzipped in this run, at hand from landing to conforming, so that no byte is unzipped and looked at twice."""

import shutil
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from headwater.lake.building import room
from headwater.lake.manifest import Manifest
from headwater.sources import Package, open_package
from headwater.sources.edge import Desk
from headwater.sources.mapping import Mapping

MOST = 4 << 30
"""Bytes of unzipped files kept at hand; what is over that is unzipped again when it is conformed."""


class Opened:
    """The packages opened since the lock was taken. Forgotten, files and all, when it is given back."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._packages: dict[str, Package] = {}
        self._size = 0

    def open(self, path: Path, desk: Desk | None = None, mappings: Sequence[Mapping] = ()) -> Package:
        """Open a package where its files can stay; a new one with a `desk`, which makes it safe, and the `mappings` agreed.

        Raises as `open_package` does.
        """
        return open_package(path, self._folder, desk=desk, mappings=mappings)

    def keep(self, digest: str, package: Package) -> None:
        """Have an opened package at hand under the SHA-256 of what is kept of it, if there is room."""
        size = sum(extract.size for extract in package.extracts)
        if digest not in self._packages and self._size + size <= MOST:
            self._packages[digest] = package
            self._size += size
        else:
            _clear(package)

    @contextmanager
    def of(self, manifest: Manifest, path: Path) -> Generator[Package]:
        """A landed package, unzipped for the length of the block: the one at hand if it is what landed, or else from `path`."""
        package = self._packages.pop(manifest.package, None)
        if package is None or _said(package) != {(extract.name, extract.sha256) for extract in manifest.extracts}:
            package = self.open(path)
        else:
            self._size -= sum(extract.size for extract in package.extracts)
        try:
            yield package
        finally:
            _clear(package)


@contextmanager
def opened(scratch: Path) -> Generator[Opened]:
    """Nothing is open at first; nothing is left at the end."""
    with room(scratch, "opened") as folder:
        yield Opened(folder)


def _said(package: Package) -> set[tuple[str, str]]:
    return {(extract.name, extract.sha256) for extract in package.extracts}


def _clear(package: Package) -> None:
    for folder in sorted({extract.path.parent for extract in package.extracts}):
        shutil.rmtree(folder, ignore_errors=True)
