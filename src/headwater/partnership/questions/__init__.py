"""What is asked of this room."""

from headwater.partnership.questions.access import digest, openings_told_to, token_of
from headwater.partnership.questions.chain import Chain, chain, newest
from headwater.partnership.questions.duties import (
    CHECKLISTS,
    DUTY,
    MEMBERS,
    Checklist,
    Line,
    bound,
    checklist,
    framework_named,
)
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
    opening_of,
    refuse,
    sources_of,
)
from headwater.partnership.questions.workspace import workspace

__all__ = [
    "CHECKLISTS",
    "DUTY",
    "MEMBERS",
    "MONTHS",
    "Actor",
    "Bearer",
    "Calendar",
    "Chain",
    "Checklist",
    "Holdings",
    "Line",
    "Operator",
    "Worker",
    "bound",
    "chain",
    "checklist",
    "digest",
    "framework_named",
    "limits_of",
    "may",
    "may_by_role",
    "may_give",
    "must",
    "needs_second_factor",
    "newest",
    "opening_of",
    "openings_told_to",
    "refuse",
    "sources_of",
    "standing_of",
    "token_of",
    "workspace",
]
