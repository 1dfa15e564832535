"""Holding the figures of a text against one another."""

from pathlib import Path
from typing import Annotated

import typer

from headwater.cli import showing
from headwater.cli.console import say_json
from headwater.cli.options import AsJson
from headwater.vocabulary import UntrueClaim


def check_figures(
    files: Annotated[list[Path], typer.Argument(help="Text files: `.md` or `.txt`, in UTF-8.")],
    json: AsJson = False,
) -> None:
    """Look for figures in a text that contradict one another.

    The same thing said with two figures, shares that do not follow from their counts, sums that do not come out, and figures whose
    scope must be said. Several files are held together. Ends with exit code 5 where both figures cannot be right. What it reads, and
    what it misses, is on the page “Check the figures of a text”.
    """
    from headwater.assessment import check_files, is_mistake

    found = check_files(files)
    say_json(found) if json else showing.doubts(found, asked=True)
    if any(map(is_mistake, found)):
        raise typer.Exit(UntrueClaim.exit_code)
