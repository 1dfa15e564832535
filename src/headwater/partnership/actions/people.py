"""Who is at the table: organisations join and leave; people are invited, hold roles and lay them down."""

import secrets
from datetime import date, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify

from headwater.partnership.actions.recording import action
from headwater.partnership.models import Invitation, Membership, Organisation, Person, Power, Role
from headwater.partnership.questions import Actor, Bearer, digest, may_give

DAYS = 14
"""How long an invitation stands."""
RESERVED = frozenset({"add", "roles", "invitations"})
"""What follows `partnership/` in addresses that are not an organisation's."""


@action("brought in", Power.AGREE, about="")
def bring_in(
    *, by: Actor, name: str, kind: str, joined: date, hosts: bool = False, producer: str = "", why: str = ""
) -> Organisation:
    """An organisation joins the partnership."""
    organisation = Organisation(
        name=name, slug=slugify(name)[:60], kind=kind, joined=joined, hosts=hosts, producer=producer
    )
    if organisation.slug in RESERVED:
        raise ValidationError({"name": "This is the name of one of our own pages. Say it at more length."})
    organisation.full_clean()
    organisation.save()
    return organisation


@action("recorded the leaving of", Power.AGREE)
def let_go(*, by: Actor, organisation: Organisation, left: date, why: str) -> Organisation:
    """An organisation leaves: its people's roles end with it, and what it sent stays as its agreement says."""
    if organisation.hosts:
        raise ValidationError("The organisation that hosts the partnership cannot leave it.")
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
    _may_hold(by, email, role)
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
        """How the ledger names it: without its secret, and without whose it is, which the invitation's own row says."""
        return f"{self.invitation.reference}: {self.invitation}"


@action("accepted", None, about="invitation")
def accept(*, by: Bearer, invitation: Invitation, password: str) -> Membership:
    """Whoever the letter was sent to takes up the role. It asks for no power but the letter's secret, which the page has checked.

    Raises ValidationError where the letter is no longer open, or the password will not do.
    """
    held = _open(invitation)
    person = Person.objects.filter(email__iexact=held.email).first() or _somebody_new(held, password)
    held.accepted = timezone.now()
    held.save()
    return _hold(person, held.organisation, Role(held.role), timezone.localdate(), None, held.area, held.source)


def _open(invitation: Invitation) -> Invitation:
    """The invitation as it is now, held so that nobody else uses it or takes it back meanwhile."""
    held = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not held.is_open:
        raise ValidationError("This invitation was used, withdrawn or has run out. Ask whoever sent it for another.")
    return held


def _somebody_new(invitation: Invitation, password: str) -> Person:
    person = Person(email=invitation.email, name=invitation.name)
    try:
        validate_password(password, person)
    except ValidationError as weak:
        raise ValidationError({"password": weak.error_list}) from weak
    person.set_password(password)
    person.full_clean()
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as taken:  # another letter to the same address was used in this very moment
        raise ValidationError("Somebody signed up with this address just now. Try once more.") from taken
    return person


@action("ended the earlier sign-ins of", None, about="person")
def end_sessions(*, by: Person, person: Person) -> Person:
    """What somebody signs in with has changed: whoever signed in as them before that is out. They alone may, and do it by changing it."""
    if by.pk != person.pk:
        raise PermissionDenied("Only they themselves change what they sign in with.")
    held = Person.objects.select_for_update().get(pk=person.pk)
    held.sign_in_changes += 1
    held.save(update_fields=["sign_in_changes"])
    return held


@action("withdrew", Power.MANAGE_PEOPLE, about="invitation")
def withdraw(*, by: Actor, invitation: Invitation, why: str = "") -> Invitation:
    """Take back an invitation that nobody has accepted. Raises ValidationError where somebody has."""
    held = _open(invitation)
    held.withdrawn = timezone.now()
    held.save()
    return held


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
    _may_hold(by, person.email, role)
    return _hold(person, organisation, Role(role), starts, ends, area, source)


@action("ended", Power.MANAGE_PEOPLE, about="membership")
def end_role(*, by: Actor, membership: Membership, on: date, why: str) -> Membership:
    """A role ends. The last administrator of an organisation's people cannot end their own.

    Raises ValidationError where nobody would be left to manage them, or where the role has ended already: it cannot be made longer.
    """
    _hold_still(membership.organisation)
    held = Membership.objects.select_for_update().get(pk=membership.pk)
    ends = max(on, held.starts)
    if held.ends is not None and held.ends <= ends:
        raise ValidationError("This role has an end already, no later than that. Nothing was changed.")
    held.ends = ends
    held.full_clean()
    held.save()
    if held.role == Role.ADMINISTRATOR and not _somebody_manages(held.organisation, ends):
        raise ValidationError(
            "Nobody would be left to manage this organisation’s people. Give somebody else the role first."
        )
    return held


def _may_hold(by: Actor, email: str, role: str) -> None:
    """Nobody gives a role to themselves, or one that opens more than they look after."""
    if role not in Role.values:
        raise ValidationError({"role": "There is no such role."})
    if email.strip().lower() == by.email.lower():
        raise PermissionDenied("Nobody gives a role to themselves. Ask another administrator.")
    if not may_give(by, Role(role)):
        raise PermissionDenied(
            f"The hosts of the partnership give the role of {Role(role).label.lower()}. Ask their administrator."
        )


def _hold_still(organisation: Organisation) -> None:
    """Until this action is done nobody else ends a role that could be the last, here or at the hosts."""
    _ = list(
        Organisation.objects.select_for_update()
        .filter(Q(pk=organisation.pk) | Q(hosts=True))
        .order_by("pk")
        .values_list("pk")
    )


def _hold(
    person: Person, organisation: Organisation, role: Role, starts: date, ends: date | None, area: str, source: str
) -> Membership:
    """The role as it is held from now on. One that is held already is not held twice: ending it would leave the other."""
    said = {"person": person, "organisation": organisation, "role": role, "area": area, "source": source}
    if ends is None and (held := Membership.objects.current(starts).filter(**said, ends=None).first()):
        return held
    membership = Membership(**said, starts=starts, ends=ends)
    membership.full_clean()
    membership.save()
    return membership


def _somebody_manages(organisation: Organisation, day: date) -> bool:
    at = Membership.objects.current(day).filter(role=Role.ADMINISTRATOR, area="", source="")
    return at.filter(organisation=organisation).exists() or at.filter(organisation__hosts=True).exists()
