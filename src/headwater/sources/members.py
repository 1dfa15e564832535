"""The files inside a zip, a folder or a single file, offered one by one and never trusted."""

import gzip
import io
import re
import shutil
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from headwater.sources.text import looks_like, read_pieces
from headwater.vocabulary import BadInput, StorageTrouble

MOST_FILES = 20_000
MOST_GROWTH = 250
"""Bytes out for each byte in. Police files grow about tenfold; a bomb grows a thousandfold."""
SMALL = 10 << 20
"""Below this many bytes no file is a bomb."""
MOST_HELD = 1 << 29
"""Bytes of a file inside a zip that are held in memory, where it can only be read from several places at once."""
KINDS = (".csv", ".geojson", ".parquet")


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
        with _opened(path) as archive:
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
        elif path.is_file():
            members.append(_on_disk(path, name))
    return _choose(members, ignored)


def _choose(members: list[Member], ignored: list[tuple[str, str]]) -> Offer:
    """Set apart what is not data by its name."""
    for member in members:
        if member.kind == ".zip":
            ignored.append((member.name, "a zip inside a folder: land it by itself"))
        elif member.kind not in KINDS:
            ignored.append((member.name, "not a kind of file that is read: CSV, GeoJSON or Parquet"))
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
                _refuse_bomb(name, size, grown)
                yield piece
    except (gzip.BadGzipFile, zlib.error, EOFError) as problem:
        raise BadInput(f"{name} is cut short or is not gzip. Download it again.") from problem


def _refuse_bomb(name: str, size: int, grown: int) -> None:
    if grown > SMALL and grown > MOST_GROWTH * max(size, 1):
        raise BadInput(f"{name} unpacks to over {MOST_GROWTH} times its size, as no data file does. It was not opened.")


@contextmanager
def _opened(path: Path) -> Generator[zipfile.ZipFile]:
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


def _zip(path: Path, archive: zipfile.ZipFile, free: int) -> Offer:
    """The members of a zip, once the whole of its list has been found safe."""
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > MOST_FILES:
        raise BadInput(f"{path.name} holds {len(entries):,} files; the most Headwater opens at once is {MOST_FILES:,}.")
    for entry in entries:
        _check(path.name, entry)
    names = Counter(_name(entry).casefold() for entry in entries)
    if twice := sorted(name for name, count in names.items() if count > 1):
        raise BadInput(f"{path.name} holds {twice[0]!r} more than once, so it is not clear which to read.")
    if (needed := sum(entry.file_size for entry in entries)) > free:
        raise StorageTrouble(
            f"{path.name} unpacks to {needed / 1e9:.1f} GB and {free / 1e9:.1f} GB are free. Make room."
        )
    return _choose([_in_zip(archive, entry) for entry in sorted(entries, key=_name)], [])


def _name(entry: zipfile.ZipInfo) -> str:
    return entry.filename.replace("\\", "/")


def _check(package: str, entry: zipfile.ZipInfo) -> None:
    """Refuse a zip for any one member that could write where it should not, or that cannot be read."""
    name = _name(entry)
    where = f"{package} holds {name!r}, which"
    if name.startswith("/") or re.match(r"[A-Za-z]:", name) or ".." in name.split("/"):
        raise BadInput(f"{where} points outside the archive. It was not opened.")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise BadInput(f"{where} is a link and not a file. It was not opened.")
    if entry.flag_bits & 0x1:
        raise BadInput(f"{where} is locked with a password. Ask for it without one.")
    if name.casefold().endswith((".zip", ".7z", ".rar", ".tar", ".tgz")):
        raise BadInput(f"{where} is an archive inside an archive. Unpack it and land what is inside.")
    if name.casefold().endswith(("[content_types].xml", "meta-inf/manifest.xml")):
        raise BadInput(f"{package} is an office document, not an archive of data. Save it as CSV.")
    _refuse_bomb(f"{name} in {package}", entry.compress_size, entry.file_size)


def _in_zip(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Member:
    name = _name(entry)

    def pieces() -> Iterator[bytes]:
        with archive.open(entry) as file:
            yield from _grown(file, name, entry.file_size) if name.casefold().endswith(".gz") else read_pieces(file)

    return Member(name, pieces)
