"""What is asked of this room."""

from headwater.partnership.questions.chain import Chain, chain
from headwater.partnership.questions.permission import Actor, Bearer, Operator, may, must, needs_second_factor, refuse
from headwater.partnership.questions.workspace import workspace

__all__ = [
    "Actor",
    "Bearer",
    "Chain",
    "Operator",
    "chain",
    "may",
    "must",
    "needs_second_factor",
    "refuse",
    "workspace",
]
