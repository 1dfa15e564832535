"""One run at a time: a file that whoever is working holds, and that outlives nobody.

An exclusive create is the one test-and-set that every disk a council uses agrees on, network drives among them.
"""

import json
import os
import signal
import socket
import sys
import threading
import uuid
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from headwater.vocabulary import WorkspaceTrouble, storage_errors


@contextmanager
def held(path: Path) -> Generator[None]:
    """Hold the lock at `path` for the length of the block.

    Raises WorkspaceTrouble where a run that is still alive (or one on another computer) holds it; the lock of a run that
    died on this computer is taken over.
    """
    run = {"pid": os.getpid(), "host": socket.gethostname(), "run": uuid.uuid4().hex}
    try:
        with storage_errors(f"locking {path.parent.name}"), undisturbed():
            _take(path, run)
        yield
    finally:  # Ctrl-C may come between the taking and the block, and another's lock is never let go
        if _holder(path) == run:
            path.unlink(missing_ok=True)


@contextmanager
def undisturbed() -> Generator[None]:
    """Ctrl-C waits for the end of the block: what is begun in it is not left half done."""
    ours = threading.current_thread() is threading.main_thread()
    if not ours or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return
    heard: list[int] = []
    _ = signal.signal(signal.SIGINT, lambda number, _frame: heard.append(number))
    try:
        yield
    finally:
        _ = signal.signal(signal.SIGINT, signal.default_int_handler)
    if heard:
        raise KeyboardInterrupt


def _take(path: Path, run: dict[str, Any]) -> None:
    for _ in range(3):
        try:
            with path.open("x", encoding="utf-8", newline="\n") as file:
                json.dump(run, file)
        except FileExistsError:
            _clear_stale(path)
        else:
            return
    raise _in_use(path)


def _clear_stale(path: Path) -> None:
    """Move the lock of a dead run out of the way, or refuse. A rename is won by one of those who try it."""
    holder = _holder(path)
    if holder is None or holder["host"] != socket.gethostname() or alive(holder["pid"]):
        if path.exists():
            raise _in_use(path)
        return
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.replace(aside)
    except FileNotFoundError:
        return
    if _holder(aside) != holder:  # somebody took over between our look and our move: it is theirs
        aside.replace(path)
        raise _in_use(path)
    aside.unlink()


def _holder(path: Path) -> dict[str, Any] | None:
    try:
        said: Any = json.loads(path.read_text("utf-8"))
        return {"pid": int(said["pid"]), "host": str(said["host"]), "run": str(said.get("run", ""))}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _in_use(path: Path) -> WorkspaceTrouble:
    holder = _holder(path)
    who = f"process {holder['pid']} on {holder['host']}" if holder else "another run"
    try:
        since = f" since {datetime.fromtimestamp(path.stat().st_mtime).astimezone():%H:%M on %d %B %Y}"
    except OSError:
        since = ""
    return WorkspaceTrouble(
        f"{path.parent} has been in use by {who}{since}. Wait for it to finish; if nothing is running, delete {path.name}."
    )


def alive(pid: int) -> bool:
    """Is there a process of this number on this computer?"""
    if sys.platform == "win32":
        return _alive_on_windows(pid)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _alive_on_windows(pid: int) -> bool:
    """There, `os.kill(pid, 0)` would end the process; ask for its exit code instead."""
    import ctypes

    windows: Any = vars(ctypes)["windll"].kernel32
    handle = windows.OpenProcess(0x1000, False, pid)  # PROCESS_QUERY_LIMITED_INFORMATION
    if not handle:
        return bool(windows.GetLastError() == 5)  # access denied: it is there, and not ours
    try:
        code = ctypes.c_ulong()
        return bool(windows.GetExitCodeProcess(handle, ctypes.byref(code)) and code.value == 259)  # STILL_ACTIVE
    finally:
        windows.CloseHandle(handle)
