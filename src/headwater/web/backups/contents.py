"""What a back-up holds, and what it leaves out."""

import os
from collections.abc import Iterator
from pathlib import Path

from headwater.lake.workspace import LOCK
from headwater.partnership.actions.quarantine import FOLDER as QUARANTINE
from headwater.vocabulary import BadInput
from headwater.web.environment import FILE, SECRET

PASSING = frozenset({"scratch", QUARANTINE})
"""Folders of what is not finished: work in progress, and files that nobody has let in yet."""
OWN = (FILE, SECRET, LOCK)
"""What belongs to one machine, with whatever else begins so: the database (its rows are kept), the key of its sessions, its lock."""
LEFT_OUT = frozenset({"sessions", "contenttypes", "auth"})
"""Applications whose rows are left out: who is signed in now, and what Django writes by itself."""
KEPT_ELSEWHERE = (
    "the secret that person keys are made with (HEADWATER_KEY_FILE), without which no new record is matched to an old one",
    f"the key of sessions (HEADWATER_SECRET_KEY, or {SECRET}), without which everybody signs in again and tokens of programs end",
)
"""Secrets that are in no back-up, and what is lost with each."""


def files_of(root: Path, *, besides: Path | None = None) -> Iterator[tuple[str, Path]]:
    """Every file that is kept of the workspace in `root`, by its name there; `besides` is a folder that is not.

    Raises BadInput at a link, which a back-up cannot hold.
    """
    found = dict[str, Path]()
    for folder, names, files in os.walk(root):
        at = Path(folder)
        names[:] = [name for name in names if _is_kept(at / name, root) and at / name != besides]
        for name in [*names, *files]:
            _refuse_link(at / name, root)
        found |= {(at / name).relative_to(root).as_posix(): at / name for name in files if _is_kept(at / name, root)}
    yield from sorted(found.items())


def _is_kept(path: Path, root: Path) -> bool:
    return path.parent != root or not (path.name in PASSING or path.name.startswith(OWN))


def _refuse_link(path: Path, root: Path) -> None:
    if path.is_symlink():
        raise BadInput(
            f"{path.relative_to(root).as_posix()} is a link to somewhere else, and a back-up holds what lies in the workspace. "
            "Put the files themselves there, or take the link away. Nothing was written."
        )
