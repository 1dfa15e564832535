"""Verbs that ask and change nothing: what differs between two editions, and what is measured."""

from pathlib import Path
from typing import Annotated

import typer

from headwater.cli import showing
from headwater.cli.console import say_json
from headwater.cli.options import HERE, AsJson, Where


def compare(
    earlier: Annotated[str, typer.Argument(help="The earlier edition, by name.")],
    later: Annotated[str, typer.Argument(help="The later edition, by name.")],
    where: Where = HERE,
    json: AsJson = False,
) -> None:
    """List what changed between two editions: figures that moved, claims no longer true, ranks that changed."""
    from headwater.assessment import compare as hold_together
    from headwater.lake import open_workspace

    answer = hold_together(open_workspace(where), earlier, later)
    say_json(answer) if json else showing.comparison(answer)


def measures(
    where: Annotated[
        Path | None, typer.Option("--workspace", "-w", help="List the measures of this workspace, its own included.")
    ] = None,
    json: AsJson = False,
) -> None:
    """List the measures: what each counts, among whom, and who agreed it."""
    from headwater.assessment import measures as agreed
    from headwater.lake import open_workspace

    found = agreed(open_workspace(where).root if where else None)
    say_json(found) if json else showing.measures(found)
