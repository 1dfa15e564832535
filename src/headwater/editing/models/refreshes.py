"""Refresh Monday: what moved since the last edition, and what somebody decided about each."""

from typing import ClassVar

from django.db import models

from headwater.editing.models.chapters import Hosted
from headwater.partnership.models import Kept, Person


class Refresh(Hosted):
    """One look at what the next edition would say beside what the last one said."""

    earlier = models.CharField(max_length=120)
    """The name of the edition it is held against."""
    snapshot = models.CharField(max_length=64)
    """The hash of the data it was worked out from."""
    when = models.DateTimeField(auto_now_add=True)

    kept = dict.fromkeys(("id", "earlier", "snapshot", "when"), Kept.OPEN)

    class Meta:
        ordering = ("-when",)
        get_latest_by = "when"
        verbose_name_plural = "refreshes"

    def __str__(self) -> str:
        return f"since {self.earlier}"


class Change(Hosted):
    """One figure that moved, one rank that changed, or one sentence that is no longer true."""

    class Kind(models.TextChoices):
        UNTRUE = "untrue", "No longer true"
        RANK = "rank", "Rank changed"
        MOVED = "moved", "Figure moved"

    class Decision(models.TextChoices):
        ACCEPTED = "accepted", "Accepted"
        REJECTED = "rejected", "Rejected"
        NOTED = "noted", "Noted"

    refresh = models.ForeignKey(Refresh, models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=10, choices=Kind)
    finding = models.CharField(max_length=160)
    """Of a sentence: the chapter it stands in."""
    period = models.CharField(max_length=60, blank=True)
    place = models.CharField(max_length=120, blank=True)
    group = models.CharField(max_length=120, blank=True)
    before = models.TextField()
    after = models.TextField()
    latest = models.BooleanField(default=False)
    """Is it of the newest period of its finding? The rest are revisions of what was published before."""
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    note = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    decided = models.DateTimeField(null=True, blank=True)

    kept = dict.fromkeys(
        ("id", "refresh", "kind", "finding", "period", "place", "group", "latest", "decision", "decided"), Kept.OPEN
    ) | {"before": Kept.SENSITIVE, "after": Kept.SENSITIVE, "note": Kept.SENSITIVE, "by": Kept.PERSONAL}

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(decision="", by__isnull=True, decided__isnull=True)
                | (~models.Q(decision="") & models.Q(by__isnull=False, decided__isnull=False)),
                name="decided_by_somebody",
            ),
            models.CheckConstraint(condition=~models.Q(decision="rejected", note=""), name="rejected_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.finding}"
