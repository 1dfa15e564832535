"""What is kept: landed byte for byte, conformed with an account of every row, frozen on a shelf by its contents."""

from headwater.lake.atlas import atlas, outlines
from headwater.lake.conforming import conform
from headwater.lake.coverage import Coverage, CoverageRow
from headwater.lake.deletions import Deletion, read_deletions
from headwater.lake.freezing import freeze, open_snapshot
from headwater.lake.keeping import Retention, retentions
from headwater.lake.landing import Landing, land
from headwater.lake.looking import Look, Sender, look
from headwater.lake.provenance import Provenance
from headwater.lake.retaining import retain
from headwater.lake.settings import Settings
from headwater.lake.snapshot import Snapshot
from headwater.lake.standing import standing
from headwater.lake.taking import Landed, take_in
from headwater.lake.terms import Terms
from headwater.lake.workspace import Workspace, new, open_workspace

__all__ = [
    "Coverage",
    "CoverageRow",
    "Deletion",
    "Landed",
    "Landing",
    "Look",
    "Provenance",
    "Retention",
    "Sender",
    "Settings",
    "Snapshot",
    "Terms",
    "Workspace",
    "atlas",
    "conform",
    "freeze",
    "land",
    "look",
    "new",
    "open_snapshot",
    "open_workspace",
    "outlines",
    "read_deletions",
    "retain",
    "retentions",
    "standing",
    "take_in",
]
