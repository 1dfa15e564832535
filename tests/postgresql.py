"""A PostgreSQL of one's own, for as long as something runs: `python tests/postgresql.py COMMAND…`.

It lives in a temporary folder and listens on loopback alone. Where the machine has no PostgreSQL the command is not run, the
reason is printed, and with HEADWATER_REQUIRE_ALL=1 that is a failure.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

NOBODY = "nobody"
NEW = ("-U", "headwater", "-A", "trust", "-E", "UTF8", "--no-sync")
FASTER = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
ABSENT = "no PostgreSQL was found (initdb and pg_ctl); on Debian: apt install postgresql"


def binaries() -> Path | None:
    """The folder of PostgreSQL's programs, on the path or where Debian puts them."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    kept = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return kept[-1].parent if kept else None


@dataclass(frozen=True, slots=True)
class Server:
    """A PostgreSQL that runs, and can be stopped and started again as on a Tuesday."""

    address: str
    home: Path
    control: tuple[str, ...]
    options: str

    def start(self) -> None:
        """Start it, and come back when it answers."""
        _as_nobody([*self.control, "-o", self.options, "start"])

    def stop(self, how: str = "fast") -> None:
        """End it: 'fast' turns everybody out and keeps all that they wrote; 'immediate' is a crash."""
        _as_nobody([*self.control, "-m", how, "stop"])


@contextmanager
def server() -> Generator[Server]:
    """A new cluster with an empty database, gone at the end of the block."""
    programs = binaries()
    assert programs is not None, ABSENT
    with tempfile.TemporaryDirectory(prefix="headwater-pg-") as folder:
        home = Path(folder) / "data"
        home.mkdir()
        if os.geteuid() == 0:  # PostgreSQL will not run as root
            shutil.chown(folder, NOBODY)
            shutil.chown(home, NOBODY)
        port = _free_port()
        _as_nobody([str(programs / "initdb"), "-D", str(home), *NEW])
        made = Server(
            f"postgresql://headwater@127.0.0.1:{port}/postgres",
            home,
            (str(programs / "pg_ctl"), "-D", str(home), "-w", "-l", str(home / "log")),
            f"-p {port} -k '' -c listen_addresses=127.0.0.1 {FASTER}",
        )
        made.start()
        try:
            yield made
        finally:
            if (home / "postmaster.pid").exists():
                made.stop("immediate")


@contextmanager
def cluster() -> Generator[str]:
    """The address of an empty database in a new cluster, which is gone at the end of the block."""
    with server() as made:
        yield made.address


def _as_nobody(command: Sequence[str]) -> None:
    who = ["runuser", "-u", NOBODY, "--"] if os.geteuid() == 0 else []
    _ = subprocess.run([*who, *command], check=True, stdout=subprocess.DEVNULL, cwd="/")


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def main(command: Sequence[str]) -> int:
    """Run `command` with HEADWATER_DATABASE naming a new database, and end as it ends."""
    if binaries() is None:
        print(f"Not tested on PostgreSQL: {ABSENT}")  # noqa: T201
        return 1 if os.environ.get("HEADWATER_REQUIRE_ALL") == "1" else 0
    with cluster() as address:
        return subprocess.run(command, check=False, env=os.environ | {"HEADWATER_DATABASE": address}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
