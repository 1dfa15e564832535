"""How was harm answered? The share of violent crimes with a suspect charged, and how long a first outcome takes."""

import numpy as np

from headwater import documents
from headwater.assessment.cells import withheld
from headwater.assessment.counting import Counts
from headwater.assessment.exhibits import table_of
from headwater.assessment.findings import Finding, Reading
from headwater.assessment.questions.fairness import share_cell
from headwater.assessment.scene import Scene
from headwater.assessment.words import quote
from headwater.documents.charts import LineChart, Series
from headwater.methods import time_to_outcome
from headwater.methods.results import TimeToOutcome
from headwater.vocabulary import Cell, Estimate, Measure, NotApplicable, Period, Place, Shown, is_shown

ASKED = (1, 3, 6, 12)
"""Months after recording at which the share with an outcome is quoted."""


def charged(scene: Scene, measure: Measure, part: Counts, whole: Counts) -> Finding:
    """Of the crimes of each year, the share whose latest known outcome is a charge or what follows one."""
    headline = scene.headline(measure.source)
    asked = [(scene.area, year) for year in scene.years(measure.source)]
    asked += [(place, headline) for place in (scene.area, *scene.subareas) if headline]
    readings = tuple(
        Reading(place=place, period=period, cell=_share(scene, measure, part, whole, place, period))
        for place, period in asked
    )
    now = next((r for r in readings if r.period == headline), None)
    finding = Finding(
        measure=measure,
        analysis="share",
        title=measure.title,
        method="wilson",
        formula="Crimes whose latest outcome is a charge, or what follows one ÷ all crimes of the kind recorded in the period",
        readings=readings,
        sentence=_charged_sentence(measure, now),
        caveats=tuple(measure.caveats),
    )
    years = [r for r in readings if r.period.kind in ("financial", "calendar")]
    caption = f"{measure.title}, by year of recording"
    return finding.showing(
        table_of(finding, years, "period", name=f"{measure.name}-by-year", caption=caption, value="%")
    )


def _charged_sentence(measure: Measure, now: Reading | None) -> str:
    if now is None:
        return "No period is covered."
    said, crimes = quote(f"{measure.name}.share", now), f"violence and sexual offences recorded in {now.period.words}"
    if not is_shown(now.cell):
        return f"For the share of {crimes} with a suspect charged, {said}."
    return f"Of {crimes}, {said} had a suspect charged by the time the files were made."


def _share(scene: Scene, measure: Measure, part: Counts, whole: Counts, place: Place, period: Period) -> Cell:
    if (absent := withheld(scene, measure, place, period)) is not None:
        return absent
    return share_cell(scene, part.count(place, period), whole.count(place, period))


def waiting(
    scene: Scene, measure: Measure, months: np.ndarray, observed: np.ndarray, many: np.ndarray, period: Period
) -> Finding | None:
    """The share of violent crimes with a first outcome by the end of each month since they were recorded."""
    if not many.sum():
        return None
    found = time_to_outcome(np.repeat(months, many), np.repeat(observed, many))
    readings = tuple(
        Reading(
            place=scene.area,
            period=period,
            group=f"by the end of month {m}",
            cell=_by(scene, found, m, int(many.sum())),
        )
        for m in ASKED
    )
    finding = Finding(
        measure=measure,
        analysis="curve",
        title=measure.title,
        method="time_to_outcome",
        formula="One minus the product, over months, of the share still waiting (Kaplan and Meier), so that recent crimes count for as long as they have been watched",
        readings=readings,
        sentence=f"Of violence and sexual offences recorded from {period.words}, {quote(f'{measure.name}.curve', readings[1])} had a first outcome by the end of the third month after the month of recording.",
        caveats=tuple(measure.caveats),
    )
    return finding.showing(_curve(finding, found))


def _by(scene: Scene, found: TimeToOutcome, month: int, whole: int) -> Cell:
    where = np.flatnonzero(found.months == month)
    if not where.size or not np.isfinite(found.share.value[where[0]]):
        return NotApplicable("no crime has been followed that long")
    value, lower, upper = (100 * float(getattr(found.share, end)[where[0]]) for end in ("value", "lower", "upper"))
    estimate = Estimate(
        value=value,
        lower=lower,
        upper=upper,
        unit="%",
        decimals=1,
        method="time_to_outcome",
        snapshots=(scene.snapshot,),
        denominator=whole,
    )
    return Shown(estimate)


def _curve(finding: Finding, found: TimeToOutcome) -> documents.Figure:
    keep = found.months <= 18
    values, lower, upper = (
        tuple((100 * end[keep]).round(2).tolist()) for end in (found.share.value, found.share.lower, found.share.upper)
    )
    labels = tuple(str(m) for m in found.months[keep])
    caption = f"{finding.title}: share with an outcome by months since recording"
    return documents.Figure(
        name=finding.measure.name,
        caption=caption,
        description=f"A rising line with its 95% limits. {finding.sentence}",
        chart=LineChart(
            labels,
            (Series("With an outcome", values, lower, upper),),
            "Months since the month of recording",
            "% of offences",
        ),
        table=table_of(
            finding, finding.readings, "group", name=finding.measure.name, caption=caption, value="% with an outcome"
        ),
    )
