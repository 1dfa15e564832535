"""A log says where something went wrong, and nothing of anybody."""

import logging
import sys

import pytest
from django.db import IntegrityError

from headwater.web.logs import Plain

pytestmark = pytest.mark.one_database


def _written(message: str, *said: object, raised: bool = False) -> str:
    record = logging.LogRecord(
        "headwater", logging.ERROR, __file__, 1, message, said, sys.exc_info() if raised else None
    )
    return Plain("%(levelname)s %(message)s").format(record)


def test_an_exception_is_told_by_its_kind_and_place() -> None:
    try:
        try:
            _ = int("Callum Wren of wren@trust.example")
        except ValueError as inner:
            raise IntegrityError("DETAIL: Callum Wren") from inner
    except IntegrityError:
        written = _written("Internal Server Error: %s", "/", raised=True)
    assert "IntegrityError" in written
    assert "ValueError" in written
    assert "test_logs.py" in written
    assert "DETAIL: Callum Wren" not in written.replace('raise IntegrityError("DETAIL: Callum Wren")', "")


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Not Found: /invitation/s3cr3t/", "Not Found: /invitation/(secret)/"),
        ("refused wren@trust.example twice", "refused (address) twice"),
    ],
)
def test_secrets_and_addresses_are_struck_out(said: str, kept: str) -> None:
    assert _written("%s", said) == f"ERROR {kept}"
