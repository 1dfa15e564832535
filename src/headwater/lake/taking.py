"""Taking files in, from the first byte to the frozen snapshot: what `headwater land` does, and a build that lands an upload."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from headwater.engine import Engine
from headwater.lake.conforming import conform
from headwater.lake.freezing import freeze
from headwater.lake.landing import Landing, Progress, land
from headwater.lake.workspace import Workspace
from headwater.sources import Account
from headwater.vocabulary import WrongRequest

Stages = Callable[[str], Progress]
"""Told that a stage of this name begins, and gives what is to be told of how far it is."""


@dataclass(frozen=True, slots=True)
class Landed:
    """What was taken in, where every row on the shelf went, and the snapshot that was frozen."""

    packages: tuple[tuple[str, Landing], ...]
    """The name of each file or folder, and what became of it."""
    accounts: tuple[Account, ...]
    snapshot: str


def take_in(
    workspace: Workspace,
    files: Sequence[Path],
    engine: Engine,
    *,
    received: str,
    key_file: Path | None = None,
    stage: Stages,
) -> Landed:
    """Land each of `files` in turn, then read what is new and freeze the whole. What finds places is read at once.

    Raises as `land`, `conform` and `freeze` do, WrongRequest where a file is not there.
    """
    if absent := [str(path) for path in files if not path.exists()]:
        raise WrongRequest(f"there is no file or folder {', '.join(absent)}. Nothing was landed.")
    landings: list[tuple[str, Landing]] = []
    with workspace.lock():
        tell = stage("Landing")
        for done, path in enumerate(files):
            tell(done, len(files), f"{done + 1} of {len(files)}")
            landing = land(workspace, path, received=received, key_file=key_file)
            landings.append((landing.name, landing))
            if landing.new and landing.finds_places and done + 1 < len(files):
                conform(workspace, engine)
        tell(len(files), len(files), "")
        conform(workspace, engine, progress=stage("Reading"))
        snapshot = freeze(workspace)
    return Landed(tuple(landings), snapshot.accounts, snapshot.digest)
