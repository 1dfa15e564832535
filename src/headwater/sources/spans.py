"""The months that somebody who fills in a return means: two days, a quarter, a month, or a year."""

import re
from collections.abc import Callable, Iterable
from datetime import timedelta

from headwater.sources.dates import Moment, date_reader
from headwater.sources.published import APRIL, Span
from headwater.sources.reading import Unusable
from headwater.vocabulary import month_name, month_number

_NAMES = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
          "december")  # fmt: skip
_YEARS = r"(?P<year>20\d\d) ?[/-] ?(?P<next>20\d\d|\d\d)"
_FINANCIAL = re.compile(_YEARS)
_QUARTERS = (
    re.compile(rf"(?:q|quarter|qtr) ?(?P<quarter>[1-4]),? ?(?:of )?{_YEARS}"),
    re.compile(rf"{_YEARS},? ?(?:q|quarter|qtr) ?(?P<quarter>[1-4])"),
)
_LOOSE = re.compile(r"\b(q|quarter|qtr) ?[1-4]\b")
_MONTH, _TWO = r"([a-z]{3,9})\.?", r"'?(20\d\d|\d\d)"
_ONE_MONTH = re.compile(rf"{_MONTH}[ -]?{_TWO}")
_MONTHS = re.compile(rf"{_MONTH}(?: ?{_TWO})? ?(?:-|–|to) ?{_MONTH} ?{_TWO}")
_NUMBERED = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")

Months = tuple[int, int]
"""The first and the last month, as `month_number` counts them."""


def span_reader(froms: Iterable[str], tos: Iterable[str]) -> Callable[[str, str], Span]:
    """How to read what stands under From and To, once both columns have been looked at as wholes.

    The reader raises `Unusable`, in words for whoever filled the return in, where whole months cannot be told. Raises BadInput
    where a column mixes two ways of writing dates.
    """
    first_day, last_day = date_reader(froms, "From"), date_reader(tos, "To")

    def read(said_from: str, said_to: str) -> Span:
        if not said_from:
            raise Unusable(
                "'From' is empty. Please write the first day, such as 01/04/2025, or the quarter, such as Q1 2025/26."
            )
        begun, ended = named_months(said_from), named_months(said_to)
        if begun is None:
            begun = _first(said_from, first_day, alone=not said_to)
        if said_to and ended is None:
            ended = _last(said_to, last_day)
        return _between(begun, ended)

    return read


def _between(begun: Months, ended: Months | None) -> Span:
    if ended and begun[0] != begun[1] and begun[1] != ended[1]:
        raise Unusable(
            "'From' names several months, and 'To' says something else. Please leave 'To' blank, or write two days."
        )
    first, last = begun[0], (ended or begun)[1]
    if last < first:
        raise Unusable("'To' is before 'From'. Please look at both dates.")
    begins, ends = month_name(first), month_name(last)
    return Span(ends, begins, begins if first == last else f"{begins} to {ends}")


def named_months(said: str) -> Months | None:
    """'Q1 2025/26', 'Apr-Jun 2025', 'April 2025', '2025/26' (a financial year) as months; None where it is none of them.

    Raises `Unusable` where it is a quarter and does not say of which kind of year.
    """
    plain = " ".join(said.casefold().split())
    for pattern in _QUARTERS:
        if (found := pattern.fullmatch(plain)) and _follow(found["year"], found["next"]):
            april = _number(int(found["year"]), APRIL) + 3 * (int(found["quarter"]) - 1)
            return april, april + 2
    if _LOOSE.search(plain):
        raise Unusable(
            "the quarter may be of a calendar or a financial year. Please write it as Q1 2025/26, or write two days."
        )
    if (found := _FINANCIAL.fullmatch(plain)) and _follow(found["year"], found["next"]):
        april = _number(int(found["year"]), APRIL)
        return april, april + 11
    return _by_name(plain)


def _by_name(plain: str) -> Months | None:
    if found := _NUMBERED.fullmatch(plain):
        month = month_number(plain)
        return month, month
    if (found := _ONE_MONTH.fullmatch(plain)) and (number := _month(found[1])):
        month = _number(_year(found[2]), number)
        return month, month
    if (found := _MONTHS.fullmatch(plain)) and (begins := _month(found[1])) and (ends := _month(found[3])):
        last = _number(_year(found[4]), ends)
        year = _year(found[2]) if found[2] else _year(found[4]) - (begins > ends)
        return _number(year, begins), last
    return None


def _first(said: str, read: Callable[[str], Moment | None], *, alone: bool) -> Months:
    day = _day(said, read, "'From' is neither a date nor a quarter. Please write it as 01/04/2025 or as Q1 2025/26.")
    if day.day != 1:
        raise Unusable(
            "'From' is not the first day of a month. Figures are of whole months: please write it as 01/04/2025."
        )
    if alone:
        raise Unusable("'To' is empty. Please write the last day, such as 30/06/2025.")
    return _number(day.year, day.month), _number(day.year, day.month)


def _last(said: str, read: Callable[[str], Moment | None]) -> Months:
    day = _day(said, read, "'To' is not a date. Please write it as 30/06/2025.")
    if (day + timedelta(days=1)).month == day.month:
        raise Unusable(
            "'To' is not the last day of a month. Figures are of whole months: please write it as 30/06/2025."
        )
    return _number(day.year, day.month), _number(day.year, day.month)


def _day(said: str, read: Callable[[str], Moment | None], otherwise: str) -> Moment:
    try:
        found = read(said)
    except Unusable:
        found = None
    if found is None or found.year < 2000:
        raise Unusable(otherwise)
    return found


def _number(year: int, month: int) -> int:
    return month_number(f"{year}-{month:02d}")


def _year(said: str) -> int:
    return int(said) if len(said) == 4 else 2000 + int(said)


def _follow(year: str, after: str) -> bool:
    return (int(year) + 1) % 100 == int(after) % 100


def _month(said: str) -> int | None:
    """The number of a month by its name or the first letters of it; None where it is none."""
    return next(
        (n for n, name in enumerate(_NAMES, start=1) if name.startswith("sep" if said == "sept" else said)), None
    )
