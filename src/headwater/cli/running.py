"""Run a command, and turn whatever goes wrong into one clear sentence and an exit code."""

import os
import sys
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path

import typer

from headwater.cli.commands import app
from headwater.cli.console import complain, use_utf8
from headwater.vocabulary import HeadwaterError

STOPPED = 130
UNEXPECTED = 1


def main(arguments: Sequence[str] | None = None) -> None:
    """The `headwater` command. Always ends in SystemExit: 0 when all went well, and a code for each class of failure."""
    use_utf8()
    sys.exit(_run(arguments))


def _run(arguments: Sequence[str] | None) -> int:
    try:
        typer.main.get_command(app).main(args=arguments, prog_name="headwater")
    except SystemExit as ended:
        return _stopped() if ended.code == STOPPED else _as_code(ended.code)
    except KeyboardInterrupt:
        return _stopped()
    except HeadwaterError as problem:
        complain(str(problem))
        return problem.exit_code
    except BrokenPipeError:
        return _reader_left()
    except Exception as surprise:  # noqa: BLE001 - the last door: nobody should ever be shown a bare traceback
        return _surprised(surprise)
    return 0


def _as_code(code: object) -> int:
    return code if isinstance(code, int) else int(code is not None)


def _stopped() -> int:
    complain("Stopped. Nothing was half-written.")
    return STOPPED


def _reader_left() -> int:
    """Whoever was reading our output (`head`, a pager) has seen enough; that is not an error."""
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
    return 0


def _surprised(surprise: Exception) -> int:
    told = Path(tempfile.gettempdir()) / f"headwater-{os.getpid()}.txt"
    try:
        told.write_text("".join(traceback.format_exception(surprise)), encoding="utf-8", newline="\n")
        where = f"What happened is written in {told}"
    except OSError:
        where = "and it could not be written down"
    complain(
        f"Sorry: something went wrong that Headwater did not expect ({type(surprise).__name__}). Nothing was half-written. "
        f"{where}; read it before you send it to anyone, in case it quotes a line of your data."
    )
    return UNEXPECTED
