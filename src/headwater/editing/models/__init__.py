"""The rows of this room."""

from headwater.editing.models.chapters import Chapter, Comment, Hosted, SignOff, Wording
from headwater.editing.models.refreshes import Change, Refresh
from headwater.editing.models.saved import SavedView

__all__ = ["Change", "Chapter", "Comment", "Hosted", "Refresh", "SavedView", "SignOff", "Wording"]
