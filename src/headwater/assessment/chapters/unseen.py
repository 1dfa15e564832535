"""What the police do not see: partners' own counts, beside one another and beside the police's."""

from collections.abc import Sequence

from headwater import documents
from headwater.assessment.chapters.draft import Drafting
from headwater.assessment.chapters.partners import FLAGGED, told_in
from headwater.assessment.findings import Finding
from headwater.assessment.questions.kinds import ALL, EXPLOITED, NAMES, TWICE
from headwater.sources import contract

HIDDEN = "hidden"
PARTNERS = ("ed-assaults", "ambulance-violence")


def hidden(d: Drafting) -> str:
    """Violence that hospitals, ambulances and others see; nothing where none of them sends anything."""
    parts = [
        _headed("Unknown to the police", d.told("unknown-to-police.share")),
        _headed("Emergency departments beside the police", d.told("ed-beside-police.beside")),
        "".join(_partner(d, name) for name in PARTNERS),
        told_in(d, HIDDEN),
        _kinds(d),
    ]
    if not any(parts):
        return ""
    return (
        "Most violence is never reported to the police. Others see some of it: each for its own reasons, each blind somewhere. None of "
        "these counts is the truth about violence, and they must not be added up, for one injury may be in all of them.\n\n"
        + "".join(parts)
    )


def _headed(title: str, told: str) -> str:
    return f"## {title}\n\n{told}" if told else ""


def _partner(d: Drafting, name: str) -> str:
    told = "".join(d.told(f"{name}.{part}") for part in ("rate", "change", "since", "rolling"))
    measure = next((m for m in d.measures if m.name == name), None)
    return f"## {measure.title}\n\n{told}" if told and measure else ""


def _kinds(d: Drafting) -> str:
    found = [name for name in FLAGGED if d.find(f"{name}.kinds")]
    if not found:
        return ""
    sentences = "".join(d.sentence(f"{name}.kinds") for name in found)
    return f"## Kinds, by who wrote them down\n\n{sentences}{{{{ show: kinds-by-partner }}}}\n\n"


def kinds_by_partner(d: Drafting) -> Sequence[documents.Block]:
    """A row for each kind, and for each partner its number and its share of those of which it was recorded."""
    found = [finding for name in FLAGGED if (finding := d.find(f"{name}.kinds"))]
    if not found:
        return ()
    heads = [contract(finding.measure.source).producer for finding in found]
    columns = (documents.Column("Kind"), *(documents.Column(head, numeric=True) for head in heads))
    rows = tuple(
        (group, *(_cell(finding, group) for finding in found)) for group in (ALL, *NAMES.values(), EXPLOITED, TWICE)
    )
    periods = "; ".join(
        f"{head}: {finding.readings[0].period.words}" for head, finding in zip(heads, found, strict=True)
    )
    note = f"Each partner's own events, in its own latest year ({periods}). [n]: it does not record this."
    return (documents.Table("kinds-by-partner", "Kinds of violence, by who recorded them", columns, rows, note=note),)


def _cell(finding: Finding, group: str) -> documents.Entry:
    reading = next(each for each in finding.readings if each.group == group)
    return documents.Quoted(reading.cell, finding.anchor(reading))
