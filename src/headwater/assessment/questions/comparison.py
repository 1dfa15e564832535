"""Who is higher, allowing for chance? Funnels and ranks of sibling areas."""

import numpy as np

from headwater import documents
from headwater.assessment.cells import withheld
from headwater.assessment.counting import Counts
from headwater.assessment.exhibits import table_of
from headwater.assessment.findings import Finding, Reading
from headwater.assessment.scene import Scene
from headwater.assessment.words import quote
from headwater.documents.charts import FunnelChart, FunnelPoint
from headwater.methods import crude_rate, funnel_limits, funnel_position, rank_interval
from headwater.methods.results import Interval
from headwater.vocabulary import Estimate, Measure, NotApplicable, Period, Place, Shown


def siblings(scene: Scene, measure: Measure, period: Period) -> list[Place]:
    """The parts of the area that have a figure in the period and residents to divide by."""
    return [
        p for p in scene.subareas if withheld(scene, measure, p, period) is None and scene.people.get(p.code, 0) > 0
    ]


def funnel(scene: Scene, measure: Measure, counts: Counts) -> Finding | None:
    """Each part of the area against the average of them all, with the limits that chance would give its size."""
    period = scene.headline(measure.source)
    places = siblings(scene, measure, period) if period else []
    if period is None or len(places) < 3:
        return None
    many = np.array([counts.count(place, period) for place in places])
    people = np.array([scene.people[place.code] for place in places], np.float64) * period.length / 12
    average = float(many.sum() / people.sum() * measure.per)
    where = funnel_position(many, people, average, kind="rate", per=measure.per)
    rates = crude_rate(many, people, per=measure.per)
    readings = tuple(
        Reading(
            place=p,
            period=period,
            cell=Shown(_against(scene, measure, float(rates.value[i]), float(many[i]), float(people[i]), average)),
        )
        for i, p in enumerate(places)
    )
    finding = Finding(
        measure=measure,
        analysis="funnel",
        title=f"{measure.title}: is any area out of line?",
        method="funnel_limits",
        formula="Each area’s rate ÷ the average of them all; the limits are the 95% and 99.8% ranges of a Poisson count of its size",
        readings=readings,
        sentence=_funnel_sentence(scene, measure, period, places, where, rates.value > average),
        caveats=(
            *measure.caveats,
            "Areas differ in more than size: real differences in who lives, works and goes out there put areas outside the limits. A funnel says where to look, not who has failed.",
        ),
        comparators=tuple(p.name for p in places),
    )
    limits = funnel_limits(_sizes(people), average, kind="rate", per=measure.per)
    caption = f"{measure.title}: funnel of {len(places)} areas, {period.words}"
    chart = FunnelChart(
        points=tuple(
            FunnelPoint(p.name, float(people[i]), float(rates.value[i]), str(where[i]))  # type: ignore[arg-type]
            for i, p in enumerate(places)
        ),
        limit_x=tuple(_sizes(people).tolist()),
        lower_95=tuple(limits.lower_95.tolist()),
        upper_95=tuple(limits.upper_95.tolist()),
        lower_998=tuple(limits.lower_998.tolist()),
        upper_998=tuple(limits.upper_998.tolist()),
        average=average,
        x_title="Residents" if period.length == 12 else "Residents × years",
        y_title=f"Per {measure.per:,} residents a year",
    )
    return finding.showing(
        documents.Figure(
            name=f"{measure.name}-funnel",
            caption=caption,
            description=f"A point for each area by size and rate, between curves of chance. {finding.sentence}",
            chart=chart,
            table=_funnel_table(finding, where, caption),
        )
    )


def _sizes(people: np.ndarray) -> np.ndarray:
    return np.geomspace(max(people.min() * 0.8, 1.0), people.max() * 1.1, 80).round()


def _against(scene: Scene, measure: Measure, rate: float, many: float, people: float, average: float) -> Estimate:
    return Estimate(
        value=rate / average if average else float("nan"),
        unit="times the average",
        decimals=2,
        method="funnel_limits",
        snapshots=(scene.snapshot,),
        numerator=many,
        denominator=people,
        per=measure.per,
    )


