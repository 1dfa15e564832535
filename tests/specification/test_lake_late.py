"""A return is late only where a delivery that was due to hold it did not; and it still counts."""

import pytest

from headwater.cli.coverage import show_undated
from headwater.lake import CoverageRow, conform, freeze, land
from headwater.lake.coverage import gaps

BOTH = {"2024-03": 40, "2024-04": 40, "2024-05": 40}
SHORT = {"2024-03": 40, "2024-05": 40}
STREET = "police_uk.street"


@pytest.fixture
def april(workspace, engine, police_folder):
    """April 2024 as coverage has it, after deliveries of (folder, months, day received)."""

    def covered(*deliveries: tuple[str, dict[str, int], str]) -> CoverageRow:
        for name, months, day in deliveries:
            land(workspace, police_folder(name, months, mark=name[0]), received=day)
        conform(workspace, engine)
        snapshot = freeze(workspace)
        (row,) = (row for row in snapshot.coverage.rows if row.month == "2024-04")
        assert (row.month in snapshot.coverage.missing(STREET, "northumbria", BOTH)) == (
            row.status in ("partial", "absent")
        )
        return row

    return covered


def test_what_a_later_delivery_had_to_bring_is_late_and_counts(april) -> None:
    row = april(("first", SHORT, "2024-07-20"), ("second", BOTH, "2024-09-02"))
    assert (row.status, row.rows) == ("late", 40)
    assert row.why == "not in what came on 2024-07-20, when it was due; it came on 2024-09-02"
    assert list(gaps([row])) == [f"{STREET}, northumbria: April 2024 late ({row.why})"]


def test_the_first_delivery_that_fell_short_is_named_in_whatever_order_they_landed(april) -> None:
    sent = (
        ("third", BOTH, "2024-12-01"),
        ("second", SHORT, "2024-09-02"),
        ("first", SHORT | {"2024-02": 40}, "2024-07-20"),
    )
    assert april(*sent).why.startswith("not in what came on 2024-07-20, ")


@pytest.mark.parametrize(
    "first",
    [
        ("first", SHORT, "2024-06-30"),
        ("first", {"2024-02": 40, "2024-03": 40}, "2024-07-20"),
        ("first", BOTH, "2024-07-20"),
        ("first", SHORT, ""),
    ],
    ids=["not due yet", "a delivery of months before it", "it was there", "nobody said when that came"],
)
def test_nothing_else_is_called_late(april, first) -> None:
    assert april(first, ("second", BOTH, "2026-01-02")).status == "complete"


def test_an_archive_of_old_months_is_not_late_for_being_landed_years_after(april) -> None:
    assert april(("only", BOTH, "2026-11-24")).status == "complete"


def test_nothing_is_called_late_that_came_on_no_known_day(april) -> None:
    assert april(("first", SHORT, "2024-07-20"), ("second", BOTH, "")).status == "complete"


def test_late_and_cut_short_is_partial(april) -> None:
    row = april(("first", SHORT, "2024-07-20"), ("second", BOTH | {"2024-04": 3}, "2024-09-02"))
    assert (row.status, row.rows) == ("partial", 3)


def test_what_is_new_in_a_delivery_of_another_force_is_not_late(workspace, engine, police_folder) -> None:
    land(workspace, police_folder("first", BOTH, force="cleveland"), received="2024-09-02")
    land(workspace, police_folder("second", BOTH), received="2024-12-01")
    conform(workspace, engine)
    assert {row.status for row in freeze(workspace).coverage.rows} == {"complete"}


def test_whatever_came_on_no_known_day_is_named(workspace, engine, police_folder, capsys) -> None:
    land(workspace, police_folder("dated", SHORT), received="2024-07-20")
    land(workspace, police_folder("undated", BOTH))
    conform(workspace, engine)
    show_undated(freeze(workspace).provenance)
    assert (
        " ".join(capsys.readouterr().out.split())
        == "Nobody said when these came, so no month in them is called late: undated."
    )
