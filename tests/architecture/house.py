"""Where things stand in the house, for the tests that hold it up."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "headwater"
DOCS = ROOT / "docs"
ROOMS = (
    "vocabulary", "ledger", "engine", "places", "sources", "methods", "disclosure", "documents", "lake", "assessment",
    "partnership", "editing", "strategy", "delivery", "web", "cli",
)  # fmt: skip
FETCHED = ("vendor", "node_modules")
"""Folders of what npm fetched, which is not ours."""


def modules(*rooms: str) -> list[Path]:
    """Every Python file of the rooms named, or of the whole house."""
    homes = [SOURCE / room for room in rooms] or [SOURCE]
    return sorted(path for home in homes for path in home.rglob("*.py") if path.parent.name != "migrations")


def name(path: Path) -> str:
    """A file as it is named in a message."""
    return path.relative_to(ROOT).as_posix()


def parsed(path: Path) -> ast.Module:
    """The syntax tree of one file."""
    return ast.parse(path.read_text("utf-8"), filename=str(path))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of one file."""
    return (node for node in ast.walk(parsed(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def kept_files() -> list[Path]:
    """Every file the project keeps: what git tracks and would track, or, in an unpacked archive, everything we wrote."""
    listing = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    said = subprocess.run(listing, capture_output=True, check=False)
    if said.returncode == 0:
        return sorted(path for found in said.stdout.decode().split("\0") if found and (path := ROOT / found).is_file())
    return sorted(
        path
        for path in ROOT.rglob("*")
        if path.is_file()
        and not any(part.startswith(".") or part in FETCHED for part in path.relative_to(ROOT).parts[:-1])
    )
