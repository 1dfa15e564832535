"""Is a power used evenly? Searches and their outcomes by ethnic group."""

from collections.abc import Mapping

from headwater import documents
from headwater.assessment.cells import rate_of
from headwater.assessment.exhibits import bar_of, by_value, table_of
from headwater.assessment.findings import Finding, Reading
from headwater.assessment.scene import Scene
from headwater.assessment.words import quote
from headwater.disclosure import protect_cell
from headwater.documents.charts import BarChart
from headwater.methods import rate_ratio, wilson
from headwater.vocabulary import (
    Cell,
    Estimate,
    Measure,
    NotApplicable,
    Period,
    Shown,
    is_shown,
)

GROUPS = ("white", "asian", "black", "mixed", "other")
GROUP_NAMES = {"white": "White", "asian": "Asian", "black": "Black", "mixed": "Mixed", "other": "Other"}
FIFTHS = 5


def disparity(scene: Scene, measure: Measure, searched: Mapping[str, int], period: Period) -> Finding:
    """Searches per resident of each ethnic group, over the same for the reference group."""
    people = scene.atlas.ethnicity(scene.area)
    base = GROUP_NAMES[measure.reference]

    def reading(group: str, cell: Cell) -> Reading:
        return Reading(place=scene.area, period=period, group=group, cell=cell)

    others = [g for g in GROUPS if g != measure.reference]
    ratios = [reading(GROUP_NAMES[g], _group_ratio(scene, searched, people, g, measure.reference)) for g in others]
    rates = [
        reading(
            f"rate, {GROUP_NAMES[g]}",
            rate_of(scene, measure, searched.get(g, 0), people.get(g, 0), months=period.length),
        )
        for g in GROUPS
    ]
    finding = Finding(
        measure=measure,
        analysis="disparity",
        title=measure.title,
        method="rate_ratio",
        formula=f"Searches per resident of the group ÷ searches per {base} resident",
        readings=(*ratios, *rates),
        sentence=_disparity_sentence(measure, period, searched, ratios),
        caveats=tuple(measure.caveats),
        comparators=(f"{base} residents",),
    )
    return finding.showing(_disparity_figure(finding, ratios, base, period))


def _disparity_sentence(measure: Measure, period: Period, searched: Mapping[str, int], ratios: list[Reading]) -> str:
    base = GROUP_NAMES[measure.reference]
    stated, everyone = sum(searched.get(g, 0) for g in GROUPS), sum(searched.values())
    share = 100 * (everyone - stated) / everyone if everyone else 0.0
    top = next((r for r in by_value(ratios) if is_shown(r.cell)), None)
    said = f"no group can be compared with {base} people"
    if top is not None:
        rate = quote(f"{measure.name}.disparity", top)
        said = f"people who said they were {top.group} were searched at {rate} the rate of {base} people"
    return f"In {period.words}, {said}; {share:.1f}% of searches had no ethnicity stated by the person and are in no group."


def _disparity_figure(finding: Finding, ratios: list[Reading], base: str, period: Period) -> documents.Figure:
    name, caption = (
        f"{finding.measure.name}-ratios",
        f"{finding.title}: rate compared with {base} people, {period.words}",
    )
    return documents.Figure(
        name=name,
        caption=caption,
        description=f"A point for each group with its 95% limits; a line at one means the same rate. {finding.sentence}",
        chart=BarChart(
            tuple(bar_of(r, "group") for r in ratios),
            "Ratio of rates, with 95% limits",
            reference=1.0,
            reference_label="same rate",
            log=True,
        ),
        table=table_of(finding, finding.readings, "group", name=name, caption=caption, value="Ratio, or rate"),
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
    return protect_cell(
        Shown(estimate), part, scene.policy
    )  # which judges the rest of the whole as well, and rounds once
