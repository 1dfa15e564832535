"""What is missing between a need and the proof that it is met: every broken link of the chain, from both of its ends."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from headwater.strategy.questions.content import Entry
from headwater.strategy.questions.seeing import seeing
from headwater.strategy.questions.standing import Strategy


@dataclass(frozen=True, slots=True)
class Orphans:
    """Everything that lacks one thing."""

    key: str
    title: str
    """'Needs with no action'."""
    remedy: str
    kind: str
    """The name of their kind in addresses."""
    found: tuple[tuple[Entry, str], ...]
    """Each with a word on why, where there is more to say."""


Why = Callable[[Strategy, Entry], str | None]
"""Why an entry lacks it ("" where there is no more to say), or None where it does not."""


def _when(lacks: Callable[[Strategy, Entry], bool]) -> Why:
    return lambda strategy, entry: "" if lacks(strategy, entry) else None


def _measured(strategy: Strategy, act: Entry) -> bool:
    return any(outcome["measure"] for outcome in strategy.outcomes_of(act))


def _unpromised(_: Strategy, act: Entry) -> str | None:
    promise = act["promise"]
    if promise is None:
        return f"{act['owner_name']} has not answered"
    if promise["answer"] == "declined":
        return f"{act['owner_name']} declined: {promise['says']}"
    return None if promise["of_this"] else f"{act['owner_name']} promised it before it was last revised"


def _unseen(_: Strategy, outcome: Entry) -> str | None:
    found = seeing(outcome)
    return None if found.can or not outcome["measure"] else found.short


KINDS: tuple[tuple[str, str, str, str, Why], ...] = (
    ("need-action", "Needs with no action", "Draw an arrow from an action to one of its causes, or say that nothing will be done.",
     "needs", _when(lambda strategy, need: not strategy.acts_on(need))),
    ("need-cause", "Needs with no cause", "Choose what drives it from the list of risk and protective factors.",
     "needs", _when(lambda strategy, need: not strategy.of("causes", need=need["slug"]))),
    ("need-finding", "Needs that rest on no finding", "Tie it to a finding of the assessment, or ask for what would measure it.",
     "needs", _when(lambda _, need: not need["finding"])),
    ("action-need", "Actions with no need", "Draw an arrow to a cause of a need, or stop doing it.",
     "actions", _when(lambda strategy, act: not strategy.needs_of(act))),
    ("action-measure", "Actions with no measure", "Draw an arrow to an outcome that something measures.",
     "actions", _when(lambda strategy, act: not _measured(strategy, act))),
    ("action-evaluation", "Actions with no evaluation", "Say how anybody will know, before it starts.",
     "actions", _when(lambda _, act: not act["evaluation"])),
    ("action-evidence", "Actions pinned to no evidence", "Pin it to an entry of the evidence, if one is of its kind.",
     "actions", _when(lambda _, act: not act["evidence"])),
    ("action-money", "Actions with no money", "Add who pays, or say that it costs nothing.",
     "actions", _when(lambda strategy, act: not strategy.of("money", action=act["slug"]))),
    ("action-promise", "Actions that nobody has promised", "Ask its owner, whose own page has it.", "actions", _unpromised),
    ("outcome-measure", "Outcomes with no measure", "Name a measure, or own that it will be told in words.",
     "outcomes", _when(lambda _, outcome: not outcome["measure"])),
    ("outcome-action", "Outcomes that no action leads to", "Draw an arrow from an action, or take it out.",
     "outcomes", _when(lambda strategy, outcome: not strategy.of("assumptions", outcome=outcome["slug"]))),
    ("outcome-seen", "Outcomes that could not be seen", "Measure more people, for longer, or choose what moves sooner.", "outcomes", _unseen),
    ("arrow-assumption", "Arrows with no assumption", "Write what must be true for one to lead to the other.",
     "assumptions", _when(lambda _, arrow: not arrow["says"])),
)  # fmt: skip


def orphans(strategy: Strategy) -> tuple[Orphans, ...]:
    """Every kind of missing link with what lacks it; kinds of which there are none have no entries."""
    return tuple(
        Orphans(key, title, remedy, kind, tuple(_found(strategy, kind, why))) for key, title, remedy, kind, why in KINDS
    )


def _found(strategy: Strategy, kind: str, why: Why) -> Iterator[tuple[Entry, str]]:
    for entry in strategy.held[kind]:
        said = why(strategy, entry)
        if said is not None:
            yield entry, said
