"""Measures about children by local authority, from the Department for Education's interactive tool."""

from headwater.sources.la_measures.measures import Measured, measures
from headwater.sources.la_measures.reader import SOURCE, AuthorityMeasures

__all__ = ["SOURCE", "AuthorityMeasures", "Measured", "measures"]
