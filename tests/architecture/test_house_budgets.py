"""A module about 150 lines, a question at 300, refused at 600; a function about 10 lines, refused above 40."""

import ast
from pathlib import Path

from architecture.house import ROOT, SOURCE, functions, modules, name, of_each

LONGER: dict[str, str] = {
    # "src/headwater/room/module.py": "why it is better whole",
}
NOT_ROOMS = {
    "utils",
    "util",
    "common",
    "core",
    "helpers",
    "helper",
    "manager",
    "managers",
    "misc",
    "shared",
    "lib",
    "base",
}


def _lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


@of_each(modules())
def test_a_module_can_be_read_in_one_sitting(path: Path) -> None:
    assert _lines(path) <= (600 if name(path) in LONGER else 300), f"{name(path)} wants to be two modules"


def test_an_exemption_is_still_needed() -> None:
    assert [kept for kept in LONGER if not (ROOT / kept).is_file() or _lines(ROOT / kept) <= 300] == []


@of_each(modules())
def test_a_function_does_one_thing(path: Path) -> None:
    long = {found.name: length for found in functions(path) if (length := _body(found)) > 40}
    assert not long, f"{name(path)}: {long}"


def _body(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function, its docstring not counted."""
    said = function.body[0] if ast.get_docstring(function) else None
    spent = said.end_lineno - said.lineno + 1 if said and said.end_lineno else 0
    return (function.end_lineno or function.lineno) - function.lineno + 1 - spent


def test_no_place_is_named_for_nothing() -> None:
    named = {part.removesuffix(".py") for path in SOURCE.rglob("*") for part in path.relative_to(SOURCE).parts}
    assert named & NOT_ROOMS == set()
