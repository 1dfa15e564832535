"""The rows of this room."""

from headwater.editing.models.chapters import Chapter, Comment, Hosted, SignOff, Wording
from headwater.editing.models.refreshes import Change, Refresh

__all__ = ["Change", "Chapter", "Comment", "Hosted", "Refresh", "SignOff", "Wording"]
