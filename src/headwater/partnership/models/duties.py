"""What shows that a duty is done."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from headwater.partnership.models.people import Organisation
from headwater.partnership.models.recorded import Kept, Recorded


class DutyProof(Recorded):
    """What an organisation, or the partnership as its host, shows for one element of a framework. A newer one takes its place; it
    stays to be read."""

    framework = models.SlugField(max_length=60)
    element = models.SlugField(max_length=60)
    version = models.CharField(max_length=20)
    """The version of the framework that it was shown against."""
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="proofs")
    statement = models.TextField(max_length=2000)
    on = models.DateField()
    """The day it was so."""
    paper = models.CharField(max_length=300, blank=True)
    """The paper that shows it, and where it is kept."""
    link = models.URLField(max_length=500, blank=True)
    shown = models.DateTimeField(default=timezone.now)
    withdrawn = models.DateTimeField(null=True, blank=True)

    kept = dict.fromkeys(
        ("id", "framework", "element", "version", "organisation", "on", "link", "shown", "withdrawn"), Kept.OPEN
    ) | {
        "statement": Kept.SENSITIVE,
        "paper": Kept.SENSITIVE,
    }

    class Meta:
        ordering = ("framework", "element", "-on", "-pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["framework", "element", "organisation"],
                condition=models.Q(withdrawn__isnull=True),
                name="one_proof_stands",
            ),
            models.CheckConstraint(
                condition=~models.Q(paper="", link=""),
                name="a_proof_names_a_paper_or_a_link",
                violation_error_message="Name the paper that shows it, or give a link: a statement alone proves nothing.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.framework}: {self.element}, {self.organisation}"

    @property
    def reference(self) -> str:
        return f"{self.element} of {self.framework} (version {self.version})"
