"""A back-up put into a new workspace and an empty database, whole or not at all."""

import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import IntegrityError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from headwater.lake import Workspace, open_workspace
from headwater.lake.settings import NAME
from headwater.vocabulary import BadInput, WorkspaceTrouble, storage_errors
from headwater.web.backups.archive import Manifest, opened
from headwater.web.backups.rows import count_on, name_of, tables, write_rows
from headwater.web.environment import FILE
from headwater.web.upgrading import bring_up_to_date, has_tables, refuse_unknown

FOLDERS = ("landed", "conformed", "shelf", "editions")
"""Those of a workspace that may be empty, which a back-up does not hold then."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored."""

    workspace: Workspace
    files: int
    rows: int
    made_by: str


def restore(path: Path, folder: Path, *, using: str = "default") -> Restored:
    """Put the back-up at `path` into `folder`, which is empty or not there, and its rows into the database, which has no table.

    Raises WorkspaceTrouble where either holds anything or the back-up is of a newer Headwater; BadInput where the file is no back-up,
    is cut short or was changed. Then nothing is left of what was begun.
    """
    refuse_full(folder)
    connection = connections[using]
    with opened(path) as archive, storage_errors(f"restoring {path.name}"), _beside(folder) as building:
        archive.unpack(building)
        root = building / "workspace"
        if not (root / NAME).is_file():
            raise BadInput(f"{path.name} holds no workspace: it has no {NAME}. Restore another; nothing was changed.")
        for name in FOLDERS:
            (root / name).mkdir(exist_ok=True)
        with _database(connection, root, folder):
            if archive.manifest.migrations:
                _fill(connection, archive.manifest, building / "rows")
            _put(connection, root, folder)
        rows = sum(archive.manifest.tables.values())
        files = len(archive.manifest.members) - len(archive.manifest.tables)
    return Restored(open_workspace(folder, tidy=False), files, rows, archive.manifest.made_by)


def refuse_full(folder: Path) -> None:
    """Raises WorkspaceTrouble unless `folder` is empty or not there."""
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise WorkspaceTrouble(
            f"{folder} is not empty, and a back-up is never laid over anything. Name a folder that is, or a new one."
        )


@contextmanager
def _beside(folder: Path) -> Generator[Path]:
    """A folder on the same disk, gone at the end of the block."""
    folder.resolve().parent.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.resolve().parent))
    try:
        yield building
    finally:
        shutil.rmtree(building, ignore_errors=True)


@contextmanager
def _database(connection: BaseDatabaseWrapper, root: Path, folder: Path) -> Generator[None]:
    """What is done to the database inside the block is done whole or not at all. A file is made where the workspace is being made."""
    if connection.vendor != "sqlite":
        if has_tables(connection.alias):
            raise WorkspaceTrouble(
                "The database is not empty, and a back-up is never laid over anything. Make a new one, or drop all that is in it, "
                "and name it in HEADWATER_DATABASE."
            )
        with transaction.atomic(using=connection.alias):
            yield
        return
    connection.close()
    connection.settings_dict["NAME"] = root / FILE
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = folder / FILE


def _fill(connection: BaseDatabaseWrapper, manifest: Manifest, rows: Path) -> None:
    """Make the tables as they were, put the rows in, and bring the whole up to date."""
    loader = MigrationLoader(connection)
    made = {(app, name) for app, names in manifest.migrations.items() for name in names}
    refuse_unknown(loader, made)
    executor = MigrationExecutor(connection)
    _ = executor.migrate(_last(executor.loader, made))
    kept = tables(loader, made)
    if set(map(name_of, kept)) != set(manifest.tables):
        raise BadInput(
            "The tables of this back-up are not those that its manifest tells of. Restore another; nothing was changed."
        )
    with transaction.atomic(using=connection.alias):
        for model in kept:
            name = name_of(model)
            with (rows / f"{name}.jsonl").open("rb") as lines:
                if write_rows(model, lines, connection.alias) != manifest.tables[name]:
                    raise BadInput(
                        f"{name} has not the number of rows its manifest tells of. Restore another; nothing was changed."
                    )
        _check(connection)
    count_on(kept, connection.alias)
    bring_up_to_date(connection.alias)


def _last(loader: MigrationLoader, made: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """Of each application the changes that no other of the same follows."""
    known = made & set(loader.graph.nodes)
    followed = {parent.key for key in known for parent in loader.graph.node_map[key].parents if parent.key[0] == key[0]}
    return sorted(known - followed)


def _check(connection: BaseDatabaseWrapper) -> None:
    try:
        connection.check_constraints()
    except IntegrityError as problem:
        raise BadInput(
            "A row of this back-up points to a row that is not in it. Restore another; nothing was changed."
        ) from problem


def _put(connection: BaseDatabaseWrapper, root: Path, folder: Path) -> None:
    """The last step: the finished folder takes its name."""
    if connection.vendor == "sqlite":
        connection.close()
    refuse_full(folder)
    if folder.exists():
        folder.rmdir()
    _ = root.replace(folder)
