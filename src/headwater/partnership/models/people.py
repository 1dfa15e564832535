"""Organisations, people, the roles they hold there, and invitations to hold one."""

from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac

from headwater.partnership.models.recorded import Kept, NotAnAction, Recorded, RecordedRows, is_acting
from headwater.partnership.models.roles import Role


class Organisation(Recorded):
    """One member of the partnership, or the one that hosts it."""

    class Kind(models.TextChoices):
        POLICE = "police", "Police"
        COUNCIL = "council", "Council"
        ICB = "icb", "Integrated care board"
        FIRE = "fire", "Fire and rescue authority"
        PROBATION = "probation", "Probation"
        YOUTH_JUSTICE = "youth-justice", "Youth justice service"
        EDUCATION = "education", "Education"
        PRISON = "prison", "Prison or youth custody"
        HOSPITAL = "hospital", "Hospital or ambulance service"
        COMMUNITY = "community", "Community group or charity"
        COMMISSIONER = "commissioner", "Commissioner’s office"
        UNIT = "unit", "Violence reduction unit"

    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=20, choices=Kind)
    hosts = models.BooleanField(default=False)
    """Does it host the partnership? A role held there reaches every organisation."""
    producer = models.CharField(max_length=120, blank=True)
    """What its files are landed under: the producer of its agreements."""
    joined = models.DateField()
    left = models.DateField(null=True, blank=True)

    kept = dict.fromkeys(("id", "name", "slug", "kind", "hosts", "producer", "joined", "left"), Kept.OPEN)

    class Meta:
        ordering = ("-hosts", "name")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["hosts"], condition=models.Q(hosts=True), name="one_host"),
            models.CheckConstraint(
                condition=models.Q(left__isnull=True) | models.Q(left__gte=models.F("joined")),
                name="left_after_joining",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def organisation(self) -> "Organisation":
        return self

    @property
    def reference(self) -> str:
        return f"organisation {self.slug}"


OWN = frozenset({"password", "last_login"})
"""The fields of a person that signing in writes by itself."""


class People(BaseUserManager["Person"].from_queryset(RecordedRows)):
    """Everybody who may sign in."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Somebody who may sign in. Signing in writes its own two fields, which the ledger hears of too; actions write the rest."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    sign_in_changes = models.PositiveIntegerField(default=0)
    """How often their second factor changed. Whoever signed in before the last change is no longer signed in."""

    objects = People()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    kept = dict.fromkeys(
        ("id", "email", "name", "is_active", "password", "last_login", "sign_in_changes"), Kept.PERSONAL
    )

    class Meta:
        ordering = ("name",)
        verbose_name_plural = "people"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(Lower("email"), name="one_person_an_address")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def reference(self) -> str:
        return f"person {self.pk}"

    @cached_property
    def opened(self) -> tuple[Any, ...]:
        """What they have opened in an emergency and not closed yet. Asked once a request, like the roles."""
        return tuple(self.openings.in_force().select_related("organisation"))

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Outside an action, whatever else was set on it stays unsaved. Raises NotAnAction for somebody new."""
        if not is_acting():
            if self._state.adding:
                raise NotAnAction("a person comes in by an invitation, and by nothing else")
            kwargs["update_fields"] = OWN & set(kwargs.get("update_fields") or OWN)
        super().save(*args, **kwargs)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        held = f"{self.password} {self.sign_in_changes}"
        return salted_hmac("headwater.partnership.Person", held, secret=secret, algorithm="sha256").hexdigest()

    @cached_property
    def standing(self) -> tuple["Membership", ...]:
        """The roles held today. Asked once a request; whoever signs in again asks again."""
        return tuple(self.memberships.current().select_related("organisation"))


class Memberships(RecordedRows):
    """Roles held, now or once."""

    def current(self, day: Any = None) -> "Memberships":
        """Those in force on `day`, today where none is given, at organisations that have not left."""
        on = day or timezone.localdate()
        begun = self.filter(starts__lte=on, person__is_active=True)
        return begun.filter(models.Q(ends__isnull=True) | models.Q(ends__gt=on)).filter(
            models.Q(organisation__left__isnull=True) | models.Q(organisation__left__gt=on)
        )


class Membership(Recorded):
    """A role that a person holds at an organisation, perhaps for one area or one source only, for a time."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)
    area = models.CharField(max_length=9, blank=True)
    """The code of the only area it is for; empty for all."""
    source = models.CharField(max_length=60, blank=True)
    """The only source it is for; empty for all."""
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    """The first day on which it is no longer held."""

    objects = Memberships.as_manager()
    kept = dict.fromkeys(("id", "person", "organisation", "role", "area", "source", "starts", "ends"), Kept.PERSONAL)

    class Meta:
        ordering = ("organisation", "person", "role")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(ends__isnull=True) | models.Q(ends__gte=models.F("starts")), name="ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} at {self.organisation}"


class Invitation(Recorded):
    """A letter that lets whoever it was sent to set a password and hold a role. The letter's secret is kept only as a digest."""

    email = models.EmailField()
    name = models.CharField(max_length=120)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="invitations")
    role = models.CharField(max_length=20, choices=Role)
    area = models.CharField(max_length=9, blank=True)
    source = models.CharField(max_length=60, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    expires = models.DateTimeField()
    accepted = models.DateTimeField(null=True, blank=True)
    withdrawn = models.DateTimeField(null=True, blank=True)

    kept = dict.fromkeys(
        ("id", "email", "name", "organisation", "role", "area", "source", "digest", "expires", "accepted", "withdrawn"),
        Kept.PERSONAL,
    )

    class Meta:
        ordering = ("-expires",)

    def __str__(self) -> str:
        return f"{self.get_role_display()} at {self.organisation}"

    @property
    def is_open(self) -> bool:
        return self.accepted is None and self.withdrawn is None and self.expires > timezone.now()
