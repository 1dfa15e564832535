"""Verbs that ask and change nothing: what differs between two editions, what is measured, and when something is due."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from headwater.cli import showing
from headwater.cli.clock import day
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


def due(
    clock: Annotated[
        str, typer.Argument(help="The clock, such as `inspection-report`: a file of `definitions/clocks`.")
    ],
    started: Annotated[
        str | None, typer.Argument(help="The day that set it going, as 2026-11-23. Today, if left out.")
    ] = None,
    where: Annotated[
        Path | None,
        typer.Option("--workspace", "-w", help="Use the clocks and holidays of this workspace, its own included."),
    ] = None,
    json: AsJson = False,
) -> None:
    """Say when an answer or a report is due, and show the working."""
    from headwater.assessment import bank_holidays, clocks
    from headwater.lake import open_workspace
    from headwater.vocabulary import WrongRequest, did_you_mean, reckon

    root = open_workspace(where).root if where else None
    known = clocks(root)
    if clock not in known:
        raise WrongRequest(f"no clock is called {did_you_mean(clock, known)}")
    reckoned = reckon(known[clock], date.fromisoformat(day(started)), bank_holidays(root).values())
    if json:
        say_json({"clock": clock, "started": reckoned.started, "due": reckoned.due, "working": reckoned.working()})
    else:
        showing.reckoning(reckoned)
