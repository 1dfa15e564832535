"""Who bears it? Rates by fifths of deprivation, and the indices of inequality across them."""

import numpy as np

from headwater import documents
from headwater.assessment.cells import located, rate_of, withheld
from headwater.assessment.counting import Counts
from headwater.assessment.exhibits import bar_of, table_of
from headwater.assessment.findings import Finding, Reading
from headwater.assessment.scene import Scene
from headwater.assessment.words import in_full, quote
from headwater.documents.charts import BarChart
from headwater.methods import slope_index
from headwater.vocabulary import (
    Cell,
    Estimate,
    Measure,
    NotApplicable,
    Period,
    Shown,
    WrongRequest,
)

FIFTHS = 5


def gradient(scene: Scene, measure: Measure, counts: Counts) -> Finding | None:
    """Rates by fifths of deprivation, and the slope and relative index of inequality across them."""
    period = scene.headline(measure.source)
    if period is None or not located(measure) or withheld(scene, measure, scene.area, period) is not None:
        return None
    try:
        deprivation = scene.atlas.deprivation(scene.area)
    except WrongRequest:
        return None
    standing = {area.code: area.rank for area in deprivation.areas if area.rank is not None}
    order = sorted((rank, i) for i, place in enumerate(scene.small) if (rank := standing.get(place.code)))
    if len(order) < 50:
        return None
    rows = np.array([i for _, i in order])
    people = np.array([scene.people.get(scene.small[i].code, 0) for i in rows], np.float64)
    many = counts.small_counts(period)[rows]
    fifth = np.minimum(((np.cumsum(people) - people / 2) / people.sum() * FIFTHS).astype(int), FIFTHS - 1)
    return _gradient(scene, measure, period, deprivation.index, many, people, fifth)


def _gradient(
    scene: Scene, measure: Measure, period: Period, index: str, many: np.ndarray, people: np.ndarray, fifth: np.ndarray
) -> Finding:
    events, lived = (np.bincount(fifth, weights=w, minlength=FIFTHS) for w in (many, people))
    names = ("most deprived fifth", "second fifth", "third fifth", "fourth fifth", "least deprived fifth")
    readings = [
        Reading(
            place=scene.area,
            period=period,
            group=name,
            cell=rate_of(scene, measure, float(events[i]), float(lived[i]), months=period.length),
        )
        for i, name in enumerate(names)
    ]
    rates, errors = _rates_for_slope(measure, events, lived, period)
    slope = slope_index(rates, lived, standard_error=errors)
    for group, end, unit, decimals in (
        ("slope index of inequality", slope.slope, f"per {measure.per:,} residents", 1),
        ("relative index of inequality", slope.ratio, "times", 2),
    ):
        readings.append(Reading(place=scene.area, period=period, group=group, cell=_index(scene, end, unit, decimals)))
    finding = Finding(
        measure=measure,
        analysis="gradient",
        title=f"{measure.title}: deprivation gradient",
        method="slope_index",
        formula=f"A line fitted through the rates of fifths of the population, ordered by {index}; its drop from the most to the least deprived end (SII), and the ratio of its ends (RII)",
        readings=tuple(readings),
        sentence=(
            f"In {period.words}, the rate of {measure.short} was {quote(f'{measure.name}.gradient', readings[0])} where the "
            f"most deprived fifth of residents live and {quote(f'{measure.name}.gradient', readings[FIFTHS - 1])} where the "
            f"least deprived fifth do ({in_full(index)})."
        ),
        caveats=(
            *measure.caveats,
            "Crimes are counted where they happen, not where those hurt live: the gradient is of places, not of people.",
        ),
        comparators=names,
    )
    return finding.showing(_gradient_figure(finding, period))


def _rates_for_slope(
    measure: Measure, events: np.ndarray, lived: np.ndarray, period: Period
) -> tuple[np.ndarray, np.ndarray]:
    """Rates and their standard errors by fifth, most deprived first."""
    years = period.length / 12
    rates = events / (lived * years) * measure.per
    errors = np.sqrt(np.maximum(events, 1)) / (lived * years) * measure.per
    return rates, errors


def _index(scene: Scene, interval: object, unit: str, decimals: int) -> Cell:
    value, lower, upper = (float(getattr(interval, end)) for end in ("value", "lower", "upper"))
    if not np.isfinite(value):
        return NotApplicable("the line cannot be fitted")
    return Shown(
        Estimate(
            value=value,
            lower=lower if np.isfinite(lower) else None,
            upper=upper if np.isfinite(upper) else None,
            unit=unit,
            decimals=decimals,
            method="slope_index",
            snapshots=(scene.snapshot,),
        )
    )


def _gradient_figure(finding: Finding, period: Period) -> documents.Figure:
    caption = f"{finding.measure.title}: rate by fifth of deprivation, {period.words}"
    fifths = finding.readings[:FIFTHS]
    return documents.Figure(
        name=f"{finding.measure.name}-gradient",
        caption=caption,
        description=f"Five bars from the most to the least deprived fifth of the population. {finding.sentence}",
        chart=BarChart(
            tuple(bar_of(r, "group") for r in fifths), f"Rate per {finding.measure.per:,} residents, with 95% limits"
        ),
        table=table_of(
            finding,
            finding.readings,
            "group",
            name=f"{finding.measure.name}-gradient",
            caption=caption,
            value="Rate or index",
        ),
    )
