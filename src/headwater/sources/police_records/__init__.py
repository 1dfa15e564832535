"""Police records: crimes, and the people in them, from a force's own system."""

from headwater.sources.police_records.reader import SOURCE

__all__ = ["SOURCE"]
