"""Landing: what a partner sent is kept byte for byte, with a note of what it is."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from headwater import __version__, ledger
from headwater.lake.building import put, room, write_record
from headwater.lake.manifest import NAME, LandedExtract, Manifest, read_manifest, read_manifests
from headwater.lake.packing import fingerprint, keep
from headwater.lake.workspace import Workspace
from headwater.sources import Extract, Package, contract
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


def land(workspace: Workspace, path: Path, *, received: str = "", progress: Progress = silence) -> Landing:
    """Land a zip, folder or file. `received` is the day it came, as 2026-11-23; this room has no clock.

    Raises BadInput where nothing in it is known or a known file is not what it should be, StorageTrouble where the disk
    is full, WorkspaceTrouble where another run is at work. Whatever happens, a package is landed whole or not at all.
    """
    with (
        workspace.lock() as opened,
        storage_errors(f"landing {path.name}"),
        room(workspace.scratch, "landing") as folder,
    ):
        progress(0, 3, f"opening {path.name}")
        package = opened.open(path)
        progress(1, 3, f"copying {path.name}")
        building = folder / "package"
        building.mkdir()
        kept = keep(path, package, building)
        landing = _settle(workspace, _manifest(workspace, path, kept, package, received), building)
        opened.keep(landing.package, package)
        progress(3, 3, f"landed {path.name}" if landing.new else f"{path.name} had landed before")
        return landing


def _manifest(workspace: Workspace, path: Path, kept: Path, package: Package, received: str) -> Manifest:
    before = read_manifests(workspace.landed)
    return Manifest(
        package=fingerprint(kept),
        name=path.resolve().name,
        file=kept.name,
        sequence=max((manifest.sequence for manifest in before), default=0) + 1,
        received=received,
        software=__version__,
        extracts=tuple(map(_extract, sorted(package.extracts, key=lambda extract: extract.name))),
        ignored=package.ignored,
        notes=package.notes,
    )


def _extract(extract: Extract) -> LandedExtract:
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
    )


def _settle(workspace: Workspace, manifest: Manifest, building: Path) -> Landing:
    home = workspace.landed / manifest.short
    new = not home.exists()
    if new:
        write_record(building / NAME, manifest.record())
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
        notes=manifest.notes,
    )


def _note(workspace: Workspace, manifest: Manifest) -> None:
    """Say in the ledger that a package landed, once; a run may have died between the landing and the saying."""
    said = {entry.to for entry in ledger.read(workspace.ledger) if entry.did == "landed"}
    if manifest.package not in said:
        workspace.note("landed", manifest.package, because=manifest.name, when=manifest.received or None)
