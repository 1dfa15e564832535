"""What comes first, and why: priorities scored on agreed criteria."""

from typing import ClassVar

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
    """One thing that priorities are weighed by. Weights are shares of whatever they add up to."""

    title = models.CharField(max_length=80)
    says = models.TextField(max_length=500)
    """What a score of nought and a score of five mean."""
    weight = models.PositiveSmallIntegerField(validators=[MaxValueValidator(1000)])

    asked = ("title", "says", "weight")
    kept = keeping(*asked)

    class Meta(Part.Meta):
        verbose_name_plural = "criteria"


class Score(Part):
    """How much a priority has of a criterion, from 0 to 5, with the reason. A score that nobody can give yet is left open."""

    priority = models.ForeignKey(Priority, models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="scores")
    score = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(HIGHEST)])
    reason = models.TextField(max_length=500)

    asked = ("priority", "criterion", "score", "reason")
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
        ]

    @property
    def called(self) -> str:
        return f"{self.priority.title}: {self.criterion.title}"

    @property
    def named_after(self) -> str:
        return f"{self.priority.slug} {self.criterion.slug}"
