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
from headwater.editing.actions.saved import forget_view, keep_view

__all__ = [
    "Stale",
    "comment",
    "decide",
    "forget_view",
    "keep_view",
    "let_write_itself",
    "refresh",
    "settle",
    "sign_off",
    "take_in_hand",
    "word",
]
