"""Every question of every measure, in order."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from headwater.assessment.captured import capture_table
from headwater.assessment.counting import OUTCOMES, STREET, Counts, by_group, count, flagged, people_in, tally, waits
from headwater.assessment.figures import figures
from headwater.assessment.findings import Finding
from headwater.assessment.published import Publication
from headwater.assessment.questions import comparison, concentration, levels, process, trend
from headwater.assessment.questions.answers import charged, waiting
from headwater.assessment.questions.beside import beside
from headwater.assessment.questions.capture import capture
from headwater.assessment.questions.fairness import disparity, share_by_group
from headwater.assessment.questions.gradient import gradient
from headwater.assessment.questions.hidden import hidden
from headwater.assessment.questions.kinds import kinds
from headwater.assessment.questions.maps import small_area_rates
from headwater.assessment.questions.people import People, people
from headwater.assessment.questions.published import change, published
from headwater.assessment.scene import Scene
from headwater.engine import Engine
from headwater.lake import Snapshot
from headwater.sources import contract
from headwater.vocabulary import EVERYONE, Measure, Period, month_number

Question = Callable[[Scene, Measure, Counts], Finding | None]

QUESTIONS: tuple[Question, ...] = (
    levels.count,
    levels.rate,
    trend.rolling,
    trend.change,
    trend.since,
    process.control,
    process.seasons,
    concentration.concentration,
    concentration.steadiness,
    gradient,
    comparison.funnel,
    comparison.rank,
    small_area_rates,
)


FEWER: tuple[Question, ...] = (levels.count, levels.rate, trend.rolling, trend.change, trend.since, process.control)
"""What is asked of partners' own records: how much, and whether it changed. Where and among whom have questions of their own."""

PER_RESIDENT = frozenset({"rate", "rolling", "gradient", "funnel", "rank", "places", "disparity"})
"""Analyses that divide by residents, and do not cancel them out again."""


def ask(scene: Scene, measures: Sequence[Measure], snapshot: Snapshot, engine: Engine) -> Iterator[Finding]:
    """All that can be found for `measures`, each with its doubts; a measure whose source has not landed is passed over."""
    for finding in _asked(scene, measures, snapshot, engine):
        yield replace(finding, caveats=(*finding.caveats, *_doubts(scene, finding)))


def _doubts(scene: Scene, finding: Finding) -> Iterator[str]:
    if finding.analysis in PER_RESIDENT:
        yield from scene.doubts.of_places((scene.area, *(reading.place for reading in finding.readings)))
    yield from scene.doubts.of_forces(finding.measure.source, scene.senders(finding.measure.source, scene.area))


def _asked(scene: Scene, measures: Sequence[Measure], snapshot: Snapshot, engine: Engine) -> Iterator[Finding]:
    for measure in measures:
        if measure.shape == "published":
            yield from _of_published(scene, measure, snapshot, engine)
        elif measure.shape == "capture":
            yield from _of_capture(scene.under(measure.source), measure, snapshot, engine)
        elif scene.months(measure.source) and (whole := with_people(scene, measure, snapshot)):
            yield from _of_events(whole.under(measure.source), measure, snapshot, engine)


def _of_events(scene: Scene, measure: Measure, snapshot: Snapshot, engine: Engine) -> Iterator[Finding]:
    """All that can be found for one measure of events, in a scene where they are shown as their owners ask."""
    match measure.shape:
        case "rate":
            yield from _of_rate(scene.among(measure.ages), measure, snapshot, engine)
        case "kinds":
            yield from _of_kinds(scene, measure, snapshot, engine)
        case "people":
            yield from _of_people(scene, measure, snapshot, engine)
        case "linked":
            yield from filter(None, (hidden(scene, measure, snapshot, engine),))
        case "beside":
            yield from _of_two(scene, measure, snapshot, engine)
        case "disparity" | "proportion" if measure.by:
            yield from _of_groups(scene, measure, snapshot, engine)
        case "proportion":
            yield charged(scene, measure, *(_counts(scene, measure, snapshot, engine, whole=w) for w in (False, True)))
        case _:
            yield from _of_waits(scene, measure, snapshot, engine)


def with_people(scene: Scene, measure: Measure, snapshot: Snapshot) -> Scene | None:
    """The scene in which a month is whole only with the people in its events, where a measure asks who they were.

    None where they have not landed: to count nobody would be a nought that is none.
    """
    if not (measure.shape == "people" or measure.role or measure.ages != EVERYONE):
        return scene
    source = measure.source.partition(".")[0]
    held = {
        part.dataset for part in snapshot.parts if "people" in part.tables and part.dataset.startswith(f"{source}.")
    }
    if not held:
        return None
    return replace(scene, along={measure.source: tuple(sorted(held - {measure.source}))})


def counts_of(scene: Scene, measure: Measure, snapshot: Snapshot, engine: Engine) -> Counts:
    """A measure's counts by place and month."""
    return _counts(scene, measure, snapshot, engine, whole=False)


