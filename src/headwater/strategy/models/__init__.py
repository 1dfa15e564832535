"""The rows of this room."""

from headwater.strategy.models.doing import Action, Money, Promise
from headwater.strategy.models.needs import Cause, Need
from headwater.strategy.models.outcomes import Assumption, Outcome
from headwater.strategy.models.parts import Part
from headwater.strategy.models.priorities import HIGHEST, LOWEST, Criterion, Priority, Score, measured, steps_in
from headwater.strategy.models.versions import Comment, Passage, Version

__all__ = [
    "HIGHEST",
    "LOWEST",
    "Action",
    "Assumption",
    "Cause",
    "Comment",
    "Criterion",
    "Money",
    "Need",
    "Outcome",
    "Part",
    "Passage",
    "Priority",
    "Promise",
    "Score",
    "Version",
    "measured",
    "steps_in",
]
