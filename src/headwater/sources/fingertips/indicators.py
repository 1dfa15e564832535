"""What each indicator counts and how its rate is made, read from `indicators.toml`."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from headwater.sources.published import APRIL, JANUARY, Span
from headwater.sources.reading import Unusable

_PERIOD = re.compile(r"(20\d\d)(?:/(\d\d))?(?:\s*-\s*(?:20)?(\d\d)(?:/(\d\d))?)?")


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator of the site."""

    title: str
    measure: str
    counts: str
    """The unit of its count: 'emergency admissions (FAE)'."""
    rate: str
    """'crude' or 'directly standardised'."""
    per: int
    years: str
    """'financial' or 'calendar'."""

    @property
    def unit(self) -> str:
        """The unit of its rate."""
        return f"{self.counts} per {self.per:,}, {self.rate}"

    def span(self, said: str) -> Span:
        """'2023/24', '2021/22 - 23/24', '2023' or '2021 - 23'. Raises `Unusable` where it is not of this indicator's years."""
        found = _PERIOD.fullmatch(said)
        financial = self.years == "financial"
        if not found or financial != bool(found[2]) or (found[3] and financial != bool(found[4])):
            raise Unusable(
                f"'Time period' is not a {self.years} year, or several" if said else "'Time period' is empty"
            )
        first = int(found[1])
        last = first - first % 100 + int(found[3]) if found[3] else first
        if last < first or (financial and {_after(first), _after(last)} != {int(found[2]), int(found[4] or found[2])}):
            raise Unusable("'Time period' is of years that do not follow one another")
        label = _label(first, last, "financial" if financial else "")
        return Span.years(first, APRIL if financial else JANUARY, label, last - first + 1)


def _after(year: int) -> int:
    return (year + 1) % 100


def _label(first: int, last: int, financial: str) -> str:
    ends = [f"{year}-{_after(year):02d}" if financial else str(year) for year in (first, last)]
    return ends[0] if first == last else " to ".join(ends)


@cache
def indicators() -> Mapping[str, Indicator]:
    """By number, as text."""
    said: dict[str, Any] = tomllib.loads(Path(__file__).with_name("indicators.toml").read_text("utf-8"))
    return {number: Indicator(**about) for number, about in said["indicators"].items()}


def indicator_of(number: str) -> Indicator:
    """Raises `Unusable` where nothing says what the indicator counts."""
    known = indicators().get(number)
    if known is None:
        raise Unusable("'Indicator ID' is not in indicators.toml: nothing says what it counts")
    return known
