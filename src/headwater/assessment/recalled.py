"""The figures of an edition on disk, to be quoted from and claimed of again as they were when it was made."""

import re
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any, get_args

from headwater.assessment.findings import Finding, Reading
from headwater.assessment.quotes import Quotable
from headwater.vocabulary import (
    Cell,
    Conversion,
    Estimate,
    Level,
    LowReliability,
    Measure,
    Missing,
    NotApplicable,
    NotCollected,
    Period,
    Place,
    Shown,
    Suppressed,
)
from headwater.vocabulary.periods import Kind

Record = Mapping[str, Any]
POLICY = re.compile(r"“(.+)”")
KINDS: tuple[Kind, ...] = get_args(Kind)
NO_UNIT = "index"
"""What a record says of a figure that has no unit."""


def quotable_of(record: Record) -> Quotable:
    """Every finding of a record, with its figures to ten digits and without its pictures."""
    measures = {said["name"]: _measure(said) for said in record["measures"]}
    return Quotable(_finding(said, measures[said["measure"]]) for said in record["findings"])


def _measure(said: Record) -> Measure:
    names = {field.name for field in fields(Measure)}
    kept = {name: value for name, value in said.items() if name in names}
    days = {name: date.fromisoformat(said[name]) for name in ("agreed", "review_by")}
    pairs = {name: tuple(said[name]) for name in ("ages", "days") if name in said}
    given: dict[str, Any] = kept | days | pairs
    return Measure(**given)


def _finding(said: Record, measure: Measure) -> Finding:
    return Finding(
        measure=measure,
        analysis=said["analysis"],
        title=said["title"],
        method=said["method"],
        formula=said["formula"],
        readings=tuple(_reading(cell, said) for cell in said["cells"]),
        sentence=said["sentence"],
        caveats=tuple(said["caveats"]),
        comparators=tuple(each["label"] for each in said["comparators"]),
    )


def _reading(cell: Record, finding: Record) -> Reading:
    place = cell["place"]
    return Reading(
        place=Place(place["code"], place["name"], Level(place["level"])),
        period=_period(cell["period"]),
        cell=_cell(cell, finding),
        group=cell["group"] or "",
    )


def _period(said: Record) -> Period:
    """A label alone will not do: '2010-11' is a month and a financial year."""
    span = Period.span(said["start"], said["end"])
    return next(p for kind in KINDS if (p := Period(kind, span.start, span.length)).label == said["label"])


def _cell(cell: Record, finding: Record) -> Cell:
    match cell["status"]:
        case "shown":
            return Shown(_estimate(cell, finding))
        case "low reliability":
            return LowReliability(_estimate(cell, finding), cell["why"])
        case "suppressed":
            found = POLICY.search(cell["why"])
            return Suppressed("small", found[1] if found else cell["why"])
        case "missing":
            return Missing(cell["why"])
        case "not collected":
            return NotCollected(cell["why"])
        case _:
            return NotApplicable(cell["why"])


def _estimate(cell: Record, finding: Record) -> Estimate:
    carried = cell.get("conversion")
    given = {name: cell.get(name) for name in ("lower", "upper", "numerator", "denominator", "per")}
    return Estimate(
        value=cell["value"],
        unit="" if cell["unit"] == NO_UNIT else cell["unit"],
        decimals=cell["decimals"],
        method=finding["method"],
        snapshots=tuple(finding["provenance"]["snapshots"]),
        confidence=finding["confidence"] or 0.95,
        conversion=Conversion(carried["share"], carried["basis"]) if carried else None,
        **given,
    )
