"""A whole workspace in one file, and out of it again: what lies in the folder, and every row of the rooms."""

from headwater.web.backups.contents import KEPT_ELSEWHERE
from headwater.web.backups.restoring import Restored, restore
from headwater.web.backups.taking import Taken, back_up

__all__ = ["KEPT_ELSEWHERE", "Restored", "Taken", "back_up", "restore"]
