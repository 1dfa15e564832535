"""How many are there whom nobody has found? An estimate from how partners' lists overlap, with all there is to doubt it by."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from headwater.assessment.captured import CaptureTable
from headwater.assessment.exhibits import table_of
from headwater.assessment.findings import Finding, Reading
from headwater.assessment.scene import Scene
from headwater.assessment.words import capital, in_list, quote
from headwater.disclosure import protect, protect_cell
from headwater.methods import hidden_population, hidden_population_bootstrap, hidden_population_models, list_drop
from headwater.methods.results import HiddenPopulation, Interval, ListDrop
from headwater.vocabulary import Cell, Estimate, Measure, NotApplicable, Shown, Suppressed, is_shown

KNOWN = "Known to one list or more"
BY_MODEL = "In all, with lognormal limits for the model chosen"
BY_BOOTSTRAP = "In all, with bootstrap limits that allow for the choice of model"
LEAST, MOST = "Lowest of the models that are not clearly worse", "Highest of the models that are not clearly worse"
LEAST_OF_ALL, MOST_OF_ALL = "Lowest of all models", "Highest of all models"
CLEARLY = 6.0
"""A model is clearly worse than the best where its BIC is more than this above it (Kass and Raftery 1995: strong evidence)."""
FIGURES = 2
"""An estimate is rounded to so many: more would pretend, and together they might be worked back to combinations of a few people."""
_WHY = {
    "does not exist": "too few people are on two lists at once for there to be an estimate",
    "not unique": "the lists do not settle one estimate",
    "neither": "too few people are on two lists at once for there to be an estimate",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A table, and the scene in which what it says may be shown."""

    scene: Scene
    measure: Measure
    table: CaptureTable
    known: float

    def reading(self, group: str, cell: Cell) -> Reading:
        """One figure of the area and the table's months."""
        return Reading(place=self.scene.area, period=self.table.period, cell=cell, group=group)

    def counted(self, many: float) -> Cell:
        """A number of people who are known."""
        estimate = Estimate(value=many, unit=self.measure.counts, decimals=0, method="count",
                            snapshots=(self.scene.snapshot,), numerator=many)  # fmt: skip
        return protect_cell(Shown(estimate), many, self.scene.policy)

    def estimated(self, found: Interval, method: str, *, of: float, why: str, least: float = 0.0) -> Cell:
        """An estimate between its limits, rounded and no less than `least`; never without limits.

        It is withheld where the number of people it is `of` may not be shown.
        """
        if protect([of], self.scene.policy) == ("suppressed",):
            return Suppressed(reason="small", policy=self.scene.policy.name)
        value, lower, upper = (float(end) for end in (found.value, found.lower, found.upper))
        if not all(map(math.isfinite, (value, lower, upper))):
            return NotApplicable(why)
        return Shown(
            Estimate(value=max(rounded(value), least), lower=max(rounded(lower), least), upper=max(rounded(upper), least), unit=self.measure.counts, decimals=0,
                     method=method, snapshots=(self.scene.snapshot,))
        )  # fmt: skip

    def end_of_range(self, total: float) -> Cell:
        """One end of what several models say: a range has two, and neither is an estimate to be quoted alone."""
        estimate = Estimate(value=rounded(total), unit=self.measure.counts, decimals=0, method="hidden_population_models",
                            snapshots=(self.scene.snapshot,))  # fmt: skip
        return Shown(estimate)


def rounded(value: float) -> float:
    """To two figures: 11,313 as 11,000, 729 as 730, 41.9 as 42."""
    digits = FIGURES - 1 - math.floor(math.log10(value)) if value > 0 else 0
    return float(round(value, min(digits, 0)))


def capture(scene: Scene, measure: Measure, table: CaptureTable) -> Finding:
    """The number known, the estimate with both kinds of limits, what other models say, and what is said without a list."""
    asked = Asked(scene, measure, table, float(sum(table.people)))
    if table.trouble:
        return _refused(asked, table.trouble)
    found = hidden_population(table.captured, table.people)
    if found.standing != "exists":
        return _refused(asked, _WHY[found.standing])
    drop = list_drop(table.captured, table.people)
    estimates, warnings = _estimates(asked, found)
    drops = tuple(_drops(asked, drop))
    finding = _finding(
        asked,
        (*estimates, *drops),
        _sentence(asked, estimates),
        (*_chosen(asked, found), *warnings, *_missed(drop)),
    )
    name, period = measure.name, table.period.words
    return finding.showing(
        table_of(finding, estimates, "group", name=name, caption=f"{measure.title}, {period}", value=capital(measure.counts)),
        table_of(finding, drops, "group", name=f"{name}-list-by-list", caption=f"What is said with a list left out, {period}",
                 value=capital(measure.counts)),
    )  # fmt: skip


def _finding(asked: Asked, readings: tuple[Reading, ...], sentence: str, caveats: tuple[str, ...]) -> Finding:
    return Finding(
        measure=asked.measure,
        analysis="estimate",
        title=asked.measure.title,
        method="hidden_population",
        formula=(
            "Known + exp(intercept): Poisson log-linear models of how many are on each combination of lists; pairs of lists join while their "
            "p-value is below 0.02; estimates are rounded to two figures"
        ),
        readings=readings,
        sentence=sentence,
        caveats=(*asked.measure.caveats, *caveats),
    )


