"""Who has not yet sent what was due, and words to ask them for it: Headwater sends no mail."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from headwater.delivery.models import Intervention, Quarter, Return
from headwater.partnership.models import Organisation

WAITING = {
    "": "not begun",
    Return.State.DRAFT: "begun, not sent",
    Return.State.RETURNED: "sent back, to be mended",
}


@dataclass(frozen=True, slots=True)
class Awaited:
    """A return that has not come."""

    intervention: Intervention
    quarter: Quarter
    state: str
    days_late: int
    """Below nought where it is not due yet."""

    @property
    def waiting(self) -> str:
        """What has become of it, in words."""
        return WAITING[self.state]

    @property
    def is_late(self) -> bool:
        return self.days_late > 0


@dataclass(frozen=True, slots=True)
class Reminder:
    """One organisation, and what to write to it."""

    organisation: Organisation
    awaited: tuple[Awaited, ...]
    text: str


def awaited(on: date) -> tuple[Awaited, ...]:
    """Every return that is still to come for a quarter that is not locked and has ended, the latest first."""
    quarters = [q for q in Quarter.objects.filter(locked__isnull=True) if q.ends < on]
    said = {
        (each.intervention_id, each.quarter_id): each.state
        for each in Return.objects.filter(quarter__in=[q.pk for q in quarters])
    }
    running = Intervention.objects.select_related("organisation")
    found = [
        Awaited(one, quarter, said.get((one.pk, quarter.pk), ""), (on - quarter.due).days)
        for one in running
        for quarter in quarters
        if one.runs_in(quarter) and said.get((one.pk, quarter.pk), "") in WAITING
    ]
    return tuple(sorted(found, key=_latest_first))


def _latest_first(each: Awaited) -> tuple[int, str]:
    return -each.days_late, each.intervention.name


def reminders(found: Iterable[Awaited]) -> tuple[Reminder, ...]:
    """A letter for each organisation that is late, to be copied into an email."""
    by: dict[int, list[Awaited]] = {}
    for each in found:
        if each.is_late:
            by.setdefault(each.intervention.organisation_id, []).append(each)
    return tuple(Reminder(late[0].intervention.organisation, tuple(late), _letter(late)) for late in by.values())


def _letter(late: list[Awaited]) -> str:
    lines = [
        f"- {each.intervention}, {each.quarter}: due on {each.quarter.due.day} {each.quarter.due:%B %Y}, {each.waiting}"
        for each in late
    ]
    return "\n".join(
        [
            "Hello,",
            "",
            f"We are still waiting for {'this return' if len(late) == 1 else 'these returns'}:",
            "",
            *lines,
            "",
            "It takes about two minutes on a phone, and what you type is kept as you go. If something is in the way, tell us and",
            "we will help. Thank you.",
        ]
    )
