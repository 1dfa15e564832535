"""A thousand tables drawn from one capture table, the model chosen anew for each. `… hidden_population together|alone FOLDER`"""

import json
import sys
import time

import numpy as np

from headwater.methods.captures import capture_counts
from headwater.methods.hidden_population import THRESHOLD, chosen

DRAWS = 1_000
LISTS = ("10000", "01000", "00100", "00010", "00001", "11000", "10100", "10010", "01100", "01010", "01001", "00110", "00101",
         "00011", "11100", "11010", "01110", "11110")  # fmt: skip
PEOPLE = (54, 463, 995, 695, 316, 15, 19, 3, 62, 19, 1, 76, 11, 8, 1, 1, 4, 1)
"""Potential victims of trafficking in the United Kingdom in 2013, on five lists (Silverman 2014, as in Silverman 2020)."""


def main(way: str) -> None:
    number, counted = capture_counts([[int(flag) for flag in row] for row in LISTS], PEOPLE)
    many = int(counted.sum())
    tables = np.random.default_rng(1).multinomial(many, counted / many, size=DRAWS).astype(np.float64)
    began = time.perf_counter()
    if way == "together":
        unseen = {row: hidden for row, _, hidden in chosen(number, tables, THRESHOLD)}
    else:
        unseen = {row: next(chosen(number, table[None], THRESHOLD))[2] for row, table in enumerate(tables)}
    stages = {"estimating": time.perf_counter() - began}
    middle = float(np.median([many + unseen[row] for row in range(DRAWS)]))
    print(json.dumps({"rows": DRAWS, "median": round(middle, 3), "stages": stages}))


if __name__ == "__main__":
    main(sys.argv[1])
