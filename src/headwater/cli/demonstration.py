"""Aldermere from nothing: invent it, land it, assess it. The journey a partnership makes, on a county that does not exist."""

from pathlib import Path
from typing import TYPE_CHECKING

from headwater.cli.console import Bars
from headwater.cli.workspaces import take_in
from headwater.vocabulary import Level, WorkspaceTrouble, WrongRequest

if TYPE_CHECKING:
    from headwater.assessment import Edition
    from headwater.lake import Workspace

INVENTED = "invented"
REBASES = "rebases.toml"
BANNER = "Aldermere is a county that does not exist. Every figure here is invented."


def demonstrate(folder: Path, *, published: str, progress: Bars) -> "Edition":
    """Invent Aldermere in `folder`, land its files and build the edition. Done again, it lands nothing new and builds again."""
    from headwater.assessment import assess
    from headwater.engine import open_engine
    from headwater.sources.inventing import example_recipe, invent

    workspace = _workspace(folder)
    rebases = example_recipe().with_name(REBASES).read_text(encoding="utf-8")
    _ = (workspace.root / REBASES).write_text(rebases, encoding="utf-8", newline="\n")
    files = invent(example_recipe(), workspace.root / INVENTED, progress=progress.stage("Inventing Aldermere"))
    with open_engine(workspace.settings.engine, scratch=workspace.scratch) as engine:
        # By stem, so that a revised release (…-revised.zip) comes after the one that it revises.
        in_order = sorted(files, key=lambda path: path.stem)
        take_in(workspace, in_order, engine, received=published, progress=progress)
        return assess(workspace, engine, published=published, progress=progress.stage("Assessing"))


def _workspace(folder: Path) -> "Workspace":
    """The folder's own workspace of Aldermere, or a new one; never somebody else's folder."""
    from headwater.lake import Settings, new, open_workspace

    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return new(
            folder,
            Settings(
                area_level=Level.FORCE,
                area_code="",
                area_name="Aldermere",
                title="Violence in Aldermere",
                author="Aldermere Violence Reduction Partnership",
                banner=BANNER,
            ),
        )
    if not folder.is_dir():
        raise WrongRequest(f"{folder} is a file: name a folder for the demonstration")
    workspace = open_workspace(folder)
    if workspace.settings.banner != BANNER:
        raise WorkspaceTrouble(f"{folder} is the workspace of a real area: name another folder for the demonstration")
    return workspace
