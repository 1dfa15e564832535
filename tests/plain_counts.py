"""Police files counted line by line with Python's own csv, knowing nothing of Headwater."""

import csv
import gzip
import io
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from zipfile import ZipFile

KEPT = ("street", "stop-and-search")

Counts = Counter[tuple[str, str, str, str, str]]
"""Rows by which file they stand in, its force, its month, the kind of event and the LSOA code ('' where none is given)."""


def count_rows(packages: Iterable[Path]) -> Counts:
    """Every row of street crime and of stop and search in some zips of data.police.uk."""
    counts: Counts = Counter()
    for package in packages:
        with ZipFile(package) as archive:
            for name in sorted(archive.namelist()):
                file = Path(name).stem
                kept = next((kept for kept in KEPT if file.endswith(f"-{kept}")), None)
                if kept:
                    force = file[len("2020-01-") : -len(f"-{kept}")]
                    counts.update(_rows(archive.read(name), kept, force, file[:7]))
    return counts


def _rows(content: bytes, kept: str, force: str, month: str) -> Iterable[tuple[str, str, str, str, str]]:
    lines = csv.reader(io.StringIO(content.decode("utf-8")))
    header = next(lines)
    kind = header.index("Crime type" if kept == "street" else "Type")
    code = header.index("LSOA code") if kept == "street" else None
    for row in lines:
        yield (kept, force, month, row[kind], row[code] if code is not None else "")


def read_table(path: Path) -> list[dict[str, str]]:
    """A gzipped CSV file as rows."""
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))
