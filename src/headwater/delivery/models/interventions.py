"""What is delivered: each intervention with its money, its milestones and how many it means to reach."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from headwater.delivery.models.quarters import Quarter
from headwater.partnership.models import Kept, Organisation, Recorded
from headwater.strategy.models import Action


class Intervention(Recorded):
    """A piece of work that one organisation delivers from a day to a day, and makes a return of every quarter."""

    class Prevention(models.TextChoices):
        PRIMARY = "primary", "Primary: for everybody"
        SECONDARY = "secondary", "Secondary: for people at more risk"
        TERTIARY = "tertiary", "Tertiary: for people already in it"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="interventions")
    action = models.OneToOneField(Action, models.PROTECT, null=True, blank=True, related_name="intervention")
    """What the strategy calls it; None where it is delivered and stands in no strategy, which the pages say."""
    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    prevention = models.CharField(max_length=20, choices=Prevention)
    approach = models.CharField(max_length=60, blank=True)
    """The kind of intervention by the evidence: a file of `definitions/interventions`, without its ending."""
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    areas = models.JSONField(default=dict, blank=True)
    """The areas it is delivered in, name by code; empty where it is delivered in all of them."""
    waiting_before = models.PositiveIntegerField(default=0)
    """Referred before its first return and not yet accepted."""
    accepted_before = models.PositiveIntegerField(default=0)
    """Accepted before its first return and not yet started."""
    taking_part_before = models.PositiveIntegerField(default=0)
    """Started before its first return and not yet done."""

    kept: ClassVar[Mapping[str, Kept]] = {
        **dict.fromkeys(
            ("id", "organisation", "action", "name", "slug", "prevention", "approach", "starts", "ends", "areas"),
            Kept.OPEN,
        ),
        **dict.fromkeys(("waiting_before", "accepted_before", "taking_part_before"), Kept.SENSITIVE),
    }

    class Meta:
        ordering = ("organisation__name", "name")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(ends__isnull=True) | models.Q(ends__gte=models.F("starts")),
                name="ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def reference(self) -> str:
        return f"intervention {self.slug}"

    @property
    def area(self) -> str:
        """The code of the only area it is delivered in: whoever's role is for that area alone may write its returns."""
        return next(iter(self.areas)) if len(self.areas) == 1 else ""

    def runs_in(self, quarter: Quarter) -> bool:
        """Is it delivered on any day of the quarter?"""
        return self.starts <= quarter.ends and (self.ends is None or self.ends >= quarter.starts)


class GrantLine(Recorded):
    """Money of one source for one financial year, with when it is meant to be spent. All in pence."""

    class Pays(models.TextChoices):
        LABOUR = "labour", "Labour"
        OTHER = "non-labour", "Non-labour"

    intervention = models.ForeignKey(Intervention, models.PROTECT, related_name="lines")
    source = models.CharField(max_length=120)
    """Who gives it."""
    pays = models.CharField(max_length=20, choices=Pays)
    match = models.BooleanField(default=False)
    """Is it given beside the Home Office's money, by somebody else?"""
    carries_over = models.BooleanField(default=False)
    """May what is left on 31 March be spent later?"""
    year = models.PositiveSmallIntegerField()
    first = models.PositiveBigIntegerField()
    second = models.PositiveBigIntegerField()
    third = models.PositiveBigIntegerField()
    fourth = models.PositiveBigIntegerField()

    kept: ClassVar[Mapping[str, Kept]] = {
        **dict.fromkeys(("id", "intervention", "source", "pays", "match", "carries_over", "year"), Kept.OPEN),
        **dict.fromkeys(("first", "second", "third", "fourth"), Kept.SENSITIVE),
    }

    class Meta:
        ordering = ("year", "source", "pays")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["intervention", "source", "pays", "year"], name="one_line_a_grant"),
        ]

    def __str__(self) -> str:
        return f"{self.source}, {self.get_pays_display().lower()}"

    @property
    def organisation(self) -> Organisation:
        return self.intervention.organisation

    @property
    def profile(self) -> tuple[int, int, int, int]:
        """Pence meant to be spent in each quarter."""
        return self.first, self.second, self.third, self.fourth

    @property
    def amount(self) -> int:
        """Pence for the year."""
        return sum(self.profile)

    def by(self, quarter: int) -> int:
        """Pence meant to be spent by the end of a quarter of its year."""
        return sum(self.profile[:quarter])


class Milestone(Recorded):
    """Something that is to be done by a day."""

    intervention = models.ForeignKey(Intervention, models.PROTECT, related_name="milestones")
    title = models.CharField(max_length=160)
    planned = models.DateField()
    """The day that was first planned; it never moves."""

    kept = dict.fromkeys(("id", "intervention", "title", "planned"), Kept.OPEN)

    class Meta:
        ordering = ("planned", "pk")

    def __str__(self) -> str:
        return self.title

    @property
    def organisation(self) -> Organisation:
        return self.intervention.organisation


class Target(Recorded):
    """How many an intervention means to start with in one quarter."""

    intervention = models.ForeignKey(Intervention, models.PROTECT, related_name="targets")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    starts = models.PositiveIntegerField()

    kept = dict.fromkeys(("id", "intervention", "year", "number", "starts"), Kept.OPEN)

    class Meta:
        ordering = ("year", "number")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["intervention", "year", "number"], name="one_target_a_quarter")
        ]

    def __str__(self) -> str:
        return f"{self.starts} in {self.year} Q{self.number}"

    @property
    def organisation(self) -> Organisation:
        return self.intervention.organisation
