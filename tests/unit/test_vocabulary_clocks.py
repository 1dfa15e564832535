"""Clocks: days counted from the right one, and nothing due that nobody has dated."""

from datetime import date
from pathlib import Path

import pytest

from headwater.assessment import clocks
from headwater.vocabulary import BadInput, Clock, WrongRequest

KNOWN = clocks()
CLOCK = """title = "Our report"
who = "Us"
must = "Report."
starts = "The last day of the quarter"
count = 15
unit = "working-days"
first_day = "next"
owner = "Us"
agreed = 2026-01-01
review_by = 2027-01-01
version = "1"
source = "Our grant letter"
looked_at = 2026-01-01
verified = true
"""


def written(folder: Path, text: str, name: str = "ours.toml") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    _ = path.write_text(text, encoding="utf-8", newline="\n")
    return path


def test_every_clock_has_an_owner_a_source_and_a_day() -> None:
    assert set(KNOWN) == {
        "annual-report",
        "coroner-report",
        "freedom-of-information",
        "inspection-report",
        "quarterly-return",
        "select-committee",
        "strategy-review",
    }
    assert all(
        each.owner and each.source and each.looked_at and each.agreed < each.review_by for each in KNOWN.values()
    )
    assert {name for name, clock in KNOWN.items() if not clock.verified} == {
        "annual-report",
        "coroner-report",
        "quarterly-return",
    }


def test_fifty_six_days_that_begin_with_the_day_of_publication_end_fifty_five_later() -> None:
    assert KNOWN["inspection-report"].due(date(2026, 3, 2)) == date(2026, 4, 26)
    assert KNOWN["coroner-report"].due(date(2026, 3, 2)) == date(2026, 4, 27)


def test_twenty_working_days_pass_over_week_ends_and_holidays() -> None:
    answer = KNOWN["freedom-of-information"]
    assert answer.due(date(2026, 11, 2)) == date(2026, 11, 30)
    assert answer.due(date(2026, 10, 31)) == date(2026, 11, 27), "a Saturday is not a day, so Monday is the first"
    christmas = {date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)}
    assert answer.due(date(2026, 12, 7), christmas) == date(2027, 1, 7)


def test_months_end_on_the_same_day_or_on_the_last_there_is() -> None:
    assert KNOWN["select-committee"].due(date(2026, 12, 31)) == date(2027, 2, 28)
    assert KNOWN["select-committee"].due(date(2026, 11, 5)) == date(2027, 1, 5)
    assert KNOWN["strategy-review"].due(date(2024, 2, 29)) == date(2025, 2, 28)
    assert KNOWN["strategy-review"].due(date(2024, 1, 31)) == date(2025, 1, 31)


@pytest.mark.parametrize("name", ["quarterly-return", "annual-report"])
def test_a_report_that_nobody_has_dated_in_public_is_never_due_on_a_day_of_ours(name: str) -> None:
    with pytest.raises(WrongRequest, match=rf"copy {name}\.toml into clocks/ of the workspace"):
        _ = KNOWN[name].due(date(2026, 6, 30))


def test_a_workspaces_own_clock_dates_it(tmp_path: Path) -> None:
    _ = written(tmp_path / "clocks", CLOCK, "quarterly-return.toml")
    assert clocks(tmp_path)["quarterly-return"].due(date(2026, 6, 30)) == date(2026, 7, 21)
    assert clocks(tmp_path)["select-committee"] == KNOWN["select-committee"]


def test_a_working_day_may_itself_be_the_first(tmp_path: Path) -> None:
    clock = Clock.read(written(tmp_path, CLOCK.replace('"next"', '"same"').replace("15", "1")))
    assert clock.due(date(2026, 11, 2)) == date(2026, 11, 2)
    assert clock.due(date(2026, 11, 1)) == date(2026, 11, 2)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("count = 15", "count = 0"), r"ours\.toml: count is 1 or more; leave it out where nobody has said"),
        (("count = 15", 'count = "15"'), r"ours\.toml: count is a whole number"),
        (("count = 15", "count = true"), r"ours\.toml: count is a whole number"),
        (('"working-days"', '"workdays"'), r"unit is one of days, working-days, months; not 'workdays' \(there is 'working-days'"),
        (("starts =", "begins ="), r"not understood: 'begins'"),
    ],
)  # fmt: skip
def test_a_slip_is_told_with_what_would_do(tmp_path: Path, change: tuple[str, str], complaint: str) -> None:
    with pytest.raises(BadInput, match=complaint):
        _ = Clock.read(written(tmp_path, CLOCK.replace(*change, 1)))
