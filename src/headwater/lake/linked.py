"""The links of a workspace: which records of different partners are of one person, as keys, with the papers that they need.

linked/<digest>/linked.parquet     the links
linked/<digest>/linkage.json       their papers
linked/latest                      which of them is in use; there is never more than one for long
"""

import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from headwater.lake.agreements import Agreement
from headwater.lake.building import canonical, put, room, write_record, write_text
from headwater.lake.packing import fingerprint
from headwater.lake.terms import Terms
from headwater.lake.workspace import Workspace
from headwater.vocabulary import WorkspaceTrouble

FOLDER, NAME, TABLE, LATEST = "linked", "linkage.json", "linked", "latest"
FORMAT = 1
Ends = tuple[float, float, float]
"""A value, its lower and its upper limit; shares of one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedFile:
    """One partner's file whose records were linked."""

    dataset: str
    fingerprint: str
    """Made with the key: it tells the file among those that landed, and nothing to anybody without the key."""
    package: str
    """The SHA-256 of what landed of it."""
    received: str
    records: int
    """Records that were compared."""
    terms: Terms
    """The sharing agreement, as it was on the day of the linking."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """What people found who looked at a sample of pairs without knowing what had been made of them."""

    judged: int
    same: int
    unsure: int
    """Pairs that nobody could judge."""
    precision: Ends
    recall: Ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """The papers of all the links there are."""

    digest: str
    """Of the links, and of all that decides what they mean; the same on any day."""
    linkage: str
    """The name of the definition,"""
    version: str
    sha256: str
    """and of its file."""
    on: str
    """The day of the linking."""
    files: tuple[LinkedFile, ...]
    links: int
    reviewed: Reviewed | None
    key_mark: str
    lacking: tuple[str, ...] = ()
    """In a snapshot: the datasets of which something is in use that was never linked."""

    @property
    def short(self) -> str:
        """The name of the links' folder."""
        return self.digest[:16]

    @property
    def where(self) -> str:
        """The links' folder, from the workspace's root."""
        return f"{FOLDER}/{self.short}"

    @property
    def datasets(self) -> tuple[str, ...]:
        return tuple(sorted({file.dataset for file in self.files}))

    @property
    def terms(self) -> tuple[Terms, ...]:
        """Every agreement once, by name and version."""
        once = {(file.terms.agreement, file.terms.sha256): file.terms for file in self.files}
        return tuple(terms for _, terms in sorted(once.items()))

    def today(self, agreements: Mapping[str, Agreement]) -> tuple[Terms, ...]:
        """The terms of every file as its agreement has them now."""
        return tuple(file.terms.today(agreements, file.received) for file in self.files)


def keep_links(workspace: Workspace, links: pa.Table, papers: Linked) -> Linked:
    """Put links into the workspace in place of any there were, whole or not at all, and say so in the ledger."""
    before = read_linked(workspace.root)
    with room(workspace.scratch, "linking") as folder:
        building = folder / "linked"
        building.mkdir()
        pq.write_table(links, building / f"{TABLE}.parquet", compression="zstd")
        kept = replace(papers, digest=_digest(papers, fingerprint(building / f"{TABLE}.parquet")))
        write_record(building / NAME, {"format": FORMAT, **asdict(kept)})
        home = workspace.root / kept.where
        if not home.exists():
            put(building, home)
    write_text(workspace.root / FOLDER / LATEST, f"{kept.digest}\n", workspace.scratch)
    sweep_linked(workspace.root, kept)
    workspace.note("linked", kept.digest, because=_words(kept, before), when=kept.on)
    return read_linked(workspace.root) or kept


def read_linked(root: Path) -> Linked | None:
    """The papers of the links in use, or None where there are none. Raises WorkspaceTrouble where they are damaged."""
    pointer = root / FOLDER / LATEST
    if not pointer.is_file():
        return None
    home = root / FOLDER / pointer.read_text("utf-8").strip()[:16]
    if not (home / NAME).is_file():
        return None  # deleted, by a run that died before it could say so here
    try:
        said: dict[str, Any] = json.loads((home / NAME).read_text("utf-8"))
        if said.pop("format") > FORMAT:
            raise WorkspaceTrouble("the links were made by a newer Headwater: upgrade to read them")
        return linked_from(said)
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise WorkspaceTrouble(f"{FOLDER}/{home.name}/{NAME} is damaged. Link the files again.") from problem


def linked_from(said: Mapping[str, Any]) -> Linked:
    """Papers as they were before they were written down."""
    found: dict[str, Any] = {
        "files": tuple(LinkedFile(**(each | {"terms": Terms(**each["terms"])})) for each in said["files"]),
        "reviewed": _reviewed(said["reviewed"]) if said["reviewed"] else None,
        "lacking": tuple(said["lacking"]),
    }
    return Linked(**{**said, **found})


def sweep_linked(root: Path, kept: Linked | None) -> None:
    """Remove links that others took the place of, and those of a run that died before they were in use."""
    for other in sorted((root / FOLDER).glob("*/")):
        if kept is None or other.name != kept.short:
            shutil.rmtree(other)


def _reviewed(said: Mapping[str, Any]) -> Reviewed:
    ends: dict[str, Any] = {word: tuple(said[word]) for word in ("precision", "recall")}
    return Reviewed(**{**said, **ends})


def _digest(papers: Linked, links: str) -> str:
    """Of the links and their papers; neither the day they were made nor the days the files came are in it."""
    said = asdict(papers) | {"digest": links, "on": "", "lacking": ()}
    said["files"] = sorted(
        [file.dataset, file.fingerprint, file.package, file.terms.sha256, file.records] for file in papers.files
    )
    return hashlib.sha256(canonical(said)).hexdigest()


def _words(kept: Linked, before: Linked | None) -> str:
    under = ", ".join(f"{terms.agreement} (version {terms.version})" for terms in kept.terms)
    judged = f"reviewed: {kept.reviewed.judged:,} pairs" if kept.reviewed else "not reviewed"
    place = f"; in place of {before.short}" if before and before.digest != kept.digest else ""
    return (
        f"{kept.linkage} version {kept.version}: {kept.links:,} links between {' and '.join(kept.datasets)}; under {under}; "
        f"{judged}{place}"
    )


def fewest_days(terms: Sequence[Terms]) -> Terms:
    """The terms by which something must go first."""
    return min(terms, key=lambda each: (each.delete_by, each.agreement))
