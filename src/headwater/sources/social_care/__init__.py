"""Children's social care, as the Department for Education publishes it."""

from headwater.sources.social_care.reader import SOURCE

__all__ = ["SOURCE"]
