"""What came with a package, written beside it on the day it landed."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from headwater.lake.terms import Terms
from headwater.vocabulary import WorkspaceTrouble

NAME = "manifest.json"
FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class LandedExtract:
    """One data file of a package, as it was when it landed."""

    name: str
    dataset: str
    producer: str
    month: str | None
    rows: int
    sha256: str
    licence: str
    attribution: str
    months: tuple[str, ...] = ()
    """Every month it covers, where it covers several."""
    terms: Terms | None = None
    """The sharing agreement it landed under."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossed:
    """What became of one file with personal columns at the edge. Of the file itself this is all that is known here."""

    dataset: str
    fingerprint: str
    """Of the file as it was sent, made with the key: it tells the same file again, and nothing to anybody without the key."""
    made_with: str
    """The digest of the agreement, the key's mark, the look-ups and the lists of words it was read with."""
    rows: int
    removed: tuple[tuple[str, int], ...]
    """(kind, filled cells or columns) that were left out."""
    found: tuple[tuple[str, int], ...]
    """(what, rows): keys by what they rest on, places by how sure they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """One package: what it is called, what is in it, when it came."""

    package: str
    """The SHA-256 of the file that is kept."""
    name: str
    """What the file or folder was called."""
    file: str
    """What it is called here."""
    sequence: int
    """The first to land is 1; settles which of two releases of one month came later."""
    received: str
    """The day it came, as it was handed in; empty where nobody said."""
    software: str
    extracts: tuple[LandedExtract, ...]
    ignored: tuple[tuple[str, str], ...]
    """(name, reason) for each file that was left alone."""
    notes: tuple[str, ...]
    crossed: tuple[Crossed, ...] = ()
    """The files that were made safe on the way in."""
    key_mark: str = ""
    """Which key the person keys were made with; nothing can be made with the mark."""

    def record(self) -> dict[str, Any]:
        return {"format": FORMAT, **asdict(self)}

    @property
    def short(self) -> str:
        """The name of the package's folder."""
        return self.package[:16]

    @property
    def datasets(self) -> tuple[str, ...]:
        return tuple(sorted({extract.dataset for extract in self.extracts}))


def read_manifest(folder: Path) -> Manifest:
    """The manifest of one landed package. Raises WorkspaceTrouble where it cannot be read."""
    path = folder / NAME
    try:
        said: dict[str, Any] = json.loads(path.read_text("utf-8"))
        if said.pop("format") > FORMAT:
            raise WorkspaceTrouble(
                f"landed/{folder.name} was landed by Headwater {said['software']}: upgrade to read it"
            )
        said["extracts"] = tuple(map(_extract, said["extracts"]))
        said["ignored"] = tuple((name, why) for name, why in said["ignored"])
        said["notes"] = tuple(said["notes"])
        said["crossed"] = tuple(map(_crossed, said.get("crossed", ())))
        return Manifest(**said)
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise WorkspaceTrouble(
            f"landed/{folder.name}/{NAME} is missing or damaged. Move the folder away and land the package again."
        ) from problem


def _extract(said: dict[str, Any]) -> LandedExtract:
    terms = Terms(**said["terms"]) if said.get("terms") else None
    listed: dict[str, Any] = {"months": tuple(said.get("months", ())), "terms": terms}
    return LandedExtract(**(said | listed))


def _crossed(said: dict[str, Any]) -> Crossed:
    listed: dict[str, Any] = {word: tuple(map(tuple, said[word])) for word in ("removed", "found")}
    return Crossed(**(said | listed))


def read_manifests(landed: Path) -> tuple[Manifest, ...]:
    """Every landed package, in the order they landed."""
    folders = sorted(path for path in landed.iterdir() if path.is_dir()) if landed.is_dir() else []
    return tuple(sorted(map(read_manifest, folders), key=lambda manifest: manifest.sequence))
