"""Exclusions and suspensions from schools, as the Department for Education publishes them."""

from headwater.sources.schools.reader import SOURCE

__all__ = ["SOURCE"]
