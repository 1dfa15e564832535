"""The files inside a zip, a folder or a single file, offered one by one and never trusted."""

import gzip
import io
import shutil
import zipfile
import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from headwater.sources.text import read_pieces
from headwater.sources.zips import name_of, opened, refuse_bomb, safe_entries
from headwater.vocabulary import BadInput, StorageTrouble

MOST_HELD = 1 << 29
"""Bytes of a file inside a zip that are held in memory, where it can only be read from several places at once."""
KINDS = (".csv", ".geojson", ".parquet", ".xlsx", ".ods", ".xml")
OFFICE = ("[content_types].xml", "meta-inf/manifest.xml")
"""What every office document holds, and no archive of data."""
UNREAD = {
    ".zip": "a zip inside a folder: land it by itself",
    ".xlsm": "a workbook with macros: save it as an ordinary workbook, .xlsx",
    ".xlsb": "a binary workbook: save it as an ordinary workbook, .xlsx",
    ".xls": "an old Excel file, in which hidden columns cannot be told from others: save it as .xlsx",
    ".fods": "a flat OpenDocument file: save it as .ods",
}
"""What is like data and is not read, and what to do."""
_OTHER = "not a kind of file that is read: CSV, XLSX, ODS, Parquet, XML or GeoJSON"


@dataclass(frozen=True, slots=True)
class Member:
    """One file that may hold data; `pieces()` streams its bytes, unzipped."""

    name: str
    pieces: Callable[[], Iterator[bytes]]
    path: Path | None = None
    """Where it lies on the disk as it is, if it does: neither in a zip nor gzipped."""

    @property
    def kind(self) -> str:
        """One of KINDS, whether or not it is gzipped; anything else is not data."""
        return PurePosixPath(self.name.casefold().removesuffix(".gz")).suffix

    def whole(self) -> IO[bytes]:
        """The file open for reading from any place: where it lies, or in memory. Raises BadInput where it is too large."""
        return self.path.open("rb") if self.path else io.BytesIO(b"".join(self._held()))

    def _held(self) -> Iterator[bytes]:
        held = 0
        for piece in self.pieces():
            held += len(piece)
            if held > MOST_HELD:
                raise BadInput(f"{self.name} is too large to be read inside a zip: unzip it, and land it by itself.")
            yield piece


@dataclass(frozen=True, slots=True)
class Offer:
    """Every file found, and those left alone with the reason why."""

    members: tuple[Member, ...]
    ignored: tuple[tuple[str, str], ...]


@contextmanager
def offered(path: Path, room: Path) -> Generator[Offer]:
    """The files at `path`. Raises BadInput where they are unsafe to open, StorageTrouble where `room` is too small."""
    if path.is_dir():
        yield _folder(path)
    elif path.suffix.casefold() == ".zip":
        with opened(path) as archive:
            yield _zip(path, archive, shutil.disk_usage(room).free)
    else:
        yield _choose([_on_disk(path, path.name)], [])


def _folder(folder: Path) -> Offer:
    members: list[Member] = []
    ignored: list[tuple[str, str]] = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            ignored.append((name, "a link: only real files are read"))
        elif path.name.startswith("~$"):
            ignored.append((name, "left behind by Excel while a workbook is open"))
        elif path.is_file():
            members.append(_on_disk(path, name))
    return _choose(members, ignored)


def _choose(members: list[Member], ignored: list[tuple[str, str]]) -> Offer:
    """Set apart what is not data by its name."""
    ignored += [(member.name, UNREAD.get(member.kind, _OTHER)) for member in members if member.kind not in KINDS]
    return Offer(tuple(member for member in members if member.kind in KINDS), tuple(sorted(ignored)))


def _on_disk(path: Path, name: str) -> Member:
    def pieces() -> Iterator[bytes]:
        if path.suffix.casefold() == ".gz":
            return _gunzipped(path, name)
        return _plain(path)

    return Member(name, pieces, None if path.suffix.casefold() == ".gz" else path)


def _plain(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from read_pieces(file)


def _gunzipped(path: Path, name: str) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from _grown(file, name, path.stat().st_size)


def _grown(file: IO[bytes], name: str, size: int) -> Iterator[bytes]:
    """A gzip file's contents, as long as they do not grow like a bomb."""
    grown = 0
    try:
        with gzip.open(file) as inside:
            for piece in read_pieces(inside):
                grown += len(piece)
                refuse_bomb(name, size, grown)
                yield piece
    except (gzip.BadGzipFile, zlib.error, EOFError) as problem:
        raise BadInput(f"{name} is cut short or is not gzip. Download it again.") from problem


def _zip(path: Path, archive: zipfile.ZipFile, free: int) -> Offer:
    """The members of a zip, once the whole of its list has been found safe."""
    entries = safe_entries(path.name, archive)
    if any(name_of(entry).casefold() in OFFICE for entry in entries):
        raise BadInput(
            f"{path.name} is an office document that is called a zip. Give it its own ending back, like .xlsx."
        )
    if (needed := sum(entry.file_size for entry in entries)) > free:
        raise StorageTrouble(
            f"{path.name} unpacks to {needed / 1e9:.1f} GB and {free / 1e9:.1f} GB are free. Make room."
        )
    return _choose([_in_zip(archive, entry) for entry in entries], [])


def _in_zip(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Member:
    name = name_of(entry)

    def pieces() -> Iterator[bytes]:
        with archive.open(entry) as file:
            yield from _grown(file, name, entry.file_size) if name.casefold().endswith(".gz") else read_pieces(file)

    return Member(name, pieces)
