"""Deleting what sharing agreements say must go, and proving that it is gone."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

import pyarrow.parquet as pq

from headwater import ledger
from headwater.lake.accounts import NAME as ACCOUNT
from headwater.lake.agreements import Agreement, agreements_of
from headwater.lake.building import room, write_text
from headwater.lake.deletions import Deletion, Gone, read_deletions, write_deletion
from headwater.lake.freezing import LATEST, freeze, open_snapshot
from headwater.lake.linked import FOLDER as LINKS
from headwater.lake.linked import fewest_days, read_linked, sweep_linked
from headwater.lake.manifest import Manifest, read_manifests
from headwater.lake.packing import fingerprint
from headwater.lake.terms import Terms
from headwater.lake.workspace import Workspace
from headwater.vocabulary import WorkspaceTrouble, storage_errors

MARK = "rests-on-deleted-data.txt"
_RECORD = Path("package", "assessment.json")


def retain(workspace: Workspace, day: str, *, dry_run: bool = False) -> tuple[Deletion, ...]:
    """Delete every package that must be gone by `day`, and freeze what is left; with `dry_run`, only say which.

    The earliest day that any file of a package must go by decides for the whole of it. The record of a deletion is written
    before anything goes, so that a run that dies is finished by the next. Raises WorkspaceTrouble where a byte of what was
    deleted is still somewhere in the workspace, saying where.
    """
    with workspace.lock(), storage_errors("deleting what must go"):
        agreements = agreements_of(workspace.root)
        due = [(m, terms) for m in read_manifests(workspace.landed) if (terms := _due(m, agreements, day))]
        deletions = (
            *_of_links(workspace, agreements, {manifest.package for manifest, _ in due}, day),
            *(_deletion(workspace, manifest, terms, day) for manifest, terms in due),
        )
        if not dry_run:
            sweep_linked(workspace.root, read_linked(workspace.root))
            for deletion in deletions:
                _delete(workspace, deletion)
            _finish(workspace)
        return deletions


def _finish(workspace: Workspace) -> None:
    """Say, prove and freeze what this run did, and what one that died left undone."""
    done = [
        each
        for each in read_deletions(workspace.root)
        if not any(map(Path.exists, _homes(workspace, each.package[:16])))
    ]
    said = {entry.to for entry in ledger.read(workspace.ledger) if entry.did == "deleted"}
    for deletion in done:
        if deletion.package not in said:
            because = f"clause {deletion.clause} of {deletion.agreement} (version {deletion.version}): by {deletion.delete_by}"
            workspace.note("deleted", deletion.package, because=because, when=deletion.deleted)
    _prove(workspace.root, done)
    latest = open_snapshot(workspace) if (workspace.shelf / LATEST).is_file() else None
    used = {paper.package for paper in latest.provenance} if latest else set[str]()
    if latest and latest.linked:
        used.add(latest.linked.digest)
    if used & {each.package for each in done}:
        _freeze_again(workspace)


def _due(manifest: Manifest, agreements: Mapping[str, Agreement], day: str) -> Terms | None:
    """The terms that a package must go by, where the day has come; the earliest of its files'."""
    found = [each.terms.today(agreements, manifest.received) for each in manifest.extracts if each.terms]
    past = sorted((each for each in found if each.delete_by <= day), key=lambda each: (each.delete_by, each.agreement))
    return past[0] if past else None


def _deletion(workspace: Workspace, manifest: Manifest, terms: Terms, day: str) -> Deletion:
    return Deletion(
        package=manifest.package,
        name=manifest.name,
        agreement=terms.agreement,
        version=terms.version,
        clause=terms.clause,
        received=manifest.received,
        delete_by=terms.delete_by,
        deleted=day,
        files=_files(workspace, manifest.package),
        fingerprints=tuple(each.fingerprint for each in manifest.crossed),
        editions=tuple(_resting(workspace.editions, manifest.package)),
    )


