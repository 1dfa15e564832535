"""The database as this version of Headwater has it: made, brought up to date, or refused where a newer version made it."""

from pathlib import Path

from django.core.management import call_command
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from headwater import __version__
from headwater.vocabulary import WorkspaceTrouble


def bring_up_to_date(using: str = "default") -> None:
    """Give the database the tables of this version, keeping every row. Raises WorkspaceTrouble where a newer version made it."""
    refuse_newer(using)
    call_command("migrate", verbosity=0, database=using)
    call_command("createcachetable", verbosity=0, database=using)


def has_tables(using: str = "default") -> bool:
    """Has anything been kept in it yet? A file that is not there is not made by asking."""
    connection = connections[using]
    if (
        connection.vendor == "sqlite"
        and not _in_memory(connection)
        and not Path(connection.settings_dict["NAME"]).is_file()
    ):
        return False
    return bool(connection.introspection.table_names())


def _in_memory(connection: BaseDatabaseWrapper) -> bool:
    return bool(getattr(connection, "is_in_memory_db", bool)())


def waits(using: str = "default") -> int:
    """How many changes this version has to make to it."""
    executor = MigrationExecutor(connections[using])
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def refuse_newer(using: str = "default") -> None:
    """Raises WorkspaceTrouble where the database had changes made to it that this version does not know."""
    if has_tables(using):
        loader = MigrationLoader(connections[using])
        refuse_unknown(loader, set(loader.applied_migrations))


def refuse_unknown(loader: MigrationLoader, made: set[tuple[str, str]]) -> None:
    """Raises WorkspaceTrouble where a change among `made` is of an application, or a number, that comes after what is known."""
    known = dict[str, str]()
    for app, name in loader.disk_migrations:
        known[app] = max(name, known.get(app, ""))
    newer = sorted((app, name) for app, name in made - set(loader.disk_migrations) if name > known.get(app, ""))
    if newer:
        app, name = newer[0]
        raise WorkspaceTrouble(
            f"The database was made by a newer Headwater than this ({__version__}): it has had {len(newer)} "
            f"{'change' if len(newer) == 1 else 'changes'} that this one does not know, the first of them {app} {name}. Upgrade "
            "Headwater, or restore a back-up that was taken before; nothing was changed."
        )
