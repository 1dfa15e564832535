"""The day is today, or the day that was said, or the one that is held still."""

import re
from datetime import UTC, datetime

import pytest

from headwater.cli import clock
from headwater.vocabulary import WrongRequest


def test_a_day_that_is_said_is_used() -> None:
    assert clock.day("2026-11-23") == "2026-11-23"


@pytest.mark.parametrize("wrong", ["23/11/2026", "2026-13-01", "2026-02-30", "today", "", "2026-11-23T00:00"])
def test_what_is_not_a_day_is_refused_with_how_to_write_one(wrong: str) -> None:
    with pytest.raises(WrongRequest, match="write it as 2026-11-23"):
        clock.day(wrong)


def test_left_out_it_is_today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    before, said, after = datetime.now(UTC).date(), clock.day(None), datetime.now(UTC).date()
    assert before.isoformat() <= said <= after.isoformat()
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", said)


def test_the_clock_can_be_held_still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert clock.day(None) == "2023-11-14"
    assert clock.now() == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)


@pytest.mark.parametrize("wrong", ["yesterday", "-1", "1.5"])
def test_a_clock_held_at_nothing_is_refused(wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", wrong)
    with pytest.raises(WrongRequest, match="SOURCE_DATE_EPOCH"):
        clock.now()
