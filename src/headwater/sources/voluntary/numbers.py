"""A number as people write it in a return, or a sentence for whoever filled it in. No sentence repeats the cell."""

import re

from headwater.sources.contract import folded
from headwater.sources.reading import Unusable

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
