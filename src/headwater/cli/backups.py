"""The whole workspace in one file, out of it again, and the database brought up to this version."""

import os
from pathlib import Path
from typing import Annotated

import typer

from headwater.cli.console import bars, complain, say, say_json
from headwater.cli.options import HERE, AsJson, Where
from headwater.vocabulary import HeadwaterError


def backup(
    file: Annotated[Path, typer.Argument(help="The file to write, outside the workspace. It must not be there yet.")],
    where: Where = HERE,
    json: AsJson = False,
) -> None:
    """Write the whole workspace into one file: what landed, agreements, editions, ledgers, and every row of the rooms.

    It may be taken while people are at work. The same workspace gives the same bytes. The file holds figures that are not released
    and people's addresses, and is not encrypted: only you may read it, and where you take it is for you to protect.
    """
    from headwater.lake import open_workspace
    from headwater.web.serving import set_up

    workspace = open_workspace(where, tidy=False)
    set_up(workspace.root)

    from headwater.cli.rooms import database_errors
    from headwater.web.backups import KEPT_ELSEWHERE, back_up

    with database_errors(), bars() as progress:
        taken = back_up(workspace, file, tell=progress.stage("Backing up"))
    if json:
        say_json(taken)
        return
    say(
        f"Backed up {taken.files:,} files and {taken.rows:,} rows of the rooms in {taken.path} ({taken.size / 1e6:,.1f} MB)."
    )
    say(f"SHA-256 {taken.sha256}: keep it elsewhere, and you can tell later whether the file is still this one.")
    say("Not in it: work in progress, files nobody has let in yet, who is signed in, and secrets. Keep elsewhere")
    for secret in KEPT_ELSEWHERE:
        say(f"  - {secret}")


def restore(
    file: Annotated[Path, typer.Argument(help="A file that `headwater backup` wrote.")],
    folder: Annotated[Path, typer.Argument(help="The folder to restore into. It must be empty, or not there yet.")],
) -> None:
    """Put a back-up into a new folder, and the rows of its rooms into an empty database; whole, or not at all.

    The database is a file in the folder, or the one that HEADWATER_DATABASE names: a back-up taken on SQLite goes into PostgreSQL, and
    the other way. One that was taken by an older Headwater is brought up to this version. Both ledgers are followed afterwards.
    """
    from headwater.web.serving import set_up

    set_up(folder)

    from headwater.cli.doctor import ledgers
    from headwater.cli.rooms import database_errors
    from headwater.web.backups import restore as put_back

    with database_errors():
        restored = put_back(file, folder)
    say(f"Restored {restored.files:,} files and {restored.rows:,} rows of the rooms in {folder}.")
    found = list(ledgers(restored.workspace))
    for check in found:
        (say if check.state == "well" else complain)(f"{check.name}: {check.said}.")
    say("Everybody signs in again. Next: put the keys back, then headwater doctor, and headwater serve.")
    if any(check.state == "wrong" for check in found):
        raise typer.Exit(HeadwaterError.exit_code)


def upgrade(where: Where = HERE) -> None:
    """Bring the database of the rooms up to this version of Headwater, as `headwater serve` does: for a server that others start.

    Take a back-up first. Every row is kept; a database that a newer version made is refused and not touched.
    """
    from headwater.lake import open_workspace
    from headwater.web.environment import keep_secret_key
    from headwater.web.serving import set_up

    workspace = open_workspace(where, tidy=False)
    if not os.environ.get("HEADWATER_SECRET_KEY"):
        _ = keep_secret_key(workspace.root)
    set_up(workspace.root)

    from headwater.cli.rooms import database_errors
    from headwater.web.upgrading import bring_up_to_date

    with database_errors():
        bring_up_to_date()
    say("The database is as this version has it.")
