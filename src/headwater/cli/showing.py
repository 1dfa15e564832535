"""How an answer looks in a terminal. Nothing is worked out here."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.box import SIMPLE
from rich.markup import escape
from rich.table import Table

from headwater.cli.console import WORDS, say

if TYPE_CHECKING:
    from headwater.assessment import Comparison, Doubt, Edition, Explanation
    from headwater.assessment.recall import Moved
    from headwater.cli.doctor import Check
    from headwater.lake import Deletion, Landed
    from headwater.sources import Account
    from headwater.vocabulary import Measure, Reckoning

_STATES: Mapping[str, tuple[str, str]] = {
    "well": ("green", "well"),
    "mind": ("yellow", "mind"),
    "wrong": ("bold red", "wrong"),
}


def lines(said: Iterable[str]) -> None:
    """Lines of an answer, as they are."""
    for line in said:
        say(line)


def table(headings: Sequence[str], rows: Iterable[Sequence[str]], *, title: str = "", wrap: bool = False) -> None:
    """A plain table; the first column is never wrapped, unless asked."""
    shown = Table(box=SIMPLE, title=title or None, title_justify="left", title_style="bold", pad_edge=False)
    for place, heading in enumerate(headings):
        shown.add_column(heading, no_wrap=place == 0 and not wrap, overflow="fold")
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
    shown = [(label, figure) for label, figure, _ in made.headlines]
    table(("Finding", "Figure, with its 95% interval"), shown, title=f"Edition {made.name}", wrap=True)
    files("Made", [made.folder, *made.files])
    doubts(made.doubts)
    lines(made.left_out)
    if fictional:
        say("Aldermere does not exist: every figure above is invented.", style="bold")


def doubts(found: Sequence["Doubt"], *, asked: bool = False) -> None:
    """Figures that do not agree with one another, with the sentences they stand in."""
    from headwater.assessment.consistency import MEANINGS

    if not found:
        lines(["No figure was found to contradict another. That is not to say that all are right."] if asked else [])
        return
    say("Figures to look at", style="bold")
    for doubt in found:
        say(f"{doubt.where}: {MEANINGS[doubt.kind]}")
        say(f"  {doubt.words}")
        lines(f"    “{quote}”" for quote in doubt.quotes)


def landed(answer: "Landed") -> None:
    """What was taken in, and where every row went."""
    for name, landing in answer.packages:
        files = "1 file" if landing.extracts == 1 else f"{landing.extracts:,} files"
        said = f"{files}, {landing.rows:,} rows" if landing.new else "landed before; nothing changed"
        say(f"{name}: {said}")
        lines(f"  left alone: {ignored} ({why})" for ignored, why in landing.ignored)
        lines(f"  {note}" for note in landing.notes)
    accounts(answer.accounts)
    say(f"Frozen as {answer.snapshot[:12]}. Next: headwater check, then headwater assess")


def deletions(done: Sequence["Deletion"], *, dry_run: bool) -> None:
    """What was deleted, or would be, and what rests on it."""
    if not done:
        say("No agreement says that anything must go today.")
        return
    table(
        ("Package", "Agreement", "To go by", "Files", "Bytes", "Editions that rest on it"),
        [
            (d.name, f"{d.agreement}, clause {d.clause}", d.delete_by, f"{len(d.files):,}",
             f"{sum(file.size for file in d.files):,}", ", ".join(d.editions) or "none")
            for d in done
        ],
        title="Would be deleted" if dry_run else "Deleted, and found nowhere in the workspace",
    )  # fmt: skip


def explanation(answer: "Explanation") -> None:
    """The papers of a figure: each term, and what it is."""
    say(answer.name, style="bold")
    shown = Table(box=None, show_header=False, pad_edge=False)
    shown.add_column(style="bold", no_wrap=True)
    shown.add_column(overflow="fold")
    for term, said in answer.facts:
        shown.add_row(escape(term), escape(said))
    WORDS.print(shown)


def comparison(answer: "Comparison") -> None:
    """What changed between two editions, the claims that failed first."""
    lines(answer.refused)
    changed = (answer.untrue, answer.moved, answer.ranks, answer.gone, answer.come, answer.refused)
    if not any(changed):
        say(f"Nothing changed from {answer.earlier} to {answer.later}.")
        return
    if answer.untrue:
        rows = [(u.claim, u.now, u.sentence) for u in answer.untrue]
        table(("Claim", "Now", "Sentence"), rows, title="Claims that are no longer true")
    _moved("Figures that moved", answer.moved)
    _moved("Ranks that changed", answer.ranks)
    lines(f"No longer found: {name}" for name in answer.gone)
    lines(f"Found for the first time: {name}" for name in answer.come)


def _moved(title: str, moved: Sequence["Moved"]) -> None:
    if moved:
        rows = [(m.finding, m.period, m.place, m.group, m.before, m.after) for m in moved]
        table(("Finding", "Period", "Place", "Group", "Before", "Now"), rows, title=title)


def accounts(given: Iterable["Account"], *, reasons: bool = True) -> None:
    """Where every row went, a dataset a row; then, unless they are told elsewhere, the reasons why rows were set aside."""
    said = sorted(given, key=lambda account: account.dataset)
    table(
        ("Dataset", "Landed", "Conformed", "Set aside", "Duplicates"),
        [(a.dataset, f"{a.landed:,}", f"{a.conformed:,}", f"{a.quarantined:,}", f"{a.duplicates:,}") for a in said],
        title="Where every row went",
    )
    for account in said:
        if reasons:
            lines(f"{account.dataset}: {rows:,} set aside: {why}" for why, rows in account.reasons)
        lines(f"{account.dataset}: {note}" for note in account.notes)


def measures(found: Iterable["Measure"]) -> None:
    """A measure a row."""
    table(
        ("Measure", "What it is", "Look again"),
        [(m.name, m.title, m.review_by.isoformat()) for m in found],
    )


def reckoning(found: "Reckoning") -> None:
    """The working, a sentence a line, and who must have done what by the day it comes to."""
    for sentence in found.working():
        say(sentence)
    say(f"{found.clock.who}: {found.clock.must}")
    if not found.clock.verified:
        say(f"Not verified. {found.clock.note}")


def health(found: Iterable["Check"]) -> None:
    """A check a row, and what to do under those that need it."""
    shown = Table(box=None, show_header=False, pad_edge=False)
    for check in found:
        colour, word = _STATES[check.state]
        said = escape(check.said) + (f"\n[bold]To do:[/] {escape(check.do)}" if check.do else "")
        shown.add_row(f"[{colour}]{word}[/]", check.name, said)
    WORDS.print(shown)
