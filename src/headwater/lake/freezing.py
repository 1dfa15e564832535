"""Freezing: deciding which file speaks for which month, and putting the answer on the shelf."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from headwater import ledger
from headwater.lake.accounts import add_up, read_account
from headwater.lake.building import canonical, put, room, write_record, write_text
from headwater.lake.lateness import late_returns
from headwater.lake.linked import Linked, read_linked
from headwater.lake.manifest import Manifest, read_manifests
from headwater.lake.parts import Part, parts_of
from headwater.lake.provenance import Provenance, coverage_of, papers
from headwater.lake.snapshot import FORMAT, Snapshot, read_snapshot
from headwater.lake.winners import Held, claims_of, months_by_producer, settle
from headwater.lake.workspace import Workspace
from headwater.sources import contract
from headwater.vocabulary import WrongRequest, storage_errors

LATEST = "latest"
NAME = "snapshot.json"


def freeze(workspace: Workspace) -> Snapshot:
    """Freeze everything that has landed and been conformed, and make it the latest snapshot.

    Raises WrongRequest where nothing has landed or something landed is not conformed, StorageTrouble where the disk is full,
    WorkspaceTrouble where another run is at work.
    """
    with workspace.lock(), storage_errors("freezing a snapshot"):
        held = settle(_conformed_parts(workspace))
        linked = _linked(workspace, held)
        digest = hashlib.sha256(canonical(_contents(held, linked))).hexdigest()
        home = workspace.shelf / digest[:16]
        if not (home / NAME).exists():
            with room(workspace.scratch, "freezing") as folder:
                (folder / "shelf").mkdir()
                write_record(folder / "shelf" / NAME, _record(workspace, held, digest, linked))
                put(folder / "shelf", home)
        _note(workspace, digest)
        write_text(workspace.shelf / LATEST, f"{digest}\n", workspace.scratch)
        return read_snapshot(workspace.root, home / NAME)


def _note(workspace: Workspace, digest: str) -> None:
    """Say in the ledger that a snapshot was frozen, once; a run may have died between the freezing and the saying."""
    said = {entry.to for entry in ledger.read(workspace.ledger) if entry.did == "froze"}
    if digest not in said:
        workspace.note("froze", digest)


def open_snapshot(workspace: Workspace, digest: str | None = None) -> Snapshot:
    """The snapshot of this digest (or the beginning of one), or the latest. Raises WrongRequest where there is none."""
    latest = workspace.shelf / LATEST
    if digest is None:
        if not latest.is_file():
            raise WrongRequest("nothing is frozen yet: land some data first, with `headwater land`")
        digest = latest.read_text("utf-8").strip()
    frozen = sorted(path.name for path in workspace.shelf.iterdir() if (path / NAME).is_file())
    found = [name for name in frozen if digest and (name.startswith(digest) or digest.startswith(name))]
    if len(found) != 1:
        wrong = "more than one snapshot begins" if found else "no snapshot on the shelf begins"
        raise WrongRequest(f"{wrong} {digest[:16]!r}: there are {', '.join(frozen) or 'none'}")
    snapshot = read_snapshot(workspace.root, workspace.shelf / found[0] / NAME)
    if not snapshot.digest.startswith(digest):
        raise WrongRequest(f"no snapshot on the shelf is {digest!r}: there are {', '.join(frozen)}")
    return snapshot


def _conformed_parts(workspace: Workspace) -> tuple[Part, ...]:
    parts = tuple(part for manifest in read_manifests(workspace.landed) for part in parts_of(manifest))
    if not parts:
        raise WrongRequest("nothing has landed yet: there is nothing to freeze")
    if waiting := sorted({part.manifest.name for part in parts if not (workspace.root / part.where).is_dir()}):
        raise WrongRequest(f"{', '.join(waiting)} landed and has not been conformed: conform first, then freeze")
    return parts


def _in_order(held: Sequence[Held]) -> list[Held]:
    """An order that does not depend on when anything landed."""
    return sorted(held, key=lambda each: each.part.where)


def _contents(held: Sequence[Held], linked: Linked | None) -> list[dict[str, Any]]:
    """All that decides what a snapshot says. One without links is named as it was before there were any."""
    named = [_named(each) for each in _in_order(held)]
    return [*named, {"linked": linked.digest, "lacking": linked.lacking}] if linked else named


def _linked(workspace: Workspace, held: Sequence[Held]) -> Linked | None:
    """The links in use, and of which of their datasets something is used that was never linked."""
    linked = read_linked(workspace.root)
    if linked is None:
        return None
    known = {file.fingerprint for file in linked.files}
    manifests = {each.part.dataset: set[Manifest]() for each in held}
    for each in held:
        if each.won:
            manifests[each.part.dataset].add(each.part.manifest)
    lacking = {
        crossed.dataset
        for dataset in linked.datasets
        for manifest in manifests.get(dataset, ())
        for crossed in manifest.crossed
        if crossed.dataset == dataset and crossed.fingerprint not in known
    }
    return replace(linked, lacking=tuple(sorted(lacking)))


def _named(held: Held) -> dict[str, Any]:
    """What a part adds to the digest: whose bytes, read how, and which months of it are used."""
    part = held.part
    return {
        "package": part.manifest.package,
        "dataset": part.dataset,
        "reader": part.reader,
        "files": sorted(extract.name for extract in part.extracts),
        "used": sorted(map(list, held.won), key=str),
    }


def _record(workspace: Workspace, held: Sequence[Held], digest: str, linked: Linked | None) -> dict[str, Any]:
    accounts = {each.part.where: read_account(workspace.root / each.part.where) for each in held}
    provenance = [entry for each in _in_order(held) for entry in papers(each, accounts[each.part.where][1])]
    return {
        "format": FORMAT,
        "digest": digest,
        "parts": [_shelved(each) for each in _in_order(held) if each.won],
        "provenance": [asdict(entry) for entry in sorted(provenance, key=_order)],
        "accounts": [asdict(account) for account in add_up([accounts[each.part.where][0] for each in _in_order(held)])],
        "coverage": [asdict(row) for row in coverage_of(provenance, _lost(held), late_returns(provenance)).rows],
    } | ({"linked": asdict(linked)} if linked else {})


def _order(entry: Provenance) -> tuple[str, ...]:
    return entry.dataset, entry.producer, entry.month or "", entry.package, entry.file


def _lost(held: Sequence[Held]) -> frozenset[tuple[str, str, str | None]]:
    return frozenset(
        (each.part.manifest.package, extract.name, month)
        for each in held
        for extract in each.part.extracts
        for _, _, month in claims_of(extract) & each.lost
    )


def _shelved(held: Held) -> dict[str, Any]:
    part = held.part
    return {
        "where": part.where,
        "dataset": part.dataset,
        "tables": list(contract(part.dataset).tables),
        "without": [[producer, months] for producer, months in months_by_producer(held.lost).items()],
    }
