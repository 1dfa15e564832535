"""What programs may ask about duties and offices."""

from typing import Any

from headwater.partnership.models import DutyProof, Office, OfficeArea, OfficeHolder, Power
from headwater.web.api.routes import reading
from headwater.web.api.shapes import shape_of


@reading("/duties/proofs", Power.READ_PARTNERSHIP, gives=list[shape_of(DutyProof, sensitive=True)])
def proofs() -> Any:
    """What shows that a duty is done, but for what was taken back."""
    return DutyProof.objects.filter(withdrawn__isnull=True)


@reading("/offices", Power.READ_PARTNERSHIP, gives=list[shape_of(Office)])
def offices() -> Any:
    """Every office."""
    return Office.objects.all()


@reading("/offices/areas", Power.READ_PARTNERSHIP, gives=list[shape_of(OfficeArea)])
def office_areas() -> Any:
    """What areas offices are for, and from when until when."""
    return OfficeArea.objects.all()


@reading("/offices/holders", Power.READ_PARTNERSHIP, gives=list[shape_of(OfficeHolder)])
def office_holders() -> Any:
    """Who holds an office, which is public, and who held it before."""
    return OfficeHolder.objects.all()
