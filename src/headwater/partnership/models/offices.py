"""Offices, the areas they are for, and who held them when: three kinds of rows, because each changes without the others."""

from typing import ClassVar

from django.db import models

from headwater.partnership.models.people import Organisation
from headwater.partnership.models.recorded import Kept, Recorded

DATED = models.Q(ends__isnull=True) | models.Q(ends__gt=models.F("starts"))


class Office(Recorded):
    """A post that outlives whoever holds it: 'Police and Crime Commissioner for Aldermere'."""

    title = models.CharField(max_length=160, unique=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="offices")
    """The organisation it is an office of."""
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    """The first day on which there is no such office."""

    kept = dict.fromkeys(("id", "title", "organisation", "starts", "ends"), Kept.OPEN)

    class Meta:
        ordering = ("title",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=DATED, name="office_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def reference(self) -> str:
        return f"office {self.title}"


class OfficeArea(Recorded):
    """An area that an office is for, from a day to a day: areas are merged and renamed, and offices are given others."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="areas")
    code = models.CharField(max_length=9)
    name = models.CharField(max_length=120)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    kept = dict.fromkeys(("id", "office", "code", "name", "starts", "ends"), Kept.OPEN)

    class Meta:
        ordering = ("starts", "name")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=DATED, name="office_area_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["office", "code"], condition=models.Q(ends__isnull=True), name="an_area_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"

    @property
    def organisation(self) -> Organisation:
        return self.office.organisation

    @property
    def reference(self) -> str:
        return f"{self.office.reference}: area {self.code}"


class OfficeHolder(Recorded):
    """Somebody who holds an office, from a day to a day. No two at once; there may be days on which nobody does."""

    class How(models.TextChoices):
        ELECTED = "elected", "Elected"
        APPOINTED = "appointed", "Appointed"
        ACTING = "acting", "Acting"

    office = models.ForeignKey(Office, models.PROTECT, related_name="holders")
    name = models.CharField(max_length=120)
    how = models.CharField(max_length=10, choices=How)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    """The first day on which they no longer hold it."""

    kept = dict.fromkeys(("id", "office", "name", "how", "starts", "ends"), Kept.OPEN)
    """Whoever holds a public office is named in public."""

    class Meta:
        ordering = ("-starts",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=DATED, name="holder_ends_after_they_start"),
            models.UniqueConstraint(fields=["office", "starts"], name="one_holder_starts_a_day"),
            models.UniqueConstraint(
                fields=["office"],
                condition=models.Q(ends__isnull=True),
                name="one_holder_without_an_end",
                violation_error_message="Somebody holds this office already. Say when their time ends first.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def organisation(self) -> Organisation:
        return self.office.organisation

    @property
    def reference(self) -> str:
        return f"{self.office.reference}: {self.name}"
