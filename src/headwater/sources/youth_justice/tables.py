"""The yearly table: the figures of a row, each with what it is out of."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Self

from headwater.sources.authorities import Placed, by_any_code
from headwater.sources.contract import Contract
from headwater.sources.published import APRIL, Figure, Span, figure
from headwater.sources.reading import Unusable

CHILDREN, COHORT = "Population aged 10 to 17", "Reoffending cohort"
ENTRANTS, RATE = "First-time entrants", "First-time entrants rate"
_COUNTED = {
    ENTRANTS: ("first-time-entrants", "children", CHILDREN),
    "Proven violent offences": ("proven-offences.violence", "proven offences", CHILDREN),
    "Proven weapons offences": ("proven-offences.weapons", "proven offences", CHILDREN),
    "Children who reoffended": ("reoffending", "children", COHORT),
}
"""By column: the measure, what one of it is, and the column that it is out of."""


def year_of(said: str) -> Span:
    """'2023/24' as the financial year."""
    return Span.split(said, APRIL, "Year")


@dataclass(frozen=True, slots=True)
class Row:
    """What a row says, under the contract's own names."""

    said: Mapping[str, str]
    contract: Contract

    @classmethod
    def of(cls, cells: Mapping[str, str], matched: Mapping[str, str], contract: Contract) -> Self:
        return cls({column: cells[given] for column, given in matched.items()}, contract)

    @property
    def span(self) -> Span:
        return year_of(self.said["Year"])

    @property
    def area(self) -> Placed:
        return by_any_code(self.said["Area code"], self.span.last, "Area code")

    def figures(self) -> Iterator[Figure]:
        """Every count of the row, and the published rate. Raises `Unusable` where one is no count, or a part is over its whole."""
        for column, (measure, unit, whole) in _COUNTED.items():
            if column in self.said:
                many, status = self._count(column)
                out_of = self._count(whole)[0] if whole in self.said else None
                if whole == COHORT and many is not None and out_of is not None and many > out_of:
                    raise Unusable(f"{column!r} is more than {whole!r}")
                yield Figure(measure=measure, unit=unit, value=many, status=status, denominator=out_of)
        if RATE in self.said:
            yield self._rate()

    def _rate(self) -> Figure:
        """The published rate; withheld with its count, which anybody could work out from it."""
        rate, status = figure(self.said, RATE, self.contract.codes["marks"])
        _, hidden = self._count(ENTRANTS)
        if hidden == "c":
            rate, status = None, hidden
        if rate is not None and not 0 <= rate < float("inf"):
            raise Unusable(f"{RATE!r} is not a rate")
        return Figure(measure="first-time-entrants-rate", unit="per 100,000 aged 10 to 17", value=rate, status=status,
                      denominator=self._count(CHILDREN)[0])  # fmt: skip

    def _count(self, column: str) -> tuple[float | None, str | None]:
        many, status = figure(self.said, column, self.contract.codes["marks"])
        if many is not None and (many < 0 or not many.is_integer()):
            raise Unusable(f"{column!r} is not a whole number")
        return many, status
