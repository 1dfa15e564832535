"""What is built beside the pages, because it takes longer than a page may: checks, landings and assessments."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from headwater.partnership.models.people import Organisation, Person
from headwater.partnership.models.recorded import Kept, Recorded
from headwater.partnership.models.uploads import Upload


class Build(Recorded):
    """One piece of work that somebody asked for. One runs at a time; the others wait their turn."""

    class Kind(models.TextChoices):
        CHECK = "check", "Check an upload"
        LAND = "land", "Land an upload"
        FORESEE = "foresee", "Work out the next edition’s figures"
        ASSESS = "assess", "Build the assessment"

    class State(models.TextChoices):
        ASKED = "asked", "Waiting its turn"
        RUNNING = "running", "At work"
        DONE = "done", "Done"
        FAILED = "failed", "Could not be done"
        STOPPED = "stopped", "Stopped"

    kind = models.CharField(max_length=10, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="builds")
    """Whose upload it is about, or the organisation that hosts the partnership."""
    upload = models.ForeignKey(Upload, models.PROTECT, null=True, blank=True, related_name="builds")
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    """Nobody where the command line asked."""
    asked = models.DateTimeField(default=timezone.now)
    began = models.DateTimeField(null=True, blank=True)
    ended = models.DateTimeField(null=True, blank=True)
    said = models.TextField(blank=True)
    """What came of it, or why nothing did: a sentence that holds no cell of anybody's file."""

    kept = dict.fromkeys(("id", "kind", "state", "organisation", "upload", "asked", "began", "ended"), Kept.OPEN) | {
        "asked_by": Kept.PERSONAL,
        "said": Kept.SENSITIVE,
    }

    class Meta:
        ordering = ("-asked", "-pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["state"], condition=models.Q(state="running"), name="one_build_runs_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["kind"],
                condition=models.Q(kind__in=("foresee", "assess"), state__in=("asked", "running")),
                name="one_of_a_kind_in_hand",
                violation_error_message="That is being done already, or waits its turn.",
            ),
            models.UniqueConstraint(
                fields=["upload"],
                condition=models.Q(upload__isnull=False, state__in=("asked", "running")),
                name="one_build_of_an_upload_in_hand",
                violation_error_message="This upload is being worked on already, or waits its turn.",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=("foresee", "assess"), upload__isnull=True)
                | models.Q(kind__in=("check", "land"), upload__isnull=False),
                name="an_upload_is_checked_or_landed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, asked for {timezone.localtime(self.asked):%-d %B %Y at %H:%M}"

    @property
    def reference(self) -> str:
        return f"build {self.pk}: {self.get_kind_display().lower()}{f' {self.upload_id}' if self.upload_id else ''}"

    @property
    def source(self) -> str:
        """The only source that it is about; empty for any."""
        return self.upload.source if self.upload else ""

    @property
    def in_hand(self) -> bool:
        """Is it waiting or at work?"""
        return self.state in (self.State.ASKED, self.State.RUNNING)


class BuildProgress(models.Model):
    """How far a build is, and the last sign of life of the worker that is at it. It changes from moment to moment and nobody
    decides it, so it is no action and stands in no ledger."""

    build = models.OneToOneField(Build, models.CASCADE, primary_key=True, related_name="progress")
    step = models.PositiveIntegerField(default=0)
    steps = models.PositiveIntegerField(default=1)
    doing = models.CharField(max_length=200, blank=True)
    worker = models.CharField(max_length=120, blank=True)
    """The process and the machine."""
    beat = models.DateTimeField(default=timezone.now)

    kept = dict.fromkeys(("build", "step", "steps", "doing", "worker", "beat"), Kept.OPEN)

    def __str__(self) -> str:
        return f"{self.step} of {self.steps}: {self.doing}"
