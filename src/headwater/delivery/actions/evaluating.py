"""An evaluation is registered before what it is about begins, changed only with a reason, and run."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from headwater.delivery.models import Amendment, Evaluation, Intervention, Result
from headwater.delivery.questions.evaluating import detectable, found_in
from headwater.delivery.questions.series import newest, snapshot_of
from headwater.partnership.actions import action
from headwater.partnership.models import Power
from headwater.partnership.questions import Actor


@action("registered an evaluation of", Power.WRITE_STRATEGY, about="")
def register(
    *, by: Actor, intervention: Intervention, on: date, late_because: str = "", why: str = "", **plan: Any
) -> Evaluation:
    """Write down what will be asked and how it will be answered. After the month has begun it wants a reason, and is shown as late.

    Raises ValidationError for a month that is none, and for a late one without a reason.
    """
    if strange := sorted(set(plan) - set(Evaluation.asked)):
        raise ValidationError(f"An evaluation has no part called {', '.join(strange)}.")
    made = Evaluation(intervention=intervention, registered=on, late_because=late_because, **plan)
    made.starts = _first_day(made.month)
    _ = _first_day(made.begins)
    if on >= made.starts and not late_because.strip():
        raise ValidationError(
            "It has begun already: whoever knows how it goes can choose the question. Say why it was not registered before."
        )
    edition = newest()
    made.detectable = detectable(edition, made) if edition else None
    _checked(made)
    made.save()
    return made


@action("amended", Power.WRITE_STRATEGY, about="")
def amend(*, by: Actor, evaluation: Evaluation, changes: Mapping[str, Any], on: date, why: str) -> Evaluation:
    """Change the plan of an evaluation that was registered. What it was, what it becomes and why stay beside it."""
    if not why.strip():
        raise ValidationError("Say why: a plan that is changed later without a reason proves nothing.")
    held = (
        Evaluation.objects.select_for_update(of=("self",))
        .select_related("intervention__organisation")
        .get(pk=evaluation.pk)
    )
    if strange := sorted(set(changes) - set(Evaluation.asked)):
        raise ValidationError(f"An evaluation has no part called {', '.join(strange)}.")
    for name, value in changes.items():
        if (was := getattr(held, name)) != value:
            amendment = Amendment(evaluation=held, field=name, was=str(was), becomes=str(value), why=why, on=on)
            amendment.full_clean()
            amendment.save()
            setattr(held, name, value)
    held.starts = _first_day(held.month)
    if held.registered >= held.starts and not held.late_because:
        held.late_because = f"The month was changed on {on}: {why}"
    _checked(held)
    held.save()
    return held


@action("ran", Power.BUILD, about="")
def run(*, by: Actor, evaluation: Evaluation, on: date, why: str = "") -> Result:
    """Run the registered design on the newest edition. Raises ValidationError where there is none, or it was run on that one already."""
    edition = newest()
    if edition is None:
        raise ValidationError("There is no edition of the assessment yet: build one, and its series can be read.")
    found = found_in(edition, evaluation)
    made = Result(
        evaluation=evaluation,
        edition=edition,
        snapshot=snapshot_of(edition),
        on=on,
        verdict=found.verdict,
        ratio=found.ratio,
        lower=found.lower,
        upper=found.upper,
        says=found.says,
    )
    if Result.objects.filter(evaluation=evaluation, edition=edition, snapshot=made.snapshot, says=made.says).exists():
        raise ValidationError(f"It was run on the edition {edition} already, and would say the same again.")
    made.full_clean()
    made.save()
    return made


def _checked(evaluation: Evaluation) -> None:
    if evaluation.design == Evaluation.Design.SYNTHETIC and len(evaluation.donors) < 2:
        raise ValidationError({"donors": "A synthetic control is mixed from two other places at least."})
    if evaluation.series in evaluation.donors:
        raise ValidationError({"donors": "A place cannot be held against itself."})
    evaluation.full_clean()


def _first_day(month: str) -> date:
    try:
        return date.fromisoformat(f"{month}-01")
    except ValueError as problem:
        raise ValidationError(f"A month is written like 2026-04, not {month[:20]!r}.") from problem
