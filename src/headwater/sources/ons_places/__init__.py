"""Areas of England and Wales from the Office for National Statistics: look-ups and boundaries."""

from headwater.sources.ons_places.reader import SOURCE, OnsPlaces

__all__ = ["SOURCE", "OnsPlaces"]