def _of_links(
    workspace: Workspace, agreements: Mapping[str, Agreement], going: Collection[str], day: str
) -> Iterator[Deletion]:
    """The links, where any of the agreements that they came under says so, or anything that they point at goes."""
    linked = read_linked(workspace.root)
    if linked is None:
        return
    today = zip(linked.files, linked.today(agreements), strict=True)
    due = [terms for file, terms in today if terms.delete_by <= day or file.package in going]
    if not due:
        return
    terms = fewest_days(due)
    yield Deletion(
        package=linked.digest,
        name=f"links between {' and '.join(linked.datasets)}",
        agreement=terms.agreement,
        version=terms.version,
        clause=terms.clause,
        received=linked.on,
        delete_by=terms.delete_by,
        deleted=day,
        files=_files(workspace, linked.digest),
        fingerprints=(),
        editions=tuple(_resting(workspace.editions, linked.digest)),
    )


def _files(workspace: Workspace, package: str) -> tuple[Gone, ...]:
    """Every file of a package or of the links, those that a run which died deleted among them."""
    before = next((each.files for each in read_deletions(workspace.root) if each.package == package), ())
    files = (path for home in _homes(workspace, package[:16]) for path in home.rglob("*") if path.is_file())
    now = (Gone(path.relative_to(workspace.root).as_posix(), path.stat().st_size, fingerprint(path)) for path in files)
    return tuple(sorted({*before, *now}, key=lambda file: (file.path, file.sha256)))


def _homes(workspace: Workspace, short: str) -> tuple[Path, ...]:
    """What was read first: a package without it is read again, where what was read without its package would be lost."""
    return workspace.root / LINKS / short, workspace.conformed / short, workspace.landed / short


def _resting(editions: Path, package: str) -> Iterator[str]:
    """The editions that used the package."""
    for record in sorted(editions.glob(f"*/{_RECORD.as_posix()}")):
        said = json.loads(record.read_text("utf-8"))
        if any(source["sha256"] == package for source in (*said["sources"], *said.get("linkages", ()))):
            yield record.parents[1].name


def _delete(workspace: Workspace, deletion: Deletion) -> None:
    write_deletion(workspace.root, deletion, workspace.scratch)
    for edition in deletion.editions:
        _mark(workspace, edition, deletion)
    with room(workspace.scratch, "deleting") as folder:
        for number, home in enumerate(_homes(workspace, deletion.package[:16])):
            if home.exists():
                home.rename(folder / str(number))  # gone from where it is looked for at once, and whole


def _mark(workspace: Workspace, edition: str, deletion: Deletion) -> None:
    """Say beside an edition, once a package, that what it rests on is gone."""
    path = workspace.editions / edition / MARK
    before = path.read_text("utf-8") if path.is_file() else ""
    line = (
        f"{deletion.name} (SHA-256 {deletion.package}) was deleted on {deletion.deleted}, as {deletion.agreement} says. The "
        "figures of this edition that rest on it cannot be made again.\n"
    )
    if deletion.package not in before:
        write_text(path, before + line, workspace.scratch)


def _prove(root: Path, deletions: Sequence[Deletion]) -> None:
    """Look at every file of the workspace for one that was deleted: anywhere, under any name."""
    gone = {(file.size, file.sha256) for deletion in deletions for file in deletion.files}
    sizes = {size for size, _ in gone}
    left = [
        path.relative_to(root).as_posix()
        for path in sorted(root.rglob("*"))
        if path.is_file()
        and path.stat().st_size in sizes
        and (path.stat().st_size, fingerprint(path)) in gone
        and _holds_rows(path)
    ]
    if left:
        raise WorkspaceTrouble(f"what was deleted is still here, and must be deleted by hand: {', '.join(left)}")


def _holds_rows(path: Path) -> bool:
    """Tables without a row, and accounts of how many, are alike in packages that have nothing else in common."""
    if path.name == ACCOUNT:
        return False
    return path.suffix != ".parquet" or pq.read_metadata(path).num_rows > 0


def _freeze_again(workspace: Workspace) -> None:
    """A snapshot of what is left, or none where nothing is."""
    if read_manifests(workspace.landed):
        freeze(workspace)
    else:
        (workspace.shelf / LATEST).unlink(missing_ok=True)
