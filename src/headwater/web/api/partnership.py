"""What programs may ask about who is at the table, and what was done."""

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from headwater.partnership.models import Deed, Organisation, Power
from headwater.partnership.questions import may
from headwater.partnership.views.people import organisation_named
from headwater.web.api.routes import Asked, reading

MOST = 200
"""Lines of the ledger in one answer."""
Before = Annotated[int, Field(ge=1, le=2**62, description="Only lines with a lower number than this.")]
Count = Annotated[int, Field(ge=1, le=MOST, description="How many lines.")]


class OrganisationShown(Schema):
    """One organisation."""

    name: str
    slug: str
    kind: str
    hosts: bool
    producer: str
    joined: date
    left: date | None


class RoleHeld(Schema):
    """A role that somebody holds."""

    name: str
    email: str
    role: str
    area: str
    source: str
    starts: date
    ends: date | None


class Line(Schema):
    """One line of the ledger. `who` is told to those who manage the people there, and null to others."""

    number: int
    when: datetime
    who: str | None
    did: str
    to: str
    because: str
    organisation: str
    seal: str


@reading("/organisations", Power.READ_PARTNERSHIP, gives=list[OrganisationShown])
def organisations() -> Any:
    """Every organisation at the table, or that once was."""
    return Organisation.objects.all()


@reading("/organisations/{slug}", Power.READ_PARTNERSHIP, of=organisation_named, gives=OrganisationShown)
def organisation(organisation: Organisation) -> Any:
    """One organisation."""
    return organisation


@reading(
    "/organisations/{slug}/people", Power.MANAGE_PEOPLE, of=organisation_named, gives=list[RoleHeld], ledgered=True
)
def people(organisation: Organisation) -> Any:
    """The roles that are held at one organisation today, and by whom."""
    held = organisation.memberships.current().select_related("person")
    return [
        {
            "name": one.person.name,
            "email": one.person.email,
            "role": one.role,
            "area": one.area,
            "source": one.source,
            "starts": one.starts,
            "ends": one.ends,
        }
        for one in held
    ]


@reading("/organisations/{slug}/ledger", Power.READ_LEDGER, of=organisation_named, gives=list[Line])
def organisation_ledger(organisation: Organisation, request: Asked, before: Before = 2**62, count: Count = MOST) -> Any:
    """What was done with one organisation's people and data, newest first."""
    lines = Deed.objects.filter(organisation=organisation.slug, number__lt=before)[:count]
    return [_line(line, may(request.user, Power.MANAGE_PEOPLE, organisation)) for line in lines]


@reading("/ledger", Power.AUDIT, gives=list[Line])
def ledger(request: Asked, before: Before = 2**62, count: Count = MOST) -> Any:
    """Everything that was done, newest first."""
    named = may(request.user, Power.MANAGE_PEOPLE)
    return [_line(line, named) for line in Deed.objects.filter(number__lt=before)[:count]]


def _line(line: Deed, named: bool) -> dict[str, Any]:
    said = {name: getattr(line, name) for name in ("number", "when", "did", "because", "organisation")}
    return said | {"who": line.who if named else None, "to": line.thing, "seal": line.hash}
