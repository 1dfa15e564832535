"""A return that was sent is approved or sent back; in an emergency a locked one is opened again."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from headwater.delivery.models import Return
from headwater.partnership.actions import action
from headwater.partnership.models import Power
from headwater.partnership.questions import Actor, must

S = Return.State


@action("approved", Power.APPROVE_RETURNS, about="returned")
def approve(*, by: Actor, returned: Return, version: int, on: date, why: str = "") -> Return:
    """A second person at the host agrees to a return. In a quarter that is locked it is locked with that.

    Raises ValidationError where it was not sent, was changed since it was looked at, or `by` sent it.
    """
    must(by, Power.APPROVE_RETURNS)
    held = _held(returned, version, S.SENT)
    if held.sent_by == by.email:
        raise ValidationError("You sent this return, so somebody else must approve it.")
    held.state = S.LOCKED if held.quarter.locked else S.APPROVED
    held.decided_by, held.decided_on, held.sent_back_because = by.email, on, ""
    return _changed(held)


@action("sent back", Power.APPROVE_RETURNS, about="returned")
def send_back(*, by: Actor, returned: Return, version: int, on: date, why: str) -> Return:
    """A return that was sent or approved goes back to those who wrote it, with a reason."""
    must(by, Power.APPROVE_RETURNS)
    held = _held(returned, version, S.SENT, S.APPROVED)
    held.state = S.RETURNED
    held.decided_by, held.decided_on, held.sent_back_because = by.email, on, _reason(why)
    return _changed(held)


@action("overrode the colour of", Power.APPROVE_RETURNS, about="returned")
def override(*, by: Actor, returned: Return, version: int, colour: str, why: str) -> Return:
    """Somebody who knows better gives another colour than the rule did, and says why. Both are kept."""
    must(by, Power.APPROVE_RETURNS)
    held = _held(returned, version, S.SENT, S.APPROVED)
    if colour == held.colour:
        raise ValidationError(f"The rule says {held.get_colour_display().lower()} already.")
    held.overridden, held.overridden_why = colour, _reason(why)
    return _changed(held)


@action("broke the glass of", Power.BREAK_GLASS, about="returned")
def break_glass(*, by: Actor, returned: Return, version: int, on: date, why: str) -> Return:
    """A locked return is opened again, because something in it is wrong and it matters. It is locked as soon as it is approved."""
    must(by, Power.BREAK_GLASS)
    held = _held(returned, version, S.LOCKED)
    held.state = S.RETURNED
    held.decided_by, held.decided_on, held.sent_back_because = by.email, on, _reason(why)
    return _changed(held)


@action("took out the story of", Power.WRITE_RETURNS, about="returned")
def take_out_story(*, by: Actor, returned: Return, why: str) -> Return:
    """Consent was taken back: the story goes, whatever has become of the return. Its figures stay as they are."""
    _ = _reason(why)
    held = _rows().get(pk=returned.pk)
    held.story, held.consent_on, held.consent_held = "", None, ""
    return _changed(held)


def _rows() -> QuerySet[Return]:
    return Return.objects.select_for_update(of=("self",)).select_related("intervention__organisation", "quarter")


def _held(returned: Return, version: int, *states: str) -> Return:
    held = _rows().get(pk=returned.pk)
    if held.state not in states:
        raise ValidationError(f"This return is {held.get_state_display().lower()}, so this cannot be done to it.")
    if held.version != version:
        raise ValidationError(
            "This return was changed since you looked at it. Look again, and decide on what it says now."
        )
    return held


def _reason(why: str) -> str:
    if not why.strip():
        raise ValidationError("Say why: it is written beside your name, and those who wrote the return will read it.")
    return why.strip()


def _changed(held: Return) -> Return:
    held.version, held.saved_from = held.version + 1, ""
    held.full_clean()
    held.save()
    return held
