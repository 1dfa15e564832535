"""A workspace: one folder that holds an area's data, from what arrived to what was published.

headwater.toml      what it is about
landed/             what arrived, byte for byte, each package in a folder named by its contents
conformed/          the same, checked and typed
shelf/              frozen snapshots: which conformed parts an edition rests on; `latest` names one
editions/           what was published
ledger.jsonl        what was done
scratch/            work in progress; safe to delete when nothing is running
"""

from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from headwater import ledger
from headwater.lake.building import sweep, write_text
from headwater.lake.lock import held
from headwater.lake.opened import Opened, opened
from headwater.lake.settings import NAME, Settings
from headwater.vocabulary import WorkspaceTrouble, storage_errors

LOCK = "in-use.lock"


class Workspace:
    """An open workspace. `root` is its folder; `settings` is what its `headwater.toml` says."""

    __slots__ = ("_opened", "root", "settings")

    def __init__(self, root: Path, settings: Settings) -> None:
        self.root = root
        self.settings = settings
        self._opened: Opened | None = None

    @property
    def landed(self) -> Path:
        return self.root / "landed"

    @property
    def conformed(self) -> Path:
        return self.root / "conformed"

    @property
    def shelf(self) -> Path:
        return self.root / "shelf"

    @property
    def editions(self) -> Path:
        return self.root / "editions"

    @property
    def ledger(self) -> Path:
        return self.root / "ledger.jsonl"

    @property
    def scratch(self) -> Path:
        """Where work in progress lies; on the same disk as the rest, so that a rename is whole."""
        return self.root / "scratch"

    @contextmanager
    def lock(self) -> Generator[Opened]:
        """Keep other runs out for the length of the block; the same workspace may lock again inside it.

        What is unzipped inside the block stays at hand until its end. Raises WorkspaceTrouble, saying who and since when,
        where another run is at work.
        """
        if self._opened is not None:
            yield self._opened
            return
        with held(self.root / LOCK):
            sweep(self.scratch)
            with opened(self.scratch) as at_hand:
                self._opened = at_hand
                try:
                    yield at_hand
                finally:
                    self._opened = None

    def note(self, did: str, to: str, *, because: str = "", when: str | None = None) -> None:
        """Write one line in the ledger, in the name of the author."""
        ledger.append(self.ledger, did=did, to=to, who=self.settings.author, because=because, when=when)


def new(root: Path, settings: Settings) -> Workspace:
    """Make a workspace in the folder `root`, which may exist. Raises WorkspaceTrouble where it is one already."""
    if (root / NAME).exists():
        raise WorkspaceTrouble(f"{root} is a workspace already: open it, or choose another folder")
    workspace = Workspace(root, settings)
    with storage_errors(f"making the workspace {root.name}"):
        for folder in (root, workspace.landed, workspace.conformed, workspace.shelf, workspace.editions):
            folder.mkdir(parents=True, exist_ok=True)
        write_text(root / NAME, settings.page(), workspace.scratch)
    return workspace


def _named(root: Path) -> str:
    return "this folder" if root == Path() else str(root)


def open_workspace(root: Path, *, tidy: bool = True) -> Workspace:
    """Open the workspace in `root`, clearing up after a run that died; where `tidy` is False, whatever lies there is left alone, as
    it must be by whoever only looks while others work.

    Raises WorkspaceTrouble where there is none or it was made by a newer Headwater, BadInput where `headwater.toml` is not
    understood.
    """
    page = root / NAME
    if not page.is_file():
        raise WorkspaceTrouble(
            f"{_named(root)} is not a workspace: it has no {NAME}. Go into one, name one with --workspace, or make one with "
            "`headwater new`."
        )
    workspace = Workspace(root, Settings.read(page))
    if tidy and workspace.scratch.is_dir() and any(workspace.scratch.iterdir()):
        with suppress(WorkspaceTrouble), workspace.lock():  # a run that is still at work clears up after itself
            pass
    return workspace
