"""Run a command, and turn whatever goes wrong into one clear sentence and an exit code."""

import os
import sys
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import typer

from headwater.cli.commands import app
from headwater.cli.console import ReaderLeft, complain, finish, use_utf8
from headwater.cli.starting import STOPPED, WORDS
from headwater.vocabulary import HeadwaterError

UNEXPECTED = 1


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run one command to its end, which is always a SystemExit."""
    sys.exit(_run(arguments))


def _run(arguments: Sequence[str] | None) -> int:
    try:
        use_utf8()
        code = _command(arguments)
        finish()
    except KeyboardInterrupt:
        return _stopped()
    except HeadwaterError as problem:
        complain(str(problem))
        return problem.exit_code
    except (ReaderLeft, BrokenPipeError):
        return _reader_left()
    except Exception as surprise:  # noqa: BLE001 - the last door: nobody should ever be shown a bare traceback
        return _surprised(surprise)
    return _stopped() if code == STOPPED else code


def _command(arguments: Sequence[str] | None) -> int:
    """The exit code Typer would have ended with; it turns Ctrl-C inside a command into 130 itself."""
    try:
        typer.main.get_command(app).main(args=arguments, prog_name="headwater")
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    return 0


def _stopped() -> int:
    complain(WORDS)
    return STOPPED


def _reader_left() -> int:
    """Not an error. What Python would still flush as it exits goes nowhere."""
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
    return 0


def _surprised(surprise: Exception) -> int:
    told = Path(tempfile.gettempdir()) / f"headwater-{os.getpid()}.txt"
    try:
        told.write_text(_where(surprise), encoding="utf-8", newline="\n")
        where = f"What happened is written in {told}"
    except OSError:
        where = "and it could not be written down"
    complain(
        f"Sorry: something went wrong that Headwater did not expect ({type(surprise).__name__}). Nothing was half-written. "
        f"{where}; it holds no line of your data, and may be sent to whoever looks after Headwater."
    )
    return UNEXPECTED


def _where(surprise: BaseException) -> str:
    """Where it happened, and what kind of surprise it was. Its own words are left out: they may quote a partner's file."""
    frames = "".join(traceback.format_tb(surprise.__traceback__))
    cause = surprise.__cause__ or (None if surprise.__suppress_context__ else surprise.__context__)
    before = f"{_where(cause)}\nand then\n" if cause else ""
    return f"{before}{frames}{type(surprise).__name__}\n"
