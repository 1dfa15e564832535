"""Where things stand in the house, for the tests that hold it up."""

import ast
import subprocess
from collections.abc import Callable, Iterable, Iterator
from functools import cache
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


@cache
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


def of_each(paths: Iterable[Path]) -> Callable[[Callable[[Path], None]], Callable[[], None]]:
    """One test that asks the same of many files and names every one in which it is not so. A test for each would take longer to begin
    and to end than to ask."""

    def wrap(ask: Callable[[Path], None]) -> Callable[[], None]:
        def asked() -> None:
            wrong = [f"{name(path)}: {said}" for path in paths if (said := _refused(ask, path))]
            assert not wrong, "\n".join(wrong)

        asked.__name__, asked.__doc__, asked.__module__ = ask.__name__, ask.__doc__, ask.__module__
        return asked

    return wrap


def _refused(ask: Callable[[Path], None], path: Path) -> str:
    try:
        ask(path)
    except AssertionError as problem:
        return str(problem) or "it is not so"
    return ""
