"""What a writer may quote, found by its words."""

from dataclasses import dataclass

from headwater.editing.questions.figures import Figures

MOST = 60
"""Figures listed at once; whoever finds more says more."""


@dataclass(frozen=True, slots=True)
class Quotable:
    """One figure, and what to write to quote it."""

    title: str
    figure: str
    written: str


def quotable_figures(known: Figures, wanted: str) -> list[Quotable]:
    """The figures whose title, place, period or group hold every word of `wanted`, newest first; at most sixty."""
    from headwater.assessment.words import quote

    words = wanted.casefold().split()
    if not words:
        return []
    titled = (
        (reading.period.end, Quotable(_title(finding.title, reading), reading.cell.text, quote(name, reading)))
        for name, finding in known.quotable.findings.items()
        for reading in finding.readings
    )
    found = [(end, each) for end, each in titled if all(word in each.title.casefold() for word in words)]
    return [each for _, each in sorted(found, key=lambda pair: pair[0], reverse=True)[:MOST]]


def _title(title: str, reading: "object") -> str:
    period, place, group = reading.period.label, reading.place.name, reading.group  # pyright: ignore[reportAttributeAccessIssue]
    return ", ".join(part for part in (title, place, period, group) if part)
