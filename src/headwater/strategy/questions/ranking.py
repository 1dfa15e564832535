"""The order of the priorities by the agreed criteria, and what it rests on, in words."""

from dataclasses import dataclass
from math import isinf, isnan, nan
from typing import TYPE_CHECKING

from headwater.strategy.models import HIGHEST, LOWEST
from headwater.strategy.questions.content import Entry
from headwater.strategy.questions.standing import Strategy

if TYPE_CHECKING:
    from headwater.methods import PriorityRanking

WITHIN = 0.2


@dataclass(frozen=True, slots=True)
class Ranked:
    """One priority in the order."""

    priority: Entry
    scores: tuple[Entry | None, ...]
    """One a criterion; None where nobody has scored it."""
    total: str
    rank: str
    may_be: str
    """The ranks that it could have if every weight moved by up to a fifth of itself."""


@dataclass(frozen=True, slots=True)
class Leaning:
    """What the first place rests on, of one criterion."""

    criterion: Entry
    weight: str
    words: str


@dataclass(frozen=True, slots=True)
class Ranking:
    """The matrix, the order, and how far it rests on the weights."""

    criteria: tuple[Entry, ...]
    weights: tuple[str, ...]
    rows: tuple[Ranked, ...]
    leanings: tuple[Leaning, ...]
    sentences: tuple[str, ...]


def ranking(strategy: Strategy) -> Ranking | None:
    """The priorities ranked; None until there are priorities, and criteria of which one has a weight."""
    priorities, criteria = list(strategy.priorities), list(strategy.criteria)
    if not priorities or sum(each["weight"] for each in criteria) == 0:
        return None
    from headwater.methods import priority_ranking

    given = {(each["priority"], each["criterion"]): each for each in strategy.scores}
    matrix = [[given.get((row["slug"], column["slug"])) for column in criteria] for row in priorities]
    found = priority_ranking(
        [[_number(score) for score in row] for row in matrix],
        [each["weight"] for each in criteria],
        scale=(LOWEST, HIGHEST),
        within=WITHIN,
    )
    order = sorted(range(len(priorities)), key=lambda i: (found.rank.lower[i], found.rank.upper[i], i))
    return Ranking(
        criteria=tuple(criteria),
        weights=tuple(f"{share:.0%}" for share in found.weights),
        rows=tuple(_ranked(priorities[i], matrix[i], found, i) for i in order),
        leanings=tuple(_leaning(each, found, k, priorities) for k, each in enumerate(criteria)),
        sentences=tuple(_sentences(found, priorities)),
    )


def _number(score: Entry | None) -> float:
    return nan if score is None or score["score"] is None else float(score["score"])


def _ranked(priority: Entry, scores: list[Entry | None], found: "PriorityRanking", i: int) -> Ranked:
    total, rank = found.total, found.rank
    return Ranked(
        priority=priority,
        scores=tuple(scores),
        total=_one_or_range(total.lower[i], total.upper[i], "{:.2f}"),
        rank=_one_or_range(rank.lower[i], rank.upper[i], "{:.0f}"),
        may_be=_one_or_range(found.rank_within.lower[i], found.rank_within.upper[i], "{:.0f}"),
    )


def _one_or_range(lower: float, upper: float, shape: str) -> str:
    ends = [shape.format(end) for end in (lower, upper)]
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"


def _leaning(criterion: Entry, found: "PriorityRanking", k: int, priorities: list[Entry]) -> Leaning:
    """What would have to happen to one weight, the others keeping their proportions, for another priority to draw level."""
    weight, change = float(found.weights[k]), float(found.weight_change[k])
    level = _and([priorities[i]["called"] for i in found.challengers[k]])
    if found.first is None:
        words = "There is no one first priority to be overtaken."
    elif isnan(change):
        words = "It has all the weight there is."
    elif isinf(change):
        words = "No weight of it alone changes which is first."
    else:
        verb = "rose" if change > 0 else "fell"
        words = f"If its weight {verb} from {weight:.0%} to {weight + change:.0%}, {level} would draw level."
    return Leaning(criterion, f"{weight:.0%}", words)


def _sentences(found: "PriorityRanking", priorities: list[Entry]) -> list[str]:
    names = [each["called"] for each in priorities]
    if found.first is None:
        could = [names[i] for i in range(len(names)) if found.rank.lower[i] == 1]
        said = [f"No one priority comes first for sure: it could be {_and(could, 'or')}."]
    else:
        rivals = [names[i] for i in range(len(names)) if i != found.first and found.rank_within.lower[i] == 1]
        first = f"“{names[found.first]}” comes first"
        near = (
            f", but with every weight moved by up to a fifth of itself it could be {_and(rivals, 'or')}."
            if rivals
            else ", and stays first with every weight moved by up to a fifth of itself."
        )
        said = [first + near]
    said += [f"{_and([names[i] for i in tie])} are level." for tie in found.ties]
    open_ones = [names[i] for i in range(len(names)) if isnan(found.total.value[i])]
    if open_ones:
        said.append(
            f"A score is missing for {_and(open_ones)}: what stands there is the least and the most it could come to."
        )
    return said


def _and(names: list[str], word: str = "and") -> str:
    quoted = [f"“{name}”" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} {word} {quoted[-1]}" if quoted else ""
