"""Linkage: which of several partners' records are of one person, decided in memory and kept as keys alone."""

from headwater.lake.linking.definition import FIELDS, Linkage
from headwater.lake.linking.matching import Matched, Weight, match
from headwater.lake.linking.review import Band, Pair, bands, judged, sample

__all__ = ["FIELDS", "Band", "Linkage", "Matched", "Pair", "Weight", "bands", "judged", "match", "sample"]
