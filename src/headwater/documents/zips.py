"""Zip files that come out the same every time: members in order, one fixed time, no trace of the machine."""

import zipfile
from collections.abc import Iterable
from pathlib import Path

from headwater.vocabulary import storage_errors

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip can hold: it says nothing about when the file was made."""


def write_zip(path: Path, members: Iterable[tuple[str, bytes]], *, stored: frozenset[str] = frozenset()) -> None:
    """Write `members` in the order given; those named in `stored` are left uncompressed."""
    with storage_errors(f"writing {path.name}"), zipfile.ZipFile(path, "w") as archive:
        for name, content in members:
            info = zipfile.ZipInfo(name, EPOCH)
            info.create_system = 3  # zipfile writes 0 on Windows and 3 elsewhere
            info.external_attr = 0o644 << 16
            info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, content)


def members_of(archive: zipfile.ZipFile, *, first: tuple[str, ...] = ()) -> list[tuple[str, bytes]]:
    """Every member by name, those of `first` leading, as some formats ask."""
    names = sorted(archive.namelist(), key=lambda name: (first.index(name) if name in first else len(first), name))
    return [(name, archive.read(name)) for name in names]
