"""Every write of this room, by name."""

from headwater.delivery.actions.answering import Answers, Stale, begin, save_return, submit
from headwater.delivery.actions.deciding import approve, break_glass, override, send_back, take_out_story
from headwater.delivery.actions.evaluating import amend, register, run
from headwater.delivery.actions.planning import grant, lock_quarter, open_quarter, plan, set_milestone, set_target

__all__ = [
    "Answers",
    "Stale",
    "amend",
    "approve",
    "begin",
    "break_glass",
    "grant",
    "lock_quarter",
    "open_quarter",
    "override",
    "plan",
    "register",
    "run",
    "save_return",
    "send_back",
    "set_milestone",
    "set_target",
    "submit",
    "take_out_story",
]
