"""Indices of deprivation for England and for Wales."""

from headwater.sources.deprivation.reader import SOURCE, DeprivationIndices

__all__ = ["SOURCE", "DeprivationIndices"]
