"""What people send: what it was, what a check found in it, and what became of it. The file itself is soon gone."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from headwater.partnership.models.people import Organisation, Person
from headwater.partnership.models.recorded import Kept, Recorded


class Upload(Recorded):
    """One file that was sent for an organisation."""

    class State(models.TextChoices):
        SENT = "sent", "Being checked"
        CHECKED = "checked", "Ready to land"
        LANDED = "landed", "Landed"
        REFUSED = "refused", "Refused"
        WITHDRAWN = "withdrawn", "Taken back"
        RUN_OUT = "run-out", "Ran out of time"

    WAITING = (State.SENT, State.CHECKED)
    """Those whose file is still here."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="uploads")
    sent_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    sent = models.DateTimeField(default=timezone.now)
    received = models.DateField(default=timezone.localdate)
    """The day that its agreement is asked about."""
    source = models.CharField(max_length=60, blank=True)
    """The only source that whoever sent it may send; empty for any."""
    kind = models.CharField(max_length=20)
    """The end of its name."""
    name = models.CharField(max_length=200, blank=True)
    """What it is called, where that is the name of a public file, else what is in it: people write names of people in the names of
    files."""
    size = models.BigIntegerField()
    place = models.CharField(max_length=32, unique=True)
    """The name of its folder in the quarantine."""
    state = models.CharField(max_length=10, choices=State, default=State.SENT)
    why = models.TextField(blank=True)
    """Why it was refused or taken back, in words."""
    found = models.JSONField(default=dict, blank=True)
    """What the check found: file names, columns, lines and counts; never a cell."""
    package = models.CharField(max_length=64, blank=True)
    """The SHA-256 of what landed of it."""
    gone = models.DateTimeField(null=True, blank=True)
    """When the file that was sent was deleted."""

    kept = dict.fromkeys(
        ("id", "organisation", "sent", "received", "source", "kind", "size", "place", "state", "package", "gone"),
        Kept.OPEN,
    ) | {"sent_by": Kept.PERSONAL, "name": Kept.SENSITIVE, "why": Kept.SENSITIVE, "found": Kept.SENSITIVE}

    class Meta:
        ordering = ("-sent", "-pk")
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["package"], name="upload_of_package")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(state__in=("sent", "checked")) | models.Q(gone__isnull=False),
                name="what_is_settled_is_gone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} (upload {self.pk})" if self.name else f"Upload {self.pk} ({self.kind})"

    @property
    def reference(self) -> str:
        return f"upload {self.pk}"

    @property
    def is_waiting(self) -> bool:
        return self.state in self.WAITING
