"""What finds a small area by a postcode or by the name of a place."""

from headwater.sources.gazetteer.reader import SOURCE, Gazetteer

__all__ = ["SOURCE", "Gazetteer"]