def _refused(asked: Asked, why: str) -> Finding:
    """No estimate, and why; the number known where the table is whole."""
    known = asked.counted(asked.known) if asked.table.people else NotApplicable(why)
    readings = (asked.reading(KNOWN, known), asked.reading(BY_BOOTSTRAP, NotApplicable(why)))
    name = f"{asked.measure.name}.estimate"
    return _finding(
        asked,
        readings,
        f"In {asked.table.period.words}, for how many there were in all in {asked.scene.area.name}, {quote(name, readings[1])}.",
        (),
    )


def _estimates(asked: Asked, found: HiddenPopulation) -> tuple[tuple[Reading, ...], tuple[str, ...]]:
    captured, people = asked.table.captured, asked.table.people
    chance = asked.scene.chance(f"{asked.measure.name}.estimate")
    drawn = hidden_population_bootstrap(captured, people, generator=chance)
    none = "; ".join(drawn.warnings)
    by_bootstrap = asked.estimated(
        drawn.total, "hidden_population_bootstrap", of=asked.known, why=none, least=asked.known
    )
    by_model = asked.estimated(found.total, "hidden_population", of=asked.known, why=none, least=asked.known)
    readings = (
        asked.reading(KNOWN, asked.counted(asked.known)),
        asked.reading(BY_BOOTSTRAP, by_bootstrap),
        asked.reading(BY_MODEL, by_model),
        *(_cloud(asked) if is_shown(by_model) else ()),
    )
    return readings, tuple(f"{capital(warning)}." for warning in drawn.warnings)


def _cloud(asked: Asked) -> Iterator[Reading]:
    """The ends of what all models say, and of what those say that are not clearly worse than the best."""
    cloud = hidden_population_models(asked.table.captured, asked.table.people)
    near = cloud.total[cloud.bic <= cloud.bic[0] + CLEARLY]
    ends = (
        (LEAST, near.min()),
        (MOST, near.max()),
        (LEAST_OF_ALL, cloud.total.min()),
        (MOST_OF_ALL, cloud.total.max()),
    )
    for group, total in ends:
        yield asked.reading(group, asked.end_of_range(float(total)))


def _drops(asked: Asked, drop: ListDrop) -> Iterator[Reading]:
    """For each list: how many are on it, how many the others predict, and how many there would be in all without it."""
    for place, name in enumerate(asked.table.lists):
        known, said = float(drop.known[place]), capital(name)
        predicted, without = (
            Interval(found.value[place], found.lower[place], found.upper[place])
            for found in (drop.predicted, drop.without)
        )
        few, none = "too few are on two other lists at once", "the other lists alone give no estimate"
        yield asked.reading(f"{said}: on the list", asked.counted(known))
        yield asked.reading(
            f"{said}: predicted by the other lists", asked.estimated(predicted, "list_drop", of=known, why=few)
        )
        yield asked.reading(f"In all, without {name}", asked.estimated(without, "list_drop", of=known, why=none))


def _chosen(asked: Asked, found: HiddenPopulation) -> Iterator[str]:
    """Which pairs of lists the model does not take to be independent."""
    lists = asked.table.lists
    pairs = [f"{lists[one]} with {lists[other]}" for one, other in found.pairs]
    told = (
        f"lets these pairs of lists depend on one another: {in_list(pairs)}"
        if pairs
        else "takes all lists to be independent"
    )
    yield f"The model chosen {told}."


def _missed(drop: ListDrop) -> Iterator[str]:
    """Of the lists that the others could predict, how many lay beyond the limits: nothing is said of which, or how many are on it."""
    told = [
        float(lower) <= float(known) <= float(upper)
        for known, lower, upper in zip(drop.known, drop.predicted.lower, drop.predicted.upper, strict=True)
        if math.isfinite(float(lower))
    ]
    if told:
        yield (
            f"Put to a test whose answer is known, the size of each list told from the others alone, it could be put to "
            f"{len(told)} of {len(drop.known)} lists, and the limits held the truth for {sum(told)}."
        )


def _sentence(asked: Asked, estimates: tuple[Reading, ...]) -> str:
    name, (known, bootstrap, model, *cloud) = f"{asked.measure.name}.estimate", estimates
    lists, area = len(asked.table.lists), asked.scene.area.name
    said = f"In {known.period.words}, {quote(name, known)} in {area} were on one or more of {lists} lists"
    if not is_shown(model.cell):
        return f"{said}; for how many there were in all, {quote(name, model)}."
    said += f". From how the lists overlap, those in all are estimated at {quote(name, bootstrap)} where the choice of model is allowed for"
    said += f", and at {quote(name, model)} where it is not"
    return (
        f"{said}; models that are not clearly worse range from {quote(name, cloud[0])} to {quote(name, cloud[1])}. It rests on "
        "suppositions that nobody can check."
    )
