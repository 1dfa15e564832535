"""Fingertips: what each row becomes, what its note makes of it, and what may not be read."""

from pathlib import Path

import pytest

from conformed import Row, body_of, conform_invented, conform_one, extract_of
from headwater.sources.fingertips import SOURCE
from headwater.sources.fingertips.indicators import indicator_of
from headwater.sources.fingertips.invented import invent
from headwater.sources.reading import Unusable

HEADER = tuple(column.name for column in SOURCE.contracts["fingertips.indicators"].columns)
USUAL = {
    "Indicator ID": "90284", "Area Code": "E06000001", "Area Type": "Counties & UAs (from Apr 2023)", "Sex": "Persons",
    "Age": "<15 yrs", "Time period": "2023/24", "Value": "70.5", "Lower CI 95.0 limit": "60.25", "Upper CI 95.0 limit": "81.5",
    "Count": "110", "Denominator": "15603",
}  # fmt: skip
NOTHING = {"Value": "", "Count": "", "Denominator": "", "Lower CI 95.0 limit": "-1", "Upper CI 95.0 limit": "-1"}


def row(**said: str) -> list[str]:
    cells = USUAL | {name.replace("_", " "): text for name, text in said.items()}
    return [cells.get(name, "") for name in HEADER]


def read(tmp_path: Path, *rows: list[str]) -> list[Row]:
    return conform_one(SOURCE, "download.csv", body_of(HEADER, *rows), tmp_path)[1]


def test_a_row_is_a_count_and_a_rate_and_the_unit_says_what_was_counted(tmp_path: Path):
    count, rate = read(tmp_path, row(Sex="Female"))
    assert (count["measure"], count["value"], count["lower"], count["unit"]) == (
        "admissions.injuries-0-14", 110, None, "emergency admissions (FAE)",
    )  # fmt: skip
    assert (rate["measure"], rate["value"], rate["lower"], rate["upper"], rate["unit"]) == (
        "admissions.injuries-0-14-rate", 70.5, 60.25, 81.5, "emergency admissions (FAE) per 10,000, crude",
    )  # fmt: skip
    for found in (count, rate):
        assert (found["area_code"], found["level"], found["group"]) == (
            "E06000001",
            "utla23",
            "age=under-15-yrs;sex=female",
        )
        assert (found["period"], found["first_month"], found["last_month"]) == ("2023-24", "2023-04", "2024-03")
        assert (found["denominator"], found["status"], found["release"]) == (15_603, None, "years to 2023-24")


def test_violence_is_three_years_together_and_standardised(tmp_path: Path):
    _, rate = read(tmp_path, row(**{"Indicator ID": "11401", "Time period": "2021/22 - 23/24", "Age": "All ages"}))
    assert (rate["measure"], rate["unit"]) == (
        "admissions.violence-rate",
        "emergency admissions (FAE) per 100,000, directly standardised",
    )
    assert (rate["period"], rate["first_month"], rate["last_month"], rate["group"]) == (
        "2021-22 to 2023-24", "2021-04", "2024-03", None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("note", "figures", "status"),
    [
        ("Not presented due to a trust not submitting", False, "x"),
        ("Value suppressed for disclosure control due to small count", False, "c"),
        ("Value for Cornwall and Isles of Scilly combined", False, "x"),
        ("Value for Cornwall and Isles of Scilly combined", True, "e"),
        ("Should be treated with caution due to a trust", True, "u"),
        ("A note of next year", True, "u"),
        ("A note of next year", False, "x"),
        ("Aggregated from all known lower geography values", True, None),
    ],
)
def test_a_note_becomes_a_mark(tmp_path: Path, note: str, figures: bool, status: str | None):
    said = {"Value note": note} | ({} if figures else NOTHING)
    account, rows, _ = conform_one(SOURCE, "download.csv", body_of(HEADER, row(**said)), tmp_path)
    assert [(found["status"], found["value"] is not None) for found in rows] == [(status, figures)] * 2
    assert all(found["lower"] is None for found in rows if found["value"] is None)
    assert (account.notes != ()) == note.startswith("A note")


def test_a_part_of_england_is_a_group_and_never_england(tmp_path: Path):
    said = {"Area Code": "E92000001", "Area Type": "England", "Category": "Most deprived decile (IMD2019)",
            "Category Type": "District & UA deprivation deciles in England (IMD2019, 4/23 geography)"}  # fmt: skip
    rows = read(tmp_path, row(**said))
    assert {found["level"] for found in rows} == {"country"}
    assert all("category=most-deprived-decile-imd2019" in found["group"] for found in rows)


def test_what_cannot_be_read_is_set_aside_with_its_line_and_never_its_cells(tmp_path: Path):
    body = body_of(
        HEADER,
        row(),
        row(**{"Indicator ID": "92000"}),
        row(**{"Time period": "2023"}),
        row(**{"Time period": "2021/22 - 23/25"}),
        row(**{"Area Type": "Hospitals"}),
        row(**{"Area Code": "Hartlepool"}),
        row(Sex="Both"),
        row(**NOTHING),
        row(Value="many"),
        row(),
        row(Count="115"),
    )
    account, _, aside = conform_one(SOURCE, "download.csv", body, tmp_path)
    assert (account.conformed, account.duplicates) == (1, 1)
    assert aside == [
        (3, "'Indicator ID' is not in indicators.toml: nothing says what it counts"),
        (4, "'Time period' is not a financial year, or several"),
        (5, "'Time period' is of years that do not follow one another"),
        (6, "'Area Type' is not one of those in the contract"),
        (7, "'Area Code' is not a nine-character area code"),
        (8, "'Sex' is not one of persons, male and female"),
        (9, "'Count' is empty, and no note says why"),
        (10, "'Value' is neither a number nor one of the marks in the contract"),
        (12, "the same area, period and group appears earlier in the file with other contents"),
    ]


@pytest.mark.parametrize("said", ["2021/23", "2021/22 - 20/21", "2021 - 23", "21/22", ""])
def test_a_period_is_of_years_that_follow_one_another(said: str):
    with pytest.raises(Unusable):
        indicator_of("11401").span(said)


def test_a_series_is_of_its_indicators_its_smallest_areas_and_its_last_year(tmp_path: Path):
    england = row(**{"Area Code": "E92000001", "Area Type": "England"})
    region = row(**{"Area Code": "E12000001", "Area Type": "Regions (statistical)"})
    one = extract_of(SOURCE, "la.csv", body_of(HEADER, england, row()), tmp_path)
    other = extract_of(SOURCE, "region.csv", body_of(HEADER, england, region, row()), tmp_path)
    both = extract_of(SOURCE, "both.csv", body_of(HEADER, england, row(**{"Indicator ID": "90285"}), row()), tmp_path)
    assert (one.producer, other.producer, both.producer) == (
        "ohid-90284-utla23-years-to-2023-24",
        "ohid-90284-utla23-years-to-2023-24",
        "ohid-90284+90285-utla23-years-to-2023-24",
    )


def test_the_pretend_download_conforms_whole_and_comes_out_the_same_again(tmp_path: Path):
    ((_, rows),) = conform_invented(SOURCE, invent, tmp_path)
    assert {found["status"] for found in rows} == {None, "u", "x"}
    assert all(found["lower"] < found["value"] < found["upper"] for found in rows if found["value"] and found["lower"])
