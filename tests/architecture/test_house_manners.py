"""Text is UTF-8 wherever it is read or written; the hour is asked in one place; nothing is fetched while testing."""

import ast
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_socket import SocketConnectBlockedError

from architecture.house import ROOT, modules, name, of_each, parsed

CODE = [*modules(), *sorted((ROOT / "tests").rglob("*.py")), *sorted((ROOT / "benchmarks").rglob("*.py"))]
CLOCK = "src/headwater/cli/clock.py"
HOURS = {
    "datetime.now", "datetime.utcnow", "datetime.today", "datetime.datetime.now", "datetime.datetime.today",
    "date.today", "datetime.date.today", "time.time", "time.time_ns", "time.localtime", "time.gmtime", "time.strftime",
}  # fmt: skip


def _calls(path: Path) -> Iterator[ast.Call]:
    return (node for node in ast.walk(parsed(path)) if isinstance(node, ast.Call))


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ast.unparse(call.func)


def _mode(call: ast.Call, place: int) -> str:
    """The mode as written; 'r' where none is, '?' where it is not written out."""
    given = [word.value for word in call.keywords if word.arg == "mode"] or call.args[place : place + 1]
    if not given:
        return "r"
    return given[0].value if isinstance(given[0], ast.Constant) and isinstance(given[0].value, str) else "?"


def _says_encoding(call: ast.Call, place: int) -> bool:
    return any(word.arg in ("encoding", None) for word in call.keywords) or len(call.args) > place


def _silent(call: ast.Call) -> bool:
    """Does this call read or write text without saying in what encoding?"""
    match _called(call):
        case "read_text" if isinstance(call.func, ast.Attribute):
            return not _says_encoding(call, 0)
        case "write_text" if isinstance(call.func, ast.Attribute):
            return not _says_encoding(call, 1)
        case "TextIOWrapper":
            return not _says_encoding(call, 1)
        case "open" if isinstance(call.func, ast.Name) or ast.unparse(call.func) == "io.open":
            return "b" not in _mode(call, 1) and not _says_encoding(call, 3)
        case "open" if isinstance(call.func, ast.Attribute) and _is_text_mode(call):
            return not _says_encoding(call, 2)
    return False


def _is_text_mode(call: ast.Call) -> bool:
    """`path.open()` and `path.open("w")`; what `archive.open(name)` or `gzip.open(path)` give is bytes, and let be."""
    return not call.args or _mode(call, 0) in ("r", "w", "a", "x", "rt", "wt", "r+", "w+")


@of_each(CODE)
def test_text_says_its_encoding(path: Path) -> None:
    silent = [f"line {call.lineno}: {ast.unparse(call)[:70]}" for call in _calls(path) if _silent(call)]
    assert not silent, f"{name(path)}: {silent}"


@of_each(modules())
def test_text_is_written_with_the_same_line_ends_everywhere(path: Path) -> None:
    writes = (call for call in _calls(path) if isinstance(call.func, ast.Attribute) and call.func.attr == "write_text")
    loose = [f"line {call.lineno}" for call in writes if not any(word.arg == "newline" for word in call.keywords)]
    assert not loose, f"{name(path)}: {loose}: say newline='\\n', or Windows will write other bytes"


@of_each([path for path in modules() if name(path) != CLOCK])
def test_only_the_command_line_knows_what_day_it_is(path: Path) -> None:
    asked = [
        f"line {call.lineno}: {ast.unparse(call.func)}" for call in _calls(path) if ast.unparse(call.func) in HOURS
    ]
    assert not asked, f"{name(path)} asks the time: take it as an argument ({asked})"


def test_nothing_can_be_fetched_while_testing() -> None:
    refused = pytest.raises(SocketConnectBlockedError)
    with socket.socket() as outward, pytest.warns(UserWarning, match="tried to use socket"), refused:
        outward.connect(("192.0.2.1", 80))
