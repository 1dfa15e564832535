"""What is asked of this room."""

from headwater.partnership.questions.chain import Chain, chain, newest
from headwater.partnership.questions.permission import (
    Actor,
    Bearer,
    Operator,
    limits_of,
    may,
    may_give,
    must,
    needs_second_factor,
    refuse,
)
from headwater.partnership.questions.workspace import workspace

__all__ = [
    "Actor",
    "Bearer",
    "Chain",
    "Operator",
    "chain",
    "limits_of",
    "may",
    "may_give",
    "must",
    "needs_second_factor",
    "newest",
    "refuse",
    "workspace",
]
