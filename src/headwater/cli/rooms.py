"""Are the rooms well: is their database as this version has it, and does their ledger still say what it said?"""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

from headwater.cli.doctor import Check
from headwater.vocabulary import WorkspaceTrouble

DATABASE, LEDGER = "Rooms' database", "Rooms' ledger"


@contextmanager
def database_errors() -> Generator[None]:
    """Inside this block a database that will not answer raises WorkspaceTrouble, which does not hold what the database says."""
    from django.db import DatabaseError, InterfaceError

    try:
        yield
    except (DatabaseError, InterfaceError) as problem:
        raise WorkspaceTrouble(
            f"The database would not do it ({type(problem).__name__}). See that it runs, that HEADWATER_DATABASE names it, and what "
            "headwater doctor says. Nothing was half-written."
        ) from problem


def examine_rooms(root: Path) -> Iterator[Check]:
    """Look at the database that the rooms of the workspace in `root` are kept in. Changes nothing."""
    from headwater.web.serving import set_up

    set_up(root)

    from django.db import DatabaseError

    try:
        yield _database()
        yield _ledger()
    except DatabaseError as problem:
        do = "see that it runs, and that HEADWATER_DATABASE names it"
        yield Check(DATABASE, "wrong", f"it would not answer ({type(problem).__name__})", do)


def _database() -> Check:
    from headwater.web.upgrading import refuse_newer, waits

    try:
        refuse_newer()
    except WorkspaceTrouble as problem:
        return Check(DATABASE, "wrong", str(problem))
    if waiting := waits():
        return Check(
            DATABASE, "mind", f"{waiting:,} changes of this version wait", "headwater backup, then headwater upgrade"
        )
    return Check(DATABASE, "well", "as this version has it")


def _ledger() -> Check:
    from headwater.partnership.questions import chain

    found = chain()
    if found.broken_at is not None:
        do = "find out who can write to the database, and restore a back-up from before the change"
        return Check(LEDGER, "wrong", f"it was changed at line {found.broken_at:,}", do)
    return Check(LEDGER, "well", f"{found.lines:,} lines, an unbroken chain; the last seal begins {found.seal[:12]}")
