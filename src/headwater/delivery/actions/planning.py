"""What is to be delivered, with which money, by when, for how many; and the quarters that are reported on."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from headwater.delivery.models import GrantLine, Intervention, Milestone, Quarter, Return, Target
from headwater.partnership.actions import action
from headwater.partnership.models import Organisation, Power
from headwater.partnership.questions import Actor
from headwater.strategy.models import Action


@action("planned the delivery of", Power.WRITE_STRATEGY, about="")
def plan(
    *,
    by: Actor,
    organisation: Organisation,
    name: str,
    prevention: str,
    starts: date,
    ends: date | None = None,
    action_of: Action | None = None,
    approach: str = "",
    areas: Mapping[str, str] | None = None,
    waiting_before: int = 0,
    accepted_before: int = 0,
    taking_part_before: int = 0,
    why: str = "",
) -> Intervention:
    """An organisation is to deliver something, and will be asked for a return of it every quarter.

    `action_of` is the action of the strategy that is delivered with it, which must be that organisation's own.
    """
    if action_of is not None and action_of.owner_id != organisation.pk:
        raise ValidationError(
            f"In the strategy “{action_of}” is {action_of.owner}’s: plan it for them, or change the strategy."
        )
    made = Intervention(
        organisation=organisation,
        action=action_of,
        name=name,
        slug=slugify(name)[:60],
        prevention=prevention,
        approach=approach,
        starts=starts,
        ends=ends,
        areas=dict(areas or {}),
        waiting_before=waiting_before,
        accepted_before=accepted_before,
        taking_part_before=taking_part_before,
    )
    made.full_clean()
    made.save()
    return made


@action("granted money to", Power.AGREE, about="")
def grant(
    *,
    by: Actor,
    intervention: Intervention,
    source: str,
    pays: str,
    year: int,
    profile: tuple[int, int, int, int],
    match: bool = False,
    carries_over: bool = False,
    why: str = "",
) -> GrantLine:
    """An intervention is given money of one source for a financial year: `profile` says in pence when it is to be spent."""
    first, second, third, fourth = profile
    line = GrantLine(
        intervention=intervention,
        source=source,
        pays=pays,
        year=year,
        match=match,
        carries_over=carries_over,
        first=first,
        second=second,
        third=third,
        fourth=fourth,
    )
    line.full_clean()
    line.save()
    return line


@action("set a milestone of", Power.WRITE_STRATEGY, about="")
def set_milestone(*, by: Actor, intervention: Intervention, title: str, planned: date, why: str = "") -> Milestone:
    """Something is to be done by a day. The day stays as it was first planned; returns say what is expected now."""
    milestone = Milestone(intervention=intervention, title=title, planned=planned)
    milestone.full_clean()
    milestone.save()
    return milestone


@action("set a target of", Power.WRITE_STRATEGY, about="")
def set_target(*, by: Actor, intervention: Intervention, year: int, number: int, starts: int, why: str = "") -> Target:
    """How many are meant to start in one quarter."""
    target = Target(intervention=intervention, year=year, number=number, starts=starts)
    target.full_clean()
    target.save()
    return target


@action("opened", Power.APPROVE_RETURNS, about="")
def open_quarter(*, by: Actor, year: int, number: int, due: date, why: str = "") -> Quarter:
    """Returns may be made for a quarter, and are due on a day after it has ended."""
    quarter = Quarter(year=year, number=number, due=due)
    quarter.full_clean()
    if due <= quarter.ends:
        raise ValidationError({"due": f"A return can be due only after the quarter has ended, on {quarter.ends}."})
    quarter.save()
    return quarter


@action("locked", Power.APPROVE_RETURNS, about="")
def lock_quarter(*, by: Actor, quarter: Quarter, on: date, why: str = "") -> Quarter:
    """Nothing of a quarter changes from here on but by break-glass. Every return of it must have been approved, or never begun.

    Raises ValidationError, naming them, where returns are begun, sent or sent back and not approved.
    """
    held = Quarter.objects.select_for_update().get(pk=quarter.pk)
    if held.locked:
        raise ValidationError(f"{held} is locked already.")
    returns = Return.objects.select_for_update().filter(quarter=held).select_related("intervention", "quarter")
    if waiting := [str(each.intervention) for each in returns if each.state != Return.State.APPROVED]:
        raise ValidationError(
            f"These returns are not approved yet: {', '.join(waiting)}. Approve them, or send them back."
        )
    for each in returns:
        each.state, each.version = Return.State.LOCKED, each.version + 1
        each.save()
    held.locked = on
    held.full_clean()
    held.save()
    return held
