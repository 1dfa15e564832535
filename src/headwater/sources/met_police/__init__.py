"""The Metropolitan Police's published tables for London."""

from headwater.sources.met_police.reader import SOURCE, MetropolitanTables

__all__ = ["SOURCE", "MetropolitanTables"]
