"""What a return that people fill in by hand asks for, so that somebody can write them a form for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from headwater.sources.contract import Column, Contract
from headwater.sources.registry import sources
from headwater.vocabulary import WrongRequest, did_you_mean

AREA = "area"
"""The form of a column that holds an area."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One column to fill in."""

    name: str
    meaning: str
    needed: bool
    choices: tuple[str, ...]
    """What may stand in it, in words; empty where it is not a list."""
    only: bool
    """May nothing else stand in it?"""


@dataclass(frozen=True, slots=True)
class Blank:
    """A return that nobody has filled in yet."""

    title: str
    guide: tuple[str, ...]
    columns: tuple[Asked, ...]


def blank_return(source: str, areas: Sequence[str] = ()) -> Blank:
    """The return of a source: 'voluntary'. `areas` are offered wherever one is asked for.

    Raises WrongRequest, with did-you-mean, for a source that has none.
    """
    known = {each.dataset.partition(".")[0]: each for each in _by_hand()}
    if source not in known:
        raise WrongRequest(
            f"there is no return to fill in for {did_you_mean(source, known)}: there are {', '.join(sorted(known))}"
        )
    promised = known[source]
    return Blank(promised.title, promised.guide, tuple(_asked(column, promised, areas) for column in promised.columns))


def _by_hand() -> list[Contract]:
    return [each for each in chain.from_iterable(source.contracts.values() for source in sources()) if each.by_hand]


def _asked(column: Column, promised: Contract, areas: Sequence[str]) -> Asked:
    words = promised.codes.get(column.form.removeprefix("codes:"), {}) if column.form.startswith("codes:") else {}
    ours: dict[str, str] = {}
    for word, slug in words.items():
        _ = ours.setdefault(slug, word)  # the first word for each of ours is the one that is offered
    choices = tuple(f"{word[:1].upper()}{word[1:]}" for word in ours.values()) if words else ()
    offered = tuple(areas) if column.form == AREA else choices
    return Asked(column.name, column.meaning, column.required, offered, only=bool(words))
