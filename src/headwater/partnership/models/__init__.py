"""The rows of this room."""

from headwater.partnership.models.access import Opening, Token
from headwater.partnership.models.builds import Build, BuildProgress
from headwater.partnership.models.deeds import NOBODYS, Deed, Head
from headwater.partnership.models.duties import DutyProof
from headwater.partnership.models.offices import Office, OfficeArea, OfficeHolder
from headwater.partnership.models.people import Invitation, Membership, Organisation, Person
from headwater.partnership.models.recorded import Kept, NotAnAction, Recorded, acting
from headwater.partnership.models.roles import (
    GIVEN_BY_MEMBERS,
    GUARDED,
    OPENABLE,
    POWERS,
    READABLE,
    UNLIMITED,
    WHOLE,
    Power,
    Role,
)
from headwater.partnership.models.uploads import Upload

__all__ = [
    "GIVEN_BY_MEMBERS",
    "GUARDED",
    "NOBODYS",
    "OPENABLE",
    "POWERS",
    "READABLE",
    "UNLIMITED",
    "WHOLE",
    "Build",
    "BuildProgress",
    "Deed",
    "DutyProof",
    "Head",
    "Invitation",
    "Kept",
    "Membership",
    "NotAnAction",
    "Office",
    "OfficeArea",
    "OfficeHolder",
    "Opening",
    "Organisation",
    "Person",
    "Power",
    "Recorded",
    "Role",
    "Token",
    "Upload",
    "acting",
]
