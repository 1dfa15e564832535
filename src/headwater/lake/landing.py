"""Landing: what a partner sent is kept byte for byte, or what was made of it at the edge; with a note of what it is."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from headwater import __version__, ledger
from headwater.lake.building import put, room, write_record
from headwater.lake.deletions import refuse_deleted
from headwater.lake.desk import LOOKUPS, Edge
from headwater.lake.discretion import discreet, masked
from headwater.lake.manifest import NAME, Crossed, LandedExtract, Manifest, read_manifest, read_manifests
from headwater.lake.packing import fingerprint, keep
from headwater.lake.workspace import Workspace
from headwater.sources import Extract, Package, contract
from headwater.sources.mapping import read_mappings
from headwater.vocabulary import storage_errors

Progress = Callable[[int, int, str], object]
"""Called with what is done, out of how much, and what it is."""


def silence(done: int, total: int, what: str) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True, slots=True)
class Landing:
    """What became of one file or folder."""

    package: str
    """The SHA-256 of what is kept."""
    new: bool
    """False where the same bytes had landed before, and nothing was changed."""
    extracts: int
    rows: int
    ignored: tuple[tuple[str, str], ...]
    """(name, reason) for each file that was left alone."""
    notes: tuple[str, ...] = ()
    name: str = ""
    """What it is called: by whoever sent it where it is public, by us where it is not."""
    finds_places: bool = False
    """Is there a look-up in it that finds places for what lands after it, once it is conformed?"""


def land(
    workspace: Workspace,
    path: Path,
    *,
    received: str = "",
    key_file: Path | None = None,
    progress: Progress = silence,
) -> Landing:
    """Land a zip, folder or file. `received` is the day it came, as 2026-11-23; this room has no clock.

    A file with personal columns needs a sharing agreement in force on that day and the key in `key_file`; it is read in
    memory only, and what lands is what was made safe of it. Raises BadInput where nothing in it is known or a known file is
    not what it should be, NotAgreed where no agreement lets it in, StorageTrouble where the disk is full, WorkspaceTrouble
    where another run is at work. Whatever happens, a package is landed whole or not at all.
    """
    with (
        discreet(path),
        workspace.lock() as opened,
        storage_errors("landing"),
        room(workspace.scratch, "landing") as folder,
    ):
        progress(0, 3, "opening")
        before = read_manifests(workspace.landed)
        edge = Edge(workspace.root, before, received, key_file)
        package = opened.open(path, edge.desk, read_mappings(workspace.root))
        progress(1, 3, "copying")
        building = folder / "package"
        building.mkdir()
        kept, packed = keep(path, package, building)
        manifest = _manifest(path, kept, package, before, edge, received)
        refuse_deleted(workspace.root, manifest)
        landing = _settle(workspace, manifest, building, _notes(manifest, before, packed and not path.is_dir()))
        opened.keep(landing.package, package)
        progress(3, 3, "landed" if landing.new else "had landed before")
        return landing


def _manifest(
    path: Path, kept: Path, package: Package, before: tuple[Manifest, ...], edge: Edge, received: str
) -> Manifest:
    private = any(extract.agreement for extract in package.extracts)
    return Manifest(
        package=fingerprint(kept),
        name=kept.stem if private else path.resolve().name,
        file=kept.name,
        sequence=max((manifest.sequence for manifest in before), default=0) + 1,
        received=received,
        software=__version__,
        extracts=tuple(_extract(each, edge) for each in sorted(package.extracts, key=lambda extract: extract.name)),
        ignored=masked(package.ignored) if private else package.ignored,
        notes=package.nameless if private else package.notes,
        crossed=tuple(
            Crossed(
                dataset=each.dataset,
                fingerprint=each.fingerprint,
                made_with=edge.made_with(each.agreement),
                rows=each.rows,
                removed=each.removed,
                found=each.found,
            )
            for each in package.passed
        ),
        key_mark=edge.key_mark if package.passed else "",
    )


def _extract(extract: Extract, edge: Edge) -> LandedExtract:
    promised = contract(extract.dataset)
    return LandedExtract(
        name=extract.name,
        dataset=extract.dataset,
        producer=extract.producer,
        month=extract.month,
        months=extract.months,
        rows=extract.rows,
        sha256=extract.sha256,
        licence=promised.licence,
        attribution=promised.attribution,
        terms=edge.terms.get(extract.agreement),
    )


def _notes(manifest: Manifest, before: tuple[Manifest, ...], packed: bool) -> tuple[str, ...]:
    """What a person should be told of how it was taken in, besides what the manifest says."""
    said = [f"{what}: {many:,} left out" for each in manifest.crossed for what, many in each.removed]
    said += [f"{what}: {many:,} of {each.rows:,} rows" for each in manifest.crossed for what, many in each.found]
    known = {each.fingerprint for earlier in before for each in earlier.crossed}
    if any(each.fingerprint in known for each in manifest.crossed):
        said.append("the same file landed before; it is read again with the look-ups, words and agreement of today")
    if packed and manifest.ignored:
        said.append(f"packed again without {len(manifest.ignored):,} files that are not kept")
    return tuple(said)


def _settle(workspace: Workspace, manifest: Manifest, building: Path, notes: tuple[str, ...]) -> Landing:
    home = workspace.landed / manifest.short
    new = not home.exists()
    if new:
        write_record(building / NAME, replace(manifest, ignored=masked(manifest.ignored)).record())
        put(building, home)
    else:
        manifest = read_manifest(home)
    _note(workspace, manifest)
    return Landing(
        package=manifest.package,
        new=new,
        extracts=len(manifest.extracts),
        rows=sum(extract.rows for extract in manifest.extracts),
        ignored=manifest.ignored,
        notes=(*manifest.notes, *notes),
        name=manifest.name,
        finds_places=any(extract.dataset in LOOKUPS for extract in manifest.extracts),
    )


def _note(workspace: Workspace, manifest: Manifest) -> None:
    """Say in the ledger that a package landed, once; a run may have died between the landing and the saying."""
    said = {entry.to for entry in ledger.read(workspace.ledger) if entry.did == "landed"}
    if manifest.package not in said:
        workspace.note("landed", manifest.package, because=manifest.name, when=manifest.received or None)
