"""A back-up taken, while people are at work if need be."""

import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connections
from django.db.migrations.loader import MigrationLoader

from headwater.lake import Workspace
from headwater.lake.packing import fingerprint
from headwater.vocabulary import WorkspaceTrouble, WrongRequest
from headwater.web.backups.archive import Writing, chunks_of, written
from headwater.web.backups.contents import files_of
from headwater.web.backups.rows import lines_of, name_of, standing_still, tables
from headwater.web.upgrading import has_tables, refuse_newer

PATIENCE = 600
"""Seconds that a build in hand is waited for."""
Tell = Callable[[int, int, str], None]


def _nobody(done: int, out_of: int, doing: str) -> None:
    """Told, where nobody listens."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What was backed up."""

    path: Path
    files: int
    rows: int
    size: int
    sha256: str
    """Of the whole: whoever keeps it elsewhere can tell later that the back-up is this one."""


def back_up(
    workspace: Workspace,
    target: Path,
    *,
    using: str = "default",
    tell: Tell = _nobody,
    patience: int = PATIENCE,
) -> Taken:
    """Write the workspace and the rows of its rooms into one new file, whole or not at all.

    Files are those of one moment, because nothing is landed, built or deleted meanwhile; so are rows, and people go on writing them.
    Raises WrongRequest where `target` is there already or lies in the workspace, WorkspaceTrouble where a build goes on for longer
    than `patience` seconds or the database is newer than this Headwater.
    """
    if target.resolve().is_relative_to(workspace.root.resolve()):
        raise WrongRequest(
            "A back-up that lay in the workspace would be lost with it, and be in the next one. Choose another place."
        )
    with written(target) as archive, _locked(workspace, patience):
        _rows(archive, using, tell)
        found = list(files_of(workspace.root))
        for done, (name, path) in enumerate(found):
            tell(done, len(found), name)
            archive.add(f"workspace/{name}", chunks_of(path))
        tell(len(found), len(found), "")
        rows = sum(archive.manifest.tables.values())
    return Taken(target, len(found), rows, target.stat().st_size, fingerprint(target))


def _rows(archive: Writing, using: str, tell: Tell) -> None:
    """Every row of the rooms; none where nobody has opened them yet."""
    connection = connections[using]
    if not has_tables(using):
        return
    with standing_still(connection):
        refuse_newer(using)
        loader = MigrationLoader(connection)
        for app, name in sorted(loader.applied_migrations):
            archive.manifest.migrations.setdefault(app, []).append(name)
        for model in tables(loader, loader.applied_migrations):
            name = name_of(model)
            tell(0, 1, name)
            archive.manifest.tables[name] = 0
            archive.add(f"rows/{name}.jsonl", _counted(archive, name, lines_of(model, using)))


def _counted(archive: Writing, name: str, lines: Iterator[bytes]) -> Generator[bytes]:
    for line in lines:
        archive.manifest.tables[name] += 1
        yield line


@contextmanager
def _locked(workspace: Workspace, patience: int) -> Generator[None]:
    """Hold the workspace, once whoever is at work in it has done."""
    last = time.monotonic() + patience
    while True:
        lock = workspace.lock()
        try:
            _ = lock.__enter__()
            break
        except WorkspaceTrouble:
            if time.monotonic() >= last:
                raise
            time.sleep(1)
    try:
        yield
    finally:
        _ = lock.__exit__(None, None, None)
