"""Whose token is this, and does it still hold; and what was opened in an emergency?"""

import hashlib

from django.db.models import Q
from django.utils.crypto import constant_time_compare

from headwater.partnership.models import Opening, Person, Token


def digest(secret: str) -> str:
    """What is kept of a secret: enough to know it again, and not to say it."""
    return hashlib.sha256(secret.encode("utf-8")).hexdigest()


def token_of(secret: str) -> Token | None:
    """The token whose secret this is, or None where there is none, it has ended, or its person signs in with something else now."""
    found = Token.objects.in_force().select_related("person").filter(digest=digest(secret)).first()
    if found is None or not found.person.is_active:
        return None
    return found if constant_time_compare(found.signed_in_as, found.person.get_session_auth_hash()) else None


def openings_told_to(person: Person) -> list[Opening]:
    """What is open now that somebody is told of: their own, and those at the organisations where they hold a role."""
    there = {held.organisation_id for held in person.standing}
    told = Opening.objects.in_force().filter(Q(person=person) | Q(organisation__in=there))
    return list(told.select_related("organisation", "person"))
