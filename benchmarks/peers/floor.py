"""The floor: DuckDB copies the CSV files to Parquet as they are and groups them. It checks nothing and keeps nothing.

`python -m benchmarks.peers.floor SOURCE FOLDER`, where SOURCE is a folder of files already unzipped, or a zip to unzip first.
"""

import json
import sys
import zipfile
from pathlib import Path

import duckdb

COLUMNS = {"street": "Crime type", "outcomes": "Outcome type", "stop-and-search": "Type"}


def main(source: Path, folder: Path) -> None:
    folder.mkdir()
    if source.is_file():
        with zipfile.ZipFile(source) as archive:
            archive.extractall(folder / "csv")
        source = folder / "csv"
    landed, cells = 0, 0
    with duckdb.connect() as connection:
        _ = connection.execute("SET enable_progress_bar = false")
        for kind, column in COLUMNS.items():
            copy = folder / f"{kind}.parquet"
            files = f"read_csv('{source}/*/*-{kind}.csv', filename = true)"
            _ = connection.execute(f"COPY (SELECT * FROM {files}) TO '{copy}'")  # noqa: S608
            landed += connection.read_parquet(str(copy)).shape[0]
            if kind != "stop-and-search":
                counts = f'SELECT "LSOA code", "Month", "{column}", count(*) FROM \'{copy}\' GROUP BY ALL'  # noqa: S608
                cells += len(connection.execute(counts).to_arrow_table())
    print(json.dumps({"rows": landed, "cells": cells}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
