"""What the assessment finds: a measure applied to a snapshot, with everything needed to answer for it."""

from dataclasses import dataclass, field, replace
from typing import Self

from headwater import documents
from headwater.vocabulary import Cell, Measure, Period, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One cell of a finding: a place, a period, perhaps a group, and what may be said of them."""

    place: Place
    period: Period
    cell: Cell
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One question answered. Its name is stable: `violence.rate` in every edition of every area."""

    measure: Measure
    analysis: str
    title: str
    method: str
    """The page among the methods that says how it is worked out."""
    formula: str
    """In words and numbers, for the papers."""
    readings: tuple[Reading, ...]
    sentence: str
    """One plain sentence that says what was found, or why nothing can be."""
    caveats: tuple[str, ...] = ()
    comparators: tuple[str, ...] = ()
    exhibits: tuple[documents.Figure | documents.Table, ...] = field(default=())
    spread: tuple[float, ...] = ()
    """For a factor: what every authority's figure was in the period of the area's latest, least first."""

    @property
    def name(self) -> str:
        return f"{self.measure.name}.{self.analysis}"

    def anchor(self, reading: Reading) -> str:
        """Where one of its figures opens."""
        parts = [self.name, reading.period.label, reading.place.code, reading.group]
        return "/".join(part for part in parts if part)

    def at(self, place: Place, period: Period, group: str = "") -> Reading | None:
        """The reading for a place, a period and a group, if the finding has one."""
        for reading in self.readings:
            if (reading.place.code, reading.period.label, reading.group) == (place.code, period.label, group):
                return reading
        return None

    def showing(self, *exhibits: documents.Figure | documents.Table | None) -> Self:
        """The same finding, with its pictures and tables."""
        return replace(self, exhibits=tuple(exhibit for exhibit in exhibits if exhibit is not None))
