"""A zip that strangers made, opened only when the whole of its list has been found safe."""

import re
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from headwater.sources.text import looks_like
from headwater.vocabulary import BadInput

MOST_FILES = 20_000
MOST_GROWTH = 250
"""Bytes out for each byte in. Police files grow about tenfold; a bomb grows a thousandfold."""
SMALL = 10 << 20
"""Below this many bytes no file is a bomb."""


def refuse_bomb(name: str, size: int, grown: int) -> None:
    if grown > SMALL and grown > MOST_GROWTH * max(size, 1):
        raise BadInput(f"{name} unpacks to over {MOST_GROWTH} times its size, as no data file does. It was not opened.")


@contextmanager
def opened(path: Path) -> Generator[zipfile.ZipFile]:
    with path.open("rb") as file:
        kind = looks_like(file.read(64))
    if kind in {"a web page", "a PDF"}:
        raise BadInput(f"{path.name} is {kind}, not a zip archive: the download went wrong. Download it again.")
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as problem:
        raise BadInput(
            f"{path.name} is cut short, damaged or packed in a way Headwater does not read. Download it again."
        ) from problem


def safe_entries(package: str, archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The files of an archive, by name. Raises BadInput where any one of them is not safe to open."""
    entries = [entry for entry in archive.infolist() if not name_of(entry).endswith("/")]
    if len(entries) > MOST_FILES:
        raise BadInput(f"{package} holds {len(entries):,} files; the most Headwater opens at once is {MOST_FILES:,}.")
    for entry in entries:
        _check(package, entry)
    names = Counter(name_of(entry).casefold() for entry in entries)
    if twice := sorted(name for name, count in names.items() if count > 1):
        raise BadInput(f"{package} holds {twice[0]!r} more than once, so it is not clear which to read.")
    return sorted(entries, key=name_of)


def name_of(entry: zipfile.ZipInfo) -> str:
    return entry.filename.replace("\\", "/")


def _check(package: str, entry: zipfile.ZipInfo) -> None:
    """Refuse a zip for any one member that could write where it should not, or that cannot be read."""
    name = name_of(entry)
    if not name:
        raise BadInput(f"{package} holds a file without a name. It was not opened.")
    where = f"{package} holds {name!r}, which"
    if name.startswith("/") or re.match(r"[A-Za-z]:", name) or ".." in name.split("/"):
        raise BadInput(f"{where} points outside the archive. It was not opened.")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise BadInput(f"{where} is a link and not a file. It was not opened.")
    if entry.flag_bits & 0x1:
        raise BadInput(f"{where} is locked with a password. Ask for it without one.")
    if name.casefold().endswith((".zip", ".7z", ".rar", ".tar", ".tgz")):
        raise BadInput(f"{where} is an archive inside an archive. Unpack it and land what is inside.")
    refuse_bomb(f"{name} in {package}", entry.compress_size, entry.file_size)
