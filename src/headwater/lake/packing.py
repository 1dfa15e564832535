"""What is kept of what was handed over: the file itself, or one stored zip of the data files in it that are known."""

import hashlib
import shutil
import zipfile
from contextlib import ExitStack
from pathlib import Path
from typing import IO

from headwater.sources import Extract, Package, contract
from headwater.vocabulary import BadInput

_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the earliest day a zip can say; a folder has no date of its own


def keep(path: Path, package: Package, folder: Path) -> tuple[Path, bool]:
    """Copy a file byte for byte into `folder`; or pack what is known of it there into one zip. Was it packed?

    It is packed where it is a folder, where anything in it is left alone (who can say what is in that?), where it is a return that
    people filled in by hand (of which only the table is kept), and where any of it was made safe on the way in: then only the
    safe files are kept of that, and the zip has a name of our own.
    """
    if package.passed:
        name = "-".join(sorted({each.dataset for each in package.passed}))
        return _packed(path, package, folder / f"{name}.zip"), True
    if path.is_dir() or package.ignored or any(map(_made_here, package.extracts)):
        name = path.resolve().name if path.is_dir() else path.name.partition(".")[0]
        return _packed(path, package, folder / f"{name}.zip"), True
    return Path(shutil.copyfile(path, folder / path.name)), False


def fingerprint(path: Path) -> str:
    """The SHA-256 of a file, as 64 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _packed(path: Path, package: Package, target: Path) -> Path:
    """A zip that depends on the files' names and bytes only: stored, in the order of their names, with one old date."""
    kept = {_unit(extract, package): extract for extract in package.extracts}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive, ExitStack() as stack:
        sent = (
            stack.enter_context(zipfile.ZipFile(path)) if path.suffix.casefold() == ".zip" and path.is_file() else None
        )
        entries = {entry.filename.replace("\\", "/"): entry for entry in sent.infolist()} if sent else {}
        for name, extract in sorted(kept.items()):
            if sent and name in entries and not _made_here(extract):
                with sent.open(entries[name]) as original:
                    _store(archive, name, entries[name].file_size, original)
                continue
            source = _source(path, name, extract)
            if not source.is_file():
                raise BadInput(f"{name} went from the folder {path.name} while it was being landed. Land it again.")
            with source.open("rb") as original:
                _store(archive, name, source.stat().st_size, original)
    return target


def _unit(extract: Extract, package: Package) -> str:
    """What is kept for the sake of an extract: the file it came in, or its own table where others of that file are left."""
    others = f"{extract.file}/"
    return (
        extract.name
        if _made_here(extract) or any(name.startswith(others) for name, _ in package.ignored)
        else extract.file or extract.name
    )


def _made_safe(extract: Extract) -> bool:
    return bool(extract.agreement) and contract(extract.dataset).edge is not None


def _made_here(extract: Extract) -> bool:
    """Are its bytes not those that were sent: made safe, read through a mapping, or no more than the table of a return?"""
    return _made_safe(extract) or bool(extract.mapping) or contract(extract.dataset).by_hand


def _source(path: Path, name: str, extract: Extract) -> Path:
    """Where the bytes are: as they were sent, or as they were made when they were opened."""
    if _made_here(extract) or (extract.file and name != extract.file):
        return extract.path
    return path / name if path.is_dir() else path


def _store(archive: zipfile.ZipFile, name: str, size: int, original: IO[bytes]) -> None:
    entry = zipfile.ZipInfo(name, _LONG_AGO)
    entry.create_system = 3  # the same whichever system packs it
    entry.external_attr = 0o100644 << 16
    entry.file_size = size
    with archive.open(entry, "w") as copy:
        shutil.copyfileobj(original, copy, 1 << 20)
