"""Rows of a table made for people that are no rows of data: blank ones, totals, footnotes. A source judges what to do."""

import re
from collections.abc import Sequence

BLANK = "the row is blank"
TOTAL = "the row is a total of others"
FOOTNOTE = "the row is a note on the table"
_TOTAL = re.compile(r"((grand|sub|overall|column|row)[ -]?)?totals?\b[^a-z]*(of .+|for .+|\(.*\))?", re.IGNORECASE)
_NOTE = re.compile(r"(notes?|sources?|figures?|data|this (table|sheet|return)|n\.?b|please|contains|produced|prepared|key)\b|"
                   r"[*†‡©§]|\[?\(?\d{1,2}[\])]|\d{1,2}\.\s", re.IGNORECASE)  # fmt: skip
_WORDY = 60
"""Letters from which a cell that stands alone is a sentence."""


def aside(cells: Sequence[str]) -> str | None:
    """Why a row is no row of data, in words; None where nothing speaks against it.

    A total is a row whose first filled cell is the word, alone or with what it is of. In a table where 'Total' is a group like
    any other, the source does not ask. A footnote stands alone in its row, and begins or runs on as notes do.
    """
    filled = [cell.strip() for cell in cells if cell.strip()]
    if not filled:
        return BLANK
    if _TOTAL.fullmatch(filled[0]):
        return TOTAL
    alone = len(filled) == 1 and len(cells) > 2
    return FOOTNOTE if alone and (_NOTE.match(filled[0]) or len(filled[0]) > _WORDY) else None
