"""Bank holidays: the weekdays of one part of the United Kingdom that are no working days, and until when they are known."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Self

from headwater.vocabulary.agreed import Sourced, agreed_entry, agreed_toml
from headwater.vocabulary.errors import BadInput


@dataclass(frozen=True, slots=True, kw_only=True)
class BankHolidays(Sourced):
    """One file of `definitions/holidays/`, or of a workspace's own `holidays/`. The file's name is the list's name."""

    name: str
    title: str
    since: date
    until: date
    """The first and the last day between which the list is whole."""
    owner: str
    agreed: date
    review_by: date
    version: str
    days: Mapping[date, str]
    """What each is called, in order."""

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read one file, refusing with BadInput what is missing, misspelt, no day, or outside the days the list is whole for."""
        said = agreed_toml(path)
        days = _days(path.name, said.pop("days", None))
        known = agreed_entry(path.name, said, cls, name=path.stem, days=days)
        for day in days:
            if not known.since <= day <= known.until:
                raise BadInput(f"{path.name}: {day} is not between since and until: move the one that is wrong")
        return known


def _days(where: str, said: Any) -> dict[date, str]:
    if not isinstance(said, dict) or not said:
        raise BadInput(
            f'{where}: there are no days: begin them with [days], and write each as 2026-12-25 = "Christmas Day"'
        )
    written: dict[str, Any] = said
    days = {_day(where, day): title for day, title in written.items()}
    if wrong := [day for day, title in days.items() if not isinstance(title, str) or not title]:
        raise BadInput(f'{where}: what {wrong[0]} is called is text, such as "Christmas Day"')
    return dict(sorted(days.items()))


def _day(where: str, said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError as problem:
        raise BadInput(f"{where}: {said!r} under [days] is no day: write it as 2026-12-25") from problem


def together(lists: Iterable[BankHolidays]) -> dict[date, str]:
    """The days that are a bank holiday in any of the lists, and what each is called."""
    found: dict[date, str] = {}
    for each in lists:
        found = {**each.days, **found}
    return dict(sorted(found.items()))
