"""Ambulance services: incidents of violence that a crew was sent to."""

from headwater.sources.ambulance.reader import SOURCE

__all__ = ["SOURCE"]
