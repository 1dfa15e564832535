"""A quarterly return and its parts."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from headwater.delivery.models.groups import TABLES
from headwater.delivery.models.interventions import GrantLine, Intervention, Milestone
from headwater.delivery.models.quarters import Quarter
from headwater.partnership.models import Kept, Organisation, Recorded

COUNTS = ("referred", "accepted", "started", "completed", "people", "contacts")
COLOURS = (("green", "Green"), ("amber", "Amber"), ("red", "Red"))


class Return(Recorded):
    """What one intervention says of one quarter. An empty number is a question that has not been answered, and never nought."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        SENT = "submitted", "Sent"
        RETURNED = "returned", "Sent back"
        APPROVED = "approved", "Approved"
        LOCKED = "locked", "Locked"

    intervention = models.ForeignKey(Intervention, models.PROTECT, related_name="returns")
    quarter = models.ForeignKey(Quarter, models.PROTECT, related_name="returns")
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    """One more with every change: who saves says which they opened."""
    saved_from = models.CharField(max_length=32, blank=True)
    """The mark of the open page that saved it last: what it saves again, not having heard that it was saved, is no conflict."""
    referred = models.PositiveIntegerField(null=True, blank=True)
    accepted = models.PositiveIntegerField(null=True, blank=True)
    started = models.PositiveIntegerField(null=True, blank=True)
    completed = models.PositiveIntegerField(null=True, blank=True)
    people = models.PositiveIntegerField(null=True, blank=True)
    """Different people who were worked with in the quarter."""
    contacts = models.PositiveIntegerField(null=True, blank=True)
    """Times that anybody was met."""
    note = models.TextField(blank=True, max_length=2000)
    """What the partnership should know: why numbers do not add up, above all."""
    story = models.TextField(blank=True, max_length=4000)
    """Somebody's story, in words that do not name them. It stays here, and never goes to the lake."""
    consent_on = models.DateField(null=True, blank=True)
    consent_held = models.CharField(max_length=200, blank=True)
    """Where the consent is kept."""
    colour = models.CharField(max_length=5, choices=COLOURS, blank=True)
    """By the rule, when it was sent."""
    rule = models.CharField(max_length=80, blank=True)
    reasons = models.JSONField(default=list, blank=True)
    overridden = models.CharField(max_length=5, choices=COLOURS, blank=True)
    overridden_why = models.TextField(blank=True, max_length=1000)
    sent_by = models.CharField(max_length=254, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    decided_by = models.CharField(max_length=254, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    sent_back_because = models.TextField(blank=True, max_length=1000)

    kept: ClassVar[Mapping[str, Kept]] = {
        **dict.fromkeys(
            ("id", "intervention", "quarter", "state", "version", "saved_from", "colour", "rule", "overridden"),
            Kept.OPEN,
        ),
        **dict.fromkeys((*COUNTS, "note", "reasons", "overridden_why", "sent_back_because"), Kept.SENSITIVE),
        **dict.fromkeys(("sent_on", "decided_on"), Kept.OPEN),
        **dict.fromkeys(("story", "consent_on", "consent_held", "sent_by", "decided_by"), Kept.PERSONAL),
    }

    class Meta:
        ordering = ("-quarter__year", "-quarter__number", "intervention__name")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["intervention", "quarter"], name="one_return_a_quarter"),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(sent_back_because=""), name="sent_back_with_a_reason"
            ),
            models.CheckConstraint(condition=Q(overridden="") | ~Q(overridden_why=""), name="overridden_with_a_reason"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "returned"]) | Q(story="") | Q(consent_on__isnull=False),
                name="no_story_is_sent_without_consent",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "locked"]) | ~Q(decided_by=F("sent_by")),
                name="a_second_person_approves",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.intervention}, {self.quarter}"

    @property
    def reference(self) -> str:
        return f"return of {self.intervention.slug} for {self.quarter.short}"

    @property
    def organisation(self) -> Organisation:
        return self.intervention.organisation

    @property
    def area(self) -> str:
        """The only area it is about."""
        return self.intervention.area

    @property
    def is_open(self) -> bool:
        """May its answers be changed by those who write it?"""
        return self.state in (self.State.DRAFT, self.State.RETURNED)

    @property
    def stands(self) -> bool:
        """Has a second person agreed to it?"""
        return self.state in (self.State.APPROVED, self.State.LOCKED)

    @property
    def shown_colour(self) -> str:
        """The colour that is shown: by hand where it was overridden, else by the rule."""
        return self.overridden or self.colour


