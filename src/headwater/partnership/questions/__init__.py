"""What is asked of this room."""

from headwater.partnership.questions.access import digest, openings_told_to, token_of
from headwater.partnership.questions.chain import Chain, chain, newest
from headwater.partnership.questions.lake import MONTHS, Calendar, Holdings, standing_of
from headwater.partnership.questions.permission import (
    Actor,
    Bearer,
    Operator,
    Worker,
    limits_of,
    may,
    may_by_role,
    may_give,
    must,
    needs_second_factor,
    refuse,
    sources_of,
)
from headwater.partnership.questions.workspace import workspace

__all__ = [
    "MONTHS",
    "Actor",
    "Bearer",
    "Calendar",
    "Chain",
    "Holdings",
    "Operator",
    "Worker",
    "chain",
    "digest",
    "limits_of",
    "may",
    "may_by_role",
    "may_give",
    "must",
    "needs_second_factor",
    "newest",
    "openings_told_to",
    "refuse",
    "sources_of",
    "standing_of",
    "token_of",
    "workspace",
]
