"""Emergency departments: attendances after an assault."""

from headwater.sources.emergency.reader import SOURCE

__all__ = ["SOURCE"]
