"""The Parquet files that others publish: as many rows, and the same cells, as PyArrow itself finds."""

import csv
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from headwater.sources.parquet import parquet_as_csv

FILES = ("children/bds_long_0", "london-recorded-crime/homicide", "london-recorded-crime/monthly-crime-dashboard",
         "london-recorded-crime/recorded-crime-borough", "london-recorded-crime/recorded-crime-borough-historical")  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_every_row_and_cell_arrives(real_data: Path, tmp_path: Path, name: str) -> None:
    path, target = real_data / f"{name}.parquet", tmp_path / "x.csv"
    with path.open("rb") as file:
        target.write_bytes(b"".join(parquet_as_csv(file, path.name)))
    table = pq.read_table(path)
    with target.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == table.column_names
    assert len(rows) == table.num_rows
    for place, (column, kind) in enumerate(zip(table.columns, table.schema.types, strict=True)):
        known = column.to_pylist()
        read = [row[place] for row in rows]
        assert [not cell for cell in read] == [cell is None or cell == "" for cell in known]
        if str(kind) in ("int64", "double"):
            assert [float(cell) for cell in read if cell] == [cell for cell in known if cell is not None]
        if "timestamp" in str(kind):
            assert read == [cell.isoformat() if cell else "" for cell in known]
