"""When something is due: sixty days worked out, the same by NumPy, and a working that says what was passed over."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from headwater.assessment import bank_holidays, clocks
from headwater.assessment.setting import definitions
from headwater.vocabulary import BadInput, BankHolidays, Extension, Reckoning, WrongRequest, reckon

CLOCKS, HOLIDAYS = clocks(), bank_holidays()
INFORMATION, INSPECTION, CORONER = "freedom-of-information", "inspection-report", "coroner-report"
COMMITTEE, REVIEW = "select-committee", "strategy-review"
WORKED = (
    (INFORMATION, "2019-12-20", "2020-01-23", "Christmas, and New Year in Scotland too"),
    (INFORMATION, "2019-12-24", "2020-01-27", "begins after two holidays and before a week-end"),
    (INFORMATION, "2019-12-31", "2020-01-30", "the last day of a year"),
    (INFORMATION, "2020-02-03", "2020-03-02", "over a leap day"),
    (INFORMATION, "2020-03-20", "2020-04-21", "Easter in April"),
    (INFORMATION, "2020-04-09", "2020-05-12", "before Good Friday; May Day moved to the Friday of VE Day"),
    (INFORMATION, "2020-07-10", "2020-08-11", "the Boyne on a Sunday, and Scotland's August"),
    (INFORMATION, "2020-12-07", "2021-01-08", "Boxing Day on a Saturday, 2 January too"),
    (INFORMATION, "2020-12-24", "2021-01-27", "Christmas Eve"),
    (INFORMATION, "2021-01-03", "2021-02-01", "a Sunday before a Scottish holiday"),
    (INFORMATION, "2021-02-26", "2021-03-29", "St Patrick's Day"),
    (INFORMATION, "2021-11-08", "2021-12-07", "St Andrew's Day"),
    (INFORMATION, "2021-12-31", "2022-02-01", "both days of New Year on a week-end"),
    (INFORMATION, "2022-05-10", "2022-06-09", "a jubilee of two days"),
    (INFORMATION, "2022-06-01", "2022-07-01", "the day before the jubilee"),
    (INFORMATION, "2022-08-26", "2022-09-27", "the end of August, and a state funeral"),
    (INFORMATION, "2022-09-08", "2022-10-07", "a state funeral"),
    (INFORMATION, "2022-12-05", "2023-01-06", "Christmas on a Sunday, New Year on a Sunday"),
    (INFORMATION, "2023-01-01", "2023-01-31", "a Sunday that is New Year's Day"),
    (INFORMATION, "2023-03-13", "2023-04-13", "St Patrick and Easter"),
    (INFORMATION, "2023-04-14", "2023-05-16", "May Day and a coronation"),
    (INFORMATION, "2023-11-06", "2023-12-05", "St Andrew on a Thursday"),
    (INFORMATION, "2024-02-01", "2024-02-29", "due on a leap day"),
    (INFORMATION, "2024-02-29", "2024-04-02", "from a leap day, past St Patrick's Monday and Easter in March"),
    (INFORMATION, "2024-03-04", "2024-04-04", "Easter over the end of March"),
    (INFORMATION, "2024-11-15", "2024-12-16", "St Andrew on a Saturday"),
    (INFORMATION, "2025-03-14", "2025-04-14", "St Patrick on a Monday"),
    (INFORMATION, "2025-04-18", "2025-05-20", "received on Good Friday"),
    (INFORMATION, "2025-07-11", "2025-08-12", "the Boyne on a Saturday"),
    (INFORMATION, "2025-11-28", "2025-12-31", "due on the last day of a year"),
    (INFORMATION, "2026-03-20", "2026-04-21", "Easter in the first week of April"),
    (INFORMATION, "2026-05-22", "2026-06-23", "Spring, and Scotland's day for the World Cup"),
    (INFORMATION, "2026-05-29", "2026-06-29", "the World Cup alone"),
    (INFORMATION, "2026-10-31", "2026-11-27", "a Saturday, and no holiday at all"),
    (INFORMATION, "2026-11-02", "2026-12-01", "St Andrew on a Monday"),
    (INFORMATION, "2026-12-07", "2027-01-08", "four holidays of three nations"),
    (INFORMATION, "2027-03-01", "2027-04-01", "St Patrick and an early Easter"),
    (INFORMATION, "2027-03-27", "2027-04-26", "the Saturday of Easter"),
    (INFORMATION, "2027-07-09", "2027-08-10", "the Boyne on its own Monday"),
    (INFORMATION, "2027-11-26", "2027-12-29", "both days of Christmas on a week-end"),
    (INSPECTION, "2026-03-02", "2026-04-26", "fifty-five days after, on a Sunday"),
    (INSPECTION, "2024-01-05", "2024-02-29", "due on a leap day"),
    (INSPECTION, "2023-01-05", "2023-03-01", "no leap day"),
    (INSPECTION, "2025-12-01", "2026-01-25", "over a year's end"),
    (INSPECTION, "2024-02-29", "2024-04-24", "from a leap day"),
    (INSPECTION, "2027-11-07", "2028-01-01", "due on a holiday, which moves nothing"),
    (INSPECTION, "2019-12-06", "2020-01-30", "over Christmas, which moves nothing"),
    (INSPECTION, "2026-10-25", "2026-12-19", "the night the clocks go back"),
    (CORONER, "2026-03-02", "2026-04-27", "a day later than an inspection's"),
    (CORONER, "2024-01-05", "2024-03-01", "over a leap day"),
    (CORONER, "2023-01-04", "2023-03-01", "over the end of February"),
    (CORONER, "2020-12-25", "2021-02-19", "received on Christmas Day"),
    (CORONER, "2019-02-28", "2019-04-25", "the night the clocks go on"),
    (CORONER, "2026-11-05", "2026-12-31", "the last day of a year"),
    (COMMITTEE, "2026-12-31", "2027-02-28", "a month of twenty-eight days"),
    (COMMITTEE, "2023-12-31", "2024-02-29", "a month of twenty-nine"),
    (COMMITTEE, "2026-07-31", "2026-09-30", "a month of thirty"),
    (COMMITTEE, "2026-11-05", "2027-01-05", "over a year's end"),
    (REVIEW, "2024-02-29", "2025-02-28", "a year from a leap day"),
    (REVIEW, "2027-01-31", "2028-01-31", "a year"),
)  # fmt: skip


def run(clock: str, started: str, *extensions: Extension) -> Reckoning:
    return reckon(CLOCKS[clock], date.fromisoformat(started), HOLIDAYS.values(), extensions)


@pytest.mark.parametrize(("clock", "started", "due", "why"), WORKED, ids=[f"{row[0]}-{row[1]}" for row in WORKED])
def test_a_worked_day_is_the_day(clock: str, started: str, due: str, why: str) -> None:
    assert run(clock, started).due == date.fromisoformat(due), why


def test_numpy_counts_the_same_working_days_from_every_day_that_is_known() -> None:
    closed = sorted({np.datetime64(day) for each in HOLIDAYS.values() for day in each.days})
    days = np.arange("2019-01-01", "2027-11-27", dtype="datetime64[D]")
    due = np.busday_offset(np.busday_offset(days, 0, "backward", holidays=closed), 20, holidays=closed)
    assert [run(INFORMATION, str(day)).due for day in days] == due.tolist()


def test_every_weekday_that_is_passed_over_is_told_and_the_sum_comes_out() -> None:
    for clock, started, due, _ in WORKED:
        if clock == INFORMATION:
            found = run(clock, started)
            weekdays = np.busday_count(date.fromisoformat(started), date.fromisoformat(due)) + 1
            weekdays -= date.fromisoformat(started).weekday() < 5
            assert weekdays == 20 + len(found.passed)


def test_the_working_is_said_in_words() -> None:
    assert run(INFORMATION, "2026-11-02").working() == (
        "The day the request is received: Monday 2 November 2026.",
        "20 working days: the first is Tuesday 3 November 2026, and no Saturday or Sunday is counted.",
        "Not counted: Monday 30 November 2026, St Andrew’s Day.",
        "Due by the end of Tuesday 1 December 2026.",
    )
    assert run(INSPECTION, "2026-03-02").working()[1] == "56 days: the first is Monday 2 March 2026."
    assert run(INFORMATION, "2026-10-31").first == date(2026, 11, 2)


def test_more_time_is_told_with_who_gave_it_and_why_and_a_holding_reply_gives_none() -> None:
    first = Extension(
        until=date(2026, 5, 25), agreed=date(2026, 4, 20), by="the coroner", because="an inquest is open."
    )
    second = Extension(until=date(2026, 6, 1), agreed=date(2026, 5, 27), by="the coroner", because="illness")
    found = run(CORONER, "2026-03-02", second, first)
    assert (found.at_first, found.due) == (date(2026, 4, 27), date(2026, 6, 1))
    assert found.working()[-2:] == (
        "On Monday 20 April 2026, the coroner gave until the end of Monday 25 May 2026: an inquest is open.",
        "On Wednesday 27 May 2026, 2 days after it was due, the coroner gave until the end of Monday 1 June 2026: illness.",
    )
    assert [found.days_late(date(2026, 6, day)) for day in (1, 2, 12)] == [0, 1, 11]


def test_an_extension_that_gives_no_time_is_refused() -> None:
    short = Extension(until=date(2026, 4, 27), agreed=date(2026, 4, 20), by="the coroner", because="no reason")
    with pytest.raises(WrongRequest, match="an extension to 2026-04-27 gives no more time: it was due on 2026-04-27"):
        _ = run(CORONER, "2026-03-02", short)


@pytest.mark.parametrize("started", ["2018-12-20", "2027-12-20"])
def test_no_working_day_is_counted_where_bank_holidays_are_not_known(started: str) -> None:
    with pytest.raises(
        WrongRequest, match=r"are known from 2019-01-01 to 2027-12-31, .* copy [a-z-]+\.toml into holidays/"
    ):
        _ = run(INFORMATION, started)
    assert run(INSPECTION, started).due > date.fromisoformat(started)


def test_a_list_that_a_clock_names_is_there() -> None:
    with pytest.raises(
        WrongRequest, match="passes over the bank holidays of scotland, northern-ireland, and there is no such file"
    ):
        _ = reckon(CLOCKS[INFORMATION], date(2026, 3, 2), [HOLIDAYS["england-and-wales"]])


def test_every_day_of_every_list_is_a_weekday() -> None:
    assert {day.weekday() for each in HOLIDAYS.values() for day in each.days} <= {0, 1, 2, 3, 4}
    assert {name: len(each.days) for name, each in HOLIDAYS.items()} == {
        "england-and-wales": 75,
        "northern-ireland": 93,
        "scotland": 85,
    }


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda text: text.replace("[days]", "[dates]"), "there are no days"),
        (lambda text: text + '2028-01-01 = "New Year"\n', "2028-01-01 is not between since and until"),
        (lambda text: text + '2026-02-30 = "Never"\n', "'2026-02-30' under .days. is no day"),
        (lambda text: text + "2026-02-03 = 3\n", "what 2026-02-03 is called is text"),
        (lambda text: text.replace("until ", "untill "), "not understood: 'untill'"),
    ],
)
def test_a_slip_in_a_list_is_told_with_what_would_do(
    tmp_path: Path, change: Callable[[str], str], complaint: str
) -> None:
    path = tmp_path / "scotland.toml"
    text = (definitions("holidays") / path.name).read_text("utf-8")
    _ = path.write_text(change(text), encoding="utf-8", newline="\n")
    with pytest.raises(BadInput, match=rf"scotland\.toml: {complaint}"):
        _ = BankHolidays.read(path)
