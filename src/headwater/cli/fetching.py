"""What `fetch` asks of the sources, and where it puts what comes."""

import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from headwater.cli.console import Bars

if TYPE_CHECKING:
    from headwater.lake import Workspace

DOWNLOADS, CACHE = "downloads", "cache"
MIRROR = "HEADWATER_MIRROR"
"""The environment variable that names a mirror: a server, or a folder of one, that holds copies under `<host>/<path>`."""


def fetch_all(
    workspace: "Workspace",
    what: Sequence[str],
    *,
    first: str | None,
    last: str | None,
    forces: Sequence[str],
    progress: Bars,
) -> tuple[Path, ...]:
    """Fetch each of `what` into the workspace's downloads; returns what to land. Whole releases wait in its cache."""
    import numpy as np

    from headwater.sources.fetching import Wanted, fetch

    tell = progress.stage("Fetching")
    return tuple(
        path
        for wanted in what
        for path in fetch(
            Wanted(what=wanted, first=first, last=last, forces=tuple(dict.fromkeys(forces))),
            workspace.root / DOWNLOADS,
            cache=workspace.root / CACHE,
            chance=np.random.default_rng(),  # for the length of waits, which no figure rests on
            sleep=time.sleep,
            mirror=os.environ.get(MIRROR, ""),
            progress=tell,
        )
    )