class Reach(Recorded):
    """How many different people of one group were reached, or that nobody keeps it. A group without a row was not answered."""

    returned = models.ForeignKey(Return, models.CASCADE, related_name="reach")
    table = models.CharField(max_length=12, choices=list(TABLES.items()))
    group = models.CharField(max_length=80, blank=True)
    """Empty where the whole table is not collected."""
    people = models.PositiveIntegerField(null=True, blank=True)
    """None where it is not collected."""

    kept: ClassVar[Mapping[str, Kept]] = {
        **dict.fromkeys(("id", "returned", "table", "group"), Kept.OPEN),
        "people": Kept.SENSITIVE,
    }

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["returned", "table", "group"], name="one_number_a_group"),
            models.CheckConstraint(
                condition=Q(group="", people__isnull=True) | (~Q(group="") & Q(people__isnull=False)),
                name="counted_or_not_collected",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table}: {self.group or 'not collected'}"


class Spend(Recorded):
    """What was spent of one grant line in the quarter, and what is expected to be by the end of its year; in pence."""

    returned = models.ForeignKey(Return, models.CASCADE, related_name="spends")
    line = models.ForeignKey(GrantLine, models.PROTECT, related_name="spends")
    spent = models.PositiveBigIntegerField(null=True, blank=True)
    forecast = models.PositiveBigIntegerField(null=True, blank=True)

    kept: ClassVar[Mapping[str, Kept]] = {
        **dict.fromkeys(("id", "returned", "line"), Kept.OPEN),
        **dict.fromkeys(("spent", "forecast"), Kept.SENSITIVE),
    }

    class Meta:
        ordering = ("line",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["returned", "line"], name="one_spend_a_line")
        ]

    def __str__(self) -> str:
        return f"spend on {self.line}"


class Progress(Recorded):
    """Where a milestone stood when the return was made."""

    returned = models.ForeignKey(Return, models.CASCADE, related_name="progress")
    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="progress")
    expected = models.DateField(null=True, blank=True)
    met = models.DateField(null=True, blank=True)

    kept = dict.fromkeys(("id", "returned", "milestone", "expected", "met"), Kept.OPEN)

    class Meta:
        ordering = ("milestone",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["returned", "milestone"], name="one_progress_a_milestone")
        ]

    def __str__(self) -> str:
        return f"progress of {self.milestone}"


class Risk(Recorded):
    """What may go wrong, or has. It is carried to the next return until it is closed."""

    returned = models.ForeignKey(Return, models.CASCADE, related_name="risks")
    says = models.CharField(max_length=300)
    likely = models.PositiveSmallIntegerField(default=3)
    """From 1, hardly, to 5, almost certain."""
    grave = models.PositiveSmallIntegerField(default=3)
    """From 1, a nuisance, to 5, the work would stop."""
    doing = models.CharField(max_length=300, blank=True)
    owner = models.CharField(max_length=120, blank=True)
    """An office, not a name."""
    closed = models.BooleanField(default=False)

    kept: ClassVar[Mapping[str, Kept]] = {
        **dict.fromkeys(("id", "returned", "closed", "likely", "grave"), Kept.OPEN),
        **dict.fromkeys(("says", "doing", "owner"), Kept.SENSITIVE),
    }

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(likely__gte=1, likely__lte=5, grave__gte=1, grave__lte=5), name="risks_from_one_to_five"
            )
        ]

    def __str__(self) -> str:
        return f"risk {self.pk}"