def _funnel_sentence(
    scene: Scene, measure: Measure, period: Period, places: list[Place], where: np.ndarray, above: np.ndarray
) -> str:
    out = [(p.name, bool(above[i])) for i, p in enumerate(places) if where[i] == "99.8"]
    if not out:
        return f"In {period.words}, none of the {len(places)} areas lies beyond the 99.8% limits for {measure.short}: their differences are within chance."
    high, low = [n for n, up in out if up], [n for n, up in out if not up]
    parts = [
        f"{len(names)} above ({_few(names)})" if side else f"{len(names)} below ({_few(names)})"
        for names, side in ((high, True), (low, False))
        if names
    ]
    return f"In {period.words}, {len(out)} of {len(places)} areas of {scene.area.name} lie beyond the 99.8% limits for {measure.short}: {' and '.join(parts)}."


def _few(names: list[str], most: int = 6) -> str:
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")


def _funnel_table(finding: Finding, where: np.ndarray, caption: str) -> documents.Table:
    columns = ("Area", "Times the average", "Number", "Residents (× years)", "Beyond")
    beyond = {"": "neither limit", "95": "95% limit", "99.8": "99.8% limit"}
    rows = tuple(
        (
            r.place.name,
            documents.Quoted(r.cell, finding.anchor(r)),
            _whole(r, "numerator"),
            _whole(r, "denominator"),
            beyond.get(str(w), str(w)),
        )
        for r, w in zip(finding.readings, where, strict=True)
    )
    kinds = (False, True, True, True, False)
    return documents.Table(
        name=f"{finding.measure.name}-funnel",
        caption=caption,
        columns=tuple(documents.Column(t, k) for t, k in zip(columns, kinds, strict=True)),
        rows=rows,
    )


def _whole(reading: Reading, which: str) -> int:
    assert isinstance(reading.cell, Shown)  # noqa: S101 - a funnel holds shown cells only
    return round(getattr(reading.cell.estimate, which))


def rank(scene: Scene, measure: Measure, counts: Counts) -> Finding | None:
    """The order of the parts by rate, and how sure that order is."""
    period = scene.headline(measure.source)
    places = siblings(scene, measure, period) if period else []
    if period is None or len(places) < 3:
        return None
    many = [counts.count(place, period) for place in places]
    people = [scene.people[place.code] for place in places]
    ranks = rank_interval(many, people, generator=scene.chance(f"{measure.name}.rank"))
    readings = tuple(_rank_reading(scene, place, period, i, ranks, len(places)) for i, place in enumerate(places))
    ordered = sorted(
        readings, key=lambda r: (r.cell.estimate.value if isinstance(r.cell, Shown) else 1e9, r.place.name)
    )
    finding = Finding(
        measure=measure,
        analysis="rank",
        title=f"{measure.title}: order of areas, and how sure it is",
        method="rank_interval",
        formula="Rank by rate, 1 the highest; the interval holds 95% of ranks over 10,000 draws of what the rates might be",
        readings=readings,
        sentence=_rank_sentence(measure, period, ordered),
        caveats=(
            *measure.caveats,
            "A rank always has someone first: look at the interval and the funnel before naming anyone.",
        ),
        comparators=tuple(p.name for p in places),
    )
    name, caption = f"{measure.name}-rank", f"{measure.title}: rank by rate, {period.words}"
    return finding.showing(table_of(finding, ordered, "place", name=name, caption=caption, value="Rank (1 is highest)"))


def _rank_reading(scene: Scene, place: Place, period: Period, i: int, ranks: Interval, of: int) -> Reading:
    value, lower, upper = (float(getattr(ranks, end)[i]) for end in ("value", "lower", "upper"))
    if not np.isfinite(value):
        return Reading(place=place, period=period, cell=NotApplicable("nobody lives there"))
    estimate = Estimate(
        value=value,
        lower=lower,
        upper=upper,
        unit=f"of {of}",
        decimals=0,
        method="rank_interval",
        snapshots=(scene.snapshot,),
    )
    return Reading(place=place, period=period, cell=Shown(estimate))


def _rank_sentence(measure: Measure, period: Period, ordered: list[Reading]) -> str:
    first = ordered[0]
    sure = isinstance(first.cell, Shown) and first.cell.estimate.upper == 1
    name = f"{measure.name}.rank"
    how = f"clearly the {quote(name, first, 'highest')}" if sure else f"its place in the order is {quote(name, first)}"
    return f"In {period.words}, {first.place.name} had the highest rate of {measure.short} as counted: {how}."
