"""Public health indicators from Fingertips."""

from headwater.sources.fingertips.reader import SOURCE, Fingertips

__all__ = ["SOURCE", "Fingertips"]
