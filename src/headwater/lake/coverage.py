"""What arrived for every month, and what did not: six months never pass for a year."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from statistics import median
from typing import Literal

from headwater.vocabulary import months_between, words_of_months

Status = Literal["complete", "partial", "late", "absent"]
COUNTS: frozenset[Status] = frozenset({"complete", "late"})
"""A late return is whole: what is in it counts."""
FEW = 0.2
"""A file with fewer than this share of the median month's rows is taken to be cut short."""


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One month of one producer's returns of one dataset."""

    dataset: str
    producer: str
    month: str
    status: Status
    rows: int
    """Rows that could be used."""
    file: str | None
    """The file that speaks for the month; None where there is none."""
    why: str = ""
    """Why it is not complete, or how it came late, in words."""


@dataclass(frozen=True, slots=True)
class Return:
    """One month's file, as it was conformed."""

    month: str
    rows: int
    file: str
    late: str = ""
    """How it came late, in words; empty where it did not, or nobody can say."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Every month of every producer's datasets, from the first that arrived to the last; sorted."""

    rows: tuple[CoverageRow, ...]

    def producers(self, dataset: str) -> tuple[str, ...]:
        """Who has returned any of `dataset`, sorted."""
        return tuple(sorted({row.producer for row in self.rows if row.dataset == dataset}))

    def months(self, dataset: str, producer: str) -> tuple[str, ...]:
        """Every month from the first to the last that arrived, those between that did not arrive included."""
        return tuple(row.month for row in self._of(dataset, producer))

    def missing(self, dataset: str, producer: str, months: Iterable[str]) -> tuple[str, ...]:
        """Those of `months` without a whole return: absent, partial, or outside what has ever arrived. Sorted."""
        whole = {row.month for row in self._of(dataset, producer) if row.status in COUNTS}
        return tuple(sorted(set(months) - whole))

    def _of(self, dataset: str, producer: str) -> tuple[CoverageRow, ...]:
        return tuple(row for row in self.rows if row.dataset == dataset and row.producer == producer)


def cover(returns: Mapping[tuple[str, str], Iterable[Return]]) -> Coverage:
    """Coverage from the returns of each (dataset, producer): one file a month at most.

    Each dataset is held to its own first and last month: outcomes are published a month after the crimes they close. What
    is late and cut short is called partial.
    """
    rows = [row for (dataset, producer), sent in sorted(returns.items()) for row in _cover(dataset, producer, sent)]
    return Coverage(tuple(rows))


def _cover(dataset: str, producer: str, sent: Iterable[Return]) -> list[CoverageRow]:
    arrived = {each.month: each for each in sent}
    typical = median(each.rows for each in arrived.values())
    rows: list[CoverageRow] = []
    for month in months_between(min(arrived), max(arrived)):
        found = arrived.get(month)
        if found is None:
            rows.append(CoverageRow(dataset, producer, month, "absent", 0, None, "no file arrived"))
        else:
            status, why = _standing(found, typical)
            rows.append(CoverageRow(dataset, producer, month, status, found.rows, found.file, why))
    return rows


def _standing(found: Return, typical: float) -> tuple[Status, str]:
    if short := _shortfall(found.rows, typical):
        return "partial", short
    return ("late", found.late) if found.late else ("complete", "")


def _shortfall(rows: int, typical: float) -> str:
    if rows == 0:
        return "the file holds no row that can be used"
    if rows < FEW * typical:
        return f"{rows:,} rows, where the median month has {typical:,.0f}"
    return ""


def gaps(rows: Iterable[CoverageRow]) -> Iterator[str]:
    """What is not complete, in words: 'police_uk.street, northumbria: January 2022 absent (no file arrived)'."""

    def kind(row: CoverageRow) -> tuple[str, str, str, str]:
        return row.dataset, row.producer, row.status, row.why

    lacking = sorted((row for row in rows if row.status != "complete"), key=lambda row: (*kind(row), row.month))
    for (dataset, producer, status, why), found in groupby(lacking, key=kind):
        yield f"{dataset}, {producer}: {words_of_months(row.month for row in found)} {status}" + (
            f" ({why})" if why else ""
        )
