"""Is this month different, and which months always are? Control charts and seasons."""

from calendar import monthrange
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from headwater import documents
from headwater.assessment.cells import month_cells
from headwater.assessment.counting import Counts
from headwater.assessment.exhibits import bar_of, table_of
from headwater.assessment.findings import Finding, Reading
from headwater.assessment.questions.trend import break_bands, gap_bands
from headwater.assessment.scene import Scene
from headwater.assessment.words import quote
from headwater.documents.charts import Band, Bar, BarChart, ControlChart
from headwater.methods import control_chart, seasonality
from headwater.methods.results import ControlLimits, Seasonality
from headwater.vocabulary import Cell, Estimate, Measure, NotApplicable, Period, Place, Shown, is_shown, month_words

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")  # fmt: skip


FALSE_ALARMS = (
    "About one chart in four of pure chance shows some signal over three years: look for a reason before acting on one."
)


def _rebased(scene: Scene, measure: Measure) -> list[str]:
    own = (r for r in scene.rebases if r.measure == measure.name)
    return [f"The chart starts afresh in {month_words(r.month)}: “{r.reason}” ({r.by})." for r in own]


def per_day(scene: Scene, measure: Measure, counts: Counts, place: Place) -> NDArray[np.float64]:
    """Events a day in each month, so that February is not lower for being short; NaN where a month has no return or may not be shown."""
    values = counts.places[place.code] / 1e6
    days = np.array([monthrange(int(m[:4]), int(m[5:]))[1] for m in counts.months])
    gone = np.array([not is_shown(cell) for cell in month_cells(scene, measure, counts, place)])
    return np.where(gone, np.nan, values / days)


def control(scene: Scene, measure: Measure, counts: Counts, place: Place | None = None) -> Finding | None:
    """An XmR chart of the months, with the rules of “making data count”."""
    where = place or scene.area
    values, cells = per_day(scene, measure, counts, where), month_cells(scene, measure, counts, where)
    changed = scene.breaks(measure.name, counts.months[0], counts.months[-1])
    limits = control_chart(values, rebase_at=tuple(sorted({counts.months.index(r.month) for r in changed})))
    if not np.isfinite(limits.centre).any():
        return None
    finding = Finding(
        measure=measure,
        analysis="control",
        title=f"{measure.title}: is any month different?",
        method="control_chart",
        formula="Mean ± 2.66 × the mean difference between neighbouring months, in events a day",
        readings=_control_readings(scene, where, counts, limits),
        sentence=" ".join(
            (
                _control_sentence(measure, where, counts.months, sum(map(is_shown, cells)), limits),
                *_rebased(scene, measure),
            )
        ),
        caveats=(*measure.caveats, FALSE_ALARMS, *_rebased(scene, measure)),
    )
    name = f"{measure.name}-control" + ("" if where == scene.area else f"-{where.code.lower()}")
    marks = break_bands([r for r in changed if r.declared], counts.months)
    months = dict(zip(counts.months, cells, strict=True))
    return finding.showing(control_figure(finding, name, where, months, values, limits, marks))


def control_picture(scene: Scene, measure: Measure, counts: Counts, place: Place) -> documents.Figure | None:
    """The chart of one part of the area, for its profile."""
    found = control(scene, measure, counts, place)
    return next((f for f in found.exhibits if isinstance(f, documents.Figure)), None) if found else None


def _control_readings(scene: Scene, place: Place, counts: Counts, limits: ControlLimits) -> tuple[Reading, ...]:
    latest = int(np.flatnonzero(np.isfinite(limits.centre))[-1])
    period = Period.span(counts.months[0], counts.months[-1])
    named = (
        ("average month", limits.centre),
        ("lower process limit", limits.lower),
        ("upper process limit", limits.upper),
    )
    return tuple(
        Reading(place=place, period=period, group=name, cell=Shown(_a_day(scene, float(values[latest]))))
        for name, values in named
    )


def _a_day(scene: Scene, value: float) -> Estimate:
    return Estimate(value=value, unit="a day", decimals=2, method="control_chart", snapshots=(scene.snapshot,))


def _control_sentence(measure: Measure, place: Place, months: tuple[str, ...], of: int, limits: ControlLimits) -> str:
    high = [m for m, s in zip(months, limits.signals, strict=True) if s == "high"]
    low = [m for m, s in zip(months, limits.signals, strict=True) if s == "low"]
    if not high and not low:
        return f"No month of {measure.short} in {place.name} stands out from the variation to be expected."
    parts = [f"{len(found)} stand{'s' * (len(found) == 1)} out as {side} ({_latest(found)})"
             for side, found in (("high", high), ("low", low)) if found]  # fmt: skip
    return f"Of the {of} months of {measure.short} in {place.name} with a figure, {' and '.join(parts)}."


