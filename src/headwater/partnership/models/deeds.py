"""The ledger of the rooms people sign in to: one row a deed, sealed to the row before it as the ledger room seals its lines."""

from typing import ClassVar

from django.db import models

from headwater.ledger import Entry
from headwater.partnership.models.recorded import AppendOnly, Kept, Recorded

NOBODYS = "-"
"""Stands where a line is about the partnership as a whole."""


class Deed(AppendOnly):
    """What was done, to what, by whom, why and when. Text alone, so that it never hinders or follows what it tells of."""

    number = models.BigIntegerField(primary_key=True)
    did = models.CharField(max_length=60)
    to = models.TextField()
    who = models.CharField(max_length=254)
    because = models.TextField(blank=True)
    when = models.CharField(max_length=40)
    before = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)
    organisation = models.SlugField(max_length=60, blank=True)
    """Whose it is. `to` begins with it, and is sealed."""

    kept = dict.fromkeys(("number", "did", "to", "when", "before", "hash", "organisation"), Kept.OPEN) | {
        "who": Kept.PERSONAL,
        "because": Kept.SENSITIVE,
    }

    class Meta:
        ordering = ("-number",)
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["organisation", "-number"], name="deeds_of")]

    def __str__(self) -> str:
        return f"{self.did} {self.to}"

    @property
    def thing(self) -> str:
        """What it was done to, without whose it is."""
        return self.to.partition(": ")[2]

    @property
    def entry(self) -> Entry:
        """The same as a line of the ledger room."""
        names = ("did", "to", "who", "because", "when", "before", "hash")
        return Entry(**{name: getattr(self, name) for name in names})


class Head(Recorded):
    """The last seal, in one row that whoever writes the ledger holds until the row after it stands."""

    number = models.BigIntegerField(default=0)
    seal = models.CharField(max_length=64)

    kept = dict.fromkeys(("id", "number", "seal"), Kept.OPEN)

    def __str__(self) -> str:
        return f"{self.number}: {self.seal[:12]}"
