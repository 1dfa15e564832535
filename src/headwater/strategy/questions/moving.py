"""What the newest edition would make of the order of the priorities, and what became of it since the last strategy."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass

from headwater.strategy.models import Need, Version
from headwater.strategy.questions.content import Entry, measure
from headwater.strategy.questions.findings import Reading, in_words, newest_reading
from headwater.strategy.questions.ranking import Ranking, ranking
from headwater.strategy.questions.standing import Strategy


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure that scores rest on, and that the newest edition has otherwise."""

    need: Need
    now: str
    """The newest edition's figure, in words."""
    scores: tuple[tuple[Entry, str, str], ...]
    """(The score, what it is, what it would be), for each that rests on it."""


@dataclass(frozen=True, slots=True)
class Reranked:
    """A priority that has another rank than it had."""

    priority: Entry
    before: str
    now: str

    def __str__(self) -> str:
        return f"“{self.priority['called']}” is ranked {self.now}, was {self.before}"


@dataclass(frozen=True, slots=True)
class Coming:
    """What there is to take up of the newest edition."""

    edition: str
    moved: tuple[Moved, ...]
    reranked: tuple[Reranked, ...]


def coming(now: Strategy) -> Coming | None:
    """What the newest edition says otherwise of the figures that scores rest on; None where it says nothing else."""
    resting = {score["need"] for score in now.scores if score["need"]}
    needs = Need.objects.standing().filter(slug__in=resting).exclude(finding="")
    newer = {need: found for need in needs if (found := newest_reading(need)) and found.reading != need.reading}
    if not newer:
        return None
    then = _with(now, {need.slug: found.reading for need, found in newer.items()})
    moved = tuple(_moved(now, then, need, found.reading) for need, found in newer.items())
    return Coming(next(iter(newer.values())).edition, moved, reranked(ranking(now), ranking(then)))


def reranked(before: Ranking | None, now: Ranking | None) -> tuple[Reranked, ...]:
    """The priorities of both that have another rank, in the order that they have now."""
    if before is None or now is None:
        return ()
    was = {row.priority["slug"]: row.rank for row in before.rows}
    changed = (row for row in now.rows if was.get(row.priority["slug"], row.rank) != row.rank)
    return tuple(Reranked(row.priority, was[row.priority["slug"]], row.rank) for row in changed)


def since_adopted(now: Ranking | None) -> tuple[str, tuple[Reranked, ...]]:
    """(the last strategy that was adopted, what has another rank than it had there); nothing where none was."""
    last = Version.objects.filter(kind=Version.Kind.ADOPTED).order_by("frozen", "pk").last()
    if last is None:
        return "", ()
    return last.title, reranked(ranking(Strategy(last.content)), now)


def _with(now: Strategy, readings: Mapping[str, Reading]) -> Strategy:
    """The strategy as it would stand with other readings."""
    held = deepcopy(dict(now.held))
    for need in (each for each in held["needs"] if each["slug"] in readings):
        need["reading"] = readings[need["slug"]]
    measure(held)
    return Strategy(held)


def _moved(now: Strategy, then: Strategy, need: Need, reading: Reading) -> Moved:
    would_be = {score["slug"]: score["score"] for score in then.of("scores", need=need.slug)}
    scores = (
        (each, _plain(each["score"]), _plain(would_be[each["slug"]])) for each in now.of("scores", need=need.slug)
    )
    return Moved(need, in_words(reading), tuple(scores))


def _plain(score: int | None) -> str:
    return "not scored" if score is None else str(score)
