"""What do the police not see? Of those whom another partner met, how many have no police record of the same person near them."""

import numpy as np

from headwater.assessment.exhibits import table_of
from headwater.assessment.findings import Finding, Reading
from headwater.assessment.near import covered, found_near
from headwater.assessment.scene import Scene
from headwater.assessment.words import quote
from headwater.disclosure import protect_cell
from headwater.engine import Engine
from headwater.lake import Snapshot
from headwater.lake.linked import Linked, Reviewed
from headwater.methods import linked_share
from headwater.methods.results import Interval, LinkageQuality
from headwater.vocabulary import Cell, Estimate, Measure, Missing, NotApplicable, Period, Shown, is_shown

LOOKED_FOR = "all that were looked for"
UNREVIEWED = "the links between the two partners' records have not been reviewed, so nobody can say how many are right and how many were missed"

UNCOVERED = "there is no month of which both partners' records, and those of the days around it, are whole"


def hidden(scene: Scene, measure: Measure, snapshot: Snapshot, engine: Engine) -> Finding | None:
    """The share that no event of the other source was found for. None where the two were never linked."""
    linked = snapshot.linked
    if linked is None or not _between(measure, linked) or not scene.months(measure.beside):
        return None
    strict = scene.under(measure.source, measure.beside, *linked.datasets)
    if period := covered(strict, measure, linked):
        found, whole = found_near(strict, measure, snapshot, engine, period)
        return _finding(
            scene, measure, linked, period, _share(strict, linked, found, whole), _count(strict, measure, whole)
        )
    if period := scene.headline(measure.source):
        return _finding(scene, measure, linked, period, Missing(UNCOVERED), Missing(UNCOVERED))
    return None


def _between(measure: Measure, linked: Linked) -> bool:
    """Were the records of both partners linked?"""
    partners = {dataset.partition(".")[0] for dataset in linked.datasets}
    return {measure.source.partition(".")[0], measure.beside.partition(".")[0]} <= partners


def _finding(scene: Scene, measure: Measure, linked: Linked, period: Period, found: Cell, whole: Cell) -> Finding:
    share = Reading(place=scene.area, period=period, cell=found)
    count = Reading(place=scene.area, period=period, group=LOOKED_FOR, cell=whole)
    first, last = measure.days
    finding = Finding(
        measure=measure,
        analysis="share",
        title=measure.title,
        method="linked_share",
        formula=(
            f"One less the share of {measure.counts} with a link to a crime of the same person as {measure.beside_role}, from "
            f"{-first} days before to {last} after: those found × precision ÷ recall of the links ÷ all"
        ),
        readings=(share, count),
        sentence=_sentence(measure, share, count),
        caveats=(*measure.caveats, *_review(linked)),
    )
    caption = f"{finding.title}, {share.period.words}"
    return finding.showing(table_of(finding, [share], "period", name=measure.name, caption=caption, value="%"))


def _sentence(measure: Measure, share: Reading, count: Reading) -> str:
    name = f"{measure.name}.share"
    if not (is_shown(share.cell) and is_shown(count.cell)):
        return f"For the share of {measure.counts} in {share.period.words} that no police record of the same person could be found for, {quote(name, share)}."
    return (
        f"Of {quote(name, count)} in {share.period.words}, {quote(name, share, 'between')} were of violence that no police record of the same "
        "person could be found for."
    )


def _review(linked: Linked) -> tuple[str, ...]:
    """How good the links are, as those who reviewed them found."""
    if linked.reviewed is None:
        return ()
    right, found = (f"{100 * ends[0]:.0f}%" for ends in (linked.reviewed.precision, linked.reviewed.recall))
    judged = f"a review of {linked.reviewed.judged:,} pairs"
    return (
        f"Of the links, {judged} found {right} right; of the pairs of one person that were compared, {found} linked.",
    )


def _share(scene: Scene, linked: Linked, found: int, whole: int) -> Cell:
    if linked.reviewed is None:
        return Missing(UNREVIEWED)
    if linked.lacking:
        return Missing(f"records of {' and '.join(linked.lacking)} are in use that were never linked: link them again")
    if not whole:
        return NotApplicable("there was nothing to take a share of")
    known = linked_share(found, whole, _quality(linked.reviewed))
    estimate = Estimate(
        value=100 * (1 - float(known.value)),
        lower=100 * (1 - float(known.upper)),
        upper=100 * (1 - float(known.lower)),
        unit="%",
        decimals=0,
        method="linked_share",
        snapshots=(scene.snapshot,),
        numerator=whole - found,
        denominator=whole,
    )
    return protect_cell(Shown(estimate), whole - found, scene.policy)


def _quality(reviewed: Reviewed) -> LinkageQuality:
    return LinkageQuality(*(_interval(ends) for ends in (reviewed.precision, reviewed.recall)))


def _interval(ends: tuple[float, float, float]) -> Interval:
    return Interval(*(np.asarray(end) for end in ends))


def _count(scene: Scene, measure: Measure, whole: int) -> Cell:
    estimate = Estimate(
        value=whole, unit=measure.counts, decimals=0, method="count", snapshots=(scene.snapshot,), numerator=whole
    )
    return protect_cell(Shown(estimate), whole, scene.policy)
