"""Editions of real places, opened; and the same files counted by plain Python."""

import json
from pathlib import Path
from typing import Any

import pytest
from built_once import DAY, build_national, once
from plain_counts import Counts, count_rows


def record_in(root: Path) -> dict[str, Any]:
    return json.loads((root / "editions" / DAY / "package" / "assessment.json").read_text("utf-8"))


@pytest.fixture(scope="session")
def northumbria_record(northumbria: Path) -> dict[str, Any]:
    """What the edition of Northumbria says, as data."""
    return record_in(northumbria)


@pytest.fixture(scope="session")
def northumbria_rows(real_data: Path) -> Counts:
    """The rows of the two packages of Northumbria."""
    return count_rows(real_data / "police-uk" / f"police-uk-{years}-northumbria.zip" for years in ("2020-2023", "2025"))


@pytest.fixture(scope="session")
def national(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of England and Wales, January to April 2024, assessed by force area. Not to be changed."""
    return once(tmp_path_factory, "national-workspace", lambda root: build_national(root, real_data))


@pytest.fixture(scope="session")
def national_record(national: Path) -> dict[str, Any]:
    """What the national edition says, as data."""
    return record_in(national)
