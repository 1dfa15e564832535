"""The strategy as it stood on a day: frozen to be commented on, or adopted."""

from datetime import date
from typing import ClassVar

from django.db import models

from headwater.partnership.models import Kept, Organisation, Recorded
from headwater.strategy.models.parts import Part, keeping


class Passage(Part):
    """What the partnership writes under one of the headings that a published strategy is asked to have."""

    heading = models.SlugField(max_length=60)
    """The id of an element of the framework `response-strategy`."""
    says = models.TextField(max_length=8000)
    heading_title = models.CharField(max_length=200, editable=False)

    asked = ("heading", "says")
    fixed = ("heading",)
    copied = ("heading_title",)
    kept = keeping(*asked, *copied)

    class Meta(Part.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["heading"],
                condition=models.Q(withdrawn__isnull=True),
                name="one_passage_a_heading",
                violation_error_message="That heading has its passage already: revise it.",
            )
        ]

    @property
    def called(self) -> str:
        return self.heading_title or self.heading

    @property
    def named_after(self) -> str:
        return self.heading

    def settle(self) -> None:
        """Copy what the framework calls the heading."""
        from headwater.strategy.models.agreed import heading

        self.heading_title = heading(self.heading)


class Version(Recorded):
    """The whole strategy, frozen. A draft is open for comments for a time; an adopted one is what the partnership holds itself to."""

    class Kind(models.TextChoices):
        DRAFT = "draft", "Consultation draft"
        ADOPTED = "adopted", "Adopted"

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=Kind)
    says = models.TextField(max_length=2000, blank=True)
    frozen = models.DateField()
    """The day it was frozen; of an adopted one, the day it was adopted."""
    opens = models.DateField(null=True, blank=True)
    closes = models.DateField(null=True, blank=True)
    """The last day for comments."""
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)

    kept = dict.fromkeys(("id", "slug", "title", "kind", "says", "frozen", "opens", "closes", "sha256"), Kept.OPEN)
    kept |= {"content": Kept.SENSITIVE}

    class Meta:
        ordering = ("-frozen", "-pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(kind="adopted", opens__isnull=True, closes__isnull=True)
                | models.Q(kind="draft", closes__gte=models.F("opens")),
                name="drafts_are_open_for_a_time",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def organisation(self) -> None:
        """It is the whole partnership's."""
        return

    @property
    def reference(self) -> str:
        return f"version {self.slug}, sha256 {self.sha256[:12]}"

    def is_open(self, day: date) -> bool:
        """May it be commented on that day?"""
        return self.opens is not None and self.closes is not None and self.opens <= day <= self.closes


class Comment(Recorded):
    """What an organisation says of a draft, and what became of it."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="comments")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="strategy_comments")
    about = models.CharField(max_length=120, blank=True)
    says = models.TextField(max_length=4000)
    given = models.DateField()
    by_name = models.CharField(max_length=120)
    answer = models.TextField(max_length=4000, blank=True)
    """What was changed for it, or why nothing was."""

    kept = dict.fromkeys(("id", "version", "organisation", "about", "says", "given", "answer"), Kept.SENSITIVE)
    kept |= {"by_name": Kept.PERSONAL}

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.organisation} on {self.version}"

    @property
    def reference(self) -> str:
        return f"comment {self.pk} on version {self.version.slug}"
