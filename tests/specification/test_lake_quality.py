"""What was set aside is named by file and line, and what is left unsaid is counted: held against the files themselves."""

import csv
import io
import zipfile
from pathlib import Path

import pytest

from headwater.engine import open_engine
from headwater.lake import Snapshot, open_snapshot, open_workspace
from headwater.lake.quality import FEW, Fault, faults, said

STREET = "police_uk.street"


@pytest.fixture(scope="module")
def snapshot(aldermere: Path) -> Snapshot:
    return open_snapshot(open_workspace(aldermere))


def line_of(root: Path, file: str, line: int) -> str:
    with zipfile.ZipFile(root / "invented" / "police-uk-aldermere.zip") as archive:
        return archive.read(file).decode("utf-8").splitlines()[line - 1]


def test_every_row_set_aside_is_a_fault_and_no_other(snapshot: Snapshot) -> None:
    by_dataset = {account.dataset: account.quarantined for account in snapshot.accounts if account.quarantined}
    found: dict[str, int] = {}
    for fault in faults(snapshot):
        found[fault.dataset] = found.get(fault.dataset, 0) + fault.rows
    assert found == by_dataset


def test_the_line_named_is_the_line_that_is_wrong(snapshot: Snapshot, aldermere: Path) -> None:
    by_reason = {fault.reason: fault for fault in faults(snapshot) if fault.dataset == STREET}
    ((file, (line,), many),) = by_reason["the coordinates are not two numbers"].where
    fields = next(csv.reader([line_of(aldermere, file, line)]))
    assert many == 1
    with pytest.raises(ValueError, match="could not convert"):
        float(fields[4])


def test_no_more_lines_are_named_than_anybody_would_look_up() -> None:
    where = (("a.csv", tuple(range(2, 2 + FEW)), 40), ("b.csv", (9,), 1))
    words = Fault("d", "the month cannot be read", 41, where).words
    assert (
        words == "41 rows set aside: the month cannot be read (a.csv, lines 2, 3, 4, 5, 6 and 35 more; b.csv, line 9)."
    )


def test_what_rows_say_is_a_plain_count_of_the_file(snapshot: Snapshot, aldermere: Path) -> None:
    told = {(one.dataset, one.what): one for one in _said(snapshot, aldermere)}
    one = told["police_uk.stop_and_search", "have an ethnic group"]
    filled = whole = 0
    newest: dict[str, bytes] = {}
    for package in ("police-uk-aldermere.zip", "police-uk-aldermere-revised.zip"):
        with zipfile.ZipFile(aldermere / "invented" / package) as archive:
            newest |= {name: archive.read(name) for name in archive.namelist() if name.endswith("stop-and-search.csv")}
    for body in newest.values():
        for row in csv.DictReader(io.StringIO(body.decode("utf-8"))):
            whole += 1
            filled += row["Self-defined ethnicity"] not in ("", "Other ethnic group - Not stated")
    assert (one.rows, one.of) == (filled, whole)
    assert one.words == f"{filled:,} of {whole:,} ({100 * filled / whole:.1f}%) have an ethnic group."


def test_what_no_row_of_a_dataset_says_is_not_listed(snapshot: Snapshot, aldermere: Path) -> None:
    told = {(one.dataset, one.what) for one in _said(snapshot, aldermere)}
    assert ("police_uk.outcomes", "say when, to the minute") not in told


def _said(snapshot: Snapshot, aldermere: Path):
    with open_engine(scratch=open_workspace(aldermere).scratch) as engine:
        return said(snapshot, engine)
