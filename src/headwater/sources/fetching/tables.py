"""Writing a table that came in pages as one CSV file."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path


def write_table(to: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
    """A CSV file in UTF-8, lines ended by a line feed; it appears whole or not at all."""
    to.parent.mkdir(parents=True, exist_ok=True)
    beside = to.with_name(to.name + ".part")
    with beside.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    return beside.replace(to)
