"""A file that was made to harm, or to try whether anybody looks: refused before anything opens it.

This is no virus scanner. It knows the file that scanners are tried with, what can run, and a file that is not what its name says.
"""

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from headwater.sources.members import KINDS, UNREAD
from headwater.sources.text import looks_like
from headwater.sources.zips import opened, safe_entries
from headwater.vocabulary import BadInput

TAKEN = (*KINDS, ".zip")
"""What may be sent, by the end of its name; each may be gzipped."""
_TRIAL = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}" + b"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""What the EICAR test file says, in two pieces, so that no scanner takes this module for it."""
_LOOKED_AT = 4096
_RUNS = {b"MZ": "a Windows program", b"\x7fELF": "a program", b"#!": "a script", b"\xca\xfe\xba\xbe": "a program"}
_PROGRAMS = frozenset((
    ".exe", ".com", ".dll", ".scr", ".bat", ".cmd", ".ps1", ".vbs", ".js", ".jar", ".msi", ".lnk", ".hta", ".sh", ".docm",
    ".xlsm", ".xlsb", ".xltm", ".xlam", ".pptm",
))  # fmt: skip
_PACKED = {".xlsx": b"PK", ".ods": b"PK", ".zip": b"PK", ".parquet": b"PAR1", ".gz": b"\x1f\x8b"}


def refuse_ending(name: str) -> None:
    """Raise BadInput where a file's name does not end as that of a kind of file that may be sent."""
    kind = _kind(name)
    if kind not in TAKEN:
        why = UNREAD.get(kind, "it is not a kind of file that is read here")
        raise BadInput(
            f"The file cannot be taken: {why}. Send CSV, XLSX, ODS, Parquet, XML, GeoJSON, or a zip of these."
        )


def refuse_hostile(path: Path) -> None:
    """Look at the beginning of a file, and of every file in a zip. Raises BadInput, saying what it is; a folder is nobody's upload."""
    if path.is_dir():
        return
    refuse_ending(path.name)
    with path.open("rb") as file:
        first = file.read(_LOOKED_AT)
    _refuse(path.name, first)
    packed = _PACKED.get(PurePosixPath(path.name.casefold()).suffix)
    if packed and not first.startswith(packed):
        raise BadInput(f"{path.name} is {looks_like(first) or 'text'}, whatever its name says. It was not opened.")
    if path.suffix.casefold() in (".zip", ".xlsx", ".ods"):
        _refuse_inside(path)
    elif path.suffix.casefold() == ".gz":
        _refuse(path.name, _unpacked(path))


def _kind(name: str) -> str:
    return PurePosixPath(name.casefold().removesuffix(".gz")).suffix


def _refuse(name: str, first: bytes) -> None:
    if _TRIAL in first:
        raise BadInput(f"{name} holds what virus scanners are tried with (EICAR). Nothing of it was kept.")
    if runs := next((what for magic, what in _RUNS.items() if first.startswith(magic)), None):
        raise BadInput(f"{name} is {runs}, and no data. It was refused.")


def _refuse_inside(path: Path) -> None:
    for name, first in _beginnings(path):
        if PurePosixPath(name.casefold()).suffix in _PROGRAMS:
            raise BadInput(
                f"{path.name} holds a program or a file with macros, which is no data. It was refused whole."
            )
        _refuse(path.name, first)


def _unpacked(path: Path) -> bytes:
    try:
        with gzip.open(path) as file:
            return file.read(_LOOKED_AT)
    except (OSError, EOFError, zlib.error) as problem:
        raise BadInput(f"{path.name} is cut short or is not gzip. Send it again.") from problem


def _beginnings(path: Path) -> Iterator[tuple[str, bytes]]:
    """The name and the first bytes of every file in a zip whose list has been found safe."""
    with opened(path) as archive:
        for entry in safe_entries(path.name, archive):
            try:
                with archive.open(entry) as file:
                    yield entry.filename, file.read(_LOOKED_AT)
            except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as problem:
                raise BadInput(f"{path.name} is damaged or locked. Ask for it again, without a password.") from problem
