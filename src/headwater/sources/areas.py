"""Which kind of area a nine-character code is of, where a return gives no more than the code."""

from headwater.sources.authorities import Placed, by_code
from headwater.sources.reading import AREA_CODE, ELSEWHERE, NOT_A_CODE, OUTSIDE, Unusable

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
