"""Headwater: land, conform, cover and freeze police files, then count them by LSOA, month and type.

`python -m benchmarks.peers.with_headwater ZIP FOLDER`
"""

import json
import sys
import time
from pathlib import Path

import narwhals as nw

from headwater.engine import open_engine
from headwater.lake import Settings, conform, freeze, land, new
from headwater.vocabulary import Level

COUNTED = ("police_uk.street", "police_uk.outcomes")


def main(source: Path, folder: Path) -> None:
    settings = Settings(area_level=Level.FORCE, area_code="", area_name="X", title="", author="bench", banner="")
    began = time.perf_counter()
    workspace = new(folder, settings)
    with open_engine(scratch=workspace.scratch) as engine, workspace.lock():  # as `headwater land` does
        landing = land(workspace, source)
        landed = time.perf_counter()
        accounts = conform(workspace, engine)
        conformed = time.perf_counter()
        snapshot = freeze(workspace)
        events = snapshot.table("events", engine).filter(nw.col("dataset").is_in(COUNTED))
        counts = events.group_by("dataset", "area_code", "month", "kind").agg(rows=nw.len())
        cells = engine.write(counts.sort("dataset", "area_code", "month", "kind"), folder / "counts.parquet")
    stages = {"landing": landed - began, "conforming": conformed - landed, "tables": time.perf_counter() - conformed}
    counted = sum(account.conformed for account in accounts if account.dataset in COUNTED)
    print(json.dumps({"rows": landing.rows, "counted": counted, "cells": cells, "stages": stages}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
