"""The tables and bars that findings are shown in; each figure in them opens to its papers."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from headwater import documents
from headwater.assessment.findings import Finding, Reading
from headwater.documents.charts import Bar
from headwater.vocabulary import Cell, Estimate, NotApplicable, Shown, is_shown, why_not

NAMES = {"period": "Period", "place": "Area", "group": "Group"}
Naming = Literal["period", "place", "group"]
Part = Literal["numerator", "denominator"]


def estimate_of(cell: Cell) -> Estimate | None:
    """The estimate a cell shows, if it shows one."""
    return cell.estimate if is_shown(cell) else None


def value_of(cell: Cell) -> float | None:
    """The value a cell shows, if it shows one."""
    estimate = estimate_of(cell)
    return estimate.value if estimate else None


def by_value(readings: Sequence[Reading]) -> list[Reading]:
    """Highest first; what cannot be shown comes last; ties in the order of names."""
    return sorted(readings, key=lambda r: (-(value_of(r.cell) or 0.0), value_of(r.cell) is None, r.place.name, r.group))


def name_of(reading: Reading, naming: Naming) -> str:
    """What the row or bar of a reading is called."""
    if naming == "place":
        return reading.place.name
    if naming == "group":
        return reading.group
    kinds = {"financial": " (April to March)", "calendar": " (January to December)"}
    return reading.period.label + kinds.get(reading.period.kind, "")


def table_of(
    finding: Finding, readings: Sequence[Reading], naming: Naming, *, name: str, caption: str, value: str
) -> documents.Table:
    """One row a reading: the figure, its limits, what it was made of, and why where there is none."""
    estimates = [estimate_of(r.cell) for r in readings]
    limits = any(e is not None and e.lower is not None for e in estimates)
    parts = _parts_of(finding, [e for e in estimates if e is not None])
    columns = [documents.Column(NAMES[naming]), documents.Column(value, numeric=True)]
    columns += [documents.Column("Lower 95% limit", True), documents.Column("Upper 95% limit", True)] * limits
    columns += [documents.Column(title, True) for title, _ in parts]
    rows = [_row(finding, reading, naming, limits=limits, parts=[part for _, part in parts]) for reading in readings]
    reasons = [(name_of(r, naming), why_not(r.cell)) for r in readings if why_not(r.cell)]
    return documents.Table(name=name, caption=caption, columns=tuple(columns), rows=tuple(rows), note=_note(reasons))


def _parts_of(finding: Finding, estimates: Sequence[Estimate]) -> list[tuple[str, Part]]:
    """The columns that say what figures were made of: of a share, both the part and the whole, lest one pass for the other."""
    counts = finding.measure.counts
    if not any(e.unit == "%" and e.denominator is not None for e in estimates):
        return [(counts.capitalize(), "numerator")] * any(e.denominator is not None for e in estimates)
    part: list[tuple[str, Part]] = [("Number", "numerator")] * any(e.numerator is not None for e in estimates)
    return [*part, (f"Out of ({counts})", "denominator")]


def _row(
    finding: Finding, reading: Reading, naming: Naming, *, limits: bool, parts: Sequence[Part]
) -> tuple[documents.Entry, ...]:
    estimate, cell = estimate_of(reading.cell), reading.cell
    row: list[documents.Entry] = [name_of(reading, naming), documents.Quoted(cell, finding.anchor(reading))]
    blank = NotApplicable("").marker if estimate else cell.marker
    if limits:
        row += [_end(end, estimate) if estimate and end is not None else blank for end in _ends(estimate)]
    made_of = [getattr(estimate, part, None) for part in parts]
    return (*row, *(blank if many is None else round(many) for many in made_of))


def _ends(estimate: Estimate | None) -> tuple[float | None, float | None]:
    return (estimate.lower, estimate.upper) if estimate else (None, None)


def _end(value: float, estimate: Estimate) -> documents.Entry:
    """A limit as a number with the decimals of its figure, so that a spreadsheet can do sums with it."""
    return Shown(replace(estimate, value=value, lower=None, upper=None, conversion=None, unit=""))


def _note(reasons: list[tuple[str, str]]) -> str:
    """Why figures are absent: each reason once, with the rows it holds for."""
    by_reason: dict[str, list[str]] = {}
    for name, reason in reasons:
        by_reason.setdefault(reason, []).append(name)
    parts = [
        f"{', '.join(names[:6])}{' and others' if len(names) > 6 else ''}: {why}" for why, names in by_reason.items()
    ]
    return f"Not given: {'; '.join(parts)}." if parts else ""


def bar_of(reading: Reading, naming: Naming, *, emphasis: bool = False) -> Bar:
    """A reading as a bar; hatched, with its marker, where there is no figure."""
    estimate = estimate_of(reading.cell)
    if estimate is None:
        return Bar(label=name_of(reading, naming), value=None, marker=reading.cell.marker, emphasis=emphasis)
    return Bar(name_of(reading, naming), estimate.value, estimate.lower, estimate.upper, emphasis=emphasis)
