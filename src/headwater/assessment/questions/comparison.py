"""Who is higher, allowing for chance? Funnels and ranks of sibling areas."""

from dataclasses import dataclass

import numpy as np

from headwater import documents
from headwater.assessment.cells import count_cell
from headwater.assessment.counting import Counts
from headwater.assessment.doubts import TOO_LOW
from headwater.assessment.exhibits import table_of
from headwater.assessment.findings import Finding, Reading
from headwater.assessment.scene import Scene
from headwater.assessment.words import in_list, quote
from headwater.documents.charts import FunnelChart, FunnelPoint
from headwater.methods import crude_rate, funnel_limits, funnel_position, rank_interval
from headwater.methods.results import Floats, Interval, Words
from headwater.vocabulary import Estimate, Measure, NotApplicable, Period, Place, Shown, is_shown


def siblings(scene: Scene, measure: Measure, counts: Counts, period: Period) -> list[Place]:
    """The parts of the area whose count may be shown in the period, and which have residents to divide by."""
    shown = (p for p in scene.subareas if is_shown(count_cell(scene, measure, counts, p, period)))
    return [p for p in shown if scene.people.get(p.code, 0) > 0]


@dataclass(frozen=True, slots=True)
class _Siblings:
    """Areas side by side: their counts, the residents those are divided by (times years), rates, and the average."""

    places: list[Place]
    many: Floats
    people: Floats
    rates: Floats
    average: float
    where: Words

    @classmethod
    def of(cls, scene: Scene, measure: Measure, counts: Counts, period: Period) -> "_Siblings | None":
        places = siblings(scene, measure, counts, period)
        if len(places) < 3:
            return None
        many = np.array([counts.count(place, period) for place in places])
        people = np.array([scene.people[place.code] for place in places], np.float64) * period.length / 12
        average = float(many.sum() / people.sum() * measure.per)
        where = funnel_position(many, people, average, kind="rate", per=measure.per)
        return cls(places, many, people, crude_rate(many, people, per=measure.per).value, average, where)


def funnel(scene: Scene, measure: Measure, counts: Counts) -> Finding | None:
    """Each part of the area against the average of them all, with the limits that chance would give its size."""
    period = scene.headline(measure.source)
    side = _Siblings.of(scene, measure, counts, period) if period else None
    if period is None or side is None:
        return None
    finding = Finding(
        measure=measure,
        analysis="funnel",
        title=f"{measure.title}: is any area out of line?",
        method="funnel_limits",
        formula=FUNNEL_FORMULA,
        readings=tuple(
            Reading(place=place, period=period, cell=Shown(_against(scene, side, i)))
            for i, place in enumerate(side.places)
        ),
        sentence=_funnel_sentence(scene, measure, period, side),
        caveats=(*measure.caveats, WHERE_TO_LOOK, *_too_low(side)),
        comparators=tuple(place.name for place in side.places),
    )
    return finding.showing(_funnel_figure(finding, side, period))


FUNNEL_FORMULA = (
    "Each area’s rate ÷ the average of them all; the limits are the 95% and 99.8% ranges of a Poisson count of its size"
)
WHERE_TO_LOOK = (
    "Areas differ in more than size: real differences in who lives, works and goes out there put areas outside the "
    "limits. A funnel says where to look, not who has failed."
)


def _too_low(side: _Siblings) -> tuple[str, ...]:
    """A force that sends a little of every month looks complete to its own months, and safest of all to everyone else."""
    names = [p.name for p, rate in zip(side.places, side.rates, strict=True) if rate < TOO_LOW * side.average]
    if not names:
        return ()
    doubt = f"Less than a fifth of the average was counted in {_few(names)}: before reading that as less harm, "
    return (doubt + "make sure that what was sent is whole.",)


def _funnel_figure(finding: Finding, side: _Siblings, period: Period) -> documents.Figure:
    per, sizes = finding.measure.per, _sizes(side.people)
    limits = funnel_limits(sizes, side.average, kind="rate", per=per)
    caption = f"{finding.measure.title}: funnel of {len(side.places)} areas, {period.words}"
    points = zip(side.places, side.people.tolist(), side.rates.tolist(), side.where.tolist(), strict=True)
    return documents.Figure(
        name=f"{finding.measure.name}-funnel",
        caption=caption,
        description=f"A point for each area by size and rate, between curves of chance. {finding.sentence}",
        chart=FunnelChart(
            points=tuple(FunnelPoint(place.name, x, y, where) for place, x, y, where in points),
            limit_x=tuple(sizes.tolist()),
            lower_95=tuple(limits.lower_95.tolist()),
            upper_95=tuple(limits.upper_95.tolist()),
            lower_998=tuple(limits.lower_998.tolist()),
            upper_998=tuple(limits.upper_998.tolist()),
            average=side.average,
            x_title="Residents" if period.length == 12 else "Residents × years",
            y_title=f"Per {per:,} residents a year",
        ),
        table=_funnel_table(finding, side.where, caption),
    )


def _sizes(people: Floats) -> Floats:
    return np.geomspace(max(people.min() * 0.8, 1.0), people.max() * 1.1, 80).round()


def _against(scene: Scene, side: _Siblings, i: int) -> Estimate:
    return Estimate(
        value=float(side.rates[i]) / side.average if side.average else float("nan"),
        unit="times the average",
        decimals=2,
        method="funnel_limits",
        snapshots=(scene.snapshot,),
        numerator=float(side.many[i]),
        denominator=float(side.people[i]),
    )


def _funnel_sentence(scene: Scene, measure: Measure, period: Period, side: _Siblings) -> str:
    out = [(p.name, side.rates[i] > side.average) for i, p in enumerate(side.places) if side.where[i] == "99.8"]
    among = f"{len(side.places)} areas of {scene.area.name}"
    if not out:
        return f"In {period.words}, none of the {among} lies beyond the 99.8% limits for {measure.short}."
    sides = (("above", [name for name, up in out if up]), ("below", [name for name, up in out if not up]))
    parts = [f"{len(names)} {word} ({_few(names)})" for word, names in sides if names]
    many = (
        f"all {among} lie" if len(out) == len(side.places) else f"{len(out)} of the {among} lie{'s' * (len(out) == 1)}"
    )
    beyond = f"{many} beyond the 99.8% limits for {measure.short}"
    return f"In {period.words}, {beyond}: {' and '.join(parts)}."


def _few(names: list[str], most: int = 6) -> str:
    return in_list(names) if len(names) <= most else f"{', '.join(names[:most])} and {len(names) - most} more"


def _funnel_table(finding: Finding, where: Words, caption: str) -> documents.Table:
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
    places = siblings(scene, measure, counts, period) if period else []
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
    if sure:
        return f"In {period.words}, {first.place.name} clearly had the {quote(name, first, 'highest')} rate of {measure.short}."
    return (
        f"In {period.words}, {first.place.name} had the highest rate of {measure.short} as counted, but chance could have "
        f"put it lower: its rank is {quote(name, first)}."
    )
