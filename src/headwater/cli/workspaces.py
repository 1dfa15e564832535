"""What `new` does, in the order it does it."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from headwater.vocabulary import Level

if TYPE_CHECKING:
    from headwater.lake import Workspace

CODE = re.compile(r"[A-Z]\d{8}")


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
