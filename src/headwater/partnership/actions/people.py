"""Who is at the table: organisations join and leave; people are invited, hold roles and lay them down."""

import hashlib
import secrets
from datetime import date, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import slugify

from headwater.partnership.actions.recording import action
from headwater.partnership.models import Invitation, Membership, Organisation, Person, Power, Role
from headwater.partnership.questions import Actor, Bearer

DAYS = 14
"""How long an invitation stands."""


@action("brought in", Power.AGREE, about="")
def bring_in(
    *, by: Actor, name: str, kind: str, joined: date, hosts: bool = False, producer: str = "", why: str = ""
) -> Organisation:
    """An organisation joins the partnership."""
    organisation = Organisation(
        name=name, slug=slugify(name)[:60], kind=kind, joined=joined, hosts=hosts, producer=producer
    )
    organisation.full_clean()
    organisation.save()
    return organisation


@action("recorded the leaving of", Power.AGREE)
def let_go(*, by: Actor, organisation: Organisation, left: date, why: str) -> Organisation:
    """An organisation leaves: its people's roles end with it, and what it sent stays as its agreement says."""
    organisation.left = left
    organisation.full_clean()
    organisation.save()
    return organisation


@action("invited", Power.MANAGE_PEOPLE)
def invite(
    *,
    by: Actor,
    organisation: Organisation,
    email: str,
    name: str,
    role: str,
    area: str = "",
    source: str = "",
    why: str = "",
) -> "Letter":
    """Invite somebody to hold a role. What is returned holds the secret of the letter, which is kept nowhere."""
    secret = secrets.token_urlsafe(32)
    invitation = Invitation(
        organisation=organisation,
        email=email.strip(),
        name=name.strip(),
        role=role,
        area=area,
        source=source,
        digest=digest(secret),
        expires=timezone.now() + timedelta(days=DAYS),
    )
    invitation.full_clean()
    invitation.save()
    return Letter(invitation, secret)


class Letter:
    """An invitation and its secret, which is shown once to whoever sent it."""

    def __init__(self, invitation: Invitation, secret: str) -> None:
        self.invitation = invitation
        self.secret = secret

    @property
    def reference(self) -> str:
        """How the ledger names it: by the address it went to, and never by its secret."""
        return f"{self.invitation.email} as {self.invitation}"


@action("accepted", None, about="invitation")
def accept(*, by: Bearer, invitation: Invitation, password: str) -> Membership:
    """Whoever the letter was sent to takes up the role. It asks for no power but the letter's secret, which the page has checked.

    Raises ValidationError where the letter is no longer open, or the password will not do.
    """
    held = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not held.is_open:
        raise ValidationError("This invitation was used, withdrawn or has run out. Ask whoever sent it for another.")
    person = Person.objects.filter(email__iexact=held.email).first() or _somebody_new(held, password)
    held.accepted = timezone.now()
    held.save()
    return _hold(person, held.organisation, Role(held.role), timezone.localdate(), None, held.area, held.source)


def _somebody_new(invitation: Invitation, password: str) -> Person:
    person = Person(email=invitation.email, name=invitation.name)
    validate_password(password, person)
    person.set_password(password)
    person.full_clean()
    person.save()
    return person


def digest(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode("utf-8")).hexdigest()


@action("withdrew", Power.MANAGE_PEOPLE, about="invitation")
def withdraw(*, by: Actor, invitation: Invitation, why: str = "") -> Invitation:
    """Take back an invitation that nobody has accepted."""
    invitation.withdrawn = timezone.now()
    invitation.save()
    return invitation


@action("gave a role to", Power.MANAGE_PEOPLE)
def give_role(
    *,
    by: Actor,
    organisation: Organisation,
    person: Person,
    role: str,
    starts: date,
    ends: date | None = None,
    area: str = "",
    source: str = "",
    why: str = "",
) -> Membership:
    """Somebody who may sign in already holds a role at an organisation."""
    return _hold(person, organisation, Role(role), starts, ends, area, source)


@action("ended", Power.MANAGE_PEOPLE, about="membership")
def end_role(*, by: Actor, membership: Membership, on: date, why: str) -> Membership:
    """A role ends. The last administrator of an organisation's people cannot end their own."""
    membership.ends = max(on, membership.starts)
    membership.full_clean()
    membership.save()
    if membership.role == Role.ADMINISTRATOR and not _somebody_manages(membership.organisation, on):
        raise ValidationError(
            "Nobody would be left to manage this organisation’s people. Give somebody else the role first."
        )
    return membership


def _hold(
    person: Person, organisation: Organisation, role: Role, starts: date, ends: date | None, area: str, source: str
) -> Membership:
    membership = Membership(
        person=person, organisation=organisation, role=role, starts=starts, ends=ends, area=area, source=source
    )
    membership.full_clean()
    membership.save()
    return membership


def _somebody_manages(organisation: Organisation, day: date) -> bool:
    at = Membership.objects.current(day).filter(role=Role.ADMINISTRATOR)
    return at.filter(organisation=organisation).exists() or at.filter(organisation__hosts=True).exists()
