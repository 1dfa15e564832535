"""May this person do this, there? The one place that decides."""

from typing import NoReturn

from django.core.exceptions import PermissionDenied

from headwater.partnership.models import (
    GIVEN_BY_MEMBERS,
    GUARDED,
    OPENABLE,
    POWERS,
    UNLIMITED,
    WHOLE,
    Membership,
    Opening,
    Organisation,
    Person,
    Power,
    Role,
)


class Operator:
    """Whoever has the workspace's own files in hand and works at its command line: nothing can be kept from them, so they may
    do everything, and the ledger says that it was they."""

    email = "the command line"
    name = "The command line"


class Bearer:
    """Whoever holds a secret that was sent to one address. They may do what the secret is for, and nothing else."""

    def __init__(self, email: str) -> None:
        self.email = email
        self.name = email


class Worker:
    """What works beside the pages at what somebody asked for. It may do nothing that asks for a power."""

    email = "the background worker"
    name = "The background worker"


Actor = Person | Operator | Bearer | Worker


def may(
    actor: Actor, power: Power, organisation: Organisation | None = None, *, source: str = "", area: str = ""
) -> bool:
    """May `actor` do what `power` says, at `organisation`, or about the partnership as a whole where none is named?

    A role at the organisation that hosts the partnership counts everywhere, a role elsewhere only there, but for what is about
    the partnership as a whole. A role that is held for one source or one area alone gives, beyond reading who is at the table and
    the strategy, only what concerns that one. What somebody has opened in an emergency counts until it closes, or until they no longer
    hold a role that opens anything so.
    """
    allowed = may_by_role(actor, power, organisation, source=source, area=area)
    return allowed or opening_of(actor, power, organisation) is not None


def may_by_role(
    actor: Actor, power: Power, organisation: Organisation | None = None, *, source: str = "", area: str = ""
) -> bool:
    """The same, without regard to what was opened in an emergency."""
    if isinstance(actor, Operator):
        return True
    return isinstance(actor, Person) and any(
        power in POWERS[held.role] and _reaches(held, power, organisation) and _within(held, power, source, area)
        for held in actor.standing
    )


def opening_of(actor: Actor, power: Power, organisation: Organisation | None) -> Opening | None:
    """What lets them do this there only because they opened it in an emergency, or None."""
    if organisation is None or power not in OPENABLE or not isinstance(actor, Person):
        return None
    if not may_by_role(actor, Power.BREAK_GLASS, organisation):
        return None
    return next((one for one in actor.opened if one.power == power and one.organisation_id == organisation.pk), None)


def must(
    actor: Actor, power: Power, organisation: Organisation | None = None, *, source: str = "", area: str = ""
) -> None:
    """Raise PermissionDenied, saying what is not allowed and where, unless a role lets them: whoever writes asks this, and what was
    opened in an emergency is only read."""
    if not may_by_role(actor, power, organisation, source=source, area=area):
        refuse(power, organisation)


def refuse(power: Power, organisation: Organisation | None) -> NoReturn:
    """Say what is not allowed, and who could allow it."""
    where = f" at {organisation.name}" if organisation else ""
    raise PermissionDenied(
        f"Your role does not let you {power.value}{where}. Ask an administrator of your organisation."
    )


def limits_of(row: object) -> dict[str, str]:
    """The source and the area that a row is about; empty where it is about none."""
    return {name: str(getattr(row, name, None) or "") for name in ("source", "area")}


def may_give(actor: Actor, role: Role) -> bool:
    """May `actor`, who manages the people of an organisation, give this role there?"""
    return role in GIVEN_BY_MEMBERS or may(actor, Power.MANAGE_PEOPLE)


def needs_second_factor(person: Person) -> bool:
    """Does any role of theirs let them do what nobody does without a passkey or a one-time code?"""
    return any(POWERS[held.role] & GUARDED for held in person.standing)


def sources_of(actor: Actor, organisation: Organisation) -> tuple[str, ...] | None:
    """The only sources of which somebody may send files for an organisation; empty for all, None where they may send none."""
    if not isinstance(actor, Person):
        return () if isinstance(actor, Operator) else None
    held = [
        each.source
        for each in actor.standing
        if Power.SEND_FILES in POWERS[each.role] and _reaches(each, Power.SEND_FILES, organisation)
    ]
    if not held:
        return None
    return () if "" in held else tuple(sorted(set(held)))


def _reaches(held: Membership, power: Power, organisation: Organisation | None) -> bool:
    return power in WHOLE or held.organisation.hosts or held.organisation == organisation


def _within(held: Membership, power: Power, source: str, area: str) -> bool:
    return power in UNLIMITED or (held.source in ("", source) and held.area in ("", area))
