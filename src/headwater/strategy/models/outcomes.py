"""What is to change, how it would be seen, and what must hold for the doing to change it."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models

from headwater.strategy.models.doing import Action
from headwater.strategy.models.needs import Cause, Need
from headwater.strategy.models.parts import Part, keeping


class Outcome(Part):
    """A change that would show that a need is being met: which measure, from what, to what, by when."""

    class Direction(models.TextChoices):
        FALL = "fall", "Fall"
        RISE = "rise", "Rise"

    title = models.CharField(max_length=120)
    need = models.ForeignKey(Need, models.PROTECT, null=True, blank=True, related_name="outcomes")
    measure = models.CharField(max_length=80, blank=True)
    """The name of a measure of `definitions/measures`, or of the workspace's own; empty where nothing measures it."""
    direction = models.CharField(max_length=4, choices=Direction)
    unit = models.CharField(max_length=80, blank=True)
    baseline = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    baseline_period = models.CharField(max_length=60, blank=True)
    baseline_count = models.PositiveIntegerField(null=True, blank=True)
    """How many events the baseline was worked out from: what decides whether a change could be seen."""
    target = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    target_by = models.DateField(null=True, blank=True)
    follow_up = models.DecimalField(max_digits=5, decimal_places=2, default=1, validators=[MinValueValidator(0.01)])
    """How long is waited after, in times of the period of the baseline."""
    measure_title = models.CharField(max_length=200, blank=True, editable=False)
    definition_version = models.CharField(max_length=40, blank=True, editable=False)
    """The version of the measure when the outcome was last saved."""

    asked = (
        "title", "need", "measure", "direction", "unit", "baseline", "baseline_period", "baseline_count", "target",
        "target_by", "follow_up",
    )  # fmt: skip
    copied = ("measure_title", "definition_version")
    kept = keeping(*asked, *copied, sensitive=("baseline", "baseline_count"))

    def settle(self) -> None:
        """Copy the title and the version of the measure as it is agreed today; a target lies on the side it is to go to."""
        from headwater.strategy.models.agreed import measure

        found = measure(self.measure) if self.measure else None
        self.measure_title = found.title if found else ""
        self.definition_version = found.version if found else ""
        if self.baseline is None or self.target is None:
            return
        if (self.target < self.baseline) != (self.direction == self.Direction.FALL):
            raise ValidationError(
                {"target": "The target lies on the other side of the baseline than the direction says."}
            )


class Assumption(Part):
    """An arrow of the theory of change, and what must hold for it: from an action to a cause it acts on, or to an outcome."""

    class Standing(models.TextChoices):
        UNTESTED = "untested", "Untested"
        SUPPORTED = "supported", "Borne out so far"
        DOUBTFUL = "doubtful", "Doubtful"

    action = models.ForeignKey(Action, models.PROTECT, related_name="assumptions")
    cause = models.ForeignKey(Cause, models.PROTECT, null=True, blank=True, related_name="assumptions")
    outcome = models.ForeignKey(Outcome, models.PROTECT, null=True, blank=True, related_name="assumptions")
    says = models.TextField(max_length=500, blank=True)
    standing = models.CharField(max_length=12, choices=Standing, default=Standing.UNTESTED)

    asked = ("action", "cause", "outcome", "says", "standing")
    fixed = ("action", "cause", "outcome")
    kept = keeping(*asked)

    class Meta(Part.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(cause__isnull=True) ^ models.Q(outcome__isnull=True), name="an_arrow_has_one_end"
            ),
            models.UniqueConstraint(
                fields=["action", "cause"],
                condition=models.Q(withdrawn__isnull=True),
                name="one_arrow_to_a_cause",
                violation_error_message="There is an arrow between those two already: revise it.",
            ),
            models.UniqueConstraint(
                fields=["action", "outcome"],
                condition=models.Q(withdrawn__isnull=True),
                name="one_arrow_to_an_outcome",
                violation_error_message="There is an arrow between those two already: revise it.",
            ),
        ]

    @property
    def leads_to(self) -> Cause | Outcome:
        return self.cause or self.outcome

    @property
    def called(self) -> str:
        return f"{self.action.name} → {self.leads_to.called}"

    @property
    def named_after(self) -> str:
        return f"{self.action.slug} {self.leads_to.slug}"

    def settle(self) -> None:
        """An arrow leads to one thing."""
        if (self.cause is None) == (self.outcome is None):
            raise ValidationError("Say where the arrow leads: to a cause, or to an outcome, and not to both.")
