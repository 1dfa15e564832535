"""Clerical review at the terminal: two records side by side, on a screen that is gone when the answer is given."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.box import SIMPLE
from rich.markup import escape
from rich.table import Table

from headwater.cli.console import WORDS
from headwater.vocabulary import WrongRequest

if TYPE_CHECKING:
    from headwater.lake.linking import Judge
    from headwater.sources.edge import PersonRecord

ANSWERS = {"y": True, "n": False, "?": None}
FIELDS = (
    ("Given name", "given_name"),
    ("Family name", "family_name"),
    ("Date of birth", "date_of_birth"),
    ("Sex", "sex"),
    ("Postcode of home", "postcode"),
    ("NHS number", "nhs_number"),
)


def at_the_terminal() -> "Judge":
    """Somebody at this terminal, asked one pair after another.

    Raises WrongRequest where the words would go into a file or to another program: names are shown to a person or to nobody.
    """
    if not is_watched():
        raise WrongRequest(
            "a review shows names, so it is held at a terminal and nowhere else: run it without redirecting what it says"
        )
    return _judge


def is_watched() -> bool:
    """Are words read from a keyboard and written to a screen?"""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _judge(first: "PersonRecord", second: "PersonRecord") -> bool | None:
    """The pair is shown on the terminal's other screen, which keeps no scrollback."""
    with WORDS.screen(hide_cursor=False):
        WORDS.print(_side_by_side(first, second))
        return ANSWERS[_answer()]


def _answer() -> str:
    while True:
        said = WORDS.input("One person? [b]y[/] yes, [b]n[/] no, [b]?[/] cannot tell: ").strip().casefold()
        if said in ANSWERS:
            return said


def _side_by_side(first: "PersonRecord", second: "PersonRecord") -> Table:
    shown = Table("", "One record", "Another", box=SIMPLE, pad_edge=False)
    for words, field in FIELDS:
        shown.add_row(words, *_cells(getattr(first, field), getattr(second, field)))
    return shown


def _cells(*said: str | None) -> Sequence[str]:
    return [escape(each) if each else "[dim]not recorded[/]" for each in said]
