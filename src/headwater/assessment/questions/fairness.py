"""Who bears it, and is a power used evenly? The deprivation gradient; searches and their outcomes by ethnic group."""

from collections.abc import Mapping

import numpy as np

from headwater import documents
from headwater.assessment.cells import located, rate_of, withheld
from headwater.assessment.counting import Counts
from headwater.assessment.exhibits import bar_of, table_of
from headwater.assessment.findings import Finding, Reading
from headwater.assessment.scene import Scene
from headwater.assessment.words import quote
from headwater.disclosure import protect_cell
from headwater.documents.charts import BarChart
from headwater.methods import rate_ratio, slope_index, wilson
from headwater.vocabulary import (
    Cell,
    Estimate,
    Measure,
    NotApplicable,
    Period,
    Shown,
    WrongRequest,
    is_shown,
)

GROUPS = ("white", "asian", "black", "mixed", "other")
GROUP_NAMES = {"white": "White", "asian": "Asian", "black": "Black", "mixed": "Mixed", "other": "Other"}
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
            f"In {period.words}, the rate of {measure.short} was {quote(f'{measure.name}.gradient', readings[0])} in the "
            f"most deprived fifth and {quote(f'{measure.name}.gradient', readings[FIFTHS - 1])} in the least, by {index}."
        ),
        caveats=(
            *measure.caveats,
            "Crimes are counted where they happen, not where those hurt live: the gradient is of places, not of people.",
        ),
        comparators=names,
    )
    return finding.showing(_gradient_figure(finding, period, index))


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


def _gradient_figure(finding: Finding, period: Period, index: str) -> documents.Figure:
    caption = f"{finding.measure.title}: rate by fifth of deprivation ({index}), {period.words}"
    fifths = finding.readings[:FIFTHS]
    return documents.Figure(
        name=f"{finding.measure.name}-gradient",
        caption=caption,
        description=f"Five bars from the most to the least deprived fifth of the population. {finding.sentence}",
        chart=BarChart(
            tuple(bar_of(r, "group") for r in fifths), f"Per {finding.measure.per:,} residents, with 95% limits"
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


def disparity(scene: Scene, measure: Measure, searched: Mapping[str, int], period: Period) -> Finding:
    """Searches per resident of each ethnic group, over the same for the reference group."""
    people = scene.atlas.ethnicity(scene.area)
    base = measure.reference
    readings = [
        Reading(
            place=scene.area, period=period, group=GROUP_NAMES[g], cell=_group_ratio(scene, searched, people, g, base)
        )
        for g in GROUPS
        if g != base
    ]
    stated = sum(searched.get(g, 0) for g in GROUPS)
    everyone = sum(searched.values())
    share = 100 * (everyone - stated) / everyone if everyone else 0.0
    rates = [
        Reading(
            place=scene.area,
            period=period,
            group=f"rate, {GROUP_NAMES[g]}",
            cell=rate_of(scene, measure, searched.get(g, 0), people.get(g, 0), months=period.length),
        )
        for g in GROUPS
    ]
    top = max(
        (r for r in readings if is_shown(r.cell)),
        key=lambda r: r.cell.estimate.value if is_shown(r.cell) else 0,
        default=None,
    )
    said = (
        f"{GROUP_NAMES[base]} people are the comparison"
        if top is None
        else f"people who said they were {top.group} were searched at {quote(f'{measure.name}.disparity', top)} the rate of {GROUP_NAMES[base]} people"
    )
    finding = Finding(
        measure=measure,
        analysis="disparity",
        title=measure.title,
        method="rate_ratio",
        formula=f"Searches per resident of the group ÷ searches per {GROUP_NAMES[base]} resident",
        readings=(*readings, *rates),
        sentence=f"In {period.words}, {said}; {share:.1f}% of searches had no ethnicity stated by the person and are in no group.",
        caveats=tuple(measure.caveats),
        comparators=(f"{GROUP_NAMES[base]} residents",),
    )
    caption = f"{measure.title}: rate compared with {GROUP_NAMES[base]} people, {period.words}"
    return finding.showing(
        documents.Figure(
            name=f"{measure.name}-ratios",
            caption=caption,
            description=f"A point for each group with its 95% limits; a line at one means the same rate. {finding.sentence}",
            chart=BarChart(
                tuple(bar_of(r, "group") for r in readings),
                "Ratio of rates, with 95% limits",
                reference=1.0,
                reference_label="same rate",
                log=True,
            ),
            table=table_of(
                finding,
                finding.readings,
                "group",
                name=f"{measure.name}-ratios",
                caption=caption,
                value="Ratio, or rate",
            ),
        )
    )


def _group_ratio(scene: Scene, searched: Mapping[str, int], people: Mapping[str, int], group: str, base: str) -> Cell:
    many, before = searched.get(group, 0), searched.get(base, 0)
    if not (people.get(group) and people.get(base) and before):
        return NotApplicable("nobody of one of the groups lives there, or none of the reference group was searched")
    ratio = rate_ratio(many, people[group], before, people[base])
    estimate = Estimate(
        value=float(ratio.value),
        lower=float(ratio.lower),
        upper=float(ratio.upper),
        unit="times",
        decimals=2,
        method="rate_ratio",
        snapshots=(scene.snapshot,),
        numerator=many,
        denominator=people[group],
    )
    return protect_cell(Shown(estimate), many, scene.policy)


def share_by_group(scene: Scene, measure: Measure, parts: Mapping[str, tuple[int, int]], period: Period) -> Finding:
    """Of the searches of each group, the share that led to action."""
    readings = tuple(
        Reading(place=scene.area, period=period, group=GROUP_NAMES[g], cell=share_cell(scene, *parts.get(g, (0, 0))))
        for g in GROUPS
    )
    first = readings[0]
    others = [r for r in readings[1:] if is_shown(r.cell)]
    said = "; ".join(f"{r.group}: {quote(f'{measure.name}.share', r)}" for r in [first, *others])
    finding = Finding(
        measure=measure,
        analysis="share",
        title=measure.title,
        method="wilson",
        formula="Searches with an action as outcome ÷ searches with any outcome recorded",
        readings=readings,
        sentence=f"In {period.words}, the share of searches that led to action was, by self-defined ethnicity, {said}.",
        caveats=tuple(measure.caveats),
        comparators=tuple(GROUP_NAMES.values()),
    )
    caption = f"{measure.title}, {period.words}"
    return finding.showing(
        documents.Figure(
            name=f"{measure.name}-share",
            caption=caption,
            description=f"A bar for each group with its 95% limits. {finding.sentence}",
            chart=BarChart(tuple(bar_of(r, "group") for r in readings), "% of searches, with 95% limits"),
            table=table_of(finding, readings, "group", name=f"{measure.name}-share", caption=caption, value="%"),
        )
    )


def share_cell(scene: Scene, part: float, whole: float) -> Cell:
    """A proportion with Wilson's limits, as a percentage."""
    if whole <= 0:
        return NotApplicable("there was nothing to take a share of")
    share = wilson(part, whole)
    estimate = Estimate(
        value=100 * float(share.value),
        lower=100 * float(share.lower),
        upper=100 * float(share.upper),
        unit="%",
        decimals=1,
        method="wilson",
        snapshots=(scene.snapshot,),
        numerator=part,
        denominator=whole,
    )
    cell = protect_cell(Shown(estimate), part, scene.policy)
    return protect_cell(cell, whole - part, scene.policy) if is_shown(cell) else cell
