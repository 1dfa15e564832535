"""What programs may ask about who is at the table, and what was done."""

from datetime import date, datetime
from typing import Annotated, Any

from django.db import models
from ninja import Schema
from pydantic import Field

from headwater.partnership.models import Deed, Organisation, Power
from headwater.partnership.views.people import organisation_named
from headwater.web.api.routes import reading

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
    """A role, and by how many it is held."""

    role: str
    people: int


class Line(Schema):
    """One line of the ledger. Who it was is told on the pages, to those who manage the people there, and to no program."""

    number: int
    when: datetime
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


@reading("/organisations/{slug}/people", Power.READ_PEOPLE, of=organisation_named, gives=list[RoleHeld], ledgered=True)
def people(organisation: Organisation) -> Any:
    """How many people hold each role at one organisation today. Who they are is told to no program."""
    held = organisation.memberships.current().values("role").order_by("role")
    return held.annotate(people=models.Count("person", distinct=True))


@reading("/organisations/{slug}/ledger", Power.READ_LEDGER, of=organisation_named, gives=list[Line])
def organisation_ledger(organisation: Organisation, before: Before = 2**62, count: Count = MOST) -> Any:
    """What was done with one organisation's people and data, newest first."""
    lines = Deed.objects.filter(organisation=organisation.slug, number__lt=before)[:count]
    return [_line(line) for line in lines]


@reading("/ledger", Power.AUDIT, gives=list[Line])
def ledger(before: Before = 2**62, count: Count = MOST) -> Any:
    """Everything that was done, newest first."""
    return [_line(line) for line in Deed.objects.filter(number__lt=before)[:count]]


def _line(line: Deed) -> dict[str, Any]:
    said = {name: getattr(line, name) for name in ("number", "when", "did", "because", "organisation")}
    return said | {"to": line.thing, "seal": line.hash}
