"""Crude rates with Byar's limits, all areas at once. `python -m benchmarks.peers.rates_with_headwater ROWS FOLDER`"""

import json
import sys
import time

from benchmarks.peers.rates_row_by_row import PER, areas
from headwater.methods import byar


def main(rows: int) -> None:
    counts, populations = areas(rows)
    began = time.perf_counter()
    limits = byar(counts)
    upper = limits.upper / populations * PER
    stages = {"rates": time.perf_counter() - began}
    print(json.dumps({"rows": rows, "upper": round(float(upper.mean()), 6), "stages": stages}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
