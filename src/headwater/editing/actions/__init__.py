"""Every write of this room, by name."""

from headwater.editing.actions.chapters import (
    Stale,
    comment,
    let_write_itself,
    settle,
    sign_off,
    take_in_hand,
    word,
)
from headwater.editing.actions.refreshing import decide, refresh

__all__ = [
    "Stale",
    "comment",
    "decide",
    "let_write_itself",
    "refresh",
    "settle",
    "sign_off",
    "take_in_hand",
    "word",
]