def _counts(scene: Scene, measure: Measure, snapshot: Snapshot, engine: Engine, *, whole: bool) -> Counts:
    table = tally(snapshot, engine, measure, _senders(scene, measure), whole=whole)
    return count(table, scene, measure.source)


def publication_of(scene: Scene, measure: Measure, snapshot: Snapshot, engine: Engine) -> Publication:
    """What was published of a measure, under the stricter of the policies it comes under."""
    held = figures(snapshot, engine, measure)
    return Publication(scene=scene, measure=measure, figures=held, policy=scene.policy_for(measure.source))


def _of_published(scene: Scene, measure: Measure, snapshot: Snapshot, engine: Engine) -> Iterator[Finding]:
    publication = publication_of(scene, measure, snapshot, engine)
    if found := published(publication):
        yield found
        if measure.success and (moved := change(publication, found)):
            yield moved


def _of_capture(scene: Scene, measure: Measure, snapshot: Snapshot, engine: Engine) -> Iterator[Finding]:
    if table := capture_table(snapshot, engine, measure, scene.area):
        yield capture(scene, measure, table)


def _of_rate(scene: Scene, measure: Measure, snapshot: Snapshot, engine: Engine) -> Iterator[Finding]:
    counts = _counts(scene, measure, snapshot, engine, whole=False)
    for question in FEWER if contract(measure.source).agreement else QUESTIONS:
        if found := question(scene, measure, counts):
            yield found


def _of_groups(scene: Scene, measure: Measure, snapshot: Snapshot, engine: Engine) -> Iterator[Finding]:
    period = scene.headline(measure.source)
    if period is None or not snapshot.has("people"):
        return
    forces = _senders(scene, measure)
    part = by_group(snapshot, engine, measure, forces, period)
    if measure.shape == "disparity":
        yield disparity(scene, measure, part, period)
        return
    whole = by_group(snapshot, engine, measure, forces, period, whole=True)
    yield share_by_group(scene, measure, {g: (part.get(g, 0), n) for g, n in whole.items()}, period)


def _of_kinds(scene: Scene, measure: Measure, snapshot: Snapshot, engine: Engine) -> Iterator[Finding]:
    if period := scene.headline(measure.source):
        yield kinds(scene, measure, flagged(snapshot, engine, measure, _senders(scene, measure), period), period)


def _of_people(scene: Scene, measure: Measure, snapshot: Snapshot, engine: Engine) -> Iterator[Finding]:
    period = scene.headline(measure.source)
    if period is None:
        return
    table = people_in(snapshot, engine, measure, _senders(scene, measure), period)
    yield from people(scene, measure, People.of(table), period)


def _of_two(scene: Scene, measure: Measure, snapshot: Snapshot, engine: Engine) -> Iterator[Finding]:
    period = scene.headline(measure.source)
    mine = replace(measure, of={})
    other = replace(measure, source=measure.beside, where=measure.of, of={}, counts=measure.among)
    if period is None or not scene.months(measure.beside):
        return
    strict = scene.under(measure.beside)
    seen, recorded = (counts_of(strict, each, snapshot, engine) for each in (mine, other))
    yield beside(strict, (measure, seen), (other, recorded), period)


def _senders(scene: Scene, measure: Measure) -> tuple[str, ...]:
    return scene.senders(measure.source, scene.area)


def _of_waits(scene: Scene, measure: Measure, snapshot: Snapshot, engine: Engine) -> Iterator[Finding]:
    period = _answerable(scene)
    if period is None:
        return
    table = waits(snapshot, engine, measure, scene.forces(scene.area), period)
    last = month_number(max(m for m in scene.months(OUTCOMES) if not scene.missing(OUTCOMES, scene.area, (m,))))
    recorded = np.array([month_number(m) for m in table["month"].to_pylist()], np.int64)
    answers = [month_number(m) if m else None for m in table["answered"].to_pylist()]
    observed = np.array([a is not None and a <= last for a in answers], bool)
    ended = np.array([last if a is None or a > last else a for a in answers], np.int64)
    found = waiting(scene, measure, np.maximum(ended - recorded, 0), observed, table["n"].to_numpy(), period)
    if found:
        yield found


def _answerable(scene: Scene) -> Period | None:
    """The latest run of up to twelve months in which crimes and outcomes are both covered."""
    both = [
        m
        for m in scene.months(STREET)
        if not scene.missing(STREET, scene.area, (m,)) and not scene.missing(OUTCOMES, scene.area, (m,))
    ]
    outcomes = scene.months(OUTCOMES)
    run: list[str] = []
    for month in reversed([m for m in both if m in outcomes]):
        if (run and month_number(run[-1]) - month_number(month) != 1) or len(run) == 12:
            break
        run.append(month)
    return Period.span(run[-1], run[0]) if run else None
