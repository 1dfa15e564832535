"""Areas: how they nest, who lives in them, how deprived they are, what they look like, and how counts are carried between them."""

from headwater.places.atlas import Atlas, Vintage
from headwater.places.carrying import MEMBERSHIP
from headwater.places.deprivation import Deprivation, DeprivedArea
from headwater.places.geojson import geojson_of
from headwater.places.ladder import ENGLAND_AND_WALES
from headwater.places.residents import AGE_BANDS, Ages, Population, band_words, banded, bands_within
from headwater.places.shapes import Ring, Shape
from headwater.places.weights import WHOLE, millionths

__all__ = [
    "AGE_BANDS",
    "ENGLAND_AND_WALES",
    "MEMBERSHIP",
    "WHOLE",
    "Ages",
    "Atlas",
    "Deprivation",
    "DeprivedArea",
    "Population",
    "Ring",
    "Shape",
    "Vintage",
    "band_words",
    "banded",
    "bands_within",
    "geojson_of",
    "millionths",
]
