"""The Home Office's own files, against what the Home Office and others have printed from them."""

from pathlib import Path

import pytest

from conformed import Row, conform_one, values
from headwater.sources.nrm import SOURCE

FILES = {
    "nrm_reasonable_grounds.csv": (50, 500),
    "nrm_conclusive_grounds.csv": (50, 500),
    "nrm_duty_to_notify_longitudinal.csv": (42, 42),
    "nrm_referrals_by_age_2009_2023.csv": (15, 60),
}
"""Rows of each file, and the figures they hold."""


def read(real_data: Path, name: str, folder: Path) -> list[Row]:
    return conform_one(SOURCE, name, (real_data / "nrm" / name).read_text("utf-8"), folder)[1]


@pytest.mark.parametrize("name", FILES)
def test_every_row_is_conformed_and_agrees_with_itself(real_data: Path, tmp_path: Path, name: str):
    account, rows, aside = conform_one(SOURCE, name, (real_data / "nrm" / name).read_text("utf-8"), tmp_path)
    assert (account.landed, len(rows)) == FILES[name]
    assert (account.conformed, account.quarantined, account.duplicates, aside) == (FILES[name][0], 0, 0, [])
    assert all(" do not" not in note for note in account.notes)


def test_the_year_2023_is_as_the_government_summed_it_up(real_data: Path, tmp_path: Path):
    """gov.uk, National Referral Mechanism statistics, end of year summary 2023: 17,004; 44% children, 51% adults."""
    rows = read(real_data, "nrm_referrals_by_age_2009_2023.csv", tmp_path)
    total, child, adult = (
        values(rows, period="2023", group=group)[0]
        for group in (None, "age_at_exploitation=child", "age_at_exploitation=adult")
    )
    assert (total, child, adult) == (17_004, 7_432, 8_622)
    assert (round(100 * child / total), round(100 * adult / total)) == (44, 51)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("period", "positive", "decided", "percent"), [("2022", 6_246, 6_933, 90.1), ("2023", 4_610, 6_241, 73.9)]
)
def test_positive_decisions_for_children_break_in_2023(
    real_data: Path, tmp_path: Path, period: str, positive: int, decided: int, percent: float
):
    rows = read(real_data, "nrm_reasonable_grounds.csv", tmp_path)
    (row,) = (r for r in rows if r["period"] == period and r["group"] == "age_at_exploitation=child;outcome=positive")
    assert (row["value"], row["denominator"]) == (positive, decided)
    assert round(100 * row["value"] / row["denominator"], 1) == percent


def test_quarters_and_years_are_never_the_same_period(real_data: Path, tmp_path: Path):
    rows = read(real_data, "nrm_duty_to_notify_longitudinal.csv", tmp_path)
    years = [row for row in rows if len(row["period"]) == 4]
    quarters = [row for row in rows if "Q" in row["period"]]
    assert (len(years), len(quarters)) == (9, 33)
    assert sum(row["value"] for row in years) == sum(row["value"] for row in quarters) == 21_298
    assert values(rows, period="2023") == [4_929]  # gov.uk, end of year summary 2023


def test_a_year_that_the_series_does_not_hold_whole_says_so(real_data: Path, tmp_path: Path):
    rows = read(real_data, "nrm_referrals_by_age_2009_2023.csv", tmp_path)
    assert {row["first_month"] for row in rows if row["period"] == "2009"} == {"2009-04"}
