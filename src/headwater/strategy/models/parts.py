"""What every part of a strategy has: a name in addresses, a revision that a save must have seen, and a day it was taken out."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models

from headwater.partnership.models import Kept, Recorded
from headwater.partnership.models.recorded import RecordedRows


def keeping(*fields: str, sensitive: Iterable[str] = ()) -> dict[str, Kept]:
    """How the fields of a part are kept: those that every part has and those named are open, but for what is sensitive."""
    every = ("id", "slug", "revision", "revised", "withdrawn", *fields)
    return {name: Kept.SENSITIVE if name in set(sensitive) else Kept.OPEN for name in every}


class Parts(RecordedRows):
    """Parts of one kind, taken out or not."""

    def standing(self) -> "Parts":
        """Those that have not been taken out."""
        return self.filter(withdrawn__isnull=True)


class Part(Recorded):
    """One part of the strategy. It is added, revised and taken out by actions; what was adopted is kept in a `Version`."""

    slug = models.SlugField(max_length=120, unique=True)
    """How it is known from one year's strategy to the next, and in addresses."""
    revision = models.PositiveIntegerField(default=1)
    """How often it was saved. A save says which revision it was opened at, and is refused where another came between."""
    revised = models.DateTimeField(auto_now=True)
    withdrawn = models.DateField(null=True, blank=True)

    objects = Parts.as_manager()
    asked: ClassVar[tuple[str, ...]] = ()
    """The fields that people fill in. Nothing else is taken from a form."""
    fixed: ClassVar[tuple[str, ...]] = ()
    """Those of them that are said when it is added and stay."""
    copied: ClassVar[tuple[str, ...]] = ()
    """Fields that actions copy from elsewhere, to be kept as they were."""

    class Meta:
        abstract = True
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.called

    @property
    def organisation(self) -> None:
        """A strategy is the whole partnership's, whoever does what in it."""
        return

    @property
    def called(self) -> str:
        """What it is called, in words."""
        return str(getattr(self, "title", "")) or self.slug

    @property
    def named_after(self) -> str:
        """What its slug is made from."""
        return self.called

    @property
    def reference(self) -> str:
        return f"{self._meta.verbose_name} {self.slug}"

    def settle(self) -> None:
        """Copy what other fields follow from, before the row is checked. Raises ValidationError."""

    def values(self) -> dict[str, Any]:
        """What people filled in, by field, in plain words, numbers and days: rows by their slug."""
        return {name: getattr(found, "slug", found) for name in self.asked for found in [getattr(self, name)]}
