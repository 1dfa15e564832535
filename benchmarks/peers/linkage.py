"""Linkage of generated people whose truth is known.

`python -m benchmarks.peers.linkage RECORDS FOLDER`; nothing is written into the folder.
"""

import json
import sys
import time
from importlib.resources import files
from pathlib import Path

import numpy as np

from headwater.lake.linking import Linkage, match
from headwater.methods import wilson
from headwater.sources.pretend.persons import invent_records

SEED = 2026


def main(size: int) -> None:
    linkage = Linkage.read(Path(str(files("headwater") / "definitions" / "linkage" / "people.toml")))
    records, whose = invent_records(SEED, size)
    began = time.perf_counter()
    matched = match(records, linkage, threads=2, memory="8GiB")
    took = time.perf_counter() - began
    both = _pairs(whose.astype(np.int64) * size + matched.group)
    linked, true = _pairs(matched.group), _pairs(whose)
    said = {"precision": _share(both, linked), "recall": _share(both, true)}
    print(json.dumps({"rows": size, "pairs": true, **said, "stages": {"linking": took}}))


def _pairs(label: np.ndarray) -> int:
    """How many pairs of records have one label."""
    _, many = np.unique(label, return_counts=True)
    return int((many * (many - 1) // 2).sum())


def _share(part: int, whole: int) -> list[float]:
    found = wilson(part, whole)
    return [round(float(end), 5) for end in (found.value, found.lower, found.upper)]


if __name__ == "__main__":
    main(int(sys.argv[1]))
