"""A return is begun, filled in, bit by bit, and sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError

from headwater.delivery.models import Intervention, Progress, Quarter, Reach, Return, Risk, Spend
from headwater.delivery.questions import colour_of, colour_rule, last_return, problems_of
from headwater.partnership.actions import action
from headwater.partnership.models import Power
from headwater.partnership.questions import Actor


class Stale(ValidationError):
    """Somebody else changed the return since it was opened: nothing was saved. `now` is how it stands."""

    def __init__(self, now: Return) -> None:
        super().__init__("This return was changed elsewhere since you opened it. Nothing of yours was saved yet.")
        self.now = now


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What is to be written; what is not named stays as it is."""

    words: Mapping[str, Any] = field(default_factory=dict)
    """By field of the return: its counts, its note, its story and the consent to it."""
    reach: Mapping[str, Mapping[str, int] | None] = field(default_factory=dict)
    """By table, people by group; None where the table is not collected."""
    money: Mapping[int, tuple[int | None, int | None]] = field(default_factory=dict)
    """By grant line, pence spent in the quarter and expected by the end of the year."""
    progress: Mapping[int, tuple[date | None, date | None]] = field(default_factory=dict)
    """By milestone, the day now expected and the day it was met."""
    risks: Sequence[Mapping[str, Any]] | None = None


MAY_SAY = frozenset(
    {
        "referred",
        "accepted",
        "started",
        "completed",
        "people",
        "contacts",
        "note",
        "story",
        "consent_on",
        "consent_held",
    }
)


@action("began", Power.WRITE_RETURNS, about="intervention")
def begin(*, by: Actor, intervention: Intervention, quarter: Quarter, why: str = "") -> Return:
    """A return is begun. What the last one expected is brought along (milestones, forecasts, open risks); counts never are."""
    held = Quarter.objects.select_for_update().get(pk=quarter.pk)
    if held.locked:
        raise ValidationError(f"{held} is locked: no return can be begun for it.")
    if not intervention.runs_in(held):
        raise ValidationError(f"{intervention} was not delivered in {held}, so there is nothing to report.")
    made = Return(intervention=intervention, quarter=held)
    made.full_clean()
    made.save()
    _bring_along(made, last_return(made))
    return made


def _bring_along(made: Return, last: Return | None) -> None:
    for risk in last.risks.filter(closed=False) if last else ():
        _ = Risk.objects.create(
            returned=made, **{name: getattr(risk, name) for name in ("says", "likely", "grave", "doing", "owner")}
        )
    for each in last.progress.all() if last else ():
        _ = Progress.objects.create(returned=made, milestone=each.milestone, expected=each.expected, met=each.met)
    before = {spend.line_id: spend.forecast for spend in last.spends.all()} if last else {}
    for line in made.intervention.lines.filter(year=made.quarter.year):
        _ = Spend.objects.create(returned=made, line=line, forecast=before.get(line.pk, line.amount))


@action("saved", Power.WRITE_RETURNS, about="returned")
def save_return(
    *, by: Actor, returned: Return, version: int, answers: Answers, page: str = "", why: str = ""
) -> Return:
    """Some answers of a return that is open. `version` is the one it was opened at, `page` the mark of the page it is open in.

    Raises Stale where another page has changed it since, and ValidationError where it is not open or an answer will not do.
    """
    held = _held(returned)
    if not held.is_open:
        raise ValidationError(
            f"This return is {held.get_state_display().lower()}: its answers can no longer be changed."
        )
    if held.version != version and not (page and held.saved_from == page):
        raise Stale(held)
    if strange := sorted(set(answers.words) - MAY_SAY):
        raise ValidationError(f"A return has no answer called {', '.join(strange)}.")
    for name, value in answers.words.items():
        setattr(held, name, value)
    held.version, held.saved_from = held.version + 1, page
    held.full_clean()
    held.save()
    _write_parts(held, answers)
    return held


def _write_parts(held: Return, answers: Answers) -> None:
    for table, counts in answers.reach.items():
        _ = held.reach.filter(table=table).delete()
        rows = {"": None} if counts is None else counts
        for group, people in rows.items():
            row = Reach(returned=held, table=table, group=group, people=people)
            row.full_clean()
            row.save()
    _write_money(held, answers.money)
    _write_progress(held, answers.progress)
    if answers.risks is not None:
        _ = held.risks.all().delete()
        for said in answers.risks:
            risk = Risk(returned=held, **said)
            risk.full_clean()
            risk.save()


def _write_money(held: Return, money: Mapping[int, tuple[int | None, int | None]]) -> None:
    lines = {line.pk: line for line in held.intervention.lines.filter(year=held.quarter.year)}
    for number, (spent, forecast) in money.items():
        spend = held.spends.filter(line=lines[number]).first() or Spend(returned=held, line=lines[number])
        spend.spent, spend.forecast = spent, forecast
        spend.full_clean()
        spend.save()


def _write_progress(held: Return, progress: Mapping[int, tuple[date | None, date | None]]) -> None:
    milestones = {each.pk: each for each in held.intervention.milestones.all()}
    for number, (expected, met) in progress.items():
        row = held.progress.filter(milestone=milestones[number]).first()
        row = row or Progress(returned=held, milestone=milestones[number])
        row.expected, row.met = expected, met
        row.full_clean()
        row.save()


@action("sent", Power.WRITE_RETURNS, about="returned")
def submit(*, by: Actor, returned: Return, version: int, on: date, why: str = "") -> Return:
    """A return is sent to be approved, and given its colour by the rule.

    Raises Stale, or ValidationError with every problem that is left.
    """
    held = _held(returned)
    if not held.is_open:
        raise ValidationError(f"This return is {held.get_state_display().lower()}: it cannot be sent again.")
    if held.version != version:
        raise Stale(held)
    if wrong := problems_of(held).wrong:
        raise ValidationError([words for _, words in wrong])
    rule = colour_rule(Path(settings.WORKSPACE))
    judged = colour_of(held, rule)
    held.state, held.version, held.saved_from = Return.State.SENT, held.version + 1, ""
    held.colour, held.rule, held.reasons = judged.colour, rule.identity, list(judged.reasons)
    held.overridden = held.overridden_why = ""
    held.sent_by, held.sent_on = by.email, on
    held.decided_by, held.decided_on = "", None
    held.full_clean()
    held.save()
    return held


def _held(returned: Return) -> Return:
    """The row as it is now, held until the action is done."""
    rows = Return.objects.select_for_update(of=("self",)).select_related("intervention__organisation", "quarter")
    return rows.get(pk=returned.pk)
