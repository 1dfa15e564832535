"""The workspace that is served."""

from pathlib import Path

from django.conf import settings

from headwater.lake import Workspace, open_workspace


def workspace() -> Workspace:
    """The workspace that is served, to be looked at: what somebody else is doing there is left alone."""
    return open_workspace(Path(settings.WORKSPACE), tidy=False)
