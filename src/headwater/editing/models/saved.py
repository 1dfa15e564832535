"""Views of the assessment's figures that people keep under a name."""

from typing import ClassVar

from django.db import models

from headwater.partnership.models import Kept, Person, Recorded


class SavedView(Recorded):
    """Figures somebody chose to look at, by measure, period and area. It holds no figure: opened, it shows the latest edition's."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="saved_views")
    name = models.CharField(max_length=80)
    measure = models.CharField(max_length=120)
    """The name of a finding: 'violence.rate'."""
    period = models.CharField(max_length=60, blank=True)
    """The label of a period; empty for the latest."""
    area = models.CharField(max_length=9, blank=True)
    """The code of an area; empty for every area."""
    shared = models.BooleanField(default=False)
    """May everybody use it who may see figures?"""
    made = models.DateTimeField(auto_now_add=True)

    kept = dict.fromkeys(("id", "measure", "period", "area", "shared", "made"), Kept.OPEN) | {
        "person": Kept.PERSONAL,
        "name": Kept.SENSITIVE,
    }

    class Meta:
        ordering = ("name",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "name"], name="one_view_a_name")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def organisation(self) -> None:
        """A view is a person's, of the partnership's figures."""
        return
