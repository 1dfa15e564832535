"""What the unit tests may ask for."""

import runpy
from pathlib import Path

import pytest

from headwater.documents import Document

SAMPLE = Path(__file__).parents[1] / "sample_document.py"


@pytest.fixture(scope="session")
def sample_document() -> Document:
    """A small publication with every block and every chart in it."""
    return runpy.run_path(str(SAMPLE))["sample_document"]()
