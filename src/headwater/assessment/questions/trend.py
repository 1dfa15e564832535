"""Rising or falling, and is the change real? The rolling year, the change on the year."""

from collections.abc import Sequence

from headwater import documents
from headwater.assessment.cells import count_cell, rate_cell
from headwater.assessment.counting import Counts
from headwater.assessment.exhibits import bar_of, table_of, value_of
from headwater.assessment.findings import Finding, Reading
from headwater.assessment.rebases import Rebase
from headwater.assessment.scene import Scene
from headwater.assessment.words import capital, in_list, quote, verdict
from headwater.documents.charts import Band, BarChart, LineChart, Series
from headwater.methods import rate_ratio
from headwater.vocabulary import (
    Cell,
    Estimate,
    Measure,
    Missing,
    NotApplicable,
    NotCollected,
    Period,
    Place,
    Shown,
    Suppressed,
    is_shown,
    month_words,
)

NO_RETURN = "a month in them has no complete return"


def rolling(scene: Scene, measure: Measure, counts: Counts) -> Finding | None:
    """The rate in every run of twelve months; a run over a month without a return has no figure."""
    periods = scene.rolling(measure.source)
    if not periods:
        return None
    readings = [
        Reading(place=scene.area, period=p, cell=rate_cell(scene, measure, counts, scene.area, p)) for p in periods
    ]
    finding = Finding(
        measure=measure,
        analysis="rolling",
        title=f"{measure.title}: rolling twelve months",
        method="rolling_sum",
        formula=f"{measure.counts} in twelve consecutive months ÷ {measure.residents} × {measure.per:,}",
        readings=tuple(readings),
        sentence=_rolling_sentence(measure, readings),
        caveats=(*measure.caveats, *scene.broken(measure.name, periods[0].start, periods[-1].end)),
    )
    return finding.showing(_rolling_figure(scene, finding))


def _rolling_sentence(measure: Measure, readings: list[Reading]) -> str:
    shown = [r for r in readings if is_shown(r.cell)]
    gaps = len(readings) - len(shown)
    why = "a month in them may not be shown" if any(isinstance(r.cell, Suppressed) for r in readings) else NO_RETURN
    without = f" {gaps} of {len(readings)} such years have no figure: {why}." * (gaps > 0)
    if not shown:
        return f"No run of twelve months of {measure.short} is fully covered." + without
    low = min(shown, key=lambda r: value_of(r.cell) or 0.0)
    high = max(shown, key=lambda r: value_of(r.cell) or 0.0)
    return (
        f"Over any twelve months, the rate of {measure.short} lay between {quote(f'{measure.name}.rolling', low)} in "
        f"{low.period.words} and {quote(f'{measure.name}.rolling', high)} in {high.period.words}.{without}"
    )


def _rolling_figure(scene: Scene, finding: Finding) -> documents.Figure:
    measure, readings = finding.measure, finding.readings
    estimates = [r.cell.estimate if is_shown(r.cell) else None for r in readings]
    caption = f"{measure.title}: rate in each twelve months, {scene.area.name}"
    return documents.Figure(
        name=f"{measure.name}-rolling",
        caption=caption,
        description=f"A line of the rate in each run of twelve months with its 95% limits; hatching where there is no figure. {finding.sentence}",
        chart=LineChart(
            labels=tuple(r.period.end for r in readings),
            series=(
                Series(
                    name=scene.area.name,
                    values=tuple(e.value if e else None for e in estimates),
                    lower=tuple(e.lower if e else None for e in estimates),
                    upper=tuple(e.upper if e else None for e in estimates),
                ),
            ),
            x_title="Twelve months to",
            y_title=f"Per {measure.per:,} {measure.residents}",
            bands=(*gap_bands([r.cell for r in readings]), *_break_bands(scene, finding)),
        ),
        table=table_of(
            finding,
            readings,
            "period",
            name=f"{measure.name}-rolling",
            caption=caption,
            value=f"Rate per {measure.per:,}",
        ),
    )


def _break_bands(scene: Scene, finding: Finding) -> tuple[Band, ...]:
    """A break in the series where the first rolling year to hold a month of the new process stands."""
    ends = [r.period.end for r in finding.readings]
    return break_bands(scene.breaks(finding.measure.name, ends[0], ends[-1]), ends)


def break_bands(changed: Sequence[Rebase], months: Sequence[str]) -> tuple[Band, ...]:
    """A mark at the first month of each new way of counting."""
    at = sorted({months.index(r.month) for r in changed})
    return tuple(Band(place, place, "break", "counting changed") for place in at)


def gap_bands(cells: Sequence[Cell]) -> tuple[Band, ...]:
    """Runs of cells without a figure as hatched bands. Only what is held back is called withheld: the rest never came."""
    bands: list[Band] = []
    for position, cell in enumerate(cells):
        if is_shown(cell):
            continue
        label = "withheld" if isinstance(cell, Suppressed) else "no return"
        if bands and bands[-1].last == position - 1 and bands[-1].label == label:
            bands[-1] = Band(bands[-1].first, position, "gap", label)
        else:
            bands.append(Band(position, position, "gap", label))
    return tuple(bands)


