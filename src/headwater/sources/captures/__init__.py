"""Capture tables: how many people are on each combination of several partners' lists."""

from headwater.sources.captures.reader import SOURCE

__all__ = ["SOURCE"]
