"""One workspace served on one machine: its database made ready, its pages and its background work begun and ended together."""

import os
import subprocess
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from headwater.web.environment import DEMONSTRATION, LOOPBACK, keep_secret_key

THREADS = 8
KEY_FILE = "HEADWATER_KEY_FILE"
LARGEST = 3 * 1024**3
"""Bytes of one request. What is too large for us is refused by the page it is sent to, which can say why."""


def prepare(workspace: Path, host: str = "127.0.0.1") -> None:
    """Make the database of `workspace` ready, to be served from this machine: its tables as this version has them, and a key that
    sessions are signed with. Raises WorkspaceTrouble where a newer version made it."""
    _ = keep_secret_key(workspace)
    os.environ["HEADWATER_HTTPS"] = "0"
    _ = os.environ.setdefault("HEADWATER_HOSTS", ",".join(sorted({host, *LOOPBACK})))
    set_up(workspace)

    from headwater.web.upgrading import bring_up_to_date

    bring_up_to_date()


def set_up(workspace: Path) -> None:
    """Begin Django for one workspace, whose database is a file in it unless HEADWATER_DATABASE names another."""
    _ = os.environ.setdefault("DJANGO_SETTINGS_MODULE", "headwater.web.settings")
    os.environ["HEADWATER_WORKSPACE"] = str(workspace.resolve())

    import django

    django.setup()


def seed_demonstration(workspace: Path) -> bool:
    """Put Aldermere's partnership into the database of a workspace that `headwater demo` made, unless it holds one already."""
    marker = "# Nobody here exists: anybody may enter as any of them, on this machine.\n"
    _ = (workspace / DEMONSTRATION).write_text(marker, encoding="utf-8", newline="\n")
    with _key(workspace):
        prepare(workspace)

        from headwater.web.demonstration import seed

        return seed()


def serve(host: str, port: int) -> None:
    """Serve what was prepared, until Ctrl-C."""
    import waitress

    from headwater.web.wsgi import application

    with _key(Path(os.environ["HEADWATER_WORKSPACE"])), _worker():
        waitress.serve(
            application,
            host=host,
            port=port,
            threads=THREADS,
            max_request_body_size=LARGEST,
            ident="headwater",
            _quiet=True,
        )


@contextmanager
def _key(workspace: Path) -> Generator[None]:
    """The key that person keys are made with, where it is nobody's secret: in a county that does not exist."""
    from headwater.sources.inventing import key_of_nobody

    if not (workspace / DEMONSTRATION).is_file():
        yield
        return
    before = os.environ.get(KEY_FILE)
    with key_of_nobody() as path:
        os.environ[KEY_FILE] = str(path)
        try:
            yield
        finally:
            del os.environ[KEY_FILE]
            os.environ.update({KEY_FILE: before} if before else {})


@contextmanager
def _worker() -> Generator[None]:
    """A process beside this one, for builds that take longer than a page may. One that dies is followed by another."""
    from headwater.partnership.actions import clear_quarantine, find_stopped

    _ = find_stopped()  # what a worker that was killed left behind is said, and can be asked for again
    clear_quarantine(nothing_arrives=True)
    over = threading.Event()
    keeping = threading.Thread(target=_keep_working, args=(over,), name="worker", daemon=True)
    keeping.start()
    try:
        yield
    finally:
        over.set()
        keeping.join(timeout=30)


def _keep_working(over: threading.Event) -> None:
    command = [sys.executable, "-m", "headwater.web.working"]
    while not over.is_set():
        # what it reads from is ours alone: it is at its end when we are gone, and then so is the worker
        worker = subprocess.Popen(command, stdin=subprocess.PIPE)  # noqa: S603 - our own interpreter and our own words
        while worker.poll() is None:
            if over.wait(1):
                _end(worker)
        _ = over.wait(1)


def _end(worker: "subprocess.Popen[bytes]") -> None:
    """Ask it to end, and end it where it is at something long: what it was at is found stopped, and nothing is half-written."""
    worker.terminate()
    try:
        _ = worker.wait(timeout=10)
    except subprocess.TimeoutExpired:
        worker.kill()
        _ = worker.wait()
