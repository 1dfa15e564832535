"""Chapters in hand: their words, every wording before, what colleagues say of them, and who has signed them off."""

from typing import ClassVar

from django.db import models

from headwater.partnership.models import Kept, Organisation, Person, Recorded


class Hosted(Recorded):
    """A row about the assessment, which belongs to the organisation that hosts the partnership."""

    class Meta:
        abstract = True

    @property
    def organisation(self) -> Organisation:
        return Organisation.objects.get(hosts=True)


class Chapter(Hosted):
    """A chapter that somebody has taken in hand. Until then it writes itself, and has no row."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    text = models.TextField()
    version = models.PositiveIntegerField(default=1)
    """Goes up by one with every wording. Whoever saves says which they began from."""

    kept = dict.fromkeys(("id", "slug", "title", "version"), Kept.OPEN) | {"text": Kept.SENSITIVE}

    class Meta:
        ordering = ("slug",)

    def __str__(self) -> str:
        return self.title

    @property
    def reference(self) -> str:
        return f"chapter {self.slug}, wording {self.version}"


class Wording(Hosted):
    """One wording of a chapter, kept as it was."""

    chapter = models.ForeignKey(Chapter, models.CASCADE, related_name="wordings")
    version = models.PositiveIntegerField()
    text = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    """Nobody where it came from a file of the workspace."""
    when = models.DateTimeField(auto_now_add=True)
    why = models.CharField(max_length=500, blank=True)

    kept = dict.fromkeys(("id", "chapter", "version", "when"), Kept.OPEN) | {
        "text": Kept.SENSITIVE,
        "why": Kept.SENSITIVE,
        "by": Kept.PERSONAL,
    }

    class Meta:
        ordering = ("-version",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["chapter", "version"], name="one_wording_a_version")
        ]

    def __str__(self) -> str:
        return f"wording {self.version} of {self.chapter_id}"


class Comment(Hosted):
    """What a colleague says of a chapter, until it is settled."""

    chapter = models.ForeignKey(Chapter, models.CASCADE, related_name="comments")
    on = models.CharField(max_length=300, blank=True)
    """The words it is about, as they stood."""
    text = models.TextField(max_length=4000)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    when = models.DateTimeField(auto_now_add=True)
    settled = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    kept = dict.fromkeys(("id", "chapter", "when", "settled"), Kept.OPEN) | {
        "on": Kept.SENSITIVE,
        "text": Kept.SENSITIVE,
        "by": Kept.PERSONAL,
        "settled_by": Kept.PERSONAL,
    }

    class Meta:
        ordering = ("when",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(settled__isnull=True, settled_by__isnull=True)
                | models.Q(settled__isnull=False, settled_by__isnull=False),
                name="settled_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"comment {self.pk} on {self.chapter_id}"


class SignOff(Hosted):
    """A second person read one wording and stands by it. A later wording is not signed off by it."""

    chapter = models.ForeignKey(Chapter, models.CASCADE, related_name="sign_offs")
    version = models.PositiveIntegerField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    when = models.DateTimeField(auto_now_add=True)

    kept = dict.fromkeys(("id", "chapter", "version", "when"), Kept.OPEN) | {"by": Kept.PERSONAL}

    class Meta:
        ordering = ("-when",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["chapter", "version", "by"], name="signed_once_by_one")
        ]

    def __str__(self) -> str:
        return f"{self.by} on wording {self.version} of {self.chapter_id}"
