"""The commands for what is agreed and what is secret: sharing agreements, and the key that person keys are made with."""

import os
from pathlib import Path
from typing import Annotated

import typer

from headwater.cli.clock import day
from headwater.cli.console import say, say_json
from headwater.cli.options import HERE, AsJson, Where

KEY_FILE = "HEADWATER_KEY_FILE"
agreement = typer.Typer(
    no_args_is_help=True, help="Sharing agreements: the terms that partners' files come under, as files that are read."
)
key = typer.Typer(
    no_args_is_help=True,
    help="The secret that person keys are made with. It is never inside a workspace, and never shown.",
)

KeyFile = Annotated[
    Path | None,
    typer.Option(
        "--key-file",
        help="The secret that person keys are made with: a file outside every workspace.",
        envvar=KEY_FILE,
        show_default="person.key in your settings folder",
    ),
]


def key_path(said: Path | None) -> Path:
    """Where the key is: as said, or in the user's own settings folder."""
    return said or Path(typer.get_app_dir("headwater")) / "person.key"


@key.command("new")
def key_new(key_file: KeyFile = None) -> None:
    """Make a new key, readable by you alone. It is written to its file and shown to nobody.

    Keep a copy where your information governance lead says. Whoever has it can find out whether somebody they know is in the
    data; whoever has lost it can never match new records with old.
    """
    from headwater.sources.edge import LENGTH, make_key

    made = make_key(key_path(key_file), os.urandom(LENGTH))
    say(f"Made {key_path(key_file)}, of mark {made.mark}. Keep it out of every workspace, and a copy somewhere safe.")


@agreement.command("new")
def agreement_new(
    name: Annotated[str, typer.Argument(help="What to call it: the name of its file, without an ending.")],
    where: Where = HERE,
) -> None:
    """Write a new agreement into the workspace for you to fill in, with every field there is to choose from."""
    from headwater.lake import open_workspace
    from headwater.lake.agreements import write_template
    from headwater.sources import sources

    needing = [each for source in sources() for each in source.contracts.values() if each.agreement]
    columns = {each.dataset: [column.name for column in each.columns] for each in needing}
    path = write_template(open_workspace(where).root, name, columns)
    say(f"Made {path}. Fill it in from the signed agreement; nothing lands under it until then.")


@agreement.command("list")
def agreement_list(where: Where = HERE) -> None:
    """List the agreements of the workspace: until when each is in force, and what it shares."""
    from headwater.cli import showing
    from headwater.lake import open_workspace
    from headwater.lake.agreements import agreements_of

    today = day(None)
    showing.table(
        ("Agreement", "Version", "In force", "Shares", "Kept for", "Smallest shown"),
        [
            (each.name, each.version, _force(each.starts.isoformat(), each.expires.isoformat(), today),
             ", ".join(sorted(each.datasets)), f"{each.retention_months} months", str(each.smallest_shown))
            for each in agreements_of(open_workspace(where).root).values()
        ],
    )  # fmt: skip


def retain(
    where: Where = HERE,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be deleted, and delete nothing.")] = False,
    json: AsJson = False,
) -> None:
    """Delete what sharing agreements say must go by today, and prove that it is gone.

    What landed and what was read from it are deleted, file by file, and the ledger says so. Editions stay, marked as resting on
    deleted data. The same file will not land again.
    """
    from headwater.cli import showing
    from headwater.lake import open_workspace
    from headwater.lake import retain as delete_what_is_due

    deletions = delete_what_is_due(open_workspace(where), day(None), dry_run=dry_run)
    say_json(deletions) if json else showing.deletions(deletions, dry_run=dry_run)


def _force(starts: str, expires: str, today: str) -> str:
    if today > expires:
        return f"ended on {expires}"
    return f"until {expires}" if today >= starts else f"from {starts}"
