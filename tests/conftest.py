"""What every test may ask for."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session", autouse=True)
def ctrl_c_is_heard() -> Iterator[None]:
    """Whoever runs the tests in the background may have Ctrl-C ignored, and what the tests start would inherit that."""
    before = signal.getsignal(signal.SIGINT)
    if before == signal.SIG_IGN:
        _ = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    _ = signal.signal(signal.SIGINT, before)


os.environ.setdefault("SPARK_SUBMIT_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
"""Spark lives for a minute in a test: its Java compiles quickly rather than well."""
TURNS = (
    "journeys/test_edition.py",
    "published",
    "journeys",
    "web",
    "agreement",
    "specification",
    "unit",
    "architecture",
)
"""Files of tests in the order they are begun, long ones first, so that no worker is left with one at the end. The first builds what many
others wait for, while another worker has the real files to read."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put files in their turn; within a turn their order stays as chance has it."""

    def turn(item: pytest.Item) -> int:
        path = item.path.relative_to(ROOT / "tests").as_posix()
        return next(n for n, start in enumerate(TURNS) if path.startswith(start))

    items.sort(key=turn)


def _beside(folder: str) -> Path:
    """A folder of real files kept beside the checkout; skipped with a reason on a fresh clone, which has none of it."""
    path = SHARED / folder
    if path.is_dir():
        return path
    reason = f"needs the real files in ../shared/{folder}, which a fresh clone does not have"
    if os.environ.get("HEADWATER_REQUIRE_ALL") and SHARED.is_dir():
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real open data."""
    return _beside("data")


@pytest.fixture(scope="session")
def oracles() -> Path:
    """The folder of answers worked out elsewhere."""
    return _beside("oracles")


@pytest.fixture(scope="session")
def aldermere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of the county that does not exist, landed and assessed as `headwater demo` does it. Not to be changed."""
    from built_once import build_aldermere, once

    return once(tmp_path_factory, "aldermere-workspace", build_aldermere)


@pytest.fixture(scope="session")
def seeded_aldermere(aldermere: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, with Aldermere's partnership in its database. Not to be changed, nor served: serve a copy."""
    from built_once import copy_of, once
    from served import seed

    def build(root: Path) -> None:
        _ = copy_of(aldermere, root, editions=True)
        seed(root)

    return once(tmp_path_factory, "partnership-of-aldermere", build)


@pytest.fixture(scope="session")
def published_aldermere(aldermere: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of Aldermere with what is published alone: no partner has sent anything. Not to be changed."""
    from built_once import build_public, once

    return once(tmp_path_factory, "published-aldermere", lambda root: build_public(root, aldermere))


@pytest.fixture(scope="session")
def reference(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace that holds the real places, residents and deprivation of England and Wales. Not to be changed."""
    from built_once import build_reference, once

    return once(tmp_path_factory, "reference-workspace", lambda root: build_reference(root, real_data))


@pytest.fixture(scope="session")
def northumbria(real_data: Path, reference: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of the real Northumbria, 2020 to 2023 and 2025, assessed. Not to be changed."""
    from built_once import build_northumbria, once

    return once(tmp_path_factory, "northumbria-workspace", lambda root: build_northumbria(root, real_data, reference))
