"""What published tables have in common: figures or marks in cells, years of several kinds, groups, and a row of `counts`."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from headwater.sources.authorities import Placed
from headwater.sources.contract import Contract
from headwater.sources.reading import Reading, Unusable, Value
from headwater.sources.source import Account, Extract
from headwater.sources.text import records
from headwater.vocabulary import WrongRequest, month_name, month_number

_NUMBER = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?(?:[eE][+-]?\d{1,3})?")
_SPLIT = re.compile(r"(20\d\d)(?:[-/]?)(\d\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")
SEPTEMBER, APRIL, JANUARY = 9, 4, 1


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The months a figure covers, and what its publisher calls them."""

    last: str
    first: str
    label: str

    @classmethod
    def years(cls, year: int, begins: int, label: str, many: int = 1) -> Self:
        """`many` years from the month `begins` of `year`."""
        first = month_number(f"{year}-{begins:02d}")
        return cls(month_name(first + 12 * many - 1), month_name(first), label)

    @classmethod
    def split(cls, said: str, begins: int, column: str) -> Self:
        """'201617', '2016-17' or '2016/17'. Raises `Unusable` where the second year does not follow the first."""
        found = _SPLIT.fullmatch(said)
        if not found or (int(found[1]) + 1) % 100 != int(found[2]):
            raise Unusable(f"{column!r} is not a year such as 2016/17" if said else f"{column!r} is empty")
        return cls.years(int(found[1]), begins, f"{found[1]}-{found[2]}")

    @classmethod
    def to_march(cls, said: str, column: str) -> Self:
        """'2025' for the year that ends in March 2025."""
        return cls.years(_year(said, column) - 1, APRIL, said)

    @classmethod
    def at(cls, said: str, month: int, column: str) -> Self:
        """One day, or one month, of the year `said`."""
        name = f"{_year(said, column)}-{month:02d}"
        return cls(name, name, said)


def _year(said: str, column: str) -> int:
    if not _YEAR.fullmatch(said):
        raise Unusable(f"{column!r} is not a year" if said else f"{column!r} is empty")
    return int(said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure, on its way to `counts`."""

    measure: str
    unit: str
    value: float | None
    status: str | None = None
    denominator: float | None = None
    lower: float | None = None
    upper: float | None = None
    group: str | None = None

    def row(self, contract: Contract, producer: str, release: str, area: Placed, span: Span) -> tuple[Value, ...]:
        """As a row of `counts`."""
        return (contract.dataset, producer, release, self.measure, area.code, area.level, span.label, span.first, span.last,
                self.group, self.value, self.denominator, self.lower, self.upper, self.unit, self.status)  # fmt: skip


def figure(cells: Mapping[str, str], column: str, marks: Mapping[str, str]) -> tuple[float | None, str | None]:
    """A cell as its value and its status: the number, or the mark that stands for one, in the shorthand of `marks`.

    Raises `Unusable` where it is neither. An empty cell is neither: nobody has said why it is empty.
    """
    said = cells[column]
    if _NUMBER.fullmatch(said):
        return float(said.replace(",", "")), None
    if not said:
        raise Unusable(f"{column!r} is empty")
    if (mark := marks.get(said.casefold())) is None:
        raise Unusable(f"{column!r} is neither a number nor one of the marks in the contract")
    return None, mark


def how_many(cells: Mapping[str, str], column: str, marks: Mapping[str, str]) -> tuple[float | None, str | None]:
    """The same of a cell that counts something. Raises `Unusable` where it is no whole number of nought or more."""
    value, status = figure(cells, column, marks)
    if value is not None and (value < 0 or not value.is_integer()):
        raise Unusable(f"{column!r} is not a whole number")
    return value, status


def group_of(**words: str | None) -> str | None:
    """'reason=theft;school=secondary', sorted; None where there is no word."""
    return ";".join(f"{name}={word}" for name, word in sorted(words.items()) if word) or None


def slug(said: str) -> str:
    """'Alcohol_Misuse_child' as 'alcohol-misuse-child'."""
    worded = said.casefold()
    for sign, word in (("%", " percent "), ("&", " and "), ("<", " under "), (">", " over ")):
        worded = worded.replace(sign, word)
    return re.sub(r"[^a-z0-9]+", "-", worded).strip("-")


def conform_counts(
    contract: Contract,
    extracts: Iterable[Extract],
    folder: Path,
    read: Callable[[Reading, Extract, Contract], Iterable[str]],
) -> Account:
    """Write `counts` and the quarantine into `folder`, of the extracts by name; `read` reads one, and says what there is to say of it."""
    reading, notes = Reading(contract.dataset, ("counts",)), list[str]()
    for extract in sorted(extracts, key=lambda extract: extract.name):
        notes += read(reading, extract, contract)
    return reading.finish(folder, notes)


def latest(path: Path, header: tuple[str, ...], column: str, read: Callable[[str], Span]) -> str:
    """The last period that a file holds, for the name of its release: 'years to 2016-17'.

    Few tables bear the date of their release, and each release revises years that the one before it held.
    """
    spans = [span for said in _cells(path, header.index(column)) if (span := _tried(read, said))]
    return f"years to {max(spans).label}" if spans else "unknown"


def _cells(path: Path, place: int) -> Iterator[str]:
    seen: set[str] = set()
    for number, record in enumerate(records(path)):
        if number and not record.trouble and len(record.fields) > place:
            said = record.fields[place].strip()
            if said not in seen:
                seen.add(said)
                yield said


def _tried(read: Callable[[str], Span], said: str) -> Span | None:
    try:
        return read(said)
    except (Unusable, WrongRequest):
        return None
