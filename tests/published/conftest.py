"""An edition of a real place, opened; and the same files counted by plain Python."""

import json
from pathlib import Path
from typing import Any

import pytest

from built_once import DAY
from plain_counts import Counts, count_rows


@pytest.fixture(scope="session")
def northumbria_record(northumbria: Path) -> dict[str, Any]:
    """What the edition of Northumbria says, as data."""
    path = northumbria / "editions" / DAY / "package" / "assessment.json"
    return json.loads(path.read_text("utf-8"))


@pytest.fixture(scope="session")
def northumbria_rows(real_data: Path) -> Counts:
    """The rows of the two packages of Northumbria."""
    return count_rows(real_data / "police-uk" / f"police-uk-{years}-northumbria.zip" for years in ("2020-2023", "2025"))
