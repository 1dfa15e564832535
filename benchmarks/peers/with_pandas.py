"""pandas: the script an analyst writes. Read each month's files, check and type them, drop what came twice, write Parquet, and
count by LSOA, month and type.

It keeps no copy of what arrived, no fingerprint, no line numbers of what it sets aside, and no account: less than Headwater
does. `python -m benchmarks.peers.with_pandas ZIP FOLDER`
"""

import json
import sys
import zipfile
from pathlib import Path

import pandas as pd

COUNTED = {"street": "Crime type", "outcomes": "Outcome type"}


def read(archive: zipfile.ZipFile, kind: str) -> pd.DataFrame:
    frames = []
    for name in sorted(archive.namelist()):
        if name.endswith(f"-{kind}.csv"):
            with archive.open(name) as file:
                frame = pd.read_csv(file)
            frame["file month"] = name[:7]
            frame["producer"] = Path(name).stem[8 : -len(kind) - 1]
            frames.append(frame)
    return pd.concat(frames, ignore_index=True)


def check(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that may be used, each crime of a force and month once."""
    inside = rows["Longitude"].between(-9.0, 2.2) & rows["Latitude"].between(49.8, 61.0)
    nowhere = rows["Longitude"].isna() & rows["Latitude"].isna()
    coded = rows["LSOA code"].isna() | rows["LSOA code"].str.fullmatch(r"[EWSZN][0-9A-Z]{8}")
    good = rows[(rows["Month"] == rows["file month"]) & (inside | nowhere) & coded]
    again = good.duplicated() & good["Crime ID"].notna()
    return good[~again].sort_values(["producer", "Month", "LSOA code"])


def main(source: Path, folder: Path) -> None:
    folder.mkdir()
    landed, counted, cells = 0, 0, 0
    with zipfile.ZipFile(source) as archive:
        for kind, column in COUNTED.items():
            rows = read(archive, kind)
            landed += len(rows)
            good = check(rows)
            good.to_parquet(folder / f"{kind}.parquet", compression="zstd")
            counts = good.groupby(["LSOA code", "Month", column], dropna=False).size()
            counts.rename("rows").reset_index().to_parquet(folder / f"{kind}-counts.parquet")
            counted, cells = counted + len(good), cells + len(counts)
        searches = read(archive, "stop-and-search")
        searches["Date"] = pd.to_datetime(searches["Date"])
        searches.to_parquet(folder / "stop-and-search.parquet", compression="zstd")
    print(json.dumps({"rows": landed + len(searches), "counted": counted, "cells": cells}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
