"""A stretch of whole months, as the field names them: a month, a calendar or financial year, a rolling year."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache, total_ordering
from itertools import groupby
from typing import Literal, Self

from headwater.vocabulary.errors import WrongRequest

Kind = Literal["month", "quarter", "calendar", "financial", "academic", "rolling", "span"]
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")  # fmt: skip


@lru_cache(maxsize=4096)
def month_number(month: str) -> int:
    """'2022-03' as a count of months since the year nought, so that months can be added and compared.

    Remembered: an edition asks it of the same few hundred months some 400,000 times.
    """
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month):
        raise WrongRequest(f"{month!r} is not a month: write it as 2022-03")
    return int(month[:4]) * 12 + int(month[5:]) - 1


def month_name(number: int) -> str:
    """The inverse of `month_number`."""
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def month_words(month: str) -> str:
    """'2022-03' as 'March 2022'."""
    number = month_number(month)
    return f"{MONTHS[number % 12]} {number // 12}"


def months_between(first: str, last: str) -> tuple[str, ...]:
    """Every month from `first` to `last`, both included."""
    return tuple(month_name(n) for n in range(month_number(first), month_number(last) + 1))


def words_of_months(months: Iterable[str]) -> str:
    """Months in words, those that follow one another run together: 'January 2022 and March 2022 to May 2022'."""
    numbers = enumerate(sorted(month_number(month) for month in months))
    runs = [[number for _, number in run] for _, run in groupby(numbers, key=lambda found: found[1] - found[0])]
    ends = [(month_words(month_name(run[0])), month_words(month_name(run[-1]))) for run in runs]
    words = [first if first == last else f"{first} to {last}" for first, last in ends]
    return ", ".join(words[:-1]) + (" and " if words[1:] else "") + "".join(words[-1:])


@total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """A run of whole months.

    Labels: month '2022-03'; quarter '2022-Q1'; calendar year '2022'; financial year (April to March) '2022-23'; school year
    (September to August) 'school year 2022-23'; rolling twelve months 'year to 2023-02'; any other run '2024-01 to 2024-04'.
    """

    kind: Kind
    start: str
    length: int

    @classmethod
    def month(cls, month: str) -> Self:
        return cls("month", month_name(month_number(month)), 1)

    @classmethod
    def calendar(cls, year: int) -> Self:
        return cls("calendar", f"{year}-01", 12)

    @classmethod
    def financial(cls, year: int) -> Self:
        """The financial year that begins in April of `year`."""
        return cls("financial", f"{year}-04", 12)

    @classmethod
    def academic(cls, year: int) -> Self:
        """The school year that begins in September of `year`."""
        return cls("academic", f"{year}-09", 12)

    @classmethod
    def quarter(cls, year: int, number: int) -> Self:
        """The quarter of the calendar year, 1 to 4."""
        return cls("quarter", f"{year}-{number * 3 - 2:02d}", 3)

    @classmethod
    def covering(cls, first: str, last: str) -> Self:
        """The months from `first` to `last`, under the name the field has for such a run."""
        run = cls.span(first, last)
        kinds: dict[tuple[str, int], Kind] = {("01", 12): "calendar", ("04", 12): "financial", ("09", 12): "academic"}
        kinds |= {(month, 3): "quarter" for month in ("01", "04", "07", "10")}
        kind = "month" if run.length == 1 else kinds.get((first[5:], run.length), "span")
        return cls(kind, run.start, run.length)

    @classmethod
    def year_to(cls, month: str) -> Self:
        return cls("rolling", month_name(month_number(month) - 11), 12)

    @classmethod
    def span(cls, first: str, last: str) -> Self:
        if month_number(last) < month_number(first):
            raise WrongRequest(f"a period cannot end ({last}) before it begins ({first})")
        return cls("span", first, month_number(last) - month_number(first) + 1)

    @classmethod
    def _calendar_year(cls, year: str) -> Self:
        return cls.calendar(int(year))

    @classmethod
    def _financial_year(cls, year: str) -> Self:
        return cls.financial(int(year))

    @classmethod
    def _school_year(cls, year: str) -> Self:
        return cls.academic(int(year))

    @classmethod
    def _quarter_of(cls, year: str, number: str) -> Self:
        return cls.quarter(int(year), int(number))

    @classmethod
    def parse(cls, label: str) -> Self:
        """Read a label as printed by `label`."""
        text = " ".join(label.split())
        if found := re.fullmatch(r"(\d{4})-(\d{2})", text):
            year, tail = int(found[1]), int(found[2])
            follows = tail == (year + 1) % 100
            return cls.financial(year) if follows and tail > 12 else cls.month(text)
        for pattern, make in (
            (r"(\d{4})", cls._calendar_year), (r"(\d{4})/\d{2}", cls._financial_year),
            (r"school year (\d{4})[-/]\d{2}", cls._school_year), (r"(\d{4})-Q([1-4])", cls._quarter_of),
            (r"year to (\d{4}-\d{2})", cls.year_to), (r"(\d{4}-\d{2}) to (\d{4}-\d{2})", cls.span),
        ):  # fmt: skip
            if found := re.fullmatch(pattern, text):
                return make(*found.groups())
        raise WrongRequest(
            f"{label!r} is not a period: write 2022-03, 2022-Q1, 2022, 2022-23, 'school year 2022-23', 'year to 2023-02' "
            "or '2024-01 to 2024-04'"
        )

    @property
    def end(self) -> str:
        return month_name(month_number(self.start) + self.length - 1)

    @property
    def months(self) -> tuple[str, ...]:
        return months_between(self.start, self.end)

    @property
    def label(self) -> str:
        return _label(self.kind, self.start, self.length)

    @property
    def words(self) -> str:
        """The period as it stands in a sentence."""
        year = int(self.start[:4])
        words = {
            "month": month_words(self.start),
            "quarter": f"{month_words(self.start)} to {month_words(self.end)}",
            "calendar": f"the calendar year {year}",
            "financial": f"the financial year {self.label}",
            "academic": f"the {self.label}",
            "rolling": f"the year to {month_words(self.end)}",
            "span": f"{month_words(self.start)} to {month_words(self.end)}",
        }
        return words[self.kind]

    def earlier(self, months: int = 12) -> Self:
        """The same kind of period, `months` before."""
        return type(self)(self.kind, month_name(month_number(self.start) - months), self.length)

    def __lt__(self, other: "Period") -> bool:
        return (self.end, self.length) < (other.end, other.length)

    def __str__(self) -> str:
        return self.label


@lru_cache(maxsize=4096)
def _label(kind: Kind, start: str, length: int) -> str:
    year, end = int(start[:4]), month_name(month_number(start) + length - 1)
    labels = {
        "month": start,
        "quarter": f"{year}-Q{(int(start[5:]) + 2) // 3}",
        "calendar": str(year),
        "financial": f"{year}-{(year + 1) % 100:02d}",
        "academic": f"school year {year}-{(year + 1) % 100:02d}",
        "rolling": f"year to {end}",
        "span": f"{start} to {end}",
    }
    return labels[kind]
