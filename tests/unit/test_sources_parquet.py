"""Parquet at the door: the same table as a CSV, cell by cell."""

import csv
import datetime as dt
import io
import re
import zipfile
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.sources import open_package, parquet
from headwater.sources.parquet import parquet_as_csv, zones_of
from headwater.vocabulary import BadInput

COLUMNS = ("Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location", "LSOA code", "LSOA name",
           "Crime type", "Last outcome category", "Context")  # fmt: skip
ROW = ("", "2022-03", "Northumbria Police", "Northumbria Police", "-1.6", "54.88", "On or near A", "E01020614",
       "County Durham 002B", "Burglary", "", "")  # fmt: skip
STREET = pa.table({name: [cell or None] * 3 for name, cell in zip(COLUMNS, ROW, strict=True)})
NAME = "2022-03-northumbria-street.parquet"


def moment(*of: int) -> dt.datetime:
    """A time by the clock on the wall, as a file gives it."""
    return dt.datetime(*of, tzinfo=dt.UTC).replace(tzinfo=None)


def written(table: pa.Table, **how: object) -> bytes:
    sink = io.BytesIO()
    pq.write_table(table, sink, **how)
    return sink.getvalue()


def rows(table: pa.Table) -> list[list[str]]:
    return read(written(table))


def read(contents: bytes) -> list[list[str]]:
    text = b"".join(parquet_as_csv(io.BytesIO(contents), "x.parquet")).decode("utf-8")
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize(
    ("cells", "kind", "said"),
    [
        ([None, "", "a,b", 'say "x"', "Ca\r\nfé"], pa.string(), ["", "", "a,b", 'say "x"', "Ca fé"]),
        ([True, False, None], pa.bool_(), ["true", "false", ""]),
        ([1, -2, None], pa.int64(), ["1", "-2", ""]),
        ([0.1, 2.0, None, 1e20, 1 / 3], pa.float64(), ["0.1", "2", "", "1e+20", "0.3333333333333333"]),
        ([Decimal("1.50"), None], pa.decimal128(5, 2), ["1.50", ""]),
        ([dt.date(2024, 3, 1), None], pa.date32(), ["2024-03-01", ""]),
        ([dt.time(9, 5), dt.time(9, 5, 1, 250_000)], pa.time64("us"), ["09:05:00", "09:05:01.25"]),
        ([moment(2024, 3, 1, 14, 5), None], pa.timestamp("us"), ["2024-03-01T14:05:00", ""]),
        ([moment(2024, 3, 1, 14, 5, 0, 10)], pa.timestamp("us"), ["2024-03-01T14:05:00.00001"]),
        ([None, None], pa.null(), ["", ""]),
    ],
)
def test_a_cell_is_written_one_way(cells: list[object], kind: pa.DataType, said: list[str]) -> None:
    table = pa.table({"n": pa.array(range(len(cells))), "cell": pa.array(cells, kind)})
    assert rows(table) == [["n", "cell"], *([str(n), cell] for n, cell in enumerate(said))]


def test_a_time_with_a_zone_is_as_its_own_clocks_told_it() -> None:
    summer = dt.datetime(2024, 7, 1, 23, 30, tzinfo=dt.UTC)
    table = pa.table({"arrived": pa.array([summer], pa.timestamp("ms", "Europe/London"))})
    assert rows(table)[1] == ["2024-07-02T00:30:00"]
    assert zones_of(io.BytesIO(written(table)), "x") == ("times in 'arrived' are by the clocks of Europe/London",)


def test_text_may_hold_more_than_one_row_group_and_one_kind_of_string() -> None:
    table = pa.table({"a": pa.array(["x", None], pa.large_string()), "b": pa.array(["y", "z"], pa.string_view())})
    assert read(written(table, row_group_size=1)) == [["a", "b"], ["x", "y"], ["", "z"]]


def test_a_dictionary_is_its_words() -> None:
    assert rows(pa.table({"kind": pa.array(["a", None, "a"]).dictionary_encode(), "n": [1, 2, 3]}))[1:] == [
        ["a", "1"], ["", "2"], ["a", "3"],
    ]  # fmt: skip


@pytest.mark.parametrize("cells", [[[1]], [{"a": 1}], [b"x"]], ids=["list", "structure", "bytes"])
def test_what_no_cell_can_hold_is_refused_by_its_column(cells: list[object]) -> None:
    with pytest.raises(BadInput, match="'odd' holds lists, structures or bytes"):
        rows(pa.table({"even": [1], "odd": cells}))


def test_a_parquet_file_opens_as_the_same_file_in_csv_would(tmp_path: Path) -> None:
    alone = tmp_path / NAME
    alone.write_bytes(written(STREET, row_group_size=1))
    with zipfile.ZipFile(tmp_path / "p.zip", "w") as archive:
        archive.write(alone, f"2022-03/{NAME}")
    beside = tmp_path / "csv" / NAME.replace("parquet", "csv")
    beside.parent.mkdir()
    beside.write_text("\n".join(map(",".join, [COLUMNS, *[ROW] * 3])) + "\n", "utf-8", newline="\n")
    (one,) = open_package(alone, tmp_path / "s").extracts
    (zipped,) = open_package(tmp_path / "p.zip", tmp_path / "s").extracts
    (plain,) = open_package(beside, tmp_path / "s").extracts
    assert (one.name, one.dataset, one.month, one.rows, one.sound) == (NAME, "police_uk.street", "2022-03", 3, True)
    assert one.sha256 == zipped.sha256 == plain.sha256
    assert one.path.suffix == ".csv"


@pytest.mark.parametrize("spoil", [lambda b: b[:-9], lambda b: b[:40], lambda b: b"%PDF-1.7" + b, lambda b: b[:0]])
def test_a_damaged_file_is_refused_with_what_to_do(tmp_path: Path, spoil: object) -> None:
    (tmp_path / NAME).write_bytes(spoil(written(STREET)))
    with pytest.raises(BadInput, match="Ask for it again"):
        open_package(tmp_path / NAME, tmp_path / "s")


def test_a_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "SMALL", 1 << 20)
    bomb = pa.table({"a": pa.array(["x" * 500] * 200_000).dictionary_encode()})
    with pytest.raises(BadInput, match="unpacks to over"):
        read(written(bomb))


@given(st.lists(st.tuples(st.text(max_size=8), st.none() | st.floats(allow_nan=False)), max_size=20))
def test_text_and_numbers_survive(said: list[tuple[str, float | None]]) -> None:
    table = pa.table(
        {"t": pa.array([t for t, _ in said], pa.string()), "f": pa.array([f for _, f in said], pa.float64())}
    )
    back = rows(table)[1:]
    assert [t for t, _ in back] == [re.sub("\r\n|\r|\n", " ", t) for t, _ in said]
    assert [float(f) if f else None for _, f in back] == [f for _, f in said]


@given(st.binary(max_size=64), st.integers(0, 2_000))
def test_no_bytes_do_worse_than_be_refused(noise: bytes, place: int) -> None:
    whole = written(STREET)
    spoiled = whole[: place % len(whole)] + noise + whole[place % len(whole) + len(noise) :]
    with suppress(BadInput):
        assert read(spoiled)[0]
