"""A chapter read through while it is being written: what it quotes that is not there, and what it claims that is not so."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from headwater.assessment.quotes import CLAIMS, TOKEN, Quotable, Quote, bears_out
from headwater.assessment.writing import MARKDOWN, Writer
from headwater.vocabulary import HeadwaterError, UntrueClaim, WrongRequest

CAVEAT = re.compile(r"^! ", re.MULTILINE)
"""How a paragraph begins that warns."""
Kind = Literal["untrue", "unknown", "form"]


@dataclass(frozen=True, slots=True)
class Slip:
    """One thing that would stop a build."""

    line: int
    """Counted from one; nought where it is the chapter as a whole."""
    kind: Kind
    written: str
    """What stands between the braces."""
    says: str
    """What is wrong, and what would do."""


def proof(text: str, quotable: Quotable, shown: Collection[str], chapter: str = "chapter") -> tuple[Slip, ...]:
    """Everything in a chapter's Markdown that would stop a build with these figures, in the order of its lines.

    `shown` are the names that `{{ show: … }}` may place. A build stops at the first slip; whoever writes is told of all.
    """
    slips = [
        slip for number, line in enumerate(text.splitlines(), start=1) for slip in _slips(number, line, quotable, shown)
    ]
    return tuple(slips) or tuple(_form(text, quotable, shown, chapter))


def claims_of(text: str) -> tuple[str, ...]:
    """What a text claims, as it is written between the braces."""
    return tuple(found[1] for found in TOKEN.finditer(text) if found[1].partition(":")[0].strip() in CLAIMS)


def _slips(number: int, line: str, quotable: Quotable, shown: Collection[str]) -> Iterator[Slip]:
    for found in TOKEN.finditer(line):
        inside = found[1]
        if inside.startswith("show:"):
            if inside.removeprefix("show:").strip() not in shown:
                yield Slip(number, "unknown", inside, "there is nothing of that name to show")
            continue
        try:
            _bear_out(Quote.read(inside), quotable)
        except UntrueClaim as problem:
            yield Slip(number, "untrue", inside, str(problem))
        except WrongRequest as problem:
            yield Slip(number, "unknown", inside, str(problem))


def _bear_out(quote: Quote, quotable: Quotable) -> None:
    reading = quotable.reading(quote)
    if quote.verb not in CLAIMS:
        return
    truth = quotable.truth(quote, reading)
    if not bears_out(truth, quote.verb):
        raise UntrueClaim(f"the figure is {reading.cell.text}, so the word would be “{truth}”")


def _form(text: str, quotable: Quotable, shown: Collection[str], chapter: str) -> Iterator[Slip]:
    """Where every quote stands, whether the whole can be set."""
    try:
        _ = Writer(quotable, dict.fromkeys(shown, ())).write(chapter, text)
    except HeadwaterError as problem:
        yield Slip(0, "form", "", str(problem))


def as_html(text: str, quotable: Quotable) -> str:
    """A chapter as it will read: its figures put in, and a mark where a picture or a table will stand. HTML in it stays text."""
    put_in = TOKEN.sub(lambda found: _read(found[1], quotable), text)
    return MARKDOWN.render(CAVEAT.sub("**Take care.** ", put_in))


def _read(inside: str, quotable: Quotable) -> str:
    if inside.startswith("show:"):
        return f"*(Here stands {inside.removeprefix('show:').strip()}.)*"
    try:
        return f"**{quotable.number(Quote.read(inside)).text}**"
    except HeadwaterError:
        return f"*(not known: {inside.replace('*', '')})*"
