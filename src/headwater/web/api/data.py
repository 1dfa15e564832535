"""What programs may ask of what was sent and built."""

from typing import Any

from headwater.partnership.models import Build, Opening, Organisation, Power, Upload
from headwater.partnership.views.builds import build_numbered
from headwater.partnership.views.people import organisation_named
from headwater.partnership.views.uploads import upload_numbered
from headwater.web.api.partnership import MOST
from headwater.web.api.routes import reading
from headwater.web.api.shapes import shape_of

UPLOAD, BUILD = shape_of(Upload, sensitive=True), shape_of(Build, sensitive=True)


@reading("/organisations/{slug}/uploads", Power.READ_SENT, of=organisation_named, gives=list[UPLOAD])
def uploads(organisation: Organisation) -> Any:
    """The newest of what one organisation sent: what was found in each file, and what became of it."""
    return organisation.uploads.all()[:MOST]


@reading("/uploads/{number}", Power.READ_SENT, of=upload_numbered, gives=UPLOAD)
def upload(upload: Upload) -> Any:
    """One file that was sent."""
    return upload


@reading("/builds", Power.READ_SENT, gives=list[BUILD])
def builds() -> Any:
    """The newest of what was built beside the pages."""
    return Build.objects.all()[:MOST]


@reading("/builds/{number}", Power.READ_SENT, of=build_numbered, gives=BUILD)
def build(build: Build) -> Any:
    """One build, and what came of it."""
    return build


@reading(
    "/organisations/{slug}/openings",
    Power.READ_LEDGER,
    of=organisation_named,
    gives=list[shape_of(Opening, sensitive=True)],
)
def openings(organisation: Organisation) -> Any:
    """What was opened at one organisation in an emergency, until when and why. By whom is told on its pages."""
    return organisation.openings.all()[:MOST]
