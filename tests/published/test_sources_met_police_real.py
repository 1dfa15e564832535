"""The Metropolitan Police's own files, against the same files counted by plain means."""

from collections import Counter
from pathlib import Path

import pyarrow.csv
import pyarrow.parquet as pq
import pytest

from conformed import Row, conform_one
from headwater.sources import Account
from headwater.sources.met_police import SOURCE

Read = tuple[Account, list[Row], list[tuple[int, str]]]


@pytest.fixture(scope="module")
def read(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Read]:
    """Each file as a CSV with the columns of its Parquet, conformed."""
    found: dict[str, Read] = {}
    for path in sorted((real_data / "london-recorded-crime").glob("*.parquet")):
        folder = tmp_path_factory.mktemp(path.stem)
        pyarrow.csv.write_csv(pq.read_table(path), folder / "written.csv")
        found[path.stem] = conform_one(SOURCE, f"{path.stem}.csv", (folder / "written.csv").read_text("utf-8"), folder)
    return found


def plain(real_data: Path, name: str) -> list[Row]:
    return pq.read_table(real_data / "london-recorded-crime" / f"{name}.parquet").to_pylist()


@pytest.mark.parametrize(
    ("name", "conformed", "quarantined", "figures"),
    [
        ("recorded-crime-borough", 1_032, 0, 24_768),
        ("recorded-crime-borough-historical", 1_085, 0, 181_195),
        ("monthly-crime-dashboard", 59_431, 0, 59_321),
        ("homicide", 4_511, 1, 1_177),
    ],
)
def test_every_row_is_accounted_for(read: dict[str, Read], name: str, conformed: int, quarantined: int, figures: int):
    account, rows, _ = read[name]
    assert (account.conformed, account.quarantined, account.duplicates, len(rows)) == (
        conformed,
        quarantined,
        0,
        figures,
    )


@pytest.mark.parametrize(
    ("name", "months", "total"),
    [("recorded-crime-borough", 24, 1_838_828), ("recorded-crime-borough-historical", 167, 11_213_684)],
)
def test_no_offence_is_lost_or_made(read: dict[str, Read], name: str, months: int, total: int):
    rows = read[name][1]
    assert len({row["period"] for row in rows}) == months
    assert sum(row["value"] for row in rows) == total


def test_one_hundred_and_ninety_one_months_without_a_gap_or_an_overlap(read: dict[str, Read]):
    before, now = ({row["period"] for row in read[f"recorded-crime-borough{name}"][1]} for name in ("-historical", ""))
    assert (min(before), max(before), min(now), max(now)) == ("2010-04", "2024-02", "2024-03", "2026-02")
    assert not before & now
    assert len(before | now) == 191


def test_boroughs_come_to_more_than_wards_because_some_crimes_cannot_be_placed(real_data: Path, read: dict[str, Read]):
    knives = [
        row
        for row in read["monthly-crime-dashboard"][1]
        if row["measure"] == "offences" and "crime=knife-crime" in row["group"].split(";")
    ]
    placed = Counter[str]()
    for row in knives:
        placed[row["level"]] += int(row["value"])
    assert placed["ltla24"] == 56_384
    assert placed["ward24"] + placed["ward21"] == 55_887
    by_type = Counter[str]()
    for row in plain(real_data, "monthly-crime-dashboard"):
        if row["crime_subtype"] == "Knife Crime" and row["measure"] == "Offences":
            by_type[row["area_type"]] += row["count"]
    assert set(by_type.values()) == {57_709}, "each telling comes to the same once what cannot be placed is added"
    assert sum(placed.values()) == 2 * 57_709


def test_homicide_enters_as_counts_that_come_back_to_its_rows(real_data: Path, read: dict[str, Read]):
    rows = read["homicide"][1]
    kept = [row for row in plain(real_data, "homicide") if row["charged_summonsed"] != "Recording Error"]
    assert sum(row["value"] for row in rows if row["level"] == "pfa24" and row["group"] is None) == len(kept) == 4_511
    boys = sum(row["value"] for row in rows if row["group"] == "age=10-to-14")
    assert boys == sum(row["age_group"] == "10 to 14" for row in kept)
    assert all(";" not in str(row["group"]) for row in rows)
    assert {row["period"] for row in rows if row["period"].startswith("2024")} == {"2024-01 to 2024-03"}
