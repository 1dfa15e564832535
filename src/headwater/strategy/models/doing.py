"""What will be done, by whom, on what evidence, with what money, and what each partner has promised."""

from datetime import date
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from headwater.partnership.models import Kept, Organisation, Recorded
from headwater.strategy.models.parts import Part, keeping
from headwater.strategy.models.priorities import Priority


class Action(Part):
    """One thing that an organisation is to do. Where people are referred to it and take part, it is an intervention."""

    class Prevention(models.TextChoices):
        PRIMARY = "primary", "Primary: before there is any violence"
        SECONDARY = "secondary", "Secondary: at the first signs, or for those at risk"
        TERTIARY = "tertiary", "Tertiary: afterwards, so that it does not happen again"

    class Evaluation(models.TextChoices):
        NONE = "", "None"
        MONITORING = "monitoring", "Monitoring only"
        BEFORE_AFTER = "before-after", "Before and after, without a comparison"
        SERIES = "interrupted-series", "Interrupted time series"
        COMPARISON = "comparison", "A comparison group or area"
        TRIAL = "trial", "Randomised trial"

    name = models.CharField(max_length=120)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="actions")
    says = models.TextField(max_length=2000)
    priority = models.ForeignKey(Priority, models.PROTECT, null=True, blank=True, related_name="actions")
    area = models.CharField(max_length=80, blank=True)
    cohort = models.CharField(max_length=160, blank=True)
    prevention = models.CharField(max_length=10, choices=Prevention)
    is_intervention = models.BooleanField(default=False)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    evaluation = models.CharField(max_length=20, choices=Evaluation, blank=True)
    evaluation_says = models.TextField(max_length=1000, blank=True)
    evidence = models.CharField(max_length=60, blank=True, editable=False)
    """The name of the entry of evidence that it is pinned to."""
    evidence_version = models.CharField(max_length=40, blank=True, editable=False)
    evidence_copy = models.JSONField(default=dict, blank=True, editable=False)
    """The entry as it was when it was pinned."""
    pinned = models.DateField(null=True, blank=True, editable=False)

    asked = (
        "name", "owner", "says", "priority", "area", "cohort", "prevention", "is_intervention", "starts", "ends",
        "evaluation", "evaluation_says",
    )  # fmt: skip
    copied = ("evidence", "evidence_version", "evidence_copy", "pinned")
    kept = keeping(*asked, *copied)

    class Meta(Part.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(ends__isnull=True) | models.Q(ends__gte=models.F("starts")), name="action_ends_later"
            )
        ]

    @property
    def called(self) -> str:
        return self.name

    def settle(self) -> None:
        """An end before the beginning is a slip of the hand."""
        in_order(self.starts, self.ends)


class Promise(Recorded):
    """What an organisation answered when it was asked to do something. The last answer counts; the earlier ones stay."""

    class Answer(models.TextChoices):
        PROMISED = "promised", "Promised"
        DECLINED = "declined", "Declined"

    action = models.ForeignKey(Action, models.PROTECT, related_name="promises")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="promises")
    answer = models.CharField(max_length=10, choices=Answer)
    says = models.TextField(max_length=1000, blank=True)
    of_revision = models.PositiveIntegerField()
    """The revision of the action that was answered: what was revised since was not promised."""
    given = models.DateField()
    by_name = models.CharField(max_length=120)

    kept = dict.fromkeys(("id", "action", "organisation", "answer", "says", "of_revision", "given"), Kept.OPEN)
    kept |= {"by_name": Kept.PERSONAL}

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.get_answer_display()} by {self.organisation}"

    @property
    def reference(self) -> str:
        return f"action {self.action.slug}"


class Money(Part):
    """One line of what pays for an action: from whom, for what, how much, from when until when."""

    class Spent(models.TextChoices):
        LABOUR = "labour", "Labour"
        NON_LABOUR = "non-labour", "Not labour"

    action = models.ForeignKey(Action, models.PROTECT, related_name="money")
    source = models.CharField(max_length=120)
    spent_on = models.CharField(max_length=12, choices=Spent)
    is_match = models.BooleanField(default=False)
    """Is it match funding: what a partner gives so that another's grant may be had?"""
    carries_over = models.BooleanField(default=False)
    """May what is left at the end of a financial year be spent in the next?"""
    pence = models.BigIntegerField(validators=[MinValueValidator(1), MaxValueValidator(10**13)])
    starts = models.DateField()
    ends = models.DateField()

    asked = ("action", "source", "spent_on", "is_match", "carries_over", "pence", "starts", "ends")
    fixed = ("action",)
    kept = keeping(*asked)

    class Meta(Part.Meta):
        verbose_name = "line of money"
        verbose_name_plural = "lines of money"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(pence__gt=0), name="money_above_nought"),
            models.CheckConstraint(condition=models.Q(ends__gte=models.F("starts")), name="money_ends_later"),
        ]

    @property
    def called(self) -> str:
        return f"{self.source}, for {self.action.name} ({self.get_spent_on_display().lower()})"

    @property
    def named_after(self) -> str:
        return f"{self.action.slug} {self.source} {self.spent_on}"

    def settle(self) -> None:
        """An end before the beginning is a slip of the hand."""
        in_order(self.starts, self.ends)


def in_order(starts: date | None, ends: date | None) -> None:
    """Raise ValidationError where something ends before it begins."""
    if starts and ends and ends < starts:
        raise ValidationError({"ends": "It ends before it begins: check both days."})
