"""Aldermere from nothing: invent it, land it, assess it. The journey a partnership makes, on a county that does not exist."""

from pathlib import Path
from typing import TYPE_CHECKING

from headwater.cli.console import Bars
from headwater.cli.workspaces import take_in
from headwater.vocabulary import Level, WorkspaceTrouble

if TYPE_CHECKING:
    from headwater.assessment import Edition
    from headwater.lake import Workspace

INVENTED = "invented"
BANNER = "Aldermere is a county that does not exist. Every figure here is invented."


def demonstrate(folder: Path, *, published: str, progress: Bars) -> "Edition":
    """Invent Aldermere in `folder`, land its files and build the edition. Run again, it lands nothing new and builds again."""
    from headwater.assessment import assess
    from headwater.engine import open_engine
    from headwater.sources.inventing import invent

    workspace = _workspace(folder)
    files = invent(workspace.root / INVENTED, progress=progress)
    with open_engine(workspace.settings.engine, scratch=workspace.scratch) as engine:
        take_in(workspace, files, engine, progress=progress)
        return assess(workspace, engine, name=None, published=published, progress=progress)


def _workspace(folder: Path) -> "Workspace":
    from headwater.lake import Settings, new, open_workspace

    try:
        workspace = open_workspace(folder)
    except WorkspaceTrouble:
        if folder.is_dir() and any(folder.iterdir()):
            raise
        return new(
            folder,
            Settings(
                area_level=Level.FORCE,
                area_code="",
                area_name="Aldermere",
                title="Violence in Aldermere",
                author="The Aldermere Violence Reduction Partnership",
                banner=BANNER,
            ),
        )
    if workspace.settings.banner != BANNER:
        raise WorkspaceTrouble(
            f"{folder} holds a workspace of {workspace.settings.area_name}: name another folder for the demonstration"
        )
    return workspace
