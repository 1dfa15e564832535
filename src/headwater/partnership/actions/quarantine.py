"""Where a file that somebody sent lies until it is landed or refused: a folder that only this account may look into.

It is a real file, because what reads it must be able to; so it lies here no longer than it must, and everything that settles an
upload deletes it. HEADWATER_QUARANTINE can name a folder in memory, so that it never touches a disk at all.
"""

import re
import shutil
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path, PurePosixPath
from uuid import uuid4

from django.conf import settings
from django.utils import timezone

FOLDER = "quarantine"
LONGEST = 120
ORPHAN = timedelta(hours=1)
"""After this a folder that belongs to no upload was left by a process that died."""
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Parcel:
    """One file in the quarantine that no upload tells of yet."""

    place: str
    name: str
    size: int


def quarantine() -> Path:
    """The folder, made where it is not there yet."""
    folder = Path(settings.QUARANTINE or settings.WORKSPACE / FOLDER)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def new_place(name: str) -> Path:
    """The path of a new file that will be called `name`, or what of that is safe to call a file."""
    folder = quarantine() / uuid4().hex
    folder.mkdir(mode=0o700)
    return folder / safe_name(name)


def safe_name(name: str) -> str:
    """'../x\\ny.csv' as 'x y.csv': a name for a file on any system, with its ending, since the ending says how it is read."""
    plain = re.sub(r"[^\w .()&+,-]+", " ", PurePosixPath(name.replace("\\", "/")).name).strip(" .")
    plain = re.sub(r"\s+", " ", plain) or "file"
    plain = f"_{plain}" if _DEVICES.match(plain) else plain
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 20] + plain[-20:]


def file_at(place: str) -> Path | None:
    """The file in a place, or None where it is gone."""
    folder = quarantine() / place
    return next((path for path in sorted(folder.iterdir()) if path.is_file()), None) if folder.is_dir() else None


def parcel_of(path: Path) -> Parcel:
    """What there is to say of a file that has arrived whole."""
    return Parcel(path.parent.name, path.name, path.stat().st_size)


def throw_away(place: str) -> None:
    """Delete a file and its folder."""
    shutil.rmtree(quarantine() / place, ignore_errors=True)


def throw_away_strays(waiting: Collection[str], settled: Collection[str], age: timedelta = ORPHAN) -> None:
    """Delete what belongs to no upload that waits: what is settled at once, what nobody knows when it is of an age."""
    oldest = (timezone.now() - age).timestamp()
    for folder in quarantine().iterdir():
        known = folder.name in settled
        if folder.name not in waiting and (known or folder.stat().st_mtime <= oldest):
            throw_away(folder.name)
