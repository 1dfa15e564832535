"""How an answer looks in a terminal. Nothing is worked out here."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.box import SIMPLE
from rich.markup import escape
from rich.table import Table

from headwater.cli.console import WORDS, say

if TYPE_CHECKING:
    from headwater.assessment import Edition
    from headwater.cli.doctor import Check
    from headwater.cli.workspaces import Landed
    from headwater.sources import Account
    from headwater.vocabulary import Measure

_STATES: Mapping[str, tuple[str, str]] = {
    "well": ("green", "well"),
    "mind": ("yellow", "mind"),
    "wrong": ("bold red", "wrong"),
}


def lines(said: Iterable[str]) -> None:
    """Lines of an answer, as they are."""
    for line in said:
        say(line)


def table(headings: Sequence[str], rows: Iterable[Sequence[str]], *, title: str = "") -> None:
    """A plain table; the first column is never wrapped."""
    shown = Table(box=SIMPLE, title=title or None, title_justify="left", title_style="bold", pad_edge=False)
    for place, heading in enumerate(headings):
        shown.add_column(heading, no_wrap=place == 0, overflow="fold")
    for row in rows:
        shown.add_row(*(escape(entry) for entry in row))
    WORDS.print(shown)


def files(what: str, paths: Sequence[Path]) -> None:
    """What was made or fetched, a path a line, so that each can be clicked or copied."""
    say(f"{what}:", style="bold")
    for path in paths:
        say(f"  {path}")


def edition(made: "Edition", *, fictional: bool = False) -> None:
    """The headline findings, and where the documents are."""
    table(("Finding", "Figure", "What it means"), made.headlines, title=f"Edition {made.name}")
    files("Made", [made.folder, *made.files])
    if fictional:
        say("Aldermere does not exist: every figure above is invented.", style="bold")


def landed(answer: "Landed") -> None:
    """What was taken in, and where every row went."""
    for package in answer.packages:
        said = f"{package.extracts} files, {package.rows:,} rows" if package.new else "landed before; nothing changed"
        say(f"{package.name}: {said}")
        lines(f"  left alone: {name} ({why})" for name, why in package.ignored)
    accounts(answer.accounts)
    say(f"Frozen as {answer.snapshot}. Next: headwater check, then headwater assess")


def accounts(given: Iterable["Account"]) -> None:
    """Where every row went, a dataset a row; then why rows were set aside, in words."""
    said = sorted(given, key=lambda account: account.dataset)
    table(
        ("Dataset", "Landed", "Conformed", "Set aside", "Duplicates"),
        [(a.dataset, f"{a.landed:,}", f"{a.conformed:,}", f"{a.quarantined:,}", f"{a.duplicates:,}") for a in said],
        title="Where every row went",
    )
    for account in said:
        lines(f"{account.dataset}: {rows:,} set aside: {why}" for why, rows in account.reasons)
        lines(f"{account.dataset}: {note}" for note in account.notes)


def measures(found: Iterable["Measure"]) -> None:
    """A measure a row."""
    table(
        ("Measure", "Counts", "Kind", "Among", "Owner", "Look again"),
        [(m.name, m.counts, m.shape, m.among, m.owner, m.review_by.isoformat()) for m in found],
    )


def health(found: Iterable["Check"]) -> None:
    """A check a row, and what to do under those that need it."""
    shown = Table(box=None, show_header=False, pad_edge=False)
    for check in found:
        colour, word = _STATES[check.state]
        said = escape(check.said) + (f"\n[bold]To do:[/] {escape(check.do)}" if check.do else "")
        shown.add_row(f"[{colour}]{word}[/]", check.name, said)
    WORDS.print(shown)
