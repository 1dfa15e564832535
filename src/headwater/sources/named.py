"""Words in a return: from a list, or the names of organisations and services, which are public and hold no way to reach anybody."""

import re
from collections.abc import Mapping

from headwater.sources.contract import folded
from headwater.sources.published import slug
from headwater.sources.reading import Unusable

LONGEST = 80
"""Letters of the longest name: a sentence is not one."""
_PHONE = re.compile(r"(?:\d[\s().-]?){7,}")
_ADDRESS = re.compile(r"@|https?:|www\.")


def public_name(said: str, column: str) -> str:
    """A name as it was written, with single spaces. Raises `Unusable` where it is none, or could reach or tell of somebody."""
    name = " ".join(said.split())
    if not slug(name):
        raise Unusable(f"{column!r} is empty. Please write it in every row.")
    if _ADDRESS.search(name) or _PHONE.search(name):
        raise Unusable(f"{column!r} holds an address or a telephone number. Please write the name alone.")
    if len(name) > LONGEST:
        raise Unusable(f"{column!r} is longer than {LONGEST} letters. Please write the name alone.")
    return name


def word_of(said: str, words: Mapping[str, str], column: str) -> str:
    """Our word for one on a list. Raises `Unusable` where it is not on it."""
    plain = folded(said).rstrip(".")
    if plain not in words:
        why = "is empty" if not plain else "is not on the list"
        raise Unusable(f"{column!r} {why}. Please copy the words from the list in the template.")
    return words[plain]
