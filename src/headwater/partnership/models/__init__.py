"""The rows of this room."""

from headwater.partnership.models.deeds import NOBODYS, Deed, Head
from headwater.partnership.models.people import Invitation, Membership, Organisation, Person
from headwater.partnership.models.recorded import Kept, NotAnAction, Recorded, acting
from headwater.partnership.models.roles import GIVEN_BY_MEMBERS, GUARDED, POWERS, UNLIMITED, WHOLE, Power, Role

__all__ = [
    "GIVEN_BY_MEMBERS",
    "GUARDED",
    "NOBODYS",
    "POWERS",
    "UNLIMITED",
    "WHOLE",
    "Deed",
    "Head",
    "Invitation",
    "Kept",
    "Membership",
    "NotAnAction",
    "Organisation",
    "Person",
    "Power",
    "Recorded",
    "Role",
    "acting",
]
