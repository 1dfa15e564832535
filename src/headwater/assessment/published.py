"""Figures that somebody else published, made into cells that keep what their marks mean."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from headwater.assessment.cells import FEW, decimals_of
from headwater.assessment.exhibits import value_of
from headwater.assessment.figures import Figure, Figures, together
from headwater.assessment.scene import Scene
from headwater.disclosure import Policy, protect, protect_cell, protect_parts
from headwater.methods import crude_rate, wilson
from headwater.vocabulary import (
    Cell,
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
)

COUNTRIES = {"E": ("E92000001", "England"), "W": ("W92000004", "Wales"), "K": ("K02000001", "the United Kingdom")}
"""The country of an area, by the first letter of its code."""


PUBLISHERS = "the publisher’s own"
"""The policy that a figure was withheld under before it came to us."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """All the figures of one published measure, as an area looks at them."""

    scene: Scene
    measure: Measure
    figures: Figures
    policy: Policy
    """The stricter of the workspace's and the dataset's own."""

    @property
    def level(self) -> str:
        """The level of area that the figures are of, other than countries and regions: the commonest."""
        levels = [f.level for f in self.figures.values() if f.level not in ("country", "region")]
        return max(sorted(set(levels)), key=levels.count) if levels else ""

    @property
    def worked_out(self) -> bool:
        """Are rates or shares worked out here? Where nothing says what the counts are out of, they stand as they were published."""
        return bool(self.measure.limits) and any(f.denominator is not None for f in self.figures.values())

    @property
    def periods(self) -> tuple[Period, ...]:
        """Every period with a figure, earliest first."""
        return tuple(sorted({figure.period for figure in self.figures.values()}))

    def country(self) -> Place | None:
        """The country that the area is compared with, if its figures were published."""
        for letter in (self.scene.area.code[0], "E", "K"):
            code, name = COUNTRIES.get(letter, ("", ""))
            if any(area == code for area, _ in self.figures):
                return Place(code, name, Level.COUNTRY)
        return None

    def cell(self, place: Place, period: Period, parts: Sequence[Place] = ()) -> Cell:
        """What may be said of a place: its own figure, or its parts' added up where there is one for every part."""
        own = self.figures.get((place.code, period.label))
        held = [self.figures.get((part.code, period.label)) for part in parts]
        if any(figure.whose for figure in (own, *held) if figure):
            told = {part.name: self._as_shown(figure) for part, figure in zip(parts, held, strict=True)}
            return self._of([together(place.name, own, told)])
        if own is not None:
            return self._of([own])
        if not held or not any(held):
            return NotCollected(f"nothing is published for {place.name} in {period.words}")
        if any(figure.status == "c" for figure in held if figure):
            return Suppressed(reason="differencing", policy=f"{PUBLISHERS}, for one or more of its authorities")
        absent = [part.name for part, figure in zip(parts, held, strict=True) if figure is None or figure.value is None]
        if absent:
            return Missing(f"it cannot be added up: there is no figure for {', '.join(absent)}")
        return self._summed([figure for figure in held if figure])

    def _summed(self, held: Sequence[Figure]) -> Cell:
        """The parts added up, where that does not tell one of them that may not be shown."""
        if self._told_by_the_rest([figure.value for figure in held if figure.value is not None]):
            return Suppressed(reason="differencing", policy=self.policy.name)
        return self._of(held)

    def _told_by_the_rest(self, parts: Sequence[float]) -> bool:
        """Would the sum, less the parts that are shown, tell what may not be? Not where they are rounded."""
        counted = self.measure.limits or all(_is_count(figure.unit) for figure in self.figures.values())
        if not counted or self.policy.rounding:
            return False
        return protect_parts(parts, self.policy) != protect(parts, self.policy)

    def _as_shown(self, figure: Figure | None) -> Figure | None:
        """A figure of a part as the sum of parts may use it: one that is withheld must not be found by taking the others away."""
        if figure is None or figure.value is None or is_shown(self._of([figure])):
            return figure
        return replace(figure, value=None, status="c")

    def spread(self, period: Period) -> tuple[float, ...]:
        """The values of all areas of the measure's level in a period, least first; those that cannot be shown are left out."""
        held = [f for (_, label), f in self.figures.items() if label == period.label and f.level == self.level]
        return tuple(sorted(value for figure in held if (value := value_of(self._of([figure]))) is not None))

    def _of(self, held: Sequence[Figure]) -> Cell:
        (first, *others) = held
        if first.value is None:
            return self._absent(first)
        many = sum(figure.value or 0.0 for figure in held)
        wholes = [figure.denominator for figure in held]
        whole = sum(each or 0.0 for each in wholes) if None not in wholes else None
        if whole is None and self.worked_out:
            return Missing("it cannot be worked out: the figure was published without what it is out of")
        if others and whole is None and self.measure.per != 1:
            return Missing("it cannot be added up: the figures were published without what they are out of")
        if others and whole is None and not _is_count(first.unit):
            return NotApplicable("figures that are not counts cannot be added up")
        return self._estimated(first, many, whole, alone=not others)

    def _absent(self, figure: Figure) -> Cell:
        reasons: dict[str, Cell] = {
            "c": Suppressed(reason="small", policy=PUBLISHERS),
            "z": NotApplicable("the publisher says that it does not apply"),
            "low": Missing("published only as low: it rounds to nought and is not nought"),
            "k": Missing("published only as low: it rounds to nought and is not nought"),
        }
        return reasons.get(figure.status, Missing(figure.why or "the publisher says that it is not available"))

    def _estimated(self, first: Figure, many: float, whole: float | None, *, alone: bool) -> Cell:
        if whole is not None and self.measure.limits:
            if whole <= 0:
                return NotApplicable("there is nobody to count it among")
            estimate = self._worked_out(many, whole)
        else:
            estimate = self._as_published(first, many, whole, limits=alone)
        cell: Cell = Shown(estimate)
        if first.status == "u" or (self.measure.limits == "poisson" and many < FEW):
            cell = LowReliability(estimate, f"it rests on fewer than {FEW} {self.measure.counts}")
        if first.why:
            cell = LowReliability(estimate, first.why)
        counted = many if self.measure.limits or _is_count(first.unit) else None
        return cell if counted is None else protect_cell(cell, counted, self._judged_by)

    @property
    def _judged_by(self) -> Policy:
        """The policy; without its rounding where every figure came so rounded, for then limits cannot undo it."""
        to = self.policy.rounding
        rounded = to and all(not (figure.value or 0.0) % to for figure in self.figures.values())
        return replace(self.policy, rounding=0) if rounded else self.policy

    def _worked_out(self, many: float, whole: float) -> Estimate:
        """A rate or a share worked out here from the published count and what it is out of."""
        per = self.measure.per
        found = wilson(many, whole) if self.measure.limits == "wilson" else crude_rate(many, whole, per=per)
        scale = per if self.measure.limits == "wilson" else 1
        value, lower, upper = (float(end) * scale for end in (found.value, found.lower, found.upper))
        return Estimate(
            value=value, lower=lower, upper=upper, unit="%" if per == 100 and scale == 100 else f"per {per:,} {self.measure.among}",
            decimals=decimals_of(value), method="wilson" if scale != 1 else "crude_rate", snapshots=(self.scene.snapshot,),
            numerator=many, denominator=whole, per=per,
        )  # fmt: skip

    def _as_published(self, first: Figure, many: float, whole: float | None, *, limits: bool) -> Estimate:
        return Estimate(
            value=many, lower=first.lower if limits else None, upper=first.upper if limits else None, unit=first.unit,
            decimals=0 if _is_count(first.unit) and many == round(many) else decimals_of(many), method="count",
            snapshots=(self.scene.snapshot,), numerator=many if _is_count(first.unit) else None, denominator=whole,
        )  # fmt: skip


def _is_count(unit: str) -> bool:
    """Is the figure a number of things, which may be added up? Rates and shares are said 'per' something or in '%'."""
    return "%" not in unit and not unit.startswith(("per ", "rate", "average"))
