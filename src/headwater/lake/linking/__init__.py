"""Linkage: which of several partners' records are of one person, decided in memory and kept as keys alone."""

from headwater.lake.linking.allowed import may_link, refuse_unlinkable
from headwater.lake.linking.definition import FIELDS, Linkage, named_linkage
from headwater.lake.linking.matching import Matched, Weight, match
from headwater.lake.linking.partners import Judge, Linking, Review, link
from headwater.lake.linking.review import Band, Pair, bands, judged, sample
from headwater.lake.linking.words import weight_words

__all__ = [
    "FIELDS",
    "Band",
    "Judge",
    "Linkage",
    "Linking",
    "Matched",
    "Pair",
    "Review",
    "Weight",
    "bands",
    "judged",
    "link",
    "match",
    "may_link",
    "named_linkage",
    "refuse_unlinkable",
    "sample",
    "weight_words",
]
