"""Every write of this room, by name."""

from headwater.partnership.actions.people import (
    Letter,
    accept,
    bring_in,
    digest,
    end_role,
    end_sessions,
    give_role,
    invite,
    let_go,
    withdraw,
)
from headwater.partnership.actions.recording import NAMES, action, record

__all__ = [
    "NAMES",
    "Letter",
    "accept",
    "action",
    "bring_in",
    "digest",
    "end_role",
    "end_sessions",
    "give_role",
    "invite",
    "let_go",
    "record",
    "withdraw",
]
