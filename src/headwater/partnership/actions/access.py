"""Tokens for programs, and what is opened in an emergency."""

import secrets
from collections.abc import Sequence
from datetime import timedelta

from allauth.mfa.utils import is_mfa_enabled
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from headwater.partnership.actions.recording import action
from headwater.partnership.models import GUARDED, OPENABLE, POWERS, Opening, Organisation, Person, Power, Token
from headwater.partnership.questions import Actor, digest, may_by_role

BEGINS = "hwt_"
"""How every token's secret begins, so that a program that looks for secrets in files knows one."""
LONGEST_DAYS, MOST = 365, 20
HOURS = (1, 4, 24)
"""How long something may stay open, in hours."""


class Cut:
    """A token and its secret, which is shown once to whoever made it."""

    def __init__(self, token: Token, secret: str) -> None:
        self.token = token
        self.secret = secret

    @property
    def reference(self) -> str:
        """How the ledger names it: what it opens, and never its secret."""
        return f"{self.token.reference}: {', '.join(sorted(self.token.powers))}"


@action("made a token", None, about="")
def make_token(*, by: Person, name: str, powers: Sequence[str], days: int) -> Cut:
    """Somebody makes a token of their own. It asks for no power but those it opens, each of which a role of theirs must give.

    Raises ValidationError for a power they do not have, a time that is too long, or one token too many.
    """
    _ = Person.objects.select_for_update().get(pk=by.pk)
    if not 1 <= days <= LONGEST_DAYS:
        raise ValidationError({"days": f"From 1 to {LONGEST_DAYS} days."})
    if Token.objects.in_force().filter(person=by).count() >= MOST:
        raise ValidationError(f"You have {MOST} tokens already. End one that is not used first.")
    _may_open(by, powers)
    secret, now = BEGINS + secrets.token_urlsafe(32), timezone.now()
    token = Token(
        person=by,
        name=name,
        powers=sorted(powers),
        digest=digest(secret),
        signed_in_as=by.get_session_auth_hash(),
        begun=now,
        until=now + timedelta(days=days),
    )
    token.full_clean()
    token.save()
    return Cut(token, secret)


def _may_open(by: Person, powers: Sequence[str]) -> None:
    held = {power.value for role in by.standing for power in POWERS[role.role]}
    if beyond := sorted(set(powers) - held):
        raise ValidationError({"powers": f"Your own role does not let you {beyond[0]}."})
    if {Power(power) for power in powers} & GUARDED and not is_mfa_enabled(by):
        raise ValidationError({"powers": "Add a passkey or a one-time code to your account first."})


@action("ended a token", None, about="token")
def end_token(*, by: Person, token: Token) -> Token:
    """Somebody ends a token of their own. Nobody else can: one whose person holds no role any more opens nothing."""
    if token.person_id != by.pk:
        raise PermissionDenied("Only whoever made a token ends it.")
    held = Token.objects.select_for_update().get(pk=token.pk)
    if held.ended is None:
        held.ended = timezone.now()
        held.save()
    return held


@action("opened in an emergency", Power.BREAK_GLASS)
def open_in_emergency(*, by: Person, organisation: Organisation, power: str, hours: int, why: str) -> Opening:
    """Open something at an organisation that one's own role does not, to be read for some hours. Its people are told, with the reason.

    Raises ValidationError where it is open already, or may not be opened so.
    """
    if power not in OPENABLE or hours not in HOURS:
        raise ValidationError("That cannot be opened so, or not for so long.")
    if not why.strip():
        raise ValidationError({"why": "Say why. The organisation is told."})
    if may_by_role(by, Power(power), organisation):
        raise ValidationError(f"Your role lets you {power} there already: there is nothing to open.")
    _ = Person.objects.select_for_update().get(pk=by.pk)
    if Opening.objects.in_force().filter(person=by, organisation=organisation, power=power).exists():
        raise ValidationError("You have this open already. Close it first, to open it for another time or reason.")
    now = timezone.now()
    opening = Opening(
        person=by,
        organisation=organisation,
        power=power,
        why=why.strip(),
        begun=now,
        until=now + timedelta(hours=hours),
    )
    opening.full_clean()
    opening.save()
    return opening


@action("closed what was opened in an emergency", None, about="opening")
def close(*, by: Actor, opening: Opening) -> Opening:
    """Close what one opened oneself, before its time. It asks for no power: whoever opened it closes it."""
    if opening.person.email != by.email:
        raise PermissionDenied("Whoever opened it closes it; it closes by itself when its time is over.")
    held = Opening.objects.select_for_update().get(pk=opening.pk)
    if held.is_in_force:
        held.ended = timezone.now()
        held.save()
    return held
