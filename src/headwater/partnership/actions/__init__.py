"""Every write of this room, by name."""

from headwater.partnership.actions.access import (
    HOURS,
    LONGEST_DAYS,
    Cut,
    close,
    end_token,
    make_token,
    open_in_emergency,
)
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
from headwater.partnership.actions.duties import show_duty, withdraw_proof
from headwater.partnership.actions.offices import end_area, end_holder, give_area, make_office, seat_holder
from headwater.partnership.actions.people import (
    Letter,
    accept,
    bring_in,
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
    "HOURS",
    "LONGEST_DAYS",
    "NAMES",
    "Cut",
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
    "close",
    "end_area",
    "end_holder",
    "end_role",
    "end_sessions",
    "end_token",
    "fail_build",
    "file_at",
    "find_stopped",
    "finish_build",
    "give_area",
    "give_role",
    "invite",
    "let_go",
    "make_office",
    "make_token",
    "new_place",
    "note_progress",
    "open_in_emergency",
    "parcel_of",
    "record",
    "refuse_upload",
    "seat_holder",
    "send_file",
    "show_duty",
    "stop_build",
    "take_back",
    "throw_away",
    "withdraw",
    "withdraw_proof",
]
