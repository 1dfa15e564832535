"""One cell of a worksheet as text."""

import datetime as dt
from decimal import Decimal
from typing import Any

ERROR = "#ERROR!"
"""Stands for #REF!, #N/A and their like, which say that there is no value and are not an empty cell."""
_WHOLE = 10**15
"""Excel keeps fifteen digits; beyond that a number is what is left of one."""


def cell_text(value: Any) -> str:
    """Text as it is, numbers without the noise of their binary form, dates and times in ISO form, truth as true or false.

    A time span is hours:minutes:seconds. A date whose time is midnight is a date, since Excel does not tell them apart.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return _moment(value)


def _number(value: float) -> str:
    if value.is_integer() and abs(value) < _WHOLE:
        return str(int(value))
    return format(Decimal(format(value, ".15g")), "f")


def _moment(value: Any) -> str:
    if isinstance(value, dt.timedelta):
        seconds = round(value.total_seconds())
        return f"{'-' if seconds < 0 else ''}{abs(seconds) // 3600}:{abs(seconds) // 60 % 60:02}:{abs(seconds) % 60:02}"
    if isinstance(value, dt.datetime):
        value = _to_the_second(value)
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat()
    return value.isoformat()


def _to_the_second(value: dt.datetime) -> dt.datetime:
    """14:04:59.9996 is 14:05: a serial number cannot hold every second exactly."""
    noise = dt.timedelta(milliseconds=1)
    nearest = (value + dt.timedelta(milliseconds=500)).replace(microsecond=0)
    return nearest if abs(nearest - value) <= noise else value
