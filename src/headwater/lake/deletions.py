"""What was deleted because an agreement said it must go: what it was, file by file, and the proof that it is gone."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from headwater.lake.building import write_text
from headwater.lake.manifest import Manifest
from headwater.vocabulary import NotAgreed, WorkspaceTrouble

FOLDER = "deleted"


@dataclass(frozen=True, slots=True)
class Gone:
    """One file that was deleted."""

    path: str
    """From the workspace's root."""
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deletion:
    """One package that was deleted, kept for as long as the workspace is."""

    package: str
    name: str
    agreement: str
    version: str
    clause: str
    received: str
    delete_by: str
    deleted: str
    """The day it was done."""
    files: tuple[Gone, ...]
    fingerprints: tuple[str, ...]
    """Of the files it was made of, made with the key: the same file is known if it comes again."""
    editions: tuple[str, ...]
    """Editions that rest on it; they stay."""


def write_deletion(root: Path, deletion: Deletion, scratch: Path) -> None:
    """Keep the record of a deletion."""
    text = json.dumps(asdict(deletion), indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    write_text(root / FOLDER / f"{deletion.package[:16]}.json", text, scratch)


def read_deletions(root: Path) -> tuple[Deletion, ...]:
    """Every deletion, by package. Raises WorkspaceTrouble where a record is damaged."""
    return tuple(_read(path) for path in sorted((root / FOLDER).glob("*.json")))


def _read(path: Path) -> Deletion:
    try:
        said: dict[str, Any] = json.loads(path.read_text("utf-8"))
        lists: dict[str, Any] = {
            "files": tuple(Gone(**each) for each in said["files"]),
            "fingerprints": tuple(said["fingerprints"]),
            "editions": tuple(said["editions"]),
        }
        return Deletion(**(said | lists))
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise WorkspaceTrouble(f"{FOLDER}/{path.name} is damaged. Put back a copy from before the damage.") from problem


def refuse_deleted(root: Path, manifest: Manifest) -> None:
    """Raise NotAgreed where what is to land is what was deleted: landing it again would start its retention afresh."""
    given = {each.fingerprint for each in manifest.crossed}
    for deletion in read_deletions(root):
        if deletion.package == manifest.package or given & set(deletion.fingerprints):
            raise NotAgreed(
                f"it was deleted on {deletion.deleted}, because clause {deletion.clause} of {deletion.agreement} (version "
                f"{deletion.version}) lets nobody keep it after {deletion.delete_by}. Nothing was kept."
            )