def _latest(found: Sequence[str]) -> str:
    return f"{'the latest ' * (len(found) > 1)}{month_words(found[-1])}"


def control_figure(
    finding: Finding,
    name: str,
    place: Place,
    months: Mapping[str, Cell],
    values: NDArray[np.float64],
    limits: ControlLimits,
    marks: tuple[Band, ...] = (),
) -> documents.Figure:
    """The chart and the table behind it."""
    caption = f"{finding.measure.title}: a day, month by month, {place.name}"
    plain = [_plain(column) for column in (values, limits.centre, limits.lower, limits.upper)]
    return documents.Figure(
        name=name,
        caption=caption,
        description=f"A control chart: points for months, the average, and the limits of expected variation. {finding.sentence}",
        chart=ControlChart(
            labels=tuple(months),
            values=plain[0],
            centre=plain[1],
            lower=plain[2],
            upper=plain[3],
            signals=tuple(limits.signals),
            x_title="Month",
            y_title=f"{finding.measure.counts.capitalize()} a day",
            bands=(*gap_bands(tuple(months.values())), *marks),
        ),
        table=_control_table(name, caption, months, plain, limits),
    )


def _control_table(
    name: str, caption: str, months: Mapping[str, Cell], plain: list[tuple[float | None, ...]], limits: ControlLimits
) -> documents.Table:
    titles = ("A day", "Average", "Lower process limit", "Upper process limit")
    columns = (documents.Column("Month"), *(documents.Column(t, True, 2) for t in titles), documents.Column("Signal"))
    rows = tuple(
        (
            month,
            *(cell.marker or NotApplicable("").marker if value is None else value for value in row),
            signal or "none",
        )
        for (month, cell), signal, *row in zip(months.items(), limits.signals, *plain, strict=True)
    )
    return documents.Table(name=name, caption=caption, columns=columns, rows=rows)


def _plain(values: NDArray[np.float64]) -> tuple[float | None, ...]:
    return tuple(float(v) if np.isfinite(v) else None for v in values)


def seasons(scene: Scene, measure: Measure, counts: Counts) -> Finding | None:
    """Which months of the year run above or below the average month?"""
    values = per_day(scene, measure, counts, scene.area)
    numbers = np.array([int(m[5:]) for m in counts.months])
    season = seasonality(values, numbers)
    if not np.isfinite(season.index).any():
        return None
    period = Period.span(counts.months[0], counts.months[-1])
    readings = tuple(
        Reading(place=scene.area, period=period, group=MONTHS[i], cell=Shown(_index(scene, season, i)))
        for i in range(12)
    )
    finding = Finding(
        measure=measure,
        analysis="seasonality",
        title=f"{measure.title}: seasons",
        method="seasonality",
        formula="Events a day in the month ÷ events a day in the average month of its year",
        readings=readings,
        sentence=_season_sentence(measure, season, readings),
        caveats=tuple(measure.caveats),
    )
    return finding.showing(_season_figure(finding))


def _index(scene: Scene, season: Seasonality, i: int) -> Estimate:
    ends = (float(season.lower[i]), float(season.upper[i]))
    lower, upper = (end if np.isfinite(end) else None for end in ends)
    value = float(season.index[i])
    return Estimate(value=value, lower=lower, upper=upper, unit="times the average month", decimals=2,
                    method="seasonality", snapshots=(scene.snapshot,))  # fmt: skip


def _season_sentence(measure: Measure, season: Seasonality, readings: tuple[Reading, ...]) -> str:
    if not season.p_value < 0.05:
        return f"No season of {measure.short} stands out from chance."
    top, bottom = (readings[int(pick(season.index))] for pick in (np.nanargmax, np.nanargmin))
    name = f"{measure.name}.seasonality"
    return (
        f"There is a season to {measure.short}: {top.group} is the highest month at {quote(name, top)}, "
        f"{bottom.group} the lowest at {quote(name, bottom)}."
    )


def _season_figure(finding: Finding) -> documents.Figure:
    caption = f"{finding.measure.title}: each month of the year against the average month"
    bars = tuple(bar_of(r, "group") for r in finding.readings)
    short = tuple(Bar(b.label[:3], b.value, b.lower, b.upper, b.marker, b.emphasis) for b in bars)
    return documents.Figure(
        name=f"{finding.measure.name}-seasonality",
        caption=caption,
        description=f"Twelve bars around a line at one. {finding.sentence}",
        chart=BarChart(short, "Times the average month", upright=True, reference=1.0, reference_label="average month"),
        table=table_of(
            finding,
            finding.readings,
            "group",
            name=f"{finding.measure.name}-seasonality",
            caption=caption,
            value="Times the average month",
        ),
    )
