"""From the day that sets a clock going to the day it runs out, with the working that both sides can follow."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from headwater.vocabulary.clocks import SATURDAY, Clock
from headwater.vocabulary.errors import WrongRequest
from headwater.vocabulary.holidays import BankHolidays, together


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """More time, as somebody gave it. A holding reply gives none."""

    until: date
    agreed: date
    by: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoning:
    """One clock of one addressee."""

    clock: Clock
    started: date
    first: date
    """The first day that is counted; of months, the day itself."""
    at_first: date
    """The last day on which it is in time, before anybody gave more."""
    passed: tuple[tuple[date, str], ...]
    """Bank holidays on weekdays that were not counted."""
    extensions: tuple[Extension, ...]

    @property
    def due(self) -> date:
        """The last day on which it is in time."""
        return self.extensions[-1].until if self.extensions else self.at_first

    def days_late(self, day: date) -> int:
        """How many days after it was due `day` is; nought where it is in time."""
        return max((day - self.due).days, 0)

    def working(self) -> tuple[str, ...]:
        """How the day was come to, a sentence a step, in words for whoever asked and whoever was asked."""
        return (
            f"{self.clock.starts}: {_written(self.started)}.",
            *self._counted(),
            *(f"Not counted: {_written(day)}, {title}." for day, title in self.passed),
            f"Due by the end of {_written(self.at_first)}.",
            *(_extended(before, each) for before, each in self.extended()),
        )

    def extended(self) -> Iterator[tuple[date, Extension]]:
        """Each extension beside the day on which it was due until then."""
        before = self.at_first
        for each in self.extensions:
            yield before, each
            before = each.until

    def _counted(self) -> tuple[str, ...]:
        count, unit = self.clock.count, self.clock.unit.replace("-", " ")
        if self.clock.unit == "months":
            return (f"{count} months run to the same day of the month, or to the last where it has no such day.",)
        week_ends = ", and no Saturday or Sunday is counted" if self.clock.unit == "working-days" else ""
        return (f"{count} {unit}: the first is {_written(self.first)}{week_ends}.",)


def reckon(
    clock: Clock, started: date, holidays: Iterable[BankHolidays] = (), extensions: Iterable[Extension] = ()
) -> Reckoning:
    """Run a clock from the day that sets it going, past the bank holidays of the lists it names, to the last extension.

    Raises WrongRequest where nobody has said how long there is, where working days would be counted outside the days for which
    a list of bank holidays is whole or without a list that the clock names, and where an extension ends no later than what it extends.
    """
    lists = _named(clock, holidays)
    days = together(lists)
    due = clock.due(started, days)
    for each in lists:
        if not each.since <= started <= due <= each.until:
            raise WrongRequest(
                f"{each.title} are known from {each.since} to {each.until}, and this runs from {started} to {due}: copy "
                f"{each.name}.toml into holidays/ of the workspace, write what is missing and move since or until"
            )
    found = Reckoning(
        clock=clock,
        started=started,
        first=started if clock.unit == "months" else replace(clock, count=1).due(started, days),
        at_first=due,
        passed=tuple(
            (day, title) for day, title in days.items() if clock.eve(started) < day <= due and day.weekday() < SATURDAY
        ),
        extensions=tuple(sorted(extensions, key=lambda each: each.agreed)),
    )
    for before, each in found.extended():
        if each.until <= before:
            raise WrongRequest(f"an extension to {each.until} gives no more time: it was due on {before}")
    return found


def _named(clock: Clock, holidays: Iterable[BankHolidays]) -> tuple[BankHolidays, ...]:
    if clock.unit != "working-days":
        return ()
    known = {each.name: each for each in holidays}
    if absent := [name for name in clock.holidays if name not in known]:
        raise WrongRequest(
            f"{clock.name} passes over the bank holidays of {', '.join(absent)}, and there is no such file in holidays/"
        )
    return tuple(known[name] for name in clock.holidays)


def _extended(before: date, extension: Extension) -> str:
    late = f", {(extension.agreed - before).days} days after it was due" if extension.agreed > before else ""
    return (
        f"On {_written(extension.agreed)}{late}, {extension.by} gave until the end of {_written(extension.until)}: "
        f"{extension.because.rstrip('.')}."
    )


def _written(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"
