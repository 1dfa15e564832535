"""The rows of this room."""

from headwater.partnership.models.deeds import NOBODYS, Deed, Head
from headwater.partnership.models.people import Invitation, Membership, Organisation, Person
from headwater.partnership.models.recorded import Kept, NotAnAction, Recorded, acting
from headwater.partnership.models.roles import GUARDED, POWERS, WHOLE, Power, Role

__all__ = [
    "GUARDED",
    "NOBODYS",
    "POWERS",
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
