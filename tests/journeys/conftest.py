"""A small partnership served on each database, for the journeys that change what is in it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from built_once import once
from late_records import build_with_late_records
from postgresql import ABSENT, binaries, cluster
from served import environment, seed, served

WORKSPACE, SENT, BACK_UP = "workspace", "police.zip", "partnership.headwater"


@dataclass(frozen=True, slots=True)
class Partnership:
    """Where it is served, from which kind of database, where its workspace lies, and what the police send it next."""

    address: str
    kind: str
    root: Path
    sent: Path


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def partnership(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Partnership]:
    """A partnership of one's own, as it was when it was first seeded, with a database of that kind."""
    if request.param == "postgresql" and binaries() is None:
        _ = pytest.fail(ABSENT) if os.environ.get("HEADWATER_REQUIRE_ALL") else pytest.skip(ABSENT)
    kept = once(tmp_path_factory, "late-records", _build)
    root = tmp_path_factory.mktemp(request.param) / WORKSPACE
    if request.param == "sqlite":
        _ = shutil.copytree(kept / WORKSPACE, root)
        with served(root, seeded=True) as address:
            yield Partnership(address, request.param, root, kept / SENT)
        return
    with cluster() as database:
        _headwater("restore", kept / BACK_UP, root, database=database)
        with served(root, database, seeded=True) as address:
            yield Partnership(address, request.param, root, kept / SENT)


def _build(home: Path) -> None:
    """It is seeded on SQLite, and goes to PostgreSQL as any partnership would: backed up, and restored there."""
    home.mkdir()
    build_with_late_records(home / WORKSPACE, home / SENT)
    seed(home / WORKSPACE)
    _headwater("backup", "--workspace", home / WORKSPACE, home / BACK_UP)


def _headwater(*words: str | Path, database: str = "") -> None:
    _ = subprocess.run([sys.executable, "-m", "headwater", *words], env=environment(database), check=True)
