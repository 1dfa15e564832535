"""Fingertips' own downloads: every row, and their printed limits against our own of the counts they imply."""

from pathlib import Path

import numpy as np
import pytest

from conformed import Row, conform_one
from headwater.methods import byar
from headwater.sources.fingertips import SOURCE

FILES = {
    "la_hospital_admissions_2324.csv": (7_208, 6_505, 703),
    "region_hospital_admissions_2324.csv": (6_847, 6_847, 0),
}
"""Rows landed, conformed, and repeated: the first file has England twice."""
PRINTED = 6e-6
"""Half of the fifth decimal, where most stop."""


def read(real_data: Path, name: str, folder: Path) -> list[Row]:
    return conform_one(SOURCE, name, (real_data / "children" / name).read_text("utf-8-sig"), folder)[1]


@pytest.mark.parametrize("name", FILES)
def test_every_row_is_conformed_or_a_repeat(real_data: Path, tmp_path: Path, name: str):
    account, rows, aside = conform_one(SOURCE, name, (real_data / "children" / name).read_text("utf-8-sig"), tmp_path)
    assert (account.landed, account.conformed, account.duplicates) == FILES[name]
    assert (aside, account.notes, len(rows)) == ([], (), 2 * account.conformed)
    assert all((row["value"] is None) == (row["status"] in ("c", "x")) for row in rows)


@pytest.mark.parametrize("name", FILES)
def test_the_printed_limits_are_byars_of_one_whole_count_and_undo_the_rounding(
    real_data: Path, tmp_path: Path, name: str
):
    rows = read(real_data, name, tmp_path)
    counts = {(row["area_code"], row["period"], row["group"]): row["value"] for row in rows if row["lower"] is None}
    rates = [row for row in rows if row["lower"] is not None]
    printed = np.array([counts[row["area_code"], row["period"], row["group"]] for row in rates])
    per = 10_000 / np.array([row["denominator"] for row in rates])
    lower, upper = (np.array([row[end] for row in rates]) for end in ("lower", "upper"))
    fits = np.zeros((7, len(rates)), dtype=bool)
    for place, apart in enumerate(range(-3, 4)):
        ours = byar(np.maximum(printed + apart, 0))
        near = (np.abs(ours.lower * per - lower) < PRINTED) & (np.abs(ours.upper * per - upper) < PRINTED)
        fits[place] = near & (printed + apart >= 0)
    assert (fits.sum(axis=0) == 1).all(), "one whole count, and only one, gives the limits that are printed"
    assert not fits[[0, 6]].any(), "none is more than two from the count that is printed"
    assert len(rates) > 6_000
