"""Residents of small areas from the census and the mid-year estimates."""

from headwater.sources.populations.reader import SOURCE, Populations

__all__ = ["SOURCE", "Populations"]
