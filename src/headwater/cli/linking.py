"""Linking partners' records, and showing what came of it. No name is ever part of the answer."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from headwater.cli import showing
from headwater.cli.clock import day
from headwater.cli.console import say, say_json
from headwater.cli.governing import KeyFile, key_path
from headwater.cli.options import HERE, AsJson, Where
from headwater.vocabulary import WrongRequest

if TYPE_CHECKING:
    from headwater.lake.linked import Reviewed
    from headwater.lake.linking import Linking, Review


def link(
    files: Annotated[
        list[Path], typer.Argument(help="The partners' files, as they came. Each must have landed in this workspace.")
    ],
    where: Where = HERE,
    key_file: KeyFile = None,
    linkage: Annotated[
        str, typer.Option("--linkage", help="How records are compared: a file of `definitions/linkage`.")
    ] = "people",
    review: Annotated[
        int, typer.Option("--review", help="Judge about so many pairs yourself, at this terminal.", min=0)
    ] = 0,
    received: Annotated[
        str | None,
        typer.Option(
            "--received",
            help="The day they were handed over to be linked, as 2026-11-23; every agreement must be in force on it. Today, if left out.",
        ),
    ] = None,
    json: AsJson = False,
) -> None:
    """Find which records of different partners are of one person, and keep that and nothing else.

    The files are read again, in memory only. Every agreement must allow linkage with every other dataset. What is kept is which
    event of one dataset and which of another are of the same person, as keys; it takes the place of any links there were. With
    `--review` you are shown pairs side by side, without being told what was made of them: no figure rests on links that nobody
    has reviewed.
    """
    from headwater.lake import freeze, open_workspace
    from headwater.lake.linking import link as link_records
    from headwater.lake.linking import named_linkage

    if json and review:
        raise WrongRequest("a review is held at the terminal, and --json answers a script: say one of them")
    if absent := [str(path) for path in files if not path.exists()]:
        raise WrongRequest(f"there is no file or folder {', '.join(absent)}. Nothing was linked.")
    workspace, on = open_workspace(where), day(received)
    by_hand = _review(review, on) if review else None
    chosen = named_linkage(workspace.root, linkage)
    with workspace.lock():
        done = link_records(workspace, files, chosen, day=on, key_file=key_path(key_file), review=by_hand)
        snapshot = freeze(workspace)
    say_json(done) if json else _show(done, snapshot.digest)


def _review(pairs: int, on: str) -> "Review":
    import numpy as np

    from headwater.cli.reviewing import at_the_terminal
    from headwater.lake.linking import Review

    return Review(pairs, at_the_terminal(), np.random.default_rng([int(part) for part in on.split("-")]))


def _show(done: "Linking", snapshot: str) -> None:
    from headwater.lake.linking import weight_words

    showing.table(("On", "Two records", "Tells"), map(weight_words, done.weights), title="What an agreement tells")
    linked = done.linked
    showing.table(
        ("Dataset", "Records compared", "Agreement"),
        [(f.dataset, f"{f.records:,}", f"{f.terms.agreement} (version {f.terms.version})") for f in linked.files],
    )
    say(f"{linked.links:,} links, of {done.compared:,} pairs worth a look, between {' and '.join(linked.datasets)}.")
    showing.lines((*done.notes, *quality_words(linked.reviewed)))
    say(f"Frozen as {snapshot[:12]}. Next: headwater assess")


def quality_words(reviewed: "Reviewed | None") -> tuple[str, ...]:
    """What a review found, in sentences; or that there was none."""
    if reviewed is None:
        return ("Nobody has reviewed these links, so no figure rests on them. Do: headwater link … --review 200",)
    right, found = (_share(ends) for ends in (reviewed.precision, reviewed.recall))
    unsure = f"; {reviewed.unsure:,} more could not be judged" if reviewed.unsure else ""
    return (
        f"Reviewed: {reviewed.judged:,} pairs judged without knowing the model's verdict{unsure}.",
        f"Of the links, {right} are right. Of the pairs of one person that were compared, {found} are linked.",
    )


def _share(ends: tuple[float, float, float]) -> str:
    value, lower, upper = ends
    return f"{value:.1%} (95% interval {lower:.1%} to {upper:.1%})"