def change(scene: Scene, measure: Measure, counts: Counts) -> Finding | None:
    """This twelve months against the twelve before, as a ratio of rates, for the area and its parts."""
    headline = scene.headline(measure.source)
    if headline is None or headline.length != 12:
        return None
    return _compared(scene, measure, counts, headline, headline.earlier(), "change", "change on the year before")


def since(scene: Scene, measure: Measure, counts: Counts) -> Finding | None:
    """This twelve months against the latest earlier year that is fully covered, where that is not the year before."""
    headline = scene.headline(measure.source)
    then = scene.earlier_covered(measure.source, headline) if headline else None
    if headline is None or then is None or then == headline.earlier():
        return None
    return _compared(scene, measure, counts, headline, then, "since", f"change since {then.words}")


def _compared(
    scene: Scene, measure: Measure, counts: Counts, now: Period, then: Period, analysis: str, words: str
) -> Finding:
    readings = [
        Reading(place=place, period=now, cell=ratio_cell(scene, measure, counts, place, (now, then)))
        for place in (scene.area, *scene.subareas)
    ]
    finding = Finding(
        measure=measure,
        analysis=analysis,
        title=f"{measure.title}: {words}",
        method="rate_ratio",
        formula=f"Rate in {now.words} ÷ rate in {then.words}",
        readings=tuple(readings),
        sentence=_change_sentence(scene, f"{measure.name}.{analysis}", measure, readings[0], then)
        + (_across(scene, measure, then.start, now.end) if is_shown(readings[0].cell) else ""),
        caveats=(*measure.caveats, *scene.broken(measure.name, then.start, now.end)),
        comparators=(then.words,),
    )
    shown = [r for r in readings if is_shown(r.cell)]
    return finding.showing(_change_figure(finding, readings, now, then) if len(shown) > 1 else None)


def _across(scene: Scene, measure: Measure, first: str, last: str) -> str:
    """What a reader must know where the way of counting changed in between."""
    changed = scene.breaks(measure.name, first, last)
    if not changed:
        return ""
    said, months = "; ".join(f"“{r.reason}”" for r in changed), in_list([month_words(r.month) for r in changed])
    return f" Counting changed in {months}, so the difference is not all a change in harm: {said}."


def ratio_cell(scene: Scene, measure: Measure, counts: Counts, place: Place, periods: tuple[Period, Period]) -> Cell:
    """The rate in the first period over the rate in the second: above one means more."""
    now, then = periods
    cells = [count_cell(scene, measure, counts, place, period) for period in periods]
    if (absent := next((cell for cell in cells if isinstance(cell, Missing | NotCollected)), None)) is not None:
        return absent
    if then.start < scene.months(measure.source)[0]:
        return Missing(f"the data does not reach back to {then.words}")
    estimates = [cell.estimate for cell in cells if is_shown(cell)]
    if len(estimates) < 2:  # a ratio would give away the count that may not be shown
        return next(cell for cell in cells if not is_shown(cell))
    many, before = (estimate.value for estimate in estimates)
    if before == 0:
        return NotApplicable(f"there were none in {then.words}")
    people = float(scene.people[place.code])
    ratio = rate_ratio(many, people * now.length, before, people * then.length)
    return Shown(
        Estimate(
            value=float(ratio.value),
            lower=float(ratio.lower),
            upper=float(ratio.upper),
            unit="times",
            decimals=2,
            method="rate_ratio",
            snapshots=(scene.snapshot,),
            numerator=many,
            denominator=before,
            conversion=counts.conversion(place, now) or counts.conversion(place, then),
        )
    )


def _change_sentence(scene: Scene, name: str, measure: Measure, area: Reading, then: Period) -> str:
    if not is_shown(area.cell):
        return (
            f"For the change in {measure.short} in {scene.area.name} from {then.words} to {area.period.words}, "
            f"{quote(name, area)}."
        )
    said = verdict(area.cell.estimate)
    claim = quote(name, area, said)
    how = f"{claim} by {quote(name, area, 'percent')}" if said in ("rose", "fell") else f"showed {claim}"
    return (
        f"From {then.words} to {area.period.words}, the rate of {measure.short} in {scene.area.name} {how}: "
        f"it is now {quote(name, area)} what it was."
    )


def _change_figure(finding: Finding, readings: list[Reading], now: Period, then: Period) -> documents.Figure:
    measure = finding.measure
    caption = f"{measure.title}: {now.words} against {then.words}"
    return documents.Figure(
        name=f"{measure.name}-{finding.analysis}",
        caption=capital(caption),
        description=f"A point for each area with its 95% limits; a line at one means no change. {finding.sentence}",
        chart=BarChart(
            bars=tuple(bar_of(r, "place", emphasis=r is readings[0]) for r in readings),
            value_title="Ratio of rates, with 95% limits",
            reference=1.0,
            reference_label="no change",
            log=True,
        ),
        table=table_of(
            finding,
            readings,
            "place",
            name=f"{measure.name}-{finding.analysis}",
            caption=caption,
            value="Ratio of rates",
        ),
    )
