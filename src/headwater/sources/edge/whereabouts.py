"""Where something happened or somebody lives, as a small area: from a postcode, or from words that describe a place."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

from headwater.sources.edge.identifiers import POSTCODE

Confidence = Literal["given", "exact", "street", "area", "vague"]
_SURE: Mapping[str, Confidence] = {"venue": "exact", "street": "street", "area": "area"}
_SHORT: Mapping[str, str] = {"street": "st", "saint": "st", "road": "rd", "avenue": "ave", "av": "ave", "lane": "ln", "square": "sq", "drive": "dr",
          "court": "ct", "place": "pl", "close": "cl", "crescent": "cres", "park": "pk", "station": "stn"}  # fmt: skip
"""Words that are written both ways; 'St' is a saint before a name and a street after one, and need not be told apart."""
_LONGEST = 8
"""Words in the longest name that is looked for."""


@dataclass(frozen=True, slots=True)
class Found:
    """A small area and how sure it is; 'given' was found by the partner, and 'vague' has none."""

    area: str | None
    confidence: Confidence


VAGUE = Found(None, "vague")


class Postcodes:
    """Every postcode of a look-up with its LSOA of 2021; millions of them in little room."""

    def __init__(self, codes: Sequence[str] = (), areas: Sequence[str] = ()) -> None:
        """Codes without their space, and the area of each."""
        given = np.array(codes, "S7")
        order = np.argsort(given, kind="stable")
        self._codes, self._areas = given[order], np.array(areas, "S9")[order]

    def area(self, code: str) -> str | None:
        """The LSOA of a postcode without its space; None where the look-up has no such postcode."""
        at = int(np.searchsorted(self._codes, np.bytes_(code.encode())))
        known = at < len(self._codes) and self._codes[at] == code.encode()
        return self._areas[at].decode() if known else None


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What the analyst has landed to find places by."""

    postcodes: Postcodes
    names: Mapping[str, Mapping[str, frozenset[str]]]
    """'venue', 'street' or 'area' -> a name in plain words -> the LSOAs it lies in."""

    def find(self, said: str) -> Found:
        """The place that words describe, by the surest of what they name: a postcode, a venue, a street, an area.

        A name that lies in several areas points to none of them, so it is vague, not guessed.
        """
        for code in _postcodes(said):
            if area := self.postcodes.area(code):
                return Found(area, "exact")
        words = plain_words(said).split()
        for kind, confidence in _SURE.items():
            areas = self._named(words, self.names.get(kind, {}))
            if areas is not None:
                return Found(next(iter(areas)), confidence) if len(areas) == 1 else VAGUE
        return VAGUE

    def _named(self, words: list[str], names: Mapping[str, frozenset[str]]) -> frozenset[str] | None:
        """The areas of the longest name among the words."""
        for length in range(min(_LONGEST, len(words)), 0, -1):
            for first in range(len(words) - length + 1):
                if areas := names.get(" ".join(words[first : first + length])):
                    return areas
        return None


def plain_words(said: str) -> str:
    """Words without case, accents or marks, 'street' and its like cut short."""
    plain = unicodedata.normalize("NFKD", said).casefold().replace("'", "").replace("\u2019", "")
    words = re.findall(r"[^\W_]+", "".join(letter for letter in plain if not unicodedata.combining(letter)))
    return " ".join([_SHORT.get(word, word) for word in words])


def _postcodes(said: str) -> Iterator[str]:
    words = re.findall(r"[A-Z0-9]+", said.upper())
    yield from (word for word in words if POSTCODE.fullmatch(word))
    yield from (a + b for a, b in pairwise(words) if POSTCODE.fullmatch(a + b))
