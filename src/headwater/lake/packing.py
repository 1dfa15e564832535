"""What is kept of what was handed over: the file itself, or one stored zip of a folder's data files."""

import hashlib
import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path

from headwater.sources import Package
from headwater.vocabulary import BadInput

_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the earliest day a zip can say; a folder has no date of its own


def keep(path: Path, package: Package, folder: Path) -> Path:
    """Copy a file byte for byte into `folder`, or pack a folder's recognised files into one zip there."""
    if path.is_dir():
        files = {extract.file or extract.name for extract in package.extracts}
        return _packed(path, files, folder / f"{path.resolve().name}.zip")
    return Path(shutil.copyfile(path, folder / path.name))


def fingerprint(path: Path) -> str:
    """The SHA-256 of a file, as 64 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _packed(root: Path, names: Iterable[str], target: Path) -> Path:
    """A zip that depends on the files' names and bytes only: stored, in the order of their names, with one old date."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(names):
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.create_system = 3  # the same whichever system packs it
            entry.external_attr = 0o100644 << 16
            source = root / name
            if not source.is_file():
                raise BadInput(f"{name} went from the folder {root.name} while it was being landed. Land it again.")
            entry.file_size = source.stat().st_size
            with source.open("rb") as original, archive.open(entry, "w") as copy:
                shutil.copyfileobj(original, copy, 1 << 20)
    return target
