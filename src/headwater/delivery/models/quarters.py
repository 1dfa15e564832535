"""The quarters that returns are made for: when each is due, and whether it is closed."""

from datetime import date
from typing import ClassVar

from django.db import models

from headwater.partnership.models import Kept, Recorded

FIRST_MONTH = (4, 7, 10, 1)
NAMES = ("April to June", "July to September", "October to December", "January to March")


class Quarter(Recorded):
    """Three months of a financial year, which begins in April. Once it is locked nothing in it changes but by break-glass."""

    year = models.PositiveSmallIntegerField()
    """The year in which the financial year begins: 2025 for 2025-26."""
    number = models.PositiveSmallIntegerField()
    due = models.DateField()
    locked = models.DateField(null=True, blank=True)

    kept = dict.fromkeys(("id", "year", "number", "due", "locked"), Kept.OPEN)

    class Meta:
        ordering = ("-year", "-number")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["year", "number"], name="one_row_a_quarter"),
            models.CheckConstraint(condition=models.Q(number__gte=1, number__lte=4), name="four_quarters_a_year"),
            models.CheckConstraint(condition=models.Q(year__gte=2000, year__lte=2099), name="year_of_four_figures"),
        ]

    def __str__(self) -> str:
        return f"{NAMES[self.number - 1]} {self.starts.year}"

    @property
    def short(self) -> str:
        """'2025-26 Q4'."""
        return f"{self.financial_year} Q{self.number}"

    @property
    def financial_year(self) -> str:
        """'2025-26'."""
        return f"{self.year}-{(self.year + 1) % 100:02}"

    @property
    def starts(self) -> date:
        return date(self.year + (self.number == 4), FIRST_MONTH[self.number - 1], 1)

    @property
    def ends(self) -> date:
        """Its last day."""
        return date(self.year + (self.number == 4), FIRST_MONTH[self.number - 1] + 2, (30, 30, 31, 31)[self.number - 1])

    @property
    def place(self) -> tuple[int, int]:
        """Quarters in order of time."""
        return self.year, self.number

    @property
    def reference(self) -> str:
        return f"quarter {self.short}"
