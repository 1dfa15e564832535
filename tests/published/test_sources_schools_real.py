"""The Department's own tables of exclusions, against what it printed and against each other."""

from pathlib import Path

import pytest

from conformed import Row, conform_one, values
from headwater.sources.schools import SOURCE


def read(real_data: Path, name: str, folder: Path) -> list[Row]:
    return conform_one(SOURCE, name, (real_data / "children" / name).read_text("utf-8-sig"), folder)[1]


@pytest.mark.parametrize(
    ("name", "landed", "conformed", "figures"),
    [("clean_la_data.csv", 7_122, 7_120, 42_720), ("reasons.csv", 7_004, 7_004, 168_096)],
)
def test_every_row_is_accounted_for(
    real_data: Path, tmp_path: Path, name: str, landed: int, conformed: int, figures: int
):
    body = (real_data / "children" / name).read_text("utf-8-sig")
    account, rows, aside = conform_one(SOURCE, name, body, tmp_path)
    assert (account.landed, account.conformed, account.duplicates, len(rows)) == (landed, conformed, 0, figures)
    assert {reason for _, reason in aside} <= {"'la_name' names no area"}
    assert all((row["value"] is None) == (row["status"] in ("c", "z")) for row in rows)


def test_2016_17_is_as_the_department_printed_it(real_data: Path, tmp_path: Path):
    """DfE, Permanent and fixed-period exclusions in England 2016 to 2017: 7,720 (0.10%) and 381,865 (4.76%)."""
    rows = read(real_data, "clean_la_data.csv", tmp_path)
    england = {"area_code": "E92000001", "period": "2016-17", "group": None}
    assert values(rows, measure="exclusions.permanent", **england) == [7_720]
    assert values(rows, measure="exclusions.permanent-rate", **england) == [0.10]
    assert values(rows, measure="suspensions", **england) == [381_865]
    assert values(rows, measure="suspensions-rate", **england) == [4.76]
    kinds = [values(rows, measure="exclusions.permanent", area_code="E92000001", period="2016-17", group=f"school={kind}")
             for kind in ("primary", "secondary", "special")]  # fmt: skip
    assert sum(many for (many,) in kinds if many) == 7_720


def test_reasons_add_up_to_the_exclusions_they_are_of(real_data: Path, tmp_path: Path):
    """England is rounded to 5 in each cell: twelve cells can be 30 from the total and no more."""
    rows = read(real_data, "reasons.csv", tmp_path)
    for measure, total in (("exclusions.permanent", 7_720), ("suspensions", 381_865)):
        parts = [row["value"] for row in rows if row["measure"] == measure and row["area_code"] == "E92000001"
                 and row["period"] == "2016-17" and "school=" not in row["group"]]  # fmt: skip
        assert len(parts) == 12
        assert abs(sum(parts) - total) <= 30


def test_two_tables_that_say_where_in_two_ways_mean_the_same_areas(real_data: Path, tmp_path: Path):
    """One gives names alone, the other codes, some of them out of date."""
    named = {(row["period"], row["area_code"]) for row in read(real_data, "clean_la_data.csv", tmp_path)}
    coded = {(row["period"], row["area_code"]) for row in read(real_data, "reasons.csv", tmp_path)}
    assert coded - named == set()
    alone = {"E06000053", "E09000001"}, {("2008-09", "E10000001"), ("2008-09", "E10000004")}
    assert all(code in alone[0] or (period, code) in alone[1] for period, code in named - coded), (
        "two authorities too small to have reasons, and the last year of two that were abolished in it"
    )
