"""The benchmarks run, agree with themselves, and say what they took: on a few rows, because here it is not the speed that counts."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context"
)
OUTCOMES = "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Outcome type"
SEARCHES = (
    "Type,Date,Part of a policing operation,Policing operation,Latitude,Longitude,Gender,Age range,"
    "Self-defined ethnicity,Officer-defined ethnicity,Legislation,Object of search,Outcome,"
    "Outcome linked to object of search,Removal of more than just outer clothing"
)


@pytest.fixture(autouse=True)
def from_the_checkout(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT))


@pytest.fixture
def month(tmp_path) -> Path:
    """One month of a force, zipped: 30 crimes, 10 outcomes of which one is told twice, a search."""
    where = "Northumbria Police,Northumbria Police,-1.6,54.9,On or near High Street,E01008162,Somewhere 001A"
    crimes = [f"{n:064x},2022-03,{where},Robbery,Under investigation," for n in range(30)]
    outcomes = [f"{n:064x},2022-03,{where},Suspect charged" for n in (0, *range(9))]
    search = "Person search,2022-03-04T12:00:00+00:00,,,54.9,-1.6,Male,18-24,,White,,Controlled drugs,Arrest,,"
    path = tmp_path / "police.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for kind, lines in (("street", [HEADER, *crimes]), ("outcomes", [OUTCOMES, *outcomes]),
                            ("stop-and-search", [SEARCHES, search])):  # fmt: skip
            archive.writestr(f"2022-03/2022-03-northumbria-{kind}.csv", "\n".join(lines) + "\n")
    return path


def test_rows_are_multiplied_as_other_crimes_of_other_forces(month, tmp_path):
    from benchmarks.inputs import multiply

    assert multiply(month, 3, tmp_path / "made") == 3 * 41
    files = sorted((tmp_path / "made" / "csv").rglob("*-street.csv"))
    assert len(files) == 3
    crimes = {line.split(",")[0] for file in files for line in file.read_text("utf-8").splitlines()[1:]}
    assert len(crimes) == 90
    with zipfile.ZipFile(tmp_path / "made" / "police.zip") as archive:
        assert {f"{file.parent.name}/{file.name}" for file in files} < set(archive.namelist())


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="peak memory of another process is not told on Windows")
def test_each_way_lands_the_same_rows(month, tmp_path):
    from benchmarks.inputs import multiply
    from benchmarks.measuring import Job, alternate

    _ = multiply(month, 1, tmp_path / "made")
    jobs = [
        Job("floor", "benchmarks.peers.floor", (str(tmp_path / "made" / "csv"),)),
        Job("Headwater", "benchmarks.peers.with_headwater", (str(month),)),
    ]
    taken = alternate(jobs, 1, tmp_path, str)
    assert [one.said["rows"] for one in taken.values()] == [41, 41]
    assert taken["Headwater"].said["counted"] == 39
    assert all(one.work > 0 and 10 < one.megabytes < 2_000 for one in taken.values())
    assert not list(tmp_path.glob("*/answer.json")), "nothing is left behind"


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="peak memory of another process is not told on Windows")
def test_a_small_job_is_not_charged_for_the_memory_of_who_asks(tmp_path):
    from benchmarks.measuring import Job, measure

    grown = bytearray(300_000_000)
    grown[::4096] = b"x" * len(grown[::4096])  # the system gives a page when it is touched
    del grown
    taken = measure(Job("small", "benchmarks.peers.rates_row_by_row", ("10", "each")), tmp_path)
    assert taken.said["rows"] == 10
    assert 10 < taken.megabytes < 250


def test_a_peer_that_fails_is_not_given_a_time(tmp_path):
    from benchmarks.measuring import CannotMeasureError, Job, measure

    with pytest.raises(CannotMeasureError, match="exit code"):
        measure(Job("nobody", "benchmarks.peers.nobody", ()), tmp_path)


def test_ratios_are_over_the_floor():
    from benchmarks.measuring import Taken
    from benchmarks.report import HEADINGS, compared, table

    taken = {"floor": Taken(2.0, 3.0, 100.0, {"rows": 10}), "ours": Taken(3.0, 5.0, 80.0, {"rows": 10})}
    lines = list(table(HEADINGS, compared(taken, "floor")))
    assert "1.5 ×" in lines[-1]
    assert len({len(line) for line in lines}) == 1


def test_the_command_says_what_it_can_do():
    said = subprocess.run([sys.executable, "-m", "benchmarks", "--help"], cwd=ROOT, capture_output=True, check=True)
    assert b"--write" in said.stdout


def test_the_sum_is_the_same_a_row_at_a_time(capsys):
    from benchmarks.peers import rates_row_by_row, rates_with_headwater

    rates_with_headwater.main(200)
    rates_row_by_row.main(200, "once")
    ours, theirs = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert ours["upper"] == theirs["upper"]
