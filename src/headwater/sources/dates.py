"""A column of dates as partners write them, read as a whole: one cell alone cannot say whether 04/03 is April or March."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from typing import Literal

from headwater.sources.reading import Unusable
from headwater.vocabulary import BadInput

Order = Literal["day first", "month first"]
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](.+))?")
_NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?:,? (.+))?")
_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4}|\d{2})(?:,? (.+))?")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?:Z|[+-]00:?00)?(?: ?([AaPp])\.?[Mm]\.?)?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONG = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_SERIALS = range(20_000, 80_000)
"""From 1954 to 2119: a five-figure number outside it is not a day."""
_DAY_NOUGHT = datetime(1899, 12, 30)  # noqa: DTZ001  a day in a spreadsheet is of no zone

Moment = date | datetime


def date_reader(
    cells: Iterable[str], column: str, *, order: Order | None = None, century: int | None = 2000
) -> Callable[[str], Moment | None]:
    """How to read one cell of a column, once all its `cells` have been looked at; an empty cell reads as None.

    Days stand before months unless `order` says otherwise. Read are ISO, numbers parted by / . or -, names of months, and the
    serial numbers of spreadsheets. Years of two digits are of the `century`; with None (dates of birth) they are not read. The
    reader raises Unusable for what is no date. Raises BadInput, in plain words, where the column mixes two ways of writing
    dates, so that some could be either.
    """
    kinds = Counter(_kind(cell.strip()) for cell in cells)
    _refuse_mixed(kinds, column, order)
    chosen: Order = order or "day first"

    def read(cell: str) -> Moment | None:
        said = " ".join(cell.split())
        if not said:
            return None
        try:
            found = _read(said, chosen, century)
        except (ValueError, OverflowError):
            found = None
        if found is None:
            raise Unusable(f"{column!r} is not a date that can be read")
        return found

    return read


def _kind(said: str) -> str:
    """What a cell can tell of the order in the column."""
    if found := _ISO.fullmatch(said):
        return "early" if int(found[3]) <= 12 else "late"
    if _SERIAL.fullmatch(said) and int(float(said)) in _SERIALS:
        return "early" if _from_serial(said).day <= 12 else "late"
    if not (found := _NUMBERS.fullmatch(said)):
        return "other"
    first, second = int(found[1]), int(found[3])
    if first > 12 >= second:
        return "day first"
    return "month first" if second > 12 >= first else "either"


def _refuse_mixed(kinds: Counter[str], column: str, order: Order | None) -> None:
    day, month, either = kinds["day first"], kinds["month first"], kinds["either"]
    if day and month:
        raise BadInput(
            f"{column!r} mixes two ways of writing dates: {day:,} can only be day/month/year and {month:,} only month/day/year, "
            f"so for {either:,} others nobody can tell. Ask for the dates as year-month-day, like 2024-03-31."
        )
    if month and order is None:
        raise BadInput(
            f"{column!r} has {month:,} dates that can only be month/day/year, and {either:,} that could be either. If all are "
            'month first, say so in the mapping (date_order = "month first"); if not, ask for them as year-month-day.'
        )
    if against := {"day first": month, "month first": day, None: 0}[order]:
        raise BadInput(
            f"{column!r} is said to be {order}, and {against:,} of its dates cannot be. Look at the mapping again."
        )
    if day and not either and kinds["early"] and not kinds["late"]:
        raise BadInput(
            f"{column!r} looks as if a spreadsheet had turned some dates round: {day:,} are text with days after the 12th, and "
            f"all {kinds['early']:,} of the others are days up to the 12th. Ask for the file as it left their system."
        )


def _read(said: str, order: Order, century: int | None) -> Moment | None:
    if found := _ISO.fullmatch(said):
        return _at(date(int(found[1]), int(found[2]), int(found[3])), found[4])
    if found := _NUMBERS.fullmatch(said):
        day, month = (found[1], found[3]) if order == "day first" else (found[3], found[1])
        return _at(date(_year(found[4], century), int(month), int(day)), found[5])
    if found := _NAMED.fullmatch(said):
        return _at(date(_year(found[3], century), _month(found[2]), int(found[1])), found[4])
    if _SERIAL.fullmatch(said) and int(float(said)) in _SERIALS:
        moment = _from_serial(said)
        return moment.date() if moment.time() == time() else moment
    return None


def _at(day: date, clock: str | None) -> Moment:
    if clock is None:
        return day
    found = _CLOCK.fullmatch(clock)
    if not found:
        raise ValueError("not a time")
    hour = int(found[1])
    if found[4]:
        hour = hour % 12 + (12 if found[4] in "pP" else 0)
    return datetime.combine(day, time(hour, int(found[2]), int(found[3] or 0)))


def _from_serial(said: str) -> datetime:
    exact = _DAY_NOUGHT + timedelta(days=float(said))
    return (exact + timedelta(milliseconds=500)).replace(microsecond=0)


def _year(said: str, century: int | None) -> int:
    if len(said) == 4:
        return int(said)
    if century is None:
        raise ValueError("a year of two digits")
    return century + int(said)


def _month(said: str) -> int:
    name = said.casefold()
    name = "sep" if name == "sept" else name
    return (_MONTHS.index(name) if len(name) == 3 else _LONG.index(name)) + 1
