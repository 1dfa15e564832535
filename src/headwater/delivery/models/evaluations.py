"""The register of evaluations: what was asked, and how it would be answered, written down before anybody could know."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from headwater.delivery.models.interventions import Intervention
from headwater.partnership.models import Kept, Organisation, Recorded


class Evaluation(Recorded):
    """A question about an intervention, with its design, fixed before it starts. What is changed later is an `Amendment`."""

    class Design(models.TextChoices):
        SERIES = "interrupted-series", "Interrupted time series"
        SYNTHETIC = "synthetic-control", "Synthetic control: beside a mixture of places like it"

    class Direction(models.TextChoices):
        FALL = "fall", "It should fall"
        RISE = "rise", "It should rise"

    intervention = models.ForeignKey(Intervention, models.PROTECT, related_name="evaluations")
    question = models.CharField(max_length=300)
    design = models.CharField(max_length=20, choices=Design)
    series = models.CharField(max_length=80)
    """The monthly series that answers it: a table of an edition's package."""
    donors = models.JSONField(default=list, blank=True)
    """For a synthetic control, the series of the places it is mixed from."""
    direction = models.CharField(max_length=4, choices=Direction)
    worth = models.PositiveSmallIntegerField()
    """The smallest change that would matter, in per cent."""
    begins = models.CharField(max_length=7)
    """The first month that is compared, 2022-04."""
    month = models.CharField(max_length=7)
    """The first month of the time after, 2025-04."""
    registered = models.DateField()
    starts = models.DateField()
    """The first day of that month."""
    late_because = models.TextField(blank=True, max_length=1000)
    """Why it was registered only after the start; empty where it was not."""
    detectable = models.FloatField(null=True, blank=True)
    """The smallest fall that would be seen four times in five, as a share of one, as far as the months before could tell; None where
    none would, or nothing was known."""

    asked = ("question", "design", "series", "donors", "direction", "worth", "begins", "month")
    kept = dict.fromkeys(
        ("id", "intervention", *asked, "registered", "starts", "late_because", "detectable"), Kept.OPEN
    )

    class Meta:
        ordering = ("-starts", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(registered__lt=F("starts")) | ~Q(late_because=""), name="registered_before_it_starts"
            ),
            models.CheckConstraint(condition=Q(worth__gte=1, worth__lte=99), name="worth_a_share"),
            models.CheckConstraint(condition=Q(begins__lt=F("month")), name="before_comes_first"),
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def reference(self) -> str:
        return f"evaluation {self.pk} of {self.intervention.slug}"

    @property
    def organisation(self) -> Organisation:
        return self.intervention.organisation


class Amendment(Recorded):
    """What was changed after an evaluation was registered, and why: the plan as it was first written can always be read."""

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="amendments")
    field = models.CharField(max_length=20)
    was = models.CharField(max_length=400)
    becomes = models.CharField(max_length=400)
    why = models.TextField(max_length=1000)
    on = models.DateField()

    kept = dict.fromkeys(("id", "evaluation", "field", "was", "becomes", "why", "on"), Kept.OPEN)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.field} of {self.evaluation}"


class Result(Recorded):
    """What an evaluation found in one edition. It is run again with a newer one, and the older answer stays."""

    class Verdict(models.TextChoices):
        FELL = "fell", "It fell"
        ROSE = "rose", "It rose"
        NONE = "none", "No effect as large as would matter"
        CANNOT_TELL = "cannot-tell", "Cannot tell"

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="results")
    edition = models.CharField(max_length=60)
    snapshot = models.CharField(max_length=64)
    on = models.DateField()
    verdict = models.CharField(max_length=12, choices=Verdict)
    ratio = models.FloatField(null=True, blank=True)
    """After, as a multiple of what was expected."""
    lower = models.FloatField(null=True, blank=True)
    upper = models.FloatField(null=True, blank=True)
    says = models.TextField(max_length=2000)

    kept: ClassVar[Mapping[str, Kept]] = {
        **dict.fromkeys(("id", "evaluation", "edition", "on", "snapshot"), Kept.OPEN),
        **dict.fromkeys(("verdict", "ratio", "lower", "upper", "says"), Kept.SENSITIVE),
    }

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.get_verdict_display()

    @property
    def as_meant(self) -> bool:
        """Did it go the way it should?"""
        return (self.verdict, self.evaluation.direction) in (("fell", "fall"), ("rose", "rise"))
