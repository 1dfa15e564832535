"""How a count becomes a cell: covered or withheld, shown or protected, leaned on or not."""

from headwater.assessment.counting import Counts
from headwater.assessment.scene import Scene
from headwater.disclosure import protect, protect_cell, protect_parts
from headwater.methods import crude_rate
from headwater.sources import contract
from headwater.vocabulary import (
    Cell,
    Conversion,
    Estimate,
    Level,
    LowReliability,
    Measure,
    Missing,
    NotApplicable,
    NotCollected,
    Period,
    Place,
    Shown,
    Suppressed,
    is_shown,
    words_of_months,
)

FEW = 10
"""Below this many events a rate is marked as of low reliability, as the public-health profiles of England do."""


def withheld(scene: Scene, measure: Measure, place: Place, period: Period) -> Cell | None:
    """Why there can be no figure for a place and a period, or None where there can."""
    if gaps := scene.missing(measure.source, place, period.months):
        return Missing(gap_words(scene, measure.source, place, gaps))
    if place.code != scene.area.code and not located(measure) and place.level != Level.FORCE:
        return NotCollected("the open file of searches gives no area code, so they cannot be counted by district")
    return None


def gap_words(scene: Scene, dataset: str, place: Place, gaps: tuple[str, ...]) -> str:
    """'no complete return from Northumbria Police for January 2022'."""
    many = len(scene.senders(dataset, place)) > 1
    who = "one or more police forces" if many else "the police"
    if contract(dataset).agreement:
        who = f"one or more of those who send {contract(dataset).title[:1].lower()}{contract(dataset).title[1:]}"
    return f"no complete return from {who} for {words_of_months(gaps)}"


def located(measure: Measure) -> bool:
    """Does the source say in which small area each event happened?"""
    return not measure.source.endswith("stop_and_search")


def count_cell(scene: Scene, measure: Measure, counts: Counts, place: Place, period: Period) -> Cell:
    """How many in a place in a period."""
    if (absent := withheld(scene, measure, place, period)) is not None:
        return absent
    many = counts.count(place, period)
    estimate = Estimate(
        value=many,
        unit=measure.counts,
        decimals=0,
        method="count",
        snapshots=(scene.snapshot,),
        numerator=many,
        conversion=counts.conversion(place, period),
    )
    return among_parts(scene, counts, place, period, protect_cell(Shown(estimate), many, scene.policy))


def among_parts(scene: Scene, counts: Counts, place: Place, period: Period, cell: Cell) -> Cell:
    """The cell of a part of the area, or Suppressed where it and the total would tell what another part must not show."""
    places = [part.code for part in scene.subareas]
    if not isinstance(cell, Shown | LowReliability | Suppressed) or place.code not in places:
        return cell
    many = [counts.count(part, period) for part in scene.subareas]
    if "suppressed" in protect([counts.count(scene.area, period)], scene.policy):
        return cell
    verdicts = protect_parts(many, scene.policy)
    if verdicts == protect(many, scene.policy) or verdicts[places.index(place.code)] == "shown":
        return cell
    return Suppressed(
        reason="differencing", policy=scene.policy.name
    )  # of all, lest the reason tell the small from the rest


def month_cells(scene: Scene, measure: Measure, counts: Counts, place: Place) -> list[Cell]:
    """The count of each month, or why there is none: of no month where one may not be shown.

    Twelve months to March less twelve to February is March less the March before, so years and the other months tell it.
    """
    cells = [count_cell(scene, measure, counts, place, Period.month(month)) for month in counts.months]
    if not any(isinstance(cell, Suppressed) for cell in cells):
        return cells
    gone = Suppressed(reason="differencing", policy=scene.policy.name)
    return [gone if is_shown(cell) or isinstance(cell, Suppressed) else cell for cell in cells]


def rate_cell(scene: Scene, measure: Measure, counts: Counts, place: Place, period: Period) -> Cell:
    """How many per so many residents, a year of it: a shorter or longer period is scaled to twelve months."""
    if (absent := withheld(scene, measure, place, period)) is not None:
        return absent
    cell = rate_of(
        scene,
        measure,
        counts.count(place, period),
        scene.people[place.code],
        conversion=counts.conversion(place, period),
        months=period.length,
    )
    return among_parts(scene, counts, place, period, cell)


def rate_of(
    scene: Scene,
    measure: Measure,
    many: float,
    people: float,
    *,
    conversion: Conversion | None = None,
    months: int = 12,
) -> Cell:
    """A crude rate a year with its limits, marked where it rests on few events."""
    if people <= 0:
        return NotApplicable("nobody lives there")
    years = months / 12
    rate = crude_rate(many, people * years, per=measure.per)
    estimate = Estimate(
        value=float(rate.value),
        lower=float(rate.lower),
        upper=float(rate.upper),
        unit=f"per {measure.per:,} {measure.residents}" + ("" if months == 12 else " a year"),
        decimals=decimals_of(float(rate.value)),
        method="crude_rate",
        snapshots=(scene.snapshot,),
        numerator=many,
        denominator=people * years,
        per=measure.per,
        conversion=conversion,
    )
    cell: Cell = (
        LowReliability(estimate, f"it rests on fewer than {FEW} {measure.counts}") if many < FEW else Shown(estimate)
    )
    return protect_cell(cell, many, scene.policy)


def decimals_of(value: float) -> int:
    """Enough decimals to tell neighbours apart and no more."""
    return 1 if value >= 10 else 2
