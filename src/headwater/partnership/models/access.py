"""What lets somebody in besides their own sign-in: tokens for programs, and what is opened in an emergency."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from headwater.partnership.models.people import Organisation, Person
from headwater.partnership.models.recorded import Kept, Recorded, RecordedRows
from headwater.partnership.models.roles import OPENABLE, READABLE, Power


class Standing(RecordedRows):
    """Rows that hold for a time, and may be ended before."""

    def in_force(self) -> "Standing":
        """Those that hold now."""
        return self.filter(ended__isnull=True, until__gt=timezone.now())


class Lasting(Recorded):
    """Something that holds from one moment until another, or until it is ended."""

    begun = models.DateTimeField()
    until = models.DateTimeField()
    ended = models.DateTimeField(null=True, blank=True)

    objects = Standing.as_manager()

    class Meta:
        abstract = True

    @property
    def is_in_force(self) -> bool:
        return self.ended is None and self.until > timezone.now()


class Token(Lasting):
    """What a program shows instead of somebody's sign-in. It opens what they may read, or less, and only its digest is kept."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=80)
    """What it is for."""
    powers = models.JSONField()
    """Of what its person may read, what it opens."""
    digest = models.CharField(max_length=64, unique=True)
    signed_in_as = models.CharField(max_length=64)
    """What their sign-in hung on when it was made: a new password or second factor ends it."""

    kept = dict.fromkeys(
        ("id", "person", "name", "begun", "until", "ended", "digest", "signed_in_as"), Kept.PERSONAL
    ) | {"powers": Kept.OPEN}

    class Meta:
        ordering = ("-begun",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(until__gt=models.F("begun")), name="a_token_ends_after_it_begins")
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Its powers are some of those that only read."""
        if not set(self.powers) <= set(READABLE) or not self.powers:
            raise ValidationError({"powers": "A token opens at least one thing, and only what can be read."})

    @property
    def opens(self) -> frozenset[Power]:
        return frozenset(Power(said) for said in self.powers)


class Opening(Lasting):
    """Something at an organisation that somebody opened in an emergency, with a reason and for a stated time."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="openings")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="openings")
    power = models.CharField(max_length=60, choices=[(power.value, power.value) for power in sorted(OPENABLE)])
    why = models.TextField()

    kept = dict.fromkeys(("id", "organisation", "power", "begun", "until", "ended"), Kept.OPEN) | {
        "person": Kept.PERSONAL,
        "why": Kept.SENSITIVE,
    }

    class Meta:
        ordering = ("-begun",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(until__gt=models.F("begun")), name="an_opening_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return f"{self.power} at {self.organisation}"

    @property
    def reference(self) -> str:
        return f"opening {self.pk}: {self.power}, until {self.until:%Y-%m-%d %H:%M} UTC"
