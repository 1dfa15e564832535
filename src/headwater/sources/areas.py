"""Which areas a cell of a return means: codes with anything round them, or the name of a local authority."""

import re

from headwater.sources.authorities import Placed, by_code, by_name
from headwater.sources.reading import AREA_CODE, ELSEWHERE, NOT_A_CODE, OUTSIDE, Unusable

_CODE = re.compile(r"\b[A-Z]\d{8}\b")
_LEVELS = {
    "01": "lsoa21", "02": "msoa21", "05": "ward24", "06": "utla23", "07": "ltla24", "08": "utla23", "09": "utla23",
    "10": "utla23", "12": "region", "22": "csp24", "23": "pfa24", "92": "country",
}  # fmt: skip
"""By the two figures after the letter. Wales has some of its own."""
_OF_WALES = {"W06": "utla23", "W15": "pfa24", "W92": "country"}


def placed_by_code(code: str, last: str, column: str) -> Placed:
    """The area of a code; an authority's that was given up before the month `last`, under the code that followed.

    Raises `Unusable` where it is no code, or one of no kind of area that is known.
    """
    if code[:1] in ELSEWHERE and AREA_CODE.fullmatch(code):
        raise Unusable(OUTSIDE)
    if not AREA_CODE.fullmatch(code):
        raise Unusable(f"{column!r} {NOT_A_CODE}" if code else f"{column!r} is empty")
    try:
        return by_code(code, last, column)
    except Unusable:
        level = _OF_WALES.get(code[:3]) or _LEVELS.get(code[1:3])
    if level is None:
        raise Unusable(f"{column!r} has a code of no kind of area that is known. Please look at it again.")
    return Placed(code, level)


def areas_in(said: str, first: str, last: str, column: str) -> tuple[Placed, ...]:
    """Every area that a cell names, as it was from the month `first` to `last`: codes, or else names parted by semicolons.

    Raises `Unusable`, in words for whoever filled the cell in.
    """
    codes = list(dict.fromkeys(_CODE.findall(said.upper())))
    if codes:
        return tuple(placed_by_code(code, last, column) for code in codes)
    try:
        return tuple(by_name(name.strip(), first, last, column) for name in said.split(";"))
    except Unusable as why:
        raise Unusable(
            f"{column!r} is neither a nine-character code, such as E06000001, nor the name of a local authority. Please write the code; "
            "`headwater template` lists those of your area."
        ) from why


def area_in(said: str, first: str, last: str, column: str) -> Placed:
    """The one area that a cell names. Raises `Unusable` where it names several."""
    found, *others = areas_in(said, first, last, column)
    if others:
        raise Unusable(f"{column!r} has more than one code. Please give each area a row of its own.")
    return found
