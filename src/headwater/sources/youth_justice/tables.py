"""The yearly table: the figures of a row, each with what it is out of."""

from collections.abc import Iterator
from dataclasses import dataclass

from headwater.sources.published import Figure, figure
from headwater.sources.reading import Unusable
from headwater.sources.yearly import YearlyRow

CHILDREN, COHORT = "Population aged 10 to 17", "Reoffending cohort"
ENTRANTS, RATE = "First-time entrants", "First-time entrants rate"
_COUNTED = {
    ENTRANTS: ("first-time-entrants", "children", CHILDREN),
    "Proven violent offences": ("proven-offences.violence", "proven offences", CHILDREN),
    "Proven weapons offences": ("proven-offences.weapons", "proven offences", CHILDREN),
    "Children who reoffended": ("reoffending", "children", COHORT),
}
"""By column: the measure, what one of it is, and the column that it is out of."""


@dataclass(frozen=True, slots=True)
class Row(YearlyRow):
    """What a row says of its own year and area."""

    def figures(self) -> Iterator[Figure]:
        """Every count of the row, and the published rate. Raises `Unusable` where one is no count, or a part is over its whole."""
        for column, (measure, unit, whole) in _COUNTED.items():
            if column in self.said:
                many, status = self.count(column)
                out_of = self.count(whole)[0] if whole in self.said else None
                if whole == COHORT and many is not None and out_of is not None and many > out_of:
                    raise Unusable(f"{column!r} is more than {whole!r}")
                yield Figure(measure=measure, unit=unit, value=many, status=status, denominator=out_of)
        if RATE in self.said:
            yield self._rate()

    def _rate(self) -> Figure:
        """The published rate; withheld with its count, which anybody could work out from it."""
        rate, status = figure(self.said, RATE, self.contract.codes["marks"])
        _, hidden = self.count(ENTRANTS)
        if hidden == "c":
            rate, status = None, hidden
        if rate is not None and not 0 <= rate < float("inf"):
            raise Unusable(f"{RATE!r} is not a rate")
        return Figure(measure="first-time-entrants-rate", unit="per 100,000 aged 10 to 17", value=rate, status=status,
                      denominator=self.count(CHILDREN)[0])  # fmt: skip
