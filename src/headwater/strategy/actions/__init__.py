"""Every write of this room, by name."""

from headwater.strategy.actions.parts import Stale, add, revise, take_out
from headwater.strategy.actions.pins import pin, take_up, tie, untie
from headwater.strategy.actions.promises import promise
from headwater.strategy.actions.versions import adopt, answer, comment, consult

__all__ = [
    "Stale",
    "add",
    "adopt",
    "answer",
    "comment",
    "consult",
    "pin",
    "promise",
    "revise",
    "take_out",
    "take_up",
    "tie",
    "untie",
]
