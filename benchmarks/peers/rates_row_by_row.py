"""Crude rates with Byar's limits, as a script works them out: a function called for one area at a time.

`python -m benchmarks.peers.rates_row_by_row ROWS each|once FOLDER`: SciPy is asked for the normal quantile in each call, as
published functions do, or once before the first.
"""

import json
import sys
import time

import numpy as np
from scipy.stats import norm

SEED = 20261123
PER = 1_000


def areas(rows: int) -> tuple[np.ndarray, np.ndarray]:
    """Counts and populations of pretend small areas; the same at every turn."""
    chance = np.random.default_rng(SEED)
    population = chance.integers(1_000, 3_000, rows)
    return chance.poisson(population * 0.03), population


def byar(count: int, population: int, z: float | None = None, confidence: float = 0.95) -> tuple[float, float, float]:
    if z is None:
        z = norm.ppf(1 - (1 - confidence) / 2)
    lower = count * (1 - 1 / (9 * count) - z / (3 * count**0.5)) ** 3 if count else 0.0
    upper = (count + 1) * (1 - 1 / (9 * (count + 1)) + z / (3 * (count + 1) ** 0.5)) ** 3
    return count / population * PER, lower / population * PER, upper / population * PER


def main(rows: int, asking: str) -> None:
    counts, populations = areas(rows)
    began = time.perf_counter()
    z = float(norm.ppf(0.975)) if asking == "once" else None
    rates = [byar(int(count), int(people), z) for count, people in zip(counts, populations, strict=True)]
    stages = {"rates": time.perf_counter() - began}
    upper = sum(rate[2] for rate in rates) / rows
    print(json.dumps({"rows": rows, "upper": round(upper, 6), "stages": stages}))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
