"""Each room has a front door: what it offers, and nothing else. Each word it offers says what it is."""

import ast
import importlib
import inspect
from pathlib import Path

import pytest

from architecture.house import ROOMS, SOURCE, modules, name, parsed

DOORS = [path for path in modules() if path.name == "__init__.py" and path.parent != SOURCE]


def test_every_room_is_in_the_list() -> None:
    found = {path.parent.name for path in SOURCE.glob("*/__init__.py")} | {
        path.stem for path in SOURCE.glob("[a-z]*.py")
    }
    assert found == set(ROOMS)


@pytest.mark.parametrize("door", DOORS, ids=name)
def test_a_front_door_holds_only_a_sentence_the_imports_and_the_list(door: Path) -> None:
    said, *rest = parsed(door).body
    assert isinstance(said, ast.Expr), f"{name(door)} must begin by saying what the room is for"
    assert all(isinstance(node, ast.ImportFrom) or _is_list(node) for node in rest), name(door)


def _is_list(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == ["__all__"]


@pytest.mark.parametrize("door", DOORS, ids=name)
def test_the_list_is_complete_and_in_order(door: Path) -> None:
    imported = [
        alias.asname or alias.name
        for node in parsed(door).body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    ]
    listed = [found for node in parsed(door).body if _is_list(node) for found in ast.literal_eval(node.value)]
    assert listed == sorted(imported, key=lambda word: (not word.isupper(), not word[0].isupper(), word))


@pytest.mark.parametrize("room", ROOMS)
def test_every_word_a_room_offers_says_what_it_is(room: str) -> None:
    front = importlib.import_module(f"headwater.{room}")
    offered = [getattr(front, word) for word in front.__all__]
    silent = [
        thing.__name__
        for thing in offered
        if (inspect.isclass(thing) or inspect.isfunction(thing)) and not _says_what_it_is(thing)
    ]
    assert not silent, f"headwater.{room} offers words without a docstring: {', '.join(silent)}"


def _says_what_it_is(thing: object) -> bool:
    """A dataclass without a docstring is given its own signature as one: that does not count."""
    said = (inspect.getdoc(thing) or "").strip()
    return bool(said) and not said.startswith(f"{getattr(thing, '__name__', '')}(")
