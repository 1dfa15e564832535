"""One cell of a return as what it means, or a sentence for whoever filled it in. No sentence repeats the cell."""

import re
from collections.abc import Mapping

from headwater.sources.areas import placed_by_code
from headwater.sources.authorities import Placed, by_name
from headwater.sources.contract import folded
from headwater.sources.published import Span
from headwater.sources.reading import OUTSIDE, Unusable

_CODE = re.compile(r"\b[A-Z]\d{8}\b")
_WHOLE = r"(\d+|\d{1,3}(?:,\d{3})+)(?:\.0+)?"
_NUMBER = re.compile(_WHOLE)
_NONE = frozenset(("nil", "none", "nought", "zero"))
_ABOUT = re.compile(
    rf"(?:about|approx(?:imately)?\.?|around|roughly|circa|c\.?|ca\.?|est(?:imated)?\.?|~|≈) ?{_WHOLE}|"
    rf"{_WHOLE} ?\(?(?:approx(?:imately)?\.?|est(?:imated)?\.?|or so)\)?"
)
_FEW = re.compile(r"(?:<|under|fewer than|less than|below) ?(?:\d{1,2}|five|ten)")
_BLANK = frozenset(("", "-", "–", "—", "n/a", "na", "?", "."))


def number_of(said: str) -> tuple[float | None, str | None]:
    """The value and its status: '1,204' as it is, 'about 20' as 20 with 'e', '<5' as none with 'c'. Raises `Unusable`."""
    plain = folded(said)
    if _NUMBER.fullmatch(plain):
        return _whole(plain), None
    if plain in _NONE:
        return 0.0, None
    if found := _ABOUT.fullmatch(plain):
        return _whole(found[1] or found[2]), "e"
    if _FEW.fullmatch(plain):
        return None, "c"
    if plain in _BLANK:
        raise Unusable(
            "'Number' is blank. Please write the number; 0 if you counted and there was nobody, or take the row out if you did not count."
        )
    raise Unusable("'Number' says neither a number nor '<5'. Please write the number.")


def _whole(said: str) -> float:
    return float(said.replace(",", ""))


def word_of(said: str, words: Mapping[str, str], column: str) -> str:
    """Our word for one on a list. Raises `Unusable` where it is not on it."""
    plain = folded(said).rstrip(".")
    if plain not in words:
        why = "is empty" if not plain else "is not on the list"
        raise Unusable(f"{column!r} {why}. Please copy the words from the list in the template.")
    return words[plain]


def area_of(said: str, span: Span) -> Placed:
    """The area of a code anywhere in a cell ('E99000001 Loomgate'), else of a local authority's name. Raises `Unusable`."""
    codes = sorted(set(_CODE.findall(said.upper())))
    if len(codes) > 1:
        raise Unusable("'Area' has more than one code. Please give each area a row of its own.")
    if codes:
        return placed_by_code(codes[0], span.last, "Area")
    try:
        return by_name(said, span.first, span.last, "Area")
    except Unusable as why:
        if str(why) == OUTSIDE:
            raise
        raise Unusable(
            "'Area' is neither a nine-character code, such as E06000001, nor the name of a local authority. Please write the code; "
            "`headwater template` lists those of your area."
        ) from why
