"""The measures of the tool, and the months that a year of each covers."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from headwater.sources.published import APRIL, JANUARY, SEPTEMBER, Span, slug
from headwater.sources.reading import Unusable

Years = Literal["academic", "financial", "calendar", "march", "january", "september"]
_BEGINS = {"academic": SEPTEMBER, "financial": APRIL, "calendar": JANUARY}
_DAYS = {"march": 3, "january": 1, "september": 9}
_YEAR = r"((?:19|20)\d\d)"
_ONE, _TWO = re.compile(_YEAR), re.compile(rf"{_YEAR}[-/](\d\d)")
_POOLED = re.compile(rf"{_YEAR}/(\d\d)-(\d\d)/(\d\d)")


@dataclass(frozen=True, slots=True)
class Measured:
    """One measure of the tool."""

    years: Years
    """What its years are; `march`, `january` and `september` are counts on one day of the year."""
    unit: str
    title: str
    better: Literal["high", "low"] | None = None
    """Which way is better, where there is one."""


@cache
def measures() -> Mapping[str, Measured]:
    """Every measure that the tool has, by its short name there."""
    said: dict[str, Any] = tomllib.loads(Path(__file__).with_name("measures.toml").read_text("utf-8"))
    return {name: Measured(**about) for name, about in said["measures"].items()}


def measure_of(short: str) -> tuple[str, Measured]:
    """The measure's slug and what is known of it. Raises `Unusable` where nothing is."""
    known = measures().get(short)
    if known is None:
        raise Unusable("'Short Desc' is not in measures.toml: nothing says what its years are")
    return slug(short), known


def span_of(said: str, years: Years) -> Span:
    """The months of '2019', '2018/19', '2018-19', '2017-19' or '2016/17-18/19', for a measure with years of this kind.

    Raises `Unusable` where the form does not say which months: '2018-19' is one year of a measure by academic year, and
    could be two of one by calendar year.
    """
    if one := _ONE.fullmatch(said):
        return _ending(int(one[1]), years, said)
    if years in ("academic", "financial") and (two := _TWO.fullmatch(said)) and _follows(two[1], two[2]):
        return Span.years(int(two[1]), _BEGINS[years], said)
    if years == "calendar" and (two := _TWO.fullmatch(said)) and (many := _apart(two[1], two[2])) > 1:
        return Span.years(int(two[1]), JANUARY, said, many + 1)
    if years in ("academic", "financial") and (pooled := _POOLED.fullmatch(said)):
        many = _apart(pooled[1], pooled[3])
        if many > 0 and _follows(pooled[1], pooled[2]) and _follows(pooled[3], pooled[4]):
            return Span.years(int(pooled[1]), _BEGINS[years], said, many + 1)
    raise Unusable(f"'Years' does not say which months are meant, for a measure by {_WORDS[years]}")


_WORDS = {"academic": "academic year", "financial": "financial year", "calendar": "calendar year"} | dict.fromkeys(
    _DAYS, "day of the year"
)


def _ending(year: int, years: Years, label: str) -> Span:
    """A year named by the one that it ends in."""
    if years in _DAYS:
        return Span.at(label, _DAYS[years], "Years")
    return Span.years(year if years == "calendar" else year - 1, _BEGINS[years], label)


def _follows(first: str, second: str) -> bool:
    return (int(first[-2:]) + 1) % 100 == int(second)


def _apart(first: str, last: str) -> int:
    return (int(last) - int(first)) % 100
