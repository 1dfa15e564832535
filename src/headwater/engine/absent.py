"""A module that is not installed, said at once.

DuckDB's Python door tries to import pandas for every constant of every query, twice. Where there is none, each try looks
through the whole of `sys.path` again, and a few hundred constants are half a second.
"""

import sys
from collections.abc import Generator
from contextlib import contextmanager
from importlib.util import find_spec


class _Absent:
    """Stands first among Python's finders and knows of one module that it is not there."""

    def __init__(self, name: str) -> None:
        self._name = name

    def find_spec(self, name: str, *_: object) -> None:
        if name == self._name:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


@contextmanager
def absent(name: str) -> Generator[None]:
    """For the length of the block, a module that is not installed is not looked for again; one that is stays as it was."""
    if _installed(name):
        yield
        return
    finder = _Absent(name)
    sys.meta_path.insert(0, finder)  # pyright: ignore[reportArgumentType]  (a finder needs no more than find_spec)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)  # pyright: ignore[reportArgumentType]


def _installed(name: str) -> bool:
    try:
        return name in sys.modules or find_spec(name) is not None
    except (ModuleNotFoundError, ValueError):
        return False
