"""One figure made of what several organisations returned, each its own: of those who sent, and saying who did not.

Where one of them withheld its figure, sent none for these months though it counts the thing, or gave it as 'about', the sum
says so: it is at least that many.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from headwater.vocabulary import Cell, LowReliability

Row = Mapping[str, Any]
Where = tuple[str, str, str]
"""The code of an area, the first month and the last."""
AT_LEAST = "at least this many: "
ABOUT = "some services gave a round number"
DIFFER = "two returns of one organisation give different figures for it"


@dataclass(frozen=True, slots=True)
class Added:
    """What the organisations that returned a figure make of it together."""

    row: Row
    """The first of their rows, for all that they have in common."""
    value: float | None
    status: str
    """'c' where all of them withheld it, 'x' where there can be no sum."""
    why: str
    """What to know about it, in words; empty where every organisation that counts it gave its number."""
    whose: frozenset[tuple[str, ...]]
    """Who returned it: the producer, and its service."""


def is_least(cell: Cell) -> bool:
    """Is a figure known only to be at least what it says?"""
    return isinstance(cell, LowReliability) and cell.why.startswith(AT_LEAST)


def without(group: str, words: Sequence[str]) -> str:
    """A group less some of its words."""
    return ";".join(pair for pair in group.split(";") if pair.partition("=")[0] not in words)


def added(rows: Sequence[Row], over: Sequence[str]) -> Iterator[Added]:
    """A figure for each area and its months, in their order, from the rows of one measure and one group but for `over`."""
    held: defaultdict[Where, list[Row]] = defaultdict(list)
    counting: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    for row in rows:
        held[row["area_code"], row["first_month"], row["last_month"]].append(row)
        counting[row["area_code"]].add(_whose(row, over))
    for where in sorted(held):
        yield _sum(held[where], counting[where[0]], over)


def _whose(row: Row, over: Sequence[str]) -> tuple[str, ...]:
    pairs = [pair.partition("=") for pair in str(row["group"] or "").split(";")]
    words = {word: which for word, _, which in pairs}
    return (str(row["producer"]), *(words.get(word, "") for word in over if word != "producer"))


def _sum(rows: Sequence[Row], counting: set[tuple[str, ...]], over: Sequence[str]) -> Added:
    said: defaultdict[tuple[str, ...], set[tuple[float | None, str]]] = defaultdict(set)
    for row in rows:
        said[_whose(row, over)].add((row["value"], row["status"] or ""))
    whose = frozenset(said)
    if any(len(figures) > 1 for figures in said.values()):
        return Added(rows[0], None, "x", DIFFER, whose)
    figures = [figure for (figure,) in (said[who] for who in sorted(said))]
    known = [value for value, _ in figures if value is not None]
    if not known:
        return Added(rows[0], None, "c" if any(status == "c" for _, status in figures) else "x", "", whose)
    about = sum(status == "e" for _, status in figures)
    why = in_words(len(counting), withheld=len(figures) - len(known), unsent=len(counting) - len(figures), about=about)
    return Added(rows[0], sum(known), "", why, whose)


def in_words(counting: int, *, withheld: int, unsent: int, about: int) -> str:
    """What to know about a sum, of so many services that count the thing."""
    parts = [
        f"{withheld:,} of {counting:,} services withheld a small figure" if withheld else "",
        f"{unsent:,} of {counting:,} services that count it sent nothing for these months" if unsent else "",
    ]
    least = "; ".join(filter(None, parts))
    return "; ".join(filter(None, (f"{AT_LEAST}{least}" if least else "", ABOUT if about else "")))
