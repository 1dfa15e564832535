"""A small partnership served on each database, for the journeys that change what is in it."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from built_once import once
from late_records import build_with_late_records
from postgresql import ABSENT, binaries, cluster
from served import seed, served

WORKSPACE, SENT, KEPT = "workspace", "police.zip", "cluster"


@dataclass(frozen=True, slots=True)
class Partnership:
    """Where it is served, where its workspace lies, and what the police send it next."""

    address: str
    root: Path
    sent: Path


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def partnership(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Partnership]:
    """A partnership of one's own, as it was when it was first seeded, with a database of that kind."""
    kept = once(tmp_path_factory, "late-records", _build)
    root = tmp_path_factory.mktemp(request.param) / WORKSPACE
    _ = shutil.copytree(kept / WORKSPACE, root)
    if request.param == "sqlite":
        with served(root, seeded=True) as address:
            yield Partnership(address, root, kept / SENT)
        return
    if binaries() is None:
        _ = pytest.fail(ABSENT) if os.environ.get("HEADWATER_REQUIRE_ALL") else pytest.skip(ABSENT)
    (root / "partnership.sqlite3").unlink()
    with cluster(_on_postgresql(tmp_path_factory)) as database, served(root, database, seeded=True) as address:
        yield Partnership(address, root, kept / SENT)


def _build(home: Path) -> None:
    home.mkdir()
    build_with_late_records(home / WORKSPACE, home / SENT)
    seed(home / WORKSPACE)


def _on_postgresql(factory: pytest.TempPathFactory) -> Path:
    """A cluster that holds the partnership. It is seeded by the same actions, and not copied from the other database."""
    kept = once(factory, "late-records", _build)

    def build(home: Path) -> None:
        home.mkdir()
        root = home / WORKSPACE
        _ = shutil.copytree(kept / WORKSPACE, root, ignore=shutil.ignore_patterns("*.sqlite3"))
        with cluster(keep=home / KEPT) as database:
            seed(root, database)

    return once(factory, "late-records-postgresql", build) / KEPT
