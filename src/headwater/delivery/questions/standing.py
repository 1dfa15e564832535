"""How each intervention stands, and what somebody has to do next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from headwater.delivery.models import Intervention, Quarter, Return


@dataclass(frozen=True, slots=True)
class Standing:
    """An intervention and the newest return of it that a second person agreed to."""

    intervention: Intervention
    last: Return | None


@dataclass(frozen=True, slots=True)
class Task:
    """A return that is to be begun, finished or mended."""

    intervention: Intervention
    quarter: Quarter
    returned: Return | None
    days_left: int


def standing_of() -> tuple[Standing, ...]:
    """Every intervention, with its last approved return."""
    newest: dict[int, Return] = {}
    for each in Return.objects.filter(state__in=(Return.State.APPROVED, Return.State.LOCKED)).select_related("quarter"):
        held = newest.get(each.intervention_id)
        if held is None or held.quarter.place < each.quarter.place:
            newest[each.intervention_id] = each
    running = Intervention.objects.select_related("organisation")
    return tuple(Standing(one, newest.get(one.pk)) for one in running)


def to_do(organisations: Iterable[int], on: date) -> tuple[Task, ...]:
    """Every return that organisations still owe, of quarters that have begun and are not locked, the first due first."""
    quarters = [q for q in Quarter.objects.filter(locked__isnull=True) if q.starts <= on]
    theirs = Intervention.objects.filter(organisation__in=set(organisations)).select_related("organisation")
    said = {
        (each.intervention_id, each.quarter_id): each
        for each in Return.objects.filter(quarter__in=[q.pk for q in quarters], intervention__in=theirs)
    }
    found = [
        Task(one, quarter, said.get((one.pk, quarter.pk)), (quarter.due - on).days)
        for one in theirs
        for quarter in quarters
        if one.runs_in(quarter) and ((row := said.get((one.pk, quarter.pk))) is None or row.is_open)
    ]
    return tuple(sorted(found, key=_first_due))


def _first_due(each: Task) -> tuple[tuple[int, int], str]:
    return each.quarter.place, each.intervention.name
