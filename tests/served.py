"""A partnership served on this machine, on either database, and browsers of its people."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PATIENCE = 90
SEED = (
    "from pathlib import Path; from headwater.web.serving import seed_demonstration; seed_demonstration(Path({root!r}))"
)


def seed(root: Path, database: str = "") -> None:
    """Put Aldermere's partnership into the database of a workspace, unless it is there."""
    words = SEED.format(root=str(root))
    _ = subprocess.run([sys.executable, "-c", words], env=environment(database), check=True)


@contextmanager
def served(root: Path, database: str = "", *, seeded: bool = False) -> Generator[str]:
    """The address of the workspace `root`, with Aldermere's partnership in its database and a worker beside it.

    `database` is the address of a PostgreSQL; where there is none, the database is a file of the workspace.
    """
    port = free_port()
    if not seeded:
        seed(root, database)
    here = environment(database)
    command = [sys.executable, "-m", "headwater", "serve", "--workspace", str(root), "--port", str(port)]
    with (
        (root / "served.log").open("wb") as log,
        subprocess.Popen(command, env=here, stdout=log, stderr=log) as server,
    ):
        try:
            address = f"http://localhost:{port}"
            _wait_for(address, server, root / "served.log")
            yield address
        finally:
            server.send_signal(2)
            try:
                _ = server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()


def environment(database: str) -> dict[str, str]:
    """What the processes of a partnership are told: which database is theirs, and nothing of the tests' own."""
    here = os.environ | {"HEADWATER_DATABASE": database, "PYTHONWARNINGS": "default"}
    here.pop("DJANGO_SETTINGS_MODULE", None)
    return here


def entered(browser: Any, address: str, name: str, **options: Any) -> Any:
    """A page of a new browser in which somebody has come in by the demonstration's door."""
    page = browser.new_context(**options).new_page()
    page.goto(f"{address}/account/login/")
    page.locator("button[name=person]", has_text=name).click()
    page.wait_for_url(f"{address}/")
    return page


def free_port() -> int:
    """A port nobody listens at."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    last = time.monotonic() + PATIENCE
    while time.monotonic() < last:
        assert server.poll() is None, f"the server ended: {log.read_text('utf-8', errors='replace')[-2000:]}"
        try:
            with urllib.request.urlopen(f"{address}/account/login/", timeout=5) as answer:  # noqa: S310 - our own machine
                assert answer.status == 200
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise AssertionError(f"nothing answered at {address} within {PATIENCE} seconds")
