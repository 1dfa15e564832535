"""Build beside, put in place whole: nothing half-made is ever where a reader looks."""

import json
import os
import shutil
import sys
import time
import uuid
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from headwater.lake.lock import alive, undisturbed


def canonical(said: Any) -> bytes:
    """JSON that does not depend on who writes it: keys sorted, no spaces, UTF-8."""
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8")


@contextmanager
def room(scratch: Path, what: str) -> Generator[Path]:
    """A new folder for the length of the block; its name says whose it is, so that the living can clear up after the dead."""
    scratch.mkdir(parents=True, exist_ok=True)
    folder = scratch / f"{what}-{os.getpid()}-{uuid.uuid4().hex[:8]}"
    try:  # Ctrl-C may come as soon as it is made: it is known what to remove before it is there
        folder.mkdir(mode=0o700)
        yield folder
    finally:
        with undisturbed():
            shutil.rmtree(folder, ignore_errors=True)


def sweep(scratch: Path) -> None:
    """Remove what runs that died left in `scratch`. What belongs to a living run stays."""
    if not scratch.is_dir():
        return
    for left in sorted(scratch.iterdir()):
        owner = left.name.split("-")[1:2]
        if owner and owner[0].isdigit() and alive(int(owner[0])):
            continue
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)


def put(building: Path, home: Path) -> None:
    """Rename a finished folder into its place, after its files are safely on the disk."""
    for file in sorted(path for path in building.rglob("*") if path.is_file()):
        _settle(file)
    home.parent.mkdir(parents=True, exist_ok=True)
    _rename(building, home)


def write_text(path: Path, text: str, scratch: Path) -> None:
    """Write a text file whole, or leave what was there."""
    with room(scratch, "writing") as folder:
        beside = folder / path.name
        beside.write_text(text, encoding="utf-8", newline="\n")
        _settle(beside)
        path.parent.mkdir(parents=True, exist_ok=True)
        _rename(beside, path)


def write_record(path: Path, record: Any) -> None:
    """Write a record as JSON a person can read, always the same for the same record."""
    text = json.dumps(record, indent=1, sort_keys=True, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _settle(file: Path) -> None:
    with file.open("rb+") as handle:
        os.fsync(handle.fileno())


def _rename(beside: Path, home: Path) -> None:
    """Windows refuses a rename while a virus scanner is looking: try again for a moment."""
    for wait in (0.1, 0.4, 1.5) if sys.platform == "win32" else ():
        try:
            beside.replace(home)
        except PermissionError:
            time.sleep(wait)
        else:
            return
    beside.replace(home)
