"""What `new` and `land` do, in the order they do it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from headwater.cli.console import Bars
from headwater.vocabulary import Level, WrongRequest

if TYPE_CHECKING:
    from headwater.engine import Engine
    from headwater.lake import Landing, Workspace
    from headwater.sources import Account

CODE = re.compile(r"[A-Z]\d{8}")


@dataclass(frozen=True, slots=True)
class Landed:
    """What `headwater land` took in, where every row on the shelf went, and the snapshot that was frozen."""

    packages: tuple[tuple[str, "Landing"], ...]
    """The name of each file or folder, and what became of it."""
    accounts: tuple["Account", ...]
    snapshot: str


def make(
    folder: Path, *, area: str, level: Level, subareas: Level, title: str, author: str, policy: str
) -> "Workspace":
    """A new workspace in `folder`. An area given by name is looked up when its places have landed."""
    from headwater.lake import Settings, new

    coded = CODE.fullmatch(area.strip())
    return new(
        folder,
        Settings(
            area_level=level,
            area_code=area.strip() if coded else "",
            area_name="" if coded else area.strip(),
            title=title,
            author=author,
            subareas=subareas,
            policy=policy,
        ),
    )


def take_in(
    workspace: "Workspace",
    files: Sequence[Path],
    engine: "Engine",
    *,
    received: str,
    key_file: Path | None = None,
    progress: Bars,
) -> Landed:
    """Land each of `files` in turn, then read what is new and freeze the whole. What finds places is read at once."""
    from headwater.lake import conform, freeze, land

    if absent := [str(path) for path in files if not path.exists()]:
        raise WrongRequest(f"there is no file or folder {', '.join(absent)}. Nothing was landed.")
    landings: list[tuple[str, Landing]] = []
    with workspace.lock():
        tell = progress.stage("Landing")
        for done, path in enumerate(files):
            tell(done, len(files), f"{done + 1} of {len(files)}")
            landing = land(workspace, path, received=received, key_file=key_file)
            landings.append((landing.name, landing))
            if landing.new and landing.finds_places and done + 1 < len(files):
                conform(workspace, engine)
        tell(len(files), len(files), "")
        conform(workspace, engine, progress=progress.stage("Reading"))
        snapshot = freeze(workspace)
    return Landed(tuple(landings), snapshot.accounts, snapshot.digest)
