"""An organisation answers for itself what it was asked to do."""

from django.core.exceptions import ValidationError
from django.utils import timezone

from headwater.partnership.actions import action
from headwater.partnership.models import Organisation, Person, Power
from headwater.partnership.questions import Actor
from headwater.strategy.actions.parts import locked
from headwater.strategy.models import Action, Promise


def for_ones_own(actor: Actor, organisation: Organisation) -> None:
    """Nobody speaks for another organisation, though their role reaches it. Raises ValidationError."""
    if isinstance(actor, Person) and all(held.organisation != organisation for held in actor.standing):
        raise ValidationError(f"Only somebody of {organisation} can speak for it.")


@action("answered", Power.PROMISE)
def promise(
    *, by: Actor, organisation: Organisation, act: Action, opened: int, answer: str, says: str = "", why: str = ""
) -> Promise:
    """The organisation promises what it is asked to do, or declines. Nobody answers for another, the hosts included.

    Raises Stale where the action was revised since it was read: nobody promises what they did not see.
    """
    for_ones_own(by, organisation)
    held = locked(act, opened)
    if held.owner != organisation:
        raise ValidationError(f"This is asked of {held.owner}, and not of {organisation}.")
    if answer == Promise.Answer.DECLINED.value and not says:
        raise ValidationError({"says": "Say why, so that the partnership knows what would have to change."})
    given = Promise(
        action=held,
        organisation=organisation,
        answer=answer,
        says=says,
        of_revision=held.revision,
        given=timezone.localdate(),
        by_name=by.name,
    )
    given.full_clean()
    given.save()
    return given
