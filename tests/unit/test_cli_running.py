"""However a command ends, it ends with one clear sentence and the right code."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from headwater.cli import running
from headwater.vocabulary import (
    BadInput,
    FetchFailed,
    HeadwaterError,
    MissingColumns,
    StorageTrouble,
    UntrueClaim,
    WorkspaceTrouble,
    WrongRequest,
)


@pytest.fixture
def ending(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[BaseException], int]:
    """The exit code when a command ends by raising something."""
    monkeypatch.setattr(running.tempfile, "gettempdir", lambda: str(tmp_path))

    def end(how: BaseException) -> int:
        class Command:
            def main(self, **_: object) -> None:
                raise how

        monkeypatch.setattr(running.typer.main, "get_command", lambda _: Command())
        with pytest.raises(SystemExit) as ended:
            running.main([])
        assert isinstance(ended.value.code, int)
        return ended.value.code

    return end


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        (HeadwaterError("why"), 1),
        (WrongRequest("why"), 2),
        (BadInput("why"), 3),
        (MissingColumns(["month"], ["Month"], contract="police_uk.street"), 3),
        (WorkspaceTrouble("why"), 4),
        (UntrueClaim("why"), 5),
        (FetchFailed("why"), 6),
        (StorageTrouble("why"), 7),
    ],
    ids=lambda given: type(given).__name__,
)
def test_each_class_of_failure_has_its_code_and_its_sentence(
    problem: HeadwaterError, code: int, ending: Callable[[BaseException], int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert ending(problem) == code
    said = capsys.readouterr()
    assert "".join(said.err.split()) == "".join(f"headwater: {problem}".split())
    assert said.out == ""


def test_brackets_in_a_sentence_are_kept(
    ending: Callable[[BaseException], int], capsys: pytest.CaptureFixture[str]
) -> None:
    ending(BadInput("the cell [x] and [bold]loud[/bold]"))
    assert "[x] and [bold]loud[/bold]" in capsys.readouterr().err


def test_the_unexpected_is_an_apology_and_the_traceback_is_written_down(
    ending: Callable[[BaseException], int], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert ending(ZeroDivisionError("secret")) == 1
    said = " ".join(capsys.readouterr().err.split())
    [told] = tmp_path.glob("headwater-*.txt")
    assert "Sorry" in said
    assert "secret" not in said
    written = told.read_text("utf-8")
    assert "ZeroDivisionError" in written
    assert "secret" not in written, "the words of a surprise may quote a partner's file"


@pytest.mark.parametrize("how", [KeyboardInterrupt(), SystemExit(130)], ids=["between commands", "inside a command"])
def test_ctrl_c_is_130_and_says_that_nothing_is_half_written(
    how: BaseException, ending: Callable[[BaseException], int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert ending(how) == 130
    assert "Stopped. Nothing was half-written." in capsys.readouterr().err


@pytest.mark.parametrize(("raised", "code"), [(SystemExit(), 0), (SystemExit(2), 2), (SystemExit("words"), 1)])
def test_an_ordinary_ending_keeps_its_code(
    raised: SystemExit, code: int, ending: Callable[[BaseException], int]
) -> None:
    assert ending(raised) == code


@pytest.mark.parametrize("speak", ["console.say('x' * 10_000)", "console.say_json(['x' * 10_000])", "print('x' * 10)"])
def test_a_reader_that_has_seen_enough_is_no_error(speak: str) -> None:
    lines = (
        "10" if speak.startswith("print") else "10_000"
    )  # few enough to lie in the buffer until the end, or too many to
    script = (
        "import sys, time; from headwater.cli import console, running\n"
        "class Talker:\n"
        "    def main(self, **_):\n"
        "        print('begin', flush=True); sys.stdin.read()\n"
        f"        for _ in range({lines}): {speak}\n"
        "running.typer.main.get_command = lambda _: Talker()\n"
        "running.main([])"
    )
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", script], **pipes) as talker:  # pyright: ignore[reportCallIssue, reportArgumentType]
        assert None not in (talker.stdin, talker.stdout, talker.stderr)
        talker.stdout.readline()
        talker.stdout.close()
        talker.stdin.close()
        assert talker.stderr.read() == b""
        assert talker.wait(timeout=20) == 0
