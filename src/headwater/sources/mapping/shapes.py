"""What the cells of a column look like, told without telling one of them: letters become A or a, digits 9."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from headwater.sources.edge.identifiers import nhs_number, postcode

Kind = Literal["empty", "date", "postcode", "nhs number", "yes or no", "age", "number", "words", "text"]
MOST = 10
"""Shapes shown of a column."""
LONGEST = 20
"""Letters of a shape."""
_LONG_RUN = re.compile(r"([A-Za-z]{4})[A-Za-z]+|(9{4})9+")
"""Four letters or digits of one run are shown; a longer one ends in …, lest its length be telling."""
_DATE = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}([T ].*)?|\d{1,2}[/.-](\d{1,2}|[A-Za-z]{3,9})[/.-]\d{2,4}( .*)?|\d{1,2} [A-Za-z]{3,9} \d{4}( .*)?"
)
_YES_NO = frozenset(("y", "n", "yes", "no", "true", "false", "t", "f", "0", "1"))
_AGE = re.compile(r"\d{1,2}|1[01]\d")
_NUMBER = re.compile(r"-?\d{1,3}(,\d{3})*(\.\d+)?|-?\d+(\.\d+)?")
_MOSTLY = 0.9
_FEW = 40
"""Distinct cells, at most, of a column of agreed words."""
_ASCII_MARKS = frozenset(" /-:.,'()&+#@_")


@dataclass(frozen=True, slots=True)
class Look:
    """What one column looks like."""

    name: str
    """What the partner calls it."""
    kind: Kind
    shapes: tuple[str, ...]
    """The commonest shapes of its cells; never a cell."""
    filled: int
    """How many cells have anything in them."""


def look_at(name: str, cells: Iterable[str]) -> Look:
    """Look at a column; its cells are told to nobody."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    counted = Counter(map(shape, filled))
    shapes = sorted(counted, key=lambda each: (-counted[each], each))[:MOST]
    return Look(name, _kind(filled), tuple(shapes), len(filled))


def shape(cell: str) -> str:
    """'NE1 4XX' is 'AA9 9AA', '31/03/2024' is '99/99/9999', 'Bottle' is 'Aaaa…'."""
    return _fold("".join(map(_plain, cell[: LONGEST * 4])))


def _plain(letter: str) -> str:
    if letter.isdigit():
        return "9"
    if letter.isalpha():
        return "A" if letter.isupper() else "a"
    return letter if letter in _ASCII_MARKS else "?"


def _fold(shaped: str) -> str:
    folded = _LONG_RUN.sub(lambda run: f"{run[1] or run[2]}…", shaped)
    return folded if len(folded) <= LONGEST else f"{folded[: LONGEST - 1]}…"


def _kind(filled: list[str]) -> Kind:
    if not filled:
        return "empty"
    asked: tuple[tuple[Kind, int], ...] = (
        ("yes or no", sum(cell.casefold() in _YES_NO for cell in filled)),
        ("nhs number", sum(nhs_number(cell) is not None for cell in filled)),
        ("postcode", sum(postcode(cell) is not None for cell in filled)),
        ("date", sum(bool(_DATE.fullmatch(cell)) for cell in filled)),
        ("age", sum(bool(_AGE.fullmatch(cell)) for cell in filled)),
        ("number", sum(bool(_NUMBER.fullmatch(cell)) for cell in filled)),
    )
    few = len(set(filled)) <= min(_FEW, max(2, len(filled) // 2))
    mostly: list[Kind] = [kind for kind, count in asked if count >= _MOSTLY * len(filled)]
    return mostly[0] if mostly else "words" if few else "text"
