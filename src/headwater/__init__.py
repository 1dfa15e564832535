"""Headwater: from partners' data to a published needs assessment in which every number can answer back.

The verbs of the command line, for a notebook or a script. Each is fetched from its room when first asked for, so that
importing Headwater costs nothing:

    import headwater
    workspace = headwater.open_workspace(Path("northumbria"))
    with headwater.open_engine("duckdb", scratch=workspace.scratch) as engine:
        edition = headwater.assess(workspace, engine, name=None, published="2026-11-23")
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from headwater.assessment import assess, compare, explain, measures
    from headwater.engine import open_engine
    from headwater.lake import Settings, conform, freeze, land, new, open_snapshot, open_workspace

__version__ = "0.1.0"
__all__ = [
    "Settings",
    "__version__",
    "assess",
    "compare",
    "conform",
    "explain",
    "freeze",
    "land",
    "measures",
    "new",
    "open_engine",
    "open_snapshot",
    "open_workspace",
]

_ROOMS = {
    "headwater.assessment": ("assess", "compare", "explain", "measures"),
    "headwater.engine": ("open_engine",),
    "headwater.lake": ("Settings", "conform", "freeze", "land", "new", "open_snapshot", "open_workspace"),
}
_HOMES = {word: room for room, words in _ROOMS.items() for word in words}


def __getattr__(word: str) -> Any:
    if word not in _HOMES:
        raise AttributeError(f"module 'headwater' has no attribute {word!r}")
    return getattr(import_module(_HOMES[word]), word)


def __dir__() -> list[str]:
    return sorted(__all__)
