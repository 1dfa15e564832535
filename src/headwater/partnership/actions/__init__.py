"""Every write of this room, by name."""

from headwater.partnership.actions.building import carry_out, clear
from headwater.partnership.actions.builds import (
    ask_for_build,
    ask_to_check,
    ask_to_land,
    begin_build,
    fail_build,
    find_stopped,
    finish_build,
    note_progress,
    stop_build,
)
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
from headwater.partnership.actions.quarantine import Parcel, file_at, new_place, parcel_of, throw_away
from headwater.partnership.actions.recording import NAMES, action, record
from headwater.partnership.actions.uploads import clear_quarantine, refuse_upload, send_file, take_back

__all__ = [
    "NAMES",
    "Letter",
    "Parcel",
    "accept",
    "action",
    "ask_for_build",
    "ask_to_check",
    "ask_to_land",
    "begin_build",
    "bring_in",
    "carry_out",
    "clear",
    "clear_quarantine",
    "digest",
    "end_role",
    "end_sessions",
    "fail_build",
    "file_at",
    "find_stopped",
    "finish_build",
    "give_role",
    "invite",
    "let_go",
    "new_place",
    "note_progress",
    "parcel_of",
    "record",
    "refuse_upload",
    "send_file",
    "stop_build",
    "take_back",
    "throw_away",
    "withdraw",
]
