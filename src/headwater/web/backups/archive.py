"""The file of a back-up: a zip whose members are stored as they are, with a manifest that names each and its SHA-256.

Nothing is compressed, and nothing says when or where it was made: the same workspace gives the same bytes on every machine.
"""

import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

from headwater import __version__
from headwater.documents.zips import EPOCH
from headwater.vocabulary import BadInput, StorageTrouble, WorkspaceTrouble, WrongRequest, storage_errors

FORMAT = 1
MANIFEST = "manifest.json"
AT_ONCE = 1 << 20


@dataclass(frozen=True, slots=True)
class Member:
    """One file in a back-up."""

    name: str
    size: int
    sha256: str


@dataclass(slots=True)
class Manifest:
    """What a back-up says of itself."""

    members: list[Member] = field(default_factory=list)
    tables: dict[str, int] = field(default_factory=dict)
    """Every table, in an order in which each comes after those it points to, and how many rows it has."""
    migrations: dict[str, list[str]] = field(default_factory=dict)
    """How the database was laid out: the changes that had been made to it, by application. Empty where there was none."""
    format: int = FORMAT
    made_by: str = __version__

    @classmethod
    def read(cls, said: bytes) -> Self:
        """Read what stands in a back-up. Raises BadInput where it is not understood, WorkspaceTrouble where it is newer than us."""
        try:
            read: dict[str, Any] = json.loads(said)
            if read["format"] > FORMAT:
                raise WorkspaceTrouble(
                    f"This back-up was made by Headwater {read['made_by']} in a newer way (format {read['format']}; this is "
                    f"{__version__}, which reads up to {FORMAT}). Upgrade Headwater to restore it; nothing was changed."
                )
            members = [Member(**member) for member in read.pop("members")]
            return cls(members=members, **read)
        except (ValueError, KeyError, TypeError, AttributeError) as problem:
            raise BadInput(
                f"{MANIFEST} of this back-up is not understood. Restore another; nothing was changed."
            ) from problem

    def written(self) -> bytes:
        """The same, as JSON that a person can read."""
        return (json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n").encode()


class Writing:
    """A back-up that is being written."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.manifest = Manifest()

    def add(self, name: str, chunks: Iterable[bytes]) -> None:
        """Write one member, and note what was written."""
        seal, size = hashlib.sha256(), 0
        with self._archive.open(_entry(name), "w", force_zip64=True) as member:
            for chunk in chunks:
                _ = member.write(chunk)
                seal.update(chunk)
                size += len(chunk)
        self.manifest.members.append(Member(name, size, seal.hexdigest()))


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.create_system = 3  # the same whichever system writes it
    entry.external_attr = 0o100600 << 16
    return entry


def chunks_of(path: Path) -> Generator[bytes]:
    """The bytes of a file, a piece at a time."""
    with path.open("rb") as file:
        while piece := file.read(AT_ONCE):
            yield piece


@contextmanager
def written(target: Path) -> Generator[Writing]:
    """Write a back-up at `target`: whole at the end of the block, or not at all. Only its owner may read it.

    Raises WrongRequest where there is something already.
    """
    _refuse_other(target)
    with storage_errors(f"writing {target.name}"):
        number, name = tempfile.mkstemp(prefix=f".{target.name}-", suffix=".part", dir=target.resolve().parent)
        beside = Path(name)
        try:
            with os.fdopen(number, "w+b") as file:
                with zipfile.ZipFile(file, "w") as archive:
                    writing = Writing(archive)
                    yield writing
                    archive.writestr(_entry(MANIFEST), writing.manifest.written())
                file.flush()
                os.fsync(file.fileno())
            _refuse_other(target)
            _ = beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)


def _refuse_other(target: Path) -> None:
    if target.exists():
        raise WrongRequest(
            f"{target} is there already, and a back-up never takes the place of anything. Choose another name."
        )
    if not target.resolve().parent.is_dir():
        raise StorageTrouble(f"There is no folder {target.parent}. Make it, or choose another place.")


class Reading:
    """A back-up whose list was found safe. Nothing of what its members hold has been read yet."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._archive = archive
        self._name = name
        if MANIFEST not in archive.namelist():
            raise BadInput(f"{name} is a zip file, but not a back-up of Headwater's: it has no {MANIFEST}.")
        self.manifest = Manifest.read(archive.read(MANIFEST))
        self._check()

    def _check(self) -> None:
        """What lies in it is what its manifest names, once each, stored, and nothing of it points outside."""
        entries = {entry.filename: entry for entry in self._archive.infolist()}
        named = {member.name: member.size for member in self.manifest.members}
        sizes = {name: entry.file_size for name, entry in entries.items() if name != MANIFEST}
        once = len(entries) == len(self._archive.infolist()) == len(self.manifest.members) + 1
        plain = all(entry.compress_type == zipfile.ZIP_STORED and not entry.flag_bits & 1 for entry in entries.values())
        if not (once and plain and sizes == named):
            raise self._altered("it does not hold what its manifest names")
        for name in named:
            if not _is_inside(name):
                raise self._altered(f"{name!r} points outside it")

    def unpack(self, folder: Path) -> None:
        """Write every member into `folder`. Raises BadInput at the first that is not what the manifest says."""
        for member in self.manifest.members:
            path = folder / member.name
            path.parent.mkdir(parents=True, exist_ok=True)
            seal = hashlib.sha256()
            with self._archive.open(member.name) as packed, path.open("wb") as file:
                while piece := packed.read(AT_ONCE):
                    _ = file.write(piece)
                    seal.update(piece)
            if seal.hexdigest() != member.sha256:
                raise self._altered(f"{member.name} is not what was backed up")

    def _altered(self, why: str) -> BadInput:
        return BadInput(f"{self._name} was changed or damaged: {why}. Restore another copy; nothing was changed.")


def _is_inside(name: object) -> bool:
    """Is it the name of a file under the two folders of a back-up, on any system?"""
    if not isinstance(name, str) or "\\" in name or "\0" in name:
        return False
    first, *rest = name.split("/")
    here = Path("/").resolve()
    return (
        first in ("rows", "workspace")
        and bool(rest)
        and not {"", ".", ".."} & set(rest)
        and (here.joinpath(*rest).is_relative_to(here))
    )


@contextmanager
def opened(path: Path) -> Generator[Reading]:
    """Open a back-up. Raises BadInput where it is none, is cut short or was changed."""
    if not path.is_file():
        raise WrongRequest(f"There is no file {path}.")
    try:
        with zipfile.ZipFile(path) as archive:
            yield Reading(archive, path.name)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, UnicodeDecodeError) as problem:
        raise BadInput(
            f"{path.name} is cut short, damaged, or not a back-up. Restore another copy; nothing was changed."
        ) from problem
