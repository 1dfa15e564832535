"""What the returns before this one said: who was still on the books, and what was spent and begun earlier in the year."""

from dataclasses import dataclass

from headwater.delivery.models import Quarter, Return

SAID = (Return.State.SENT, Return.State.APPROVED, Return.State.LOCKED)
"""Returns that somebody stands by."""


@dataclass(frozen=True, slots=True)
class Carried:
    """The most who can have been on the books when a quarter began: some may have left without a return saying so."""

    waiting: int
    accepted: int
    taking_part: int
    absent: tuple[str, ...] = ()
    """Earlier quarters in which it ran and of which no return was sent: what was carried over is then not known."""


@dataclass(frozen=True, slots=True)
class ToDate:
    """Earlier in the same financial year."""

    started: int
    spent: dict[int, int | None]
    """Pence by grant line; None where a return of the year has not said."""


def carried_into(returned: Return) -> Carried:
    """Who could still be on the books at the beginning of the quarter of a return."""
    intervention = returned.intervention
    said = _before(returned)
    known = [each for each in said if each.state in SAID]
    referred, accepted, started, completed = (
        sum(getattr(each, name) or 0 for each in known) for name in ("referred", "accepted", "started", "completed")
    )
    have = {each.quarter_id for each in known}
    absent = [q for q in _earlier_quarters(returned.quarter) if intervention.runs_in(q) and q.pk not in have]
    return Carried(
        intervention.waiting_before + referred - accepted,
        intervention.accepted_before + accepted - started,
        intervention.taking_part_before + started - completed,
        tuple(str(quarter) for quarter in absent),
    )


def year_to_date(returned: Return) -> ToDate:
    """What the same year's earlier returns said. Pence of a line are not known where an earlier return was never sent."""
    quarter = returned.quarter
    said = [each for each in _before(returned) if each.state in SAID and each.quarter.year == quarter.year]
    due = [q for q in _earlier_quarters(quarter) if q.year == quarter.year and returned.intervention.runs_in(q)]
    whole = len(said) == len(due)
    spent: dict[int, int | None] = {}
    for line in returned.intervention.lines.filter(year=quarter.year):
        amounts = [spend.spent for each in said for spend in each.spends.all() if spend.line_id == line.pk]
        told = whole and len(amounts) == len(due) and None not in amounts
        spent[line.pk] = sum(filter(None, amounts)) if told else None
    return ToDate(sum(each.started or 0 for each in said), spent)


def last_return(returned: Return) -> Return | None:
    """The newest earlier return of the same intervention, in whatever state."""
    return max(_before(returned), key=_place, default=None)


def _place(returned: Return) -> tuple[int, int]:
    return returned.quarter.place


def _before(returned: Return) -> list[Return]:
    earlier = returned.intervention.returns.select_related("quarter").prefetch_related("spends")
    return [each for each in earlier if each.quarter.place < returned.quarter.place]


def _earlier_quarters(quarter: Quarter) -> list[Quarter]:
    return [each for each in Quarter.objects.order_by("year", "number") if each.place < quarter.place]
