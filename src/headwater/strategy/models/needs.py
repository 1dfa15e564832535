"""What the strategy is about: needs that findings bear out, and what causes them."""

from typing import ClassVar

from django.db import models

from headwater.strategy.models.parts import Part, keeping
from headwater.strategy.models.priorities import Priority


class Need(Part):
    """Something that people here need and lack, tied to a finding of an edition by the finding's own name."""

    title = models.CharField(max_length=120)
    says = models.TextField(max_length=2000)
    among = models.CharField(max_length=120, blank=True)
    area = models.CharField(max_length=80, blank=True)
    priority = models.ForeignKey(Priority, models.PROTECT, null=True, blank=True, related_name="needs")
    finding = models.CharField(max_length=120, blank=True)
    edition = models.CharField(max_length=80, blank=True)
    reading = models.JSONField(default=dict, blank=True)
    """The cell of the finding as the edition has it: place, period, group, text, and where they are, value and limits."""
    figure = models.CharField(max_length=400, blank=True)
    """The reading in words."""

    asked = ("title", "says", "among", "area", "priority")
    copied = ("finding", "edition", "reading", "figure")
    kept = keeping(*asked, *copied, sensitive=("reading", "figure"))

    @property
    def is_tied(self) -> bool:
        return bool(self.finding)


class Cause(Part):
    """A risk or protective factor that the partnership takes to drive a need here. What the list says of it is copied, to stay."""

    need = models.ForeignKey(Need, models.PROTECT, related_name="causes")
    factor = models.CharField(max_length=60)
    """The id of a factor of `definitions/risk_factors`, or of the workspace's own."""
    says = models.TextField(max_length=1000)
    factor_title = models.CharField(max_length=120, editable=False)
    level = models.CharField(max_length=20, editable=False)
    direction = models.CharField(max_length=10, editable=False)
    strength = models.TextField(editable=False)
    attribution = models.TextField(editable=False)
    verified = models.BooleanField(default=False, editable=False)

    asked = ("need", "factor", "says")
    fixed = ("need", "factor")
    copied = ("factor_title", "level", "direction", "strength", "attribution", "verified")
    kept = keeping(*asked, *copied)

    class Meta(Part.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["need", "factor"],
                condition=models.Q(withdrawn__isnull=True),
                name="one_cause_a_factor",
                violation_error_message="This need has that factor among its causes already: revise it there.",
            )
        ]

    @property
    def called(self) -> str:
        return self.factor_title

    @property
    def named_after(self) -> str:
        return f"{self.need.slug} {self.factor}"

    def settle(self) -> None:
        """Copy what the list of factors says."""
        from headwater.strategy.models.agreed import factor

        found = factor(self.factor)
        self.factor_title, self.level, self.direction = found.title, found.level, found.direction
        self.strength, self.attribution, self.verified = found.strength, found.attribution, found.verified
