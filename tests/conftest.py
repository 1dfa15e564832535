"""What every test may ask for."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"


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
