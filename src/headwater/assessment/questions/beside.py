"""Where does one partner see more than another? One count set beside another of the same place and time."""

import numpy as np

from headwater import documents
from headwater.assessment.cells import count_cell
from headwater.assessment.counting import Counts
from headwater.assessment.exhibits import bar_of, by_value, table_of
from headwater.assessment.findings import Finding, Reading
from headwater.assessment.questions.levels import unplaced_words
from headwater.assessment.scene import Scene
from headwater.assessment.words import quote
from headwater.documents.charts import BarChart
from headwater.methods import rate_ratio
from headwater.sources import contract
from headwater.vocabulary import Cell, Estimate, Measure, NotApplicable, Period, Place, Shown, is_shown

HUNDRED = 100
MORE = "small areas that the first sees more of"


Told = tuple[Measure, Counts]


def beside(scene: Scene, mine: Told, theirs: Told, period: Period) -> Finding:
    """For every hundred of theirs, how many of mine, in the area and its parts; and in how many small areas there are more."""
    measure, other = mine[0], theirs[0]
    places = [
        Reading(place=place, period=period, cell=_for_every_hundred(scene, mine, theirs, place, period))
        for place in (scene.area, *scene.subareas)
    ]
    areas = Reading(place=scene.area, period=period, group=MORE, cell=_small_areas(scene, mine, theirs, period))
    finding = Finding(
        measure=measure,
        analysis="beside",
        title=measure.title,
        method="rate_ratio",
        formula=f"{measure.counts} ÷ {other.counts} × 100, both of events that happened in the place in the period",
        readings=(*places, areas),
        sentence=" ".join([_sentence(scene, measure, other, places, areas), *unplaced_words(scene, *mine, period)]),
        caveats=(*measure.caveats, *unplaced_words(scene, *theirs, period)),
        comparators=(f"{other.counts}: {contract(other.source).title}",),
    )
    return finding.showing(_figure(finding, places, period))


def _for_every_hundred(scene: Scene, mine: Told, theirs: Told, place: Place, period: Period) -> Cell:
    cells = [count_cell(scene, measure, counts, place, period) for measure, counts in (mine, theirs)]
    if (absent := next((cell for cell in cells if not is_shown(cell)), None)) is not None:
        return absent
    many, beside = (counts.count(place, period) for _, counts in (mine, theirs))
    if not beside:
        return NotApplicable(f"there were no {theirs[0].counts}")
    ratio = rate_ratio(many, 1, beside, 1)
    value, lower, upper = (HUNDRED * float(end) for end in (ratio.value, ratio.lower, ratio.upper))
    unit = f"for every {HUNDRED} {theirs[0].counts}"
    return Shown(
        Estimate(value=value, lower=lower, upper=upper, unit=unit, decimals=0, method="rate_ratio", snapshots=(scene.snapshot,),
                 numerator=many, denominator=beside, per=HUNDRED)
    )  # fmt: skip


def _small_areas(scene: Scene, mine: Told, theirs: Told, period: Period) -> Cell:
    """In how many small areas the first is more than the second: a count of places, withheld where what happened in all of them is."""
    cells = [count_cell(scene, measure, counts, scene.area, period) for measure, counts in (mine, theirs)]
    if (absent := next((cell for cell in cells if not is_shown(cell)), None)) is not None:
        return absent
    more = int(np.count_nonzero(mine[1].small_counts(period) > theirs[1].small_counts(period)))
    unit = f"of {len(scene.small):,} small areas"
    return Shown(Estimate(value=more, unit=unit, decimals=0, method="count", snapshots=(scene.snapshot,)))


def _sentence(scene: Scene, measure: Measure, other: Measure, places: list[Reading], areas: Reading) -> str:
    name, area = f"{measure.name}.beside", places[0]
    first = f"In {area.period.words}, {measure.counts} in {scene.area.name} came to {quote(name, area)}"
    if not is_shown(area.cell):
        first = f"For {measure.counts} beside {other.counts} in {scene.area.name}, {quote(name, area)}"
    top = next((r for r in by_value(places[1:]) if is_shown(r.cell)), None)
    if top:
        first += f"; most in {top.place.name}, at {quote(name, top)}"
    return f"{first}. In {quote(name, areas)} there were more {measure.counts} than {other.counts}."


def _figure(finding: Finding, places: list[Reading], period: Period) -> documents.Figure | None:
    if sum(is_shown(reading.cell) for reading in places) < 2:
        return None
    ranked = by_value(places)
    value = f"{finding.measure.counts.capitalize()} for every {HUNDRED}"
    caption = f"{finding.title}, {period.words}"
    return documents.Figure(
        name=finding.measure.name,
        caption=caption,
        description=f"One bar for each area, highest first, with 95% limits; a line where the two are as many. {finding.sentence}",
        chart=BarChart(
            tuple(bar_of(r, "place", emphasis=r is places[0]) for r in ranked), f"{value}, with 95% limits",
            reference=float(HUNDRED), reference_label="as many of one as of the other",
        ),
        table=table_of(finding, ranked, "place", name=finding.measure.name, caption=caption, value=value),
    )  # fmt: skip
