"""Sums that a text does itself: 'a + b = c', and tables with a row or a column called Total."""

import re
from collections.abc import Iterator, Sequence

from headwater.assessment.consistency.doubts import Doubt
from headwater.assessment.consistency.numerals import decimals_of
from headwater.assessment.consistency.statements import Text
from headwater.methods import parts_and_total

_ONE = r"£?\s?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_SUM = re.compile(rf"(?P<parts>{_ONE}(?:\s\+\s{_ONE})+)\s(?:=|equals|makes?|comes? to|totals?)\s(?P<total>{_ONE})")
_CELL = re.compile(rf"{_ONE}")
_TOTAL = re.compile(r"\W*(?:grand\s)?(?:total|all)\b", re.IGNORECASE)


def doubts_of_sums(text: Text) -> Iterator[Doubt]:
    """Every sum that does not come out."""
    for number, line in enumerate(text.text.splitlines(), start=1):
        for found in _SUM.finditer(line):
            parts = [_plain(part) for part in found["parts"].split("+")]
            yield from _doubt(parts, _plain(found["total"]), f"{text.name}, line {number}", "the sum")
    for first, rows in _tables(text.text):
        yield from _down(text.name, first, rows)
        yield from _across(text.name, first, rows)


def _doubt(parts: Sequence[str], total: str, where: str, what: str) -> Iterator[Doubt]:
    figures = [*parts, total]
    money = max(map(decimals_of, figures)) > 0
    unit = 10.0 ** -max(map(decimals_of, figures)) if money else 0.0
    found = parts_and_total([float(part) for part in parts], float(total), rounded_to=unit)
    if found.agrees == (False,):
        places = max(map(decimals_of, figures))
        added, off = float(found.added), abs(float(found.difference))
        beyond = f", more than rounding explains ({float(found.allowed):,.{places + 1}f})" if money else ""
        words = f"{what} of {len(parts)} parts is {added:,.{places}f} where the total says {float(total):,.{places}f}: {off:,.{places}f} apart"
        yield Doubt(where, "sum", words + beyond)


def _plain(said: str) -> str:
    return re.sub(r"[£,\s]", "", said)


def _tables(text: str) -> Iterator[tuple[int, list[list[str]]]]:
    """Each Markdown table: the number of its first line, and its rows of cells with the header first."""
    rows: list[list[str]] = []
    first = 1
    for number, line in enumerate([*text.splitlines(), ""], start=1):
        if line.lstrip().startswith("|"):
            first = first if rows else number
            rows.append([cell.strip().strip("*") for cell in line.strip().strip("|").split("|")])
        elif rows:
            yield first, rows
            rows = []


def _down(name: str, first: int, rows: list[list[str]]) -> Iterator[Doubt]:
    """Each row called Total against the rows above it, as far as the total before."""
    begun = 2
    for place in range(2, len(rows)):
        if _TOTAL.match(rows[place][0]):
            for column in range(1, len(rows[place])):
                parts = [row[column] for row in rows[begun:place] if column < len(row)]
                heading = rows[0][column] if column < len(rows[0]) else f"column {column + 1}"
                where = f"{name}, line {first + place}"
                yield from _checked(parts, rows[place][column], where, f"the column {heading!r}")
            begun = place + 1


def _across(name: str, first: int, rows: list[list[str]]) -> Iterator[Doubt]:
    """The last column, where it is called Total, against the others of its row."""
    if len(rows) > 2 and _TOTAL.match(rows[0][-1]):
        for place, row in enumerate(rows[2:], start=2):
            if len(row) == len(rows[0]):
                yield from _checked(row[1:-1], row[-1], f"{name}, line {first + place}", f"the row {row[0]!r}")


def _checked(parts: Sequence[str], total: str, where: str, what: str) -> Iterator[Doubt]:
    """Only where every cell is a plain figure: a withheld part proves nothing."""
    if len(parts) > 1 and all(_CELL.fullmatch(cell) for cell in (*parts, total)):
        yield from _doubt([_plain(part) for part in parts], _plain(total), where, what)
