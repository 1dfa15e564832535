"""The first moment of a command: Ctrl-C is heard from here on, before the half second of imports has passed.

Nothing heavy may be imported at the top of this file or of the room's front door.
"""

import os
import signal
import threading
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

STOPPED = 130
WORDS = "Stopped. Nothing was half-written."


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """The `headwater` command. Always ends in SystemExit: 0 when all went well, and a code for each class of failure."""
    with _stopping_at_once():
        from headwater.cli import running
    running.main(arguments)


@contextmanager
def _stopping_at_once() -> Generator[None]:
    """Within the block Ctrl-C ends the process there and then.

    Nothing has begun, so there is nothing to put right; a KeyboardInterrupt would have to find its way out through other
    people's imports, some of which print it and go on. Where Ctrl-C is ignored, or is somebody else's, it is left so.
    """
    ours = threading.current_thread() is threading.main_thread()
    if not ours or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return
    before = signal.signal(signal.SIGINT, _stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _stop(_number: int, _frame: FrameType | None) -> NoReturn:
    os.write(2, f"headwater: {WORDS}{os.linesep}".encode())
    os._exit(STOPPED)
