"""Where? A map of small-area rates, muted where a rate rests on too few events."""

from collections.abc import Mapping, Sequence

from headwater import documents
from headwater.assessment.cells import located, rate_of, withheld
from headwater.assessment.classes import class_edges, class_of, class_words
from headwater.assessment.counting import CONVERSION_BASIS, Counts
from headwater.assessment.exhibits import by_value, table_of, value_of
from headwater.assessment.findings import Finding, Reading
from headwater.assessment.scene import Scene
from headwater.documents.charts import MapArea, MapChart
from headwater.places import Shape
from headwater.vocabulary import Conversion, Level, LowReliability, Measure, Period, Place, is_shown

MOST_AREAS = 3_000
"""More small areas than this are not drawn one by one: a map of a whole country at this grain shows nothing."""
FEWEST_SURE = 0.25
"""A map of which less than this share rests on enough events would be a map of chance, and is not drawn."""


def small_area_rates(scene: Scene, measure: Measure, counts: Counts) -> Finding | None:
    """The rate in each small area in the headline period."""
    period = scene.headline(measure.source)
    if period is None or not located(measure) or not 0 < len(scene.small) <= MOST_AREAS:
        return None
    if withheld(scene, measure, scene.area, period) is not None:
        return None
    readings = _readings(scene, measure, counts, period)
    sure = [r for r in readings if is_shown(r.cell) and not isinstance(r.cell, LowReliability)]
    if len(sure) < FEWEST_SURE * len(readings):
        return None
    finding = Finding(
        measure=measure,
        analysis="places",
        title=f"{measure.title}: small areas",
        method="crude_rate",
        formula=f"{measure.counts} in the small area ÷ its residents × {measure.per:,}",
        readings=tuple(readings),
        sentence=_sentence(measure, period, by_value(sure), len(readings)),
        caveats=(
            *measure.caveats,
            "Town centres have few residents and many visitors: a high rate there says where harm happens, not who lives with it.",
        ),
    )
    return finding.showing(_map(scene, finding, readings, period))


def _readings(scene: Scene, measure: Measure, counts: Counts, period: Period) -> list[Reading]:
    many = counts.small_counts(period)
    carried = counts.small_carried[:, counts.columns(period.months)].sum(axis=1) / 1e6
    return [
        Reading(
            place=place,
            period=period,
            cell=rate_of(
                scene,
                measure,
                float(many[i]),
                scene.people.get(place.code, 0),
                conversion=Conversion(float(carried[i] / many[i]), CONVERSION_BASIS) if carried[i] else None,
                months=period.length,
            ),
        )
        for i, place in enumerate(scene.small)
    ]


def _sentence(measure: Measure, period: Period, sure: Sequence[Reading], areas: int) -> str:
    top = ", ".join(r.place.name for r in sure[:3])
    return (
        f"In {period.words}, the small areas with the highest rates of {measure.short} were {top}; "
        f"{areas - len(sure):,} of {areas:,} small areas had too few events for a rate to be leaned on."
    )


def _map(scene: Scene, finding: Finding, readings: Sequence[Reading], period: Period) -> documents.Figure | None:
    shapes = {shape.code: shape for shape in scene.atlas.shapes(Level.LSOA, scene.area)}
    if not shapes:
        return None
    edges = class_edges(value_of(r.cell) or 0.0 for r in readings if is_shown(r.cell))
    areas = tuple(_shaded(shapes[r.place.code], r, edges) for r in readings if r.place.code in shapes)
    outlines = _outlines(scene.subareas, {s.code: s for s in _subarea_shapes(scene)})
    caption = f"{finding.measure.title}: rate by small area, {period.words}"
    unit = f"Per {finding.measure.per:,} residents"
    return documents.Figure(
        name=f"{finding.measure.name}-map",
        caption=caption,
        description=f"A map shaded in {len(edges) + 1} classes; hatching marks areas with too few events to lean on. {finding.sentence}",
        chart=MapChart(areas, class_words(edges), outlines, unit),
        table=table_of(
            finding, by_value(readings), "place", name=f"{finding.measure.name}-map", caption=caption, value=unit
        ),
    )


def _subarea_shapes(scene: Scene) -> Sequence[Shape]:
    return scene.atlas.shapes(scene.subareas[0].level, scene.area) if scene.subareas else ()


def _shaded(shape: Shape, reading: Reading, edges: Sequence[float]) -> MapArea:
    value = value_of(reading.cell)
    shade = None if value is None else class_of(value, edges)
    return MapArea(shape.code, shape.name, shape.rings, shade, hatched=isinstance(reading.cell, LowReliability))


def _outlines(places: Sequence[Place], shapes: Mapping[str, Shape]) -> tuple[MapArea, ...]:
    found = (shapes[p.code] for p in places if p.code in shapes)
    return tuple(MapArea(s.code, s.name, s.rings, None) for s in found)
