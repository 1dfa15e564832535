"""The editions of the workspace that is served. Each is read once, for as long as its folder stays what it was."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404

from headwater.web.humane import said

Record = Mapping[str, Any]
RECORD = "package/assessment.json"
MOST = 2
"""Records kept in memory at once: a large area's takes some hundred megabytes."""


@dataclass(frozen=True, slots=True)
class OnShelf:
    """One edition on disk. Two that are equal are the same folder, unchanged since it was put in place."""

    name: str
    folder: Path
    mark: tuple[int, int]
    """Which record it is, and when it was written: another edition of the same name has another."""

    @property
    def organisation(self) -> None:
        """An edition is the partnership's, and no one organisation's."""
        return

    @property
    def site(self) -> Path:
        return self.folder / "site"

    @property
    def record(self) -> Record:
        """The edition as its package says it."""
        return _read(self)

    @property
    def said(self) -> Record:
        """What it says of itself: title, author, area, the day it was published, policy, licence, software."""
        return self.record["edition"]

    @property
    def day(self) -> str:
        """The day that is printed on it, in words where it is a day."""
        return said(self.said["published"])

    @property
    def called(self) -> str:
        """Its name as people say it: most are named by their day."""
        return said(self.name)


def shelved() -> tuple[OnShelf, ...]:
    """Every edition, by name, the latest first."""
    folder = Path(settings.WORKSPACE) / "editions"
    found = [_on_shelf(record.parents[1]) for record in folder.glob(f"*/{RECORD}") if _is_whole(record)]
    newest = _latest(folder)
    return tuple(sorted(found, key=lambda each: (each.name == newest, each.name), reverse=True))


def edition_in_hand() -> OnShelf | None:
    """The edition made last, or None before there is one."""
    return next(iter(shelved()), None)


def edition_named(edition: str) -> OnShelf:
    """The edition of this name. Only what is on the shelf is ever opened, whatever an address says."""
    for each in shelved():
        if each.name == edition:
            return each
    raise Http404


def _is_whole(record: Path) -> bool:
    return not record.parents[1].name.startswith(".")


def _on_shelf(folder: Path) -> OnShelf:
    stat = (folder / RECORD).stat()
    return OnShelf(folder.name, folder, (stat.st_ino, stat.st_mtime_ns))


def _latest(folder: Path) -> str:
    pointer = folder / "latest"
    return pointer.read_text(encoding="utf-8").strip() if pointer.is_file() else ""


@lru_cache(maxsize=MOST)
def _read(edition: OnShelf) -> Record:
    return json.loads((edition.folder / RECORD).read_text(encoding="utf-8"))
