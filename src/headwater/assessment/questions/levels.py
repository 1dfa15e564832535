"""How much? Counts and rates, by place and year."""

from headwater import documents
from headwater.assessment.cells import count_cell, located, month_cells, rate_cell
from headwater.assessment.counting import Counts
from headwater.assessment.exhibits import bar_of, by_value, table_of, value_of
from headwater.assessment.findings import Finding, Reading
from headwater.assessment.scene import Scene
from headwater.assessment.words import quote, rate_sentence
from headwater.disclosure import protect
from headwater.documents.charts import BarChart
from headwater.vocabulary import Measure, Period, Place, is_shown

MANY = 0.1
"""From this share on, what could not be placed must be said beside the figures of the parts."""


def count(scene: Scene, measure: Measure, counts: Counts) -> Finding:
    """How many, for the area by month and by year, and for its parts in the headline period."""
    source, headline = measure.source, scene.headline(measure.source)
    years = [(scene.area, year) for year in scene.years(source)]
    parts = [(place, headline) for place in (scene.area, *scene.subareas) if headline]

    def reading(place: Place, period: Period) -> Reading:
        return Reading(place=place, period=period, cell=count_cell(scene, measure, counts, place, period))

    months = (
        Reading(place=scene.area, period=Period.month(month), cell=cell)
        for month, cell in zip(counts.months, month_cells(scene, measure, counts, scene.area), strict=True)
    )
    readings = (*(reading(*each) for each in years), *months, *(reading(*each) for each in parts))
    finding = Finding(
        measure=measure,
        analysis="count",
        title=f"{measure.title}: how many",
        method="count",
        formula=f"The number of {measure.counts} that the definition describes, added up by month and place",
        readings=readings,
        sentence=_count_sentence(scene, measure, readings, headline),
        caveats=tuple(measure.caveats),
    )
    by_year = [r for r in readings if r.period.kind in ("financial", "calendar")]
    caption = f"{measure.title}: number by year, {scene.area.name}"
    return finding.showing(
        table_of(finding, by_year, "period", name=f"{measure.name}-count", caption=caption, value="Number")
    )


def _count_sentence(scene: Scene, measure: Measure, readings: tuple[Reading, ...], headline: Period | None) -> str:
    if headline is None:
        return f"No period is covered, so no count of {measure.short} can be given."
    area = next(r for r in readings if r.period == headline and r.place.code == scene.area.code)
    said = quote(f"{measure.name}.count", area)
    if not is_shown(area.cell):
        return f"For the number of {measure.short} in {scene.area.name} as a whole in {headline.words}, {said}."
    if measure.counts.endswith(measure.short):  # its unit would say the same words again
        return f"In {headline.words}, there were {said} in {scene.area.name}."
    return f"In {headline.words}, {measure.short} in {scene.area.name} came to {said}."


def rate(scene: Scene, measure: Measure, counts: Counts) -> Finding:
    """How many per so many residents, by year, for the area and its parts."""
    source, headline = measure.source, scene.headline(measure.source)
    periods = [*scene.years(source), *([headline] if headline else [])]
    readings = [
        Reading(place=place, period=period, cell=rate_cell(scene, measure, counts, place, period))
        for period in periods
        for place in (scene.area, *scene.subareas)
    ]
    lost = unplaced_words(scene, measure, counts, headline) if headline and scene.subareas and located(measure) else []
    finding = Finding(
        measure=measure,
        analysis="rate",
        title=f"{measure.title}: rate",
        method="crude_rate",
        formula=f"{measure.counts} ÷ {measure.residents} × {measure.per:,}, a year",
        readings=tuple(readings),
        sentence=" ".join([rate_sentence(scene, measure, readings, headline), *lost]),
        caveats=tuple(measure.caveats),
        comparators=tuple(p.name for p in scene.subareas),
    )
    now = [r for r in readings if headline and r.period == headline]
    return finding.showing(_by_place(scene, finding, now), _by_year(scene, finding))


def unplaced_words(scene: Scene, measure: Measure, counts: Counts, period: Period) -> list[str]:
    """How many could not be placed, where that is a tenth or more: they are in the figure of the whole area and in no part.

    Where their number or that of the others may not be shown, only that it is a tenth or more.
    """
    lost, away, whole = counts.unplaced(period)
    if not whole or (lost + away) / whole < MANY:
        return []
    told = "suppressed" not in protect([lost + away, whole - lost - away], scene.policy)
    share = f"{100 * (lost + away) / whole:.0f}%" if told else "a tenth or more"
    return [
        f"Of {measure.counts}, {share} are in no part of the area: nobody said where, or it was elsewhere. So each part’s figure is too low."
    ]


def _by_year(scene: Scene, finding: Finding) -> documents.Table:
    years = [r for r in finding.readings if r.place == scene.area and r.period.kind in ("financial", "calendar")]
    caption = f"{finding.measure.title}: rate by year, {scene.area.name}"
    value = f"Rate per {finding.measure.per:,} {finding.measure.residents}"
    return table_of(finding, years, "period", name=f"{finding.measure.name}-rate-by-year", caption=caption, value=value)


def _by_place(scene: Scene, finding: Finding, now: list[Reading]) -> documents.Figure | None:
    ranked = by_value(now)
    if len([r for r in ranked if value_of(r.cell) is not None]) < 2:
        return None
    area = next(r for r in now if r.place == scene.area)
    measure, period = finding.measure, area.period
    value = f"Rate per {measure.per:,} {measure.residents}"
    caption = f"{measure.title}: rate by {scene.subareas[0].level.words}, {period.words}"
    return documents.Figure(
        name=f"{measure.name}-rate",
        caption=caption,
        description=f"One bar for each area, highest first, with whiskers for the 95% limits. {finding.sentence}",
        chart=BarChart(
            bars=tuple(bar_of(r, "place", emphasis=r is area) for r in ranked),
            value_title=f"{value}, with 95% limits",
            reference=value_of(area.cell),
            reference_label=scene.area.name,
        ),
        table=table_of(finding, ranked, "place", name=f"{measure.name}-rate", caption=caption, value=value),
    )
