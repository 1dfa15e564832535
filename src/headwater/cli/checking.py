"""`headwater check`: what is covered, what was set aside, what the rows leave unsaid, and figures that contradict one another."""

from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING

from headwater.cli import coverage, showing
from headwater.cli.console import say, say_json
from headwater.cli.options import HERE, AsJson, Where

if TYPE_CHECKING:
    from headwater.lake.quality import Fault, Said


def check(where: Where = HERE, json: AsJson = False) -> None:
    """Show what is covered, month by month, what was wrong with it and where, and what the rows leave unsaid.

    A month that is absent or partial has no figure in the assessment, and neither has any year over it. A late one counts. Rows set
    aside are named by file and line, so that whoever sent them can look. Published figures that contradict one another, were revised
    by a later release, or do not come to their total are listed.
    """
    from headwater.assessment import figures_of_lake
    from headwater.engine import open_engine
    from headwater.lake import open_snapshot, open_workspace
    from headwater.lake.quality import faults, said

    workspace = open_workspace(where)
    snapshot = open_snapshot(workspace)
    with open_engine(workspace.settings.engine, scratch=workspace.scratch) as engine:
        doubts, kept = figures_of_lake(workspace, engine), said(snapshot, engine)
    wrong = faults(snapshot)
    if json:
        told = {"snapshot": snapshot.digest, "coverage": snapshot.coverage.rows, "accounts": snapshot.accounts}
        say_json(told | {"faults": list(map(asdict, wrong)), "said": list(map(asdict, kept)), "doubts": doubts})
        return
    coverage.show(snapshot.coverage)
    coverage.show_undated(snapshot.provenance)
    showing.accounts(snapshot.accounts, reasons=False)
    _show(wrong, kept)
    showing.doubts(doubts)


def _show(wrong: Sequence["Fault"], kept: Sequence["Said"]) -> None:
    """Dataset by dataset, a sentence a line."""
    for dataset, found in groupby(wrong, key=lambda fault: fault.dataset):
        say(f"\nSet aside of {dataset}", style="bold")
        showing.lines(fault.words for fault in found)
    for dataset, each in groupby(kept, key=lambda one: one.dataset):
        say(f"\nWhat the rows of {dataset} say", style="bold")
        showing.lines(one.words for one in each)
