"""A chapter that nobody would ever read: its file has the name of no chapter."""

from pathlib import Path

from headwater.assessment.chapters.draft import Drafting
from headwater.assessment.chapters.outline import CHAPTERS
from headwater.vocabulary import WrongRequest, did_you_mean


def refuse_strays(folder: Path, drafting: Drafting) -> None:
    """Raise `WrongRequest` where a workspace's own chapter would be passed over in silence, as `sumary.md` would."""
    known = {slug for slug, _, _ in CHAPTERS} | {f"profile-{p.code.lower()}" for p in drafting.scene.subareas}
    strays = sorted(path.stem for path in folder.glob("*.md") if path.stem not in known)
    if strays:
        raise WrongRequest(
            f"{folder.name}/{strays[0]}.md would be read by nobody: no chapter is called {did_you_mean(strays[0], known)}. "
            "Give it a chapter's name, or move it out of the folder."
        )
