"""The figures that chapters are held against while they are written: the next edition's where they are known, else the last one's."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from headwater.partnership.questions import workspace

if TYPE_CHECKING:
    from headwater.assessment.quotes import Quotable

KEPT = 4
"""Records that are held in memory at once: each is some megabytes."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What may be quoted, of which edition, and the chapters as they stood in it."""

    edition: str
    foreseen: bool
    """Are these the figures of an edition that is not made yet?"""
    published: str
    record: dict[str, Any]
    quotable: "Quotable"
    drafts: dict[str, str]
    titles: dict[str, str]
    """By slug, in the order of an edition."""
    shown: frozenset[str]
    """What `{{ show: … }}` may place."""


def figures(*, foreseen: bool = True) -> Figures | None:
    """The figures to write with; None where there is no edition yet. `foreseen=False` asks for the last edition's own."""
    from headwater.assessment.foreseeing import FORESEEN

    root = workspace().editions
    if foreseen and (root / FORESEEN).is_dir() and _newer(root / FORESEEN, root / "latest"):
        return _read(root / FORESEEN, _stamp(root / FORESEEN))
    latest = root / "latest"
    if not latest.is_file():
        return None
    folder = root / latest.read_text("utf-8").strip()
    return _read(folder, _stamp(folder))


def _newer(folder: Path, pointer: Path) -> bool:
    return not pointer.exists() or folder.stat().st_mtime_ns > pointer.stat().st_mtime_ns


def _stamp(folder: Path) -> int:
    return (folder / "package" / "assessment.json").stat().st_mtime_ns


@lru_cache(maxsize=KEPT)
def _read(folder: Path, stamp: int) -> Figures:  # noqa: ARG001 - a folder that was made anew is read anew
    from headwater.assessment.foreseeing import FORESEEN
    from headwater.assessment.recalled import quotable_of

    record = json.loads((folder / "package" / "assessment.json").read_text("utf-8"))
    drafts = {path.stem: path.read_text("utf-8") for path in sorted((folder / "chapters").glob("*.md"))}
    return Figures(
        edition=folder.name,
        foreseen=folder.name == FORESEEN,
        published=record["edition"]["published"],
        record=record,
        quotable=quotable_of(record),
        drafts=drafts,
        titles=_titles(record, drafts),
        shown=_shown(folder, drafts),
    )


def _titles(record: dict[str, Any], drafts: dict[str, str]) -> dict[str, str]:
    from headwater.assessment.chapters import titles_of

    places = (cell["place"] for finding in record["findings"] for cell in finding["cells"])
    return titles_of(drafts, {place["code"]: place["name"] for place in places})


def _shown(folder: Path, drafts: dict[str, str]) -> frozenset[str]:
    """What may be placed: as it was noted down with the figures, or as the edition's own chapters placed it."""
    from headwater.assessment.foreseeing import SHOWN
    from headwater.assessment.quotes import TOKEN

    if (folder / SHOWN).is_file():
        return frozenset((folder / SHOWN).read_text("utf-8").split("\n")) - {""}
    inside = (found[1] for text in drafts.values() for found in TOKEN.finditer(text))
    return frozenset(word.removeprefix("show:").strip() for word in inside if word.startswith("show:"))
