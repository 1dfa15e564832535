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

CODE = re.compile(r"[EWJKN]\d{8}")


@dataclass(frozen=True, slots=True)
class Taken:
    """One file as it was landed."""

    name: str
    new: bool
    extracts: int
    rows: int
    ignored: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Landed:
    """What `headwater land` took in, where every row went, and the snapshot that was frozen."""

    packages: tuple[Taken, ...]
    accounts: tuple["Account", ...]
    snapshot: str


def make(
    folder: Path, *, area: str, level: Level, subareas: Level, title: str | None, author: str, policy: str
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
            title=title or "Violence needs assessment",
            author=author,
            subareas=subareas,
            policy=policy,
        ),
    )


def take_in(workspace: "Workspace", files: Sequence[Path], engine: "Engine", *, progress: Bars) -> Landed:
    """Land each of `files` in turn, then read them all and freeze what they say."""
    from headwater.lake import conform, freeze, land

    if absent := [str(path) for path in files if not path.exists()]:
        raise WrongRequest(f"there is no file or folder {', '.join(absent)}. Nothing was landed.")
    landings = [(path, land(workspace, path, progress=progress)) for path in files]
    accounts = conform(workspace, engine, progress=progress)
    return Landed(tuple(_taken(path, landing) for path, landing in landings), accounts, freeze(workspace).digest)


def _taken(path: Path, landing: "Landing") -> Taken:
    return Taken(path.name, landing.new, landing.extracts, landing.rows, landing.ignored)
