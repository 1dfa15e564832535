"""What comes first, and why: priorities scored on agreed criteria."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models

from headwater.strategy.models.parts import Part, keeping

LOWEST, HIGHEST = 0, 5
"""The scale that every criterion is scored on."""


class Priority(Part):
    """What the partnership means to change, for one or more needs."""

    title = models.CharField(max_length=120)
    says = models.TextField(max_length=2000)

    asked = ("title", "says")
    kept = keeping(*asked)

    class Meta(Part.Meta):
        verbose_name_plural = "priorities"


class Criterion(Part):
    """One thing that priorities are weighed by. Weights are shares of whatever they add up to.

    Most are judged by people. One with `steps` may be measured: a score then follows from how many stand behind a need's figure.
    """

    title = models.CharField(max_length=80)
    says = models.TextField(max_length=500)
    """What a score of nought and a score of five mean."""
    weight = models.PositiveSmallIntegerField(validators=[MaxValueValidator(1000)])
    steps = models.CharField(max_length=80, blank=True)
    """From how many on a score is 1, 2, 3, 4 and 5, rising: '10, 50, 200, 500, 1000'. Empty where people judge it."""

    asked = ("title", "says", "weight", "steps")
    kept = keeping(*asked)

    class Meta(Part.Meta):
        verbose_name_plural = "criteria"

    def settle(self) -> None:
        said = steps_in(self.steps)
        self.steps = ", ".join(map(str, said))


def steps_in(words: str) -> tuple[int, ...]:
    """Five whole numbers that rise, or none where nothing is said. Raises ValidationError."""
    if not words.strip():
        return ()
    said = [each.strip() for each in words.split(",")]
    steps = tuple(int(each) for each in said if each.isdecimal())
    if len(said) != HIGHEST or len(steps) != HIGHEST or any(a >= b for a, b in pairwise(steps)):
        raise ValidationError(
            {"steps": "Say five whole numbers that rise, with commas between: for example, 10, 50, 200, 500, 1000."}
        )
    return steps


def measured(reading: Mapping[str, Any], steps: Sequence[int]) -> int | None:
    """The score, 0 to 5, of how many stand behind a figure; None where the figure is withheld or nothing was counted for it."""
    count = reading.get("numerator")
    return None if count is None else sum(count >= step for step in steps)


class Score(Part):
    """How much a priority has of a criterion, from 0 to 5, with the reason. A score that nobody can give yet is left open.

    One that rests on a need is measured and not given: it follows from the need's figure by the criterion's steps.
    """

    priority = models.ForeignKey(Priority, models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="scores")
    score = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(HIGHEST)])
    need = models.ForeignKey("strategy.Need", models.PROTECT, null=True, blank=True, related_name="scores")
    reason = models.TextField(max_length=500)

    asked = ("priority", "criterion", "need", "score", "reason")
    fixed = ("priority", "criterion")
    kept = keeping(*asked)

    class Meta(Part.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["priority", "criterion"],
                condition=models.Q(withdrawn__isnull=True),
                name="one_score_a_criterion",
                violation_error_message="That priority has a score on that criterion already: revise it.",
            ),
            models.CheckConstraint(
                condition=models.Q(score__isnull=True) | models.Q(score__lte=HIGHEST), name="score_on_the_scale"
            ),
            models.CheckConstraint(
                condition=models.Q(score__isnull=True) | models.Q(need__isnull=True), name="given_or_measured"
            ),
        ]

    @property
    def called(self) -> str:
        return f"{self.priority.title}: {self.criterion.title}"

    @property
    def named_after(self) -> str:
        return f"{self.priority.slug} {self.criterion.slug}"

    def settle(self) -> None:
        """A measured score is not kept: whoever reads it works it out from what the need rests on then."""
        if self.need is None:
            return
        self.score = None
        if not self.criterion.steps:
            raise ValidationError(
                {
                    "need": f"“{self.criterion}” has no steps, so nothing can be measured by it: say them there, or score it."
                }
            )
