"""A clock: how long somebody has to answer or to report, from what day, and counted how."""

from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Literal, Self

from headwater.vocabulary.agreed import Sourced, agreed_entry, agreed_toml
from headwater.vocabulary.errors import BadInput, WrongRequest

SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock(Sourced):
    """One file of `definitions/clocks/`, or of a workspace's own `clocks/`. The file's name is the clock's name."""

    name: str
    title: str
    who: str
    """Who must act before it runs out."""
    must: str
    """What they must have done."""
    starts: str
    """What sets it going, in words."""
    unit: Literal["days", "working-days", "months"]
    first_day: Literal["same", "next"]
    """Is the day that sets it going the first that is counted, or the next? Months run from the day itself to the same day."""
    owner: str
    agreed: date
    review_by: date
    version: str
    count: int | None = None
    """How many; left out where no public source says, and then nothing is due until a workspace's own file says it."""
    citation: str = ""
    holidays: tuple[str, ...] = ()
    """The lists of `definitions/holidays/` whose days are no working days."""

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read one file, refusing with BadInput what is missing, misspelt, of the wrong kind or no length of time."""
        clock = agreed_entry(path.name, agreed_toml(path), cls, name=path.stem)
        if clock.count is not None and clock.count < 1:
            raise BadInput(f"{path.name}: count is 1 or more; leave it out where nobody has said how long")
        if clock.holidays and clock.unit != "working-days":
            raise BadInput(
                f"{path.name}: holidays are passed over where working days are counted: leave them out, or change unit"
            )
        return clock

    def due(self, started: date, holidays: Collection[date] = ()) -> date:
        """The last day on which it is in time. `holidays` are not working days; nor are Saturdays and Sundays.

        Raises WrongRequest where nobody has said how long there is.
        """
        if self.count is None:
            raise WrongRequest(
                f"no public source says when {self.title.lower()} is due: copy {self.name}.toml into clocks/ of the workspace and "
                "write its count, as your grant or your letter has it"
            )
        if self.unit == "months":
            return _months_after(started, self.count)
        if self.unit == "days":
            return self.eve(started) + timedelta(days=self.count)
        return _working_days_after(self.eve(started), self.count, holidays)

    def eve(self, started: date) -> date:
        """The last day before any may be counted, of days and working days."""
        return started if self.first_day == "next" else started - timedelta(days=1)


def _months_after(day: date, count: int) -> date:
    """The same day of a later month, or its last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _working_days_after(day: date, count: int, holidays: Collection[date]) -> date:
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < SATURDAY and day not in holidays
    return day
