"""What `fetch` asks of the sources, and where it puts what comes."""

from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from headwater.cli.console import Bars
from headwater.vocabulary import WrongRequest

if TYPE_CHECKING:
    from headwater.lake import Workspace

DOWNLOADS = "downloads"


def fetch_all(
    workspace: "Workspace",
    what: Sequence[str],
    *,
    first: str | None,
    last: str | None,
    forces: Sequence[str],
    progress: Bars,
) -> tuple[Path, ...]:
    """Fetch each of `what` into the workspace's downloads."""
    if find_spec("headwater.sources.fetching") is None:
        raise WrongRequest("this version cannot download yet: fetch the files by hand and run `headwater land`")
    fetch = import_module("headwater.sources.fetching").fetch
    tell = progress.stage("Fetching")
    return tuple(
        path
        for wanted in what
        for path in fetch(wanted, workspace.root / DOWNLOADS, first=first, last=last, forces=forces, progress=tell)
    )
