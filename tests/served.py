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

PATIENCE = 90
SEED = (
    "from pathlib import Path; from headwater.web.serving import seed_demonstration; seed_demonstration(Path({root!r}))"
)


@contextmanager
def served(root: Path, database: str = "") -> Generator[str]:
    """The address of the workspace `root`, with Aldermere's partnership in its database and a worker beside it.

    `database` is the address of a PostgreSQL; where there is none, the database is a file of the workspace.
    """
    port = free_port()
    environment = os.environ | {"HEADWATER_DATABASE": database, "PYTHONWARNINGS": "default"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    _ = subprocess.run([sys.executable, "-c", SEED.format(root=str(root))], env=environment, check=True)
    command = [sys.executable, "-m", "headwater", "serve", "--workspace", str(root), "--port", str(port)]
    with (
        (root / "served.log").open("wb") as log,
        subprocess.Popen(command, env=environment, stdout=log, stderr=log) as server,
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
