"""How gathered is it, and does it stay where it is? Concentration and its stability over small areas."""

import numpy as np
from numpy.typing import NDArray

from headwater import documents
from headwater.assessment.cells import located, withheld
from headwater.assessment.counting import CONVERSION_BASIS, Counts
from headwater.assessment.exhibits import table_of
from headwater.assessment.findings import Finding, Reading
from headwater.assessment.scene import Scene
from headwater.assessment.words import quote
from headwater.documents.charts import LorenzChart
from headwater.methods import chance_concentration, gini, lorenz, stability, top_share
from headwater.methods.results import ChanceConcentration
from headwater.vocabulary import Cell, Conversion, Estimate, Measure, Period, Shown

TOPS = (0.01, 0.05, 0.10)
MOST_POINTS = 200
"""A curve is drawn with no more points than the eye can use."""


def concentration(scene: Scene, measure: Measure, counts: Counts) -> Finding | None:
    """The share in the busiest 1, 5 and 10% of small areas, beside what chance alone would give; and the Gini."""
    period = scene.headline(measure.source)
    if (
        period is None
        or not located(measure)
        or withheld(scene, measure, scene.area, period) is not None
        or len(scene.small) < 20
    ):
        return None
    small = counts.small_counts(period)
    total = round(small.sum())
    if total == 0:
        return None
    people = np.array([scene.people.get(place.code, 0) for place in scene.small], np.float64)
    name = f"{measure.name}.concentration"
    chance = chance_concentration(total, len(small), generator=scene.chance(name), weights=people, tops=TOPS)
    label = _label(counts, period)
    readings = _concentration_readings(scene, period, small, chance, label)
    finding = Finding(
        measure=measure,
        analysis="concentration",
        title=f"{measure.title}: how concentrated",
        method="top_share",
        formula="Events in the busiest share of small areas ÷ events in all of them; beside it, the same share with as many events strewn by chance in proportion to residents",
        readings=readings,
        sentence=_concentration_sentence(scene, measure, period, readings),
        caveats=tuple(measure.caveats),
        comparators=("what chance alone would give, in proportion to residents",),
    )
    return finding.showing(_lorenz_figure(finding, small, chance), _shares(finding))


def _label(counts: Counts, period: Period) -> Conversion | None:
    where = counts.columns(period.months)
    carried, total = counts.small_carried[:, where].sum(), counts.small[:, where].sum()
    return Conversion(float(carried / total), CONVERSION_BASIS) if carried else None


def _concentration_readings(
    scene: Scene, period: Period, small: NDArray[np.float64], chance: ChanceConcentration, label: Conversion | None
) -> tuple[Reading, ...]:
    def reading(group: str, value: float, method: str, **limits: float) -> Reading:
        unit, decimals = ("%", 1) if method == "top_share" else ("", 2)
        estimate = Estimate(value=value, unit=unit, decimals=decimals, method=method, snapshots=(scene.snapshot,),
                            conversion=None if "chance" in group else label, **limits)  # fmt: skip
        return Reading(place=scene.area, period=period, group=group, cell=Shown(estimate))

    readings: list[Reading] = []
    for i, top in enumerate(TOPS):
        readings.append(reading(f"busiest {top:.0%}", 100 * float(top_share(small, top=top)), "top_share"))
        lower, value, upper = (100 * float(getattr(chance.shares, end)[i]) for end in ("lower", "value", "upper"))
        readings.append(reading(f"busiest {top:.0%} by chance", value, "top_share", lower=lower, upper=upper))
    readings.append(reading("Gini, adjusted for few events", gini(small), "gini"))
    return tuple(readings)


def _concentration_sentence(scene: Scene, measure: Measure, period: Period, readings: tuple[Reading, ...]) -> str:
    name = f"{measure.name}.concentration"
    seen, lucky = (next(r for r in readings if r.group == group) for group in ("busiest 5%", "busiest 5% by chance"))
    return (
        f"In {period.words}, the busiest 5% of the {len(scene.small):,} small areas held {quote(name, seen)} of "
        f"{measure.short}; were crime spread by chance among residents, they would have held {quote(name, lucky)}."
    )


def _shares(finding: Finding) -> documents.Table:
    caption = f"{finding.measure.title}: share in the busiest small areas"
    name = f"{finding.measure.name}-shares"
    return table_of(finding, finding.readings, "group", name=name, caption=caption, value="Share of events, or index")


def _lorenz_figure(finding: Finding, small: NDArray[np.float64], chance: ChanceConcentration) -> documents.Figure:
    curve = lorenz(small)
    keep = np.unique(np.linspace(0, len(curve.areas) - 1, MOST_POINTS).round().astype(int))
    areas, events, lucky = (
        tuple(np.round(c[keep], 4).tolist()) for c in (curve.areas, curve.events, chance.curve.events)
    )
    caption = f"{finding.measure.title}: share of crime by share of small areas"
    columns = tuple(documents.Column(t, True, 3) for t in ("Share of areas", "Share of events", "Share by chance"))
    return documents.Figure(
        name=f"{finding.measure.name}-lorenz",
        caption=caption,
        description=f"A curve rising steeply from the busiest areas; a lower curve for chance; a diagonal for an even spread. {finding.sentence}",
        chart=LorenzChart(areas, events, lucky, "Share of small areas, busiest first", "Share of recorded crimes"),
        table=documents.Table(
            name=f"{finding.measure.name}-lorenz",
            caption=caption,
            columns=columns,
            rows=tuple(zip(areas, events, lucky, strict=True)),
        ),
    )


def steadiness(scene: Scene, measure: Measure, counts: Counts) -> Finding | None:
    """Are this year's busiest small areas the busiest of the latest earlier covered year?"""
    now = scene.headline(measure.source)
    then = scene.earlier_covered(measure.source, now) if now else None
    if now is None or then is None or not located(measure) or len(scene.small) < 20:
        return None
    found = stability(counts.small_counts(then), counts.small_counts(now), top=0.05)
    label = _label(counts, then) or _label(counts, now)
    named = (
        ("busiest 5% still among the busiest 5%", 100 * found.stayed, "%", 1),
        ("the same by chance", 100 * found.expected, "%", 1),
        ("rank correlation over all small areas", found.correlation, "", 2),
    )
    readings = tuple(
        Reading(
            place=scene.area,
            period=now,
            group=group,
            cell=_steady(scene, value, unit, decimals, None if "chance" in group else label),
        )
        for group, value, unit, decimals in named
    )
    finding = Finding(
        measure=measure,
        analysis="stability",
        title=f"{measure.title}: do the busiest places stay the busiest?",
        method="stability",
        formula=f"Of the busiest 5% of small areas in {then.words}, the share still among the busiest 5% in {now.words}",
        readings=readings,
        sentence=(
            f"Of the busiest 5% of small areas for {measure.short} in {then.words}, "
            f"{quote(f'{measure.name}.stability', readings[0])} were still among the busiest 5% in {now.words}; "
            f"chance alone would keep {quote(f'{measure.name}.stability', readings[1])}."
        ),
        caveats=tuple(measure.caveats),
        comparators=(then.words,),
    )
    name, caption = f"{measure.name}-stability", f"{measure.title}: stability of the busiest small areas"
    return finding.showing(table_of(finding, readings, "group", name=name, caption=caption, value="Value"))


def _steady(scene: Scene, value: float, unit: str, decimals: int, label: Conversion | None) -> Cell:
    return Shown(
        Estimate(
            value=value, unit=unit, decimals=decimals, method="stability", snapshots=(scene.snapshot,), conversion=label
        )
    )
