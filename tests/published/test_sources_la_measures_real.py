"""The interactive tool's own files: every row, in good time, and against the publications that it copies."""

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook

from conformed import NO_ENGINE, Row, body_of, conform_one
from headwater.sources import Account, open_package
from headwater.sources.fingertips import SOURCE as FINGERTIPS
from headwater.sources.la_measures import SOURCE
from headwater.sources.schools import SOURCE as SCHOOLS
from headwater.sources.social_care import SOURCE as SOCIAL_CARE

Figures = Mapping[tuple[str, str], float]


@pytest.fixture(scope="module")
def read(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Account, pa.Table, float]:
    """The account and the figures of the long table, and the seconds that conforming it took."""
    folder = tmp_path_factory.mktemp("measures")
    (extract,) = open_package(real_data / "children" / "bds_long_0.parquet", folder / "scratch").extracts
    began = time.perf_counter()
    account = SOURCE.conform(extract.dataset, [extract], NO_ENGINE, folder / "out")
    return account, pq.read_table(folder / "out" / "counts.parquet"), time.perf_counter() - began


def figures_of(counts: pa.Table, measure: str) -> Figures:
    """By area and last month, the figures of a measure that there are."""
    chosen = counts.filter((pc.field("measure") == measure) & pc.field("value").is_valid())
    return {(row["area_code"], row["last_month"]): row["value"] for row in chosen.to_pylist()}


def published(rows: list[Row], measure: str, group: str | None) -> Figures:
    found: dict[tuple[str, str], Any] = {}
    for row in rows:
        if row["measure"] == measure and row["group"] == group and row["value"] is not None:
            found[row["area_code"], row["last_month"]] = row["value"]
    return found


def test_all_641_070_rows_are_accounted_for_in_good_time(read: tuple[Account, pa.Table, float]):
    account, counts, seconds = read
    assert (account.landed, account.conformed, account.duplicates) == (641_070, 640_900, 0)
    assert account.reasons == (("'Years' does not say which months are meant, for a measure by academic year", 170),)
    assert counts.num_rows == 640_900
    assert len(counts.column("measure").unique()) == 434
    assert pc.sum(pc.equal(counts["status"], "x")).as_py() == counts["value"].null_count == 93_713
    assert seconds < 20, "row by row it would be a minute"


LOOKED_AFTER = (SOCIAL_CARE, "cla_number_and_rate_per_10k_children.csv")
COPIES = {
    "lacnum": (*LOOKED_AFTER, "looked-after", None, 0.0, 700),
    "lac": (*LOOKED_AFTER, "looked-after-rate", None, 0.5, 700),
    "hospad0-14": (FINGERTIPS, "region_hospital_admissions_2324.csv", "admissions.injuries-0-14-rate", "age=under-15-yrs", 0.006, 1_200),
    "totfixedex": (SCHOOLS, "clean_la_data.csv", "suspensions-rate", None, 0.006, 280),
}  # fmt: skip
"""By measure of the tool: what it copies (source, file, measure, group), how far rounding may part them, and how many agree."""


@pytest.mark.parametrize("measure", COPIES)
def test_a_measure_is_the_publication_that_it_copies_month_for_month(
    read: tuple[Account, pa.Table, float], real_data: Path, tmp_path: Path, measure: str
):
    """If a year were taken for another kind of year, hardly any would agree."""
    source, name, theirs, group, apart, fewest = COPIES[measure]
    ours = figures_of(read[1], measure)
    rows = conform_one(source, name, (real_data / "children" / name).read_text("utf-8-sig"), tmp_path)[1]
    other = published(rows, theirs, group)
    both = ours.keys() & other.keys()
    agree = [key for key in both if abs(ours[key] - other[key]) <= apart + 1e-9]
    assert len(agree) >= fewest
    assert len(agree) / len(both) > 0.97, "the rest were revised by one and not by the other"


def test_the_dictionary_is_what_we_have(real_data: Path, tmp_path: Path):
    body = (
        (real_data / "children" / "lait_data_dictionary.csv")
        .read_bytes()
        .decode("utf-8-sig")
        .replace("\r\n", "\n")
        .replace("\r", " ")
    )
    account, _, aside = conform_one(SOURCE, "lait_data_dictionary.csv", body, tmp_path)
    assert (account.landed, account.conformed, account.duplicates, aside) == (448, 434, 14, [])
    assert account.notes == ("434 measures of lait_data_dictionary.csv are as measures.toml has them",)


def test_every_authority_has_ten_neighbours(real_data: Path, tmp_path: Path):
    workbook = CalamineWorkbook.from_path(real_data / "children" / "sn_may_2025.xlsx")
    body = body_of(*workbook.get_sheet_by_name("LA SN Groups").to_python())
    account, rows, aside = conform_one(SOURCE, "sn_may_2025.csv", body, tmp_path)
    assert (account.landed, account.conformed) == (163, 158)
    assert [line for line, _ in aside] == [2, 3, 157, 158, 159]
    assert {row["area_code"] for row in rows} >= {"E08000035", "E06000065", "E06000063"}
    ranks: dict[str, list[float]] = {}
    for row in rows:
        ranks.setdefault(row["area_code"], []).append(row["value"])
        assert f"neighbour={row['area_code']}" not in row["group"]
    assert all(found == list(range(1, 11)) for found in ranks.values())
