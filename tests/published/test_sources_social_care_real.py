"""The Department's own tables of children's social care, against what it printed."""

from pathlib import Path

import pytest

from conformed import Row, conform_one, values
from headwater.sources.social_care import SOURCE

FACTORS = "c3_factors_identified_at_end_of_assessment_2018_to_2025.csv"
CHILDREN = "cla_number_and_rate_per_10k_children.csv"


def read(real_data: Path, name: str, folder: Path) -> list[Row]:
    return conform_one(SOURCE, name, (real_data / "children" / name).read_text("utf-8-sig"), folder)[1]


@pytest.mark.parametrize(("name", "landed", "figures"), [(FACTORS, 1_312, 52_480), (CHILDREN, 2_505, 5_010)])
def test_every_row_is_conformed(real_data: Path, tmp_path: Path, name: str, landed: int, figures: int):
    body = (real_data / "children" / name).read_text("utf-8-sig")
    account, rows, aside = conform_one(SOURCE, name, body, tmp_path)
    assert (account.landed, account.conformed, len(rows), aside) == (landed, landed, figures, [])
    assert all((row["value"] is None) == (row["status"] is not None) for row in rows)


def test_children_looked_after_are_as_the_department_printed_them(real_data: Path, tmp_path: Path):
    """DfE, Children looked after in England including adoptions, 2025: 81,770 on 31 March 2025, 67 per 10,000."""
    rows = read(real_data, CHILDREN, tmp_path)
    assert values(rows, measure="looked-after", area_code="E92000001", period="2025") == [81_770]
    assert values(rows, measure="looked-after-rate", area_code="E92000001", period="2025") == [67]


def test_a_published_rate_is_its_count_over_its_denominator(real_data: Path, tmp_path: Path):
    """All but the rounded: a rate of whole children in each 10,000 is within half of what its parts give."""
    rows = [row for row in read(real_data, CHILDREN, tmp_path) if row["level"] not in ("country", "region")]
    counts = {(r["measure"], r["area_code"], r["period"]): r for r in rows if not r["measure"].endswith("-rate")}
    checked = 0
    for row in (r for r in rows if r["measure"].endswith("-rate") and r["value"] is not None):
        count = counts[row["measure"].removesuffix("-rate"), row["area_code"], row["period"]]
        assert abs(10_000 * count["value"] / count["denominator"] - row["value"]) <= 0.5 + 1e-9
        checked += 1
    assert checked == 2_267


def test_regions_add_up_to_england_within_their_rounding_and_inner_and_outer_london_are_london(
    real_data: Path, tmp_path: Path
):
    rows = [row for row in read(real_data, FACTORS, tmp_path) if row["group"] == "factor=child-criminal-exploitation"]
    for year, england in (("2022", 10_140), ("2023", 14_420), ("2024", 15_750), ("2025", 16_250)):
        regions = {row["area_code"]: row["value"] for row in rows if row["period"] == year and row["level"] == "region"}
        london = [regions.pop(code) for code in ("E13000001", "E13000002")]
        assert abs(sum(london) - regions["E12000007"]) <= 15
        assert values(rows, period=year, area_code="E92000001") == [england]
        assert abs(sum(regions.values()) - england) <= 50
    assert {row["status"] for row in rows if row["period"] < "2022"} == {"x"}
