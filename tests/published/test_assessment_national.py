"""England and Wales, January to April 2024, as 40 forces published it: a funnel of forces, and no false completeness."""

import csv
import io
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from built_once import DAY, furnish, once
from headwater.lake import Snapshot, open_snapshot, open_workspace

ABSENT = {"Metropolitan Police", "West Midlands", "West Yorkshire", "Greater Manchester"}
COVERED = ("2024-01", "2024-02", "2024-03")
PERIOD = "2024-01 to 2024-03"
SECONDS, BYTES = 120, 3_000_000_000
COMMAND = [sys.executable, "-c", "from headwater.cli import main; main()"]


@dataclass(frozen=True)
class Run:
    """A command that was run: what it used, and what it said."""

    seconds: float
    """Of both processors together."""
    bytes: int
    said: str


def _run(*typed: str | Path) -> Run:
    with subprocess.Popen(
        [*COMMAND, *map(str, typed)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout
        said = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, said
    return Run(used.ru_utime + used.ru_stime, used.ru_maxrss * 1024, said)


@pytest.fixture(scope="module")
def packages(real_data: Path) -> list[Path]:
    return sorted((real_data / "police-uk" / "national-2024-01to04").glob("*.zip"))


@pytest.fixture(scope="module")
def national(packages: list[Path], reference: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The country as an analyst would do it, held to its allowance of time and memory."""
    if sys.platform == "win32":
        pytest.skip("os.wait4, which measures a run, is not on Windows")

    def build(root: Path) -> None:
        _run("new", root, "--area", "England and Wales", "--level", "country", "--subareas", "pfa")
        furnish(root, reference)
        landed = _run("land", *packages, "-w", root)
        assessed = _run("assess", "-w", root, "--published", DAY)
        assert landed.seconds + assessed.seconds < SECONDS
        assert max(landed.bytes, assessed.bytes) < BYTES

    return once(tmp_path_factory, "national-workspace", build)


@pytest.fixture(scope="module")
def snapshot(national: Path) -> Snapshot:
    return open_snapshot(open_workspace(national))


@pytest.fixture(scope="module")
def findings(national: Path) -> dict[str, dict[str, Any]]:
    path = national / "editions" / DAY / "package" / "assessment.json"
    return {found["name"]: found for found in json.loads(path.read_text("utf-8"))["findings"]}


def _street(packages: list[Path]) -> Iterator[tuple[str, list[str]]]:
    """Every row of every street file with the force in its name, read with nothing but a CSV reader."""
    for package in packages:
        with ZipFile(package) as archive:
            for name in archive.namelist():
                force = Path(name).stem.removesuffix("-street")[8:]
                with archive.open(name) as raw:
                    rows = csv.reader(io.TextIOWrapper(raw, "utf-8-sig", newline=""))
                    head = next(rows)
                    assert (head[1], head[9]) == ("Month", "Crime type")
                    yield from ((force, row) for row in rows)


@pytest.fixture(scope="module")
def plain(packages: list[Path]) -> Counter[tuple[str, str, str]]:
    """(force, month, crime type): how many rows, each exact copy of a crime with an identifier counted once."""
    counted: Counter[tuple[str, str, str]] = Counter()
    before: set[tuple[str, str, int]] = set()
    for force, row in _street(packages):
        key = (force, row[1], hash(tuple(row)))
        if not row[0] or key not in before:
            counted[force, row[1], row[9]] += 1
        if row[0]:
            before.add(key)
    return counted


def _at(finding: dict[str, Any], place: str) -> dict[str, Any]:
    (cell,) = (c for c in finding["cells"] if c["place"]["name"] == place and c["period"]["label"] == PERIOD)
    return cell


def test_every_row_of_every_force_is_accounted_for(snapshot: Snapshot, plain: Counter[tuple[str, str, str]]) -> None:
    (street,) = (account for account in snapshot.accounts if account.dataset == "police_uk.street")
    assert street.landed == 1_294_582
    assert street.landed == street.conformed + street.quarantined + street.duplicates
    assert (street.conformed, street.quarantined) == (plain.total(), 0)
    assert len(snapshot.coverage.producers("police_uk.street")) == 40
    by_month: Counter[tuple[str, str]] = Counter()
    for (force, month, _), many in plain.items():
        by_month[force, month] += many
    covered = {(row.producer, row.month): row.rows for row in snapshot.coverage.rows if row.rows}
    assert covered == by_month


def test_a_month_that_one_force_lacks_is_missing_for_it_and_for_the_country(
    snapshot: Snapshot, findings: dict[str, dict[str, Any]]
) -> None:
    lacking = {(row.producer, row.month) for row in snapshot.coverage.rows if row.status != "complete"}
    assert lacking <= {("nottinghamshire", "2024-04")}, (
        "the last month of a force that stopped is beyond its own returns"
    )
    assert snapshot.coverage.missing("police_uk.street", "nottinghamshire", ("2024-03", "2024-04")) == ("2024-04",)
    labels = {c["period"]["label"] for c in findings["violence.rate"]["cells"] if "value" in c}
    assert labels == {PERIOD}, "only January to March are covered by every force that sent anything"


def test_a_funnel_of_forces_is_built_on_plain_counts(
    findings: dict[str, dict[str, Any]], plain: Counter[tuple[str, str, str]]
) -> None:
    funnel = findings["violence.funnel"]
    assert len(funnel["cells"]) == 39
    total, people = (sum(cell[key] for cell in funnel["cells"]) for key in ("numerator", "denominator"))
    for name, force in (("Northumbria", "northumbria"), ("Nottinghamshire", "nottinghamshire"), ("Gwent", "gwent"),
                        ("London, City of", "city-of-london"), ("Devon & Cornwall", "devon-and-cornwall")):  # fmt: skip
        cell = _at(funnel, name)
        assert cell["numerator"] == sum(plain[force, m, "Violence and sexual offences"] for m in COVERED)
        assert cell["value"] == pytest.approx(cell["numerator"] / cell["denominator"] / (total / people))


def test_the_railway_police_have_no_area_and_are_in_no_figure(
    findings: dict[str, dict[str, Any]], plain: Counter[tuple[str, str, str]]
) -> None:
    violence = {key: n for key, n in plain.items() if key[1] in COVERED and key[2] == "Violence and sexual offences"}
    railway = sum(n for (force, _, _), n in violence.items() if force == "btp")
    assert railway > 0
    counted = sum(cell["numerator"] for cell in findings["violence.funnel"]["cells"])
    assert counted == sum(violence.values()) - railway


@pytest.mark.parametrize("finding", ["violence.count", "violence.rate", "robbery.rate", "violence-charged.share"])
def test_a_force_that_sent_nothing_is_missing_and_not_nought(finding: str, findings: dict[str, dict[str, Any]]) -> None:
    cells = {c["place"]["name"]: c for c in findings[finding]["cells"] if c["period"]["label"] == PERIOD}
    gone = {name for name, cell in cells.items() if cell["status"] == "missing"}
    assert gone == ABSENT | {"England and Wales"}, "a country of which four forces are absent has no total"
    assert all("value" not in cells[name] and "January 2024 to March 2024" in cells[name]["why"] for name in gone)
    assert not any(c.get("value") == 0 for c in cells.values())
    assert not ABSENT & {c["place"]["name"] for c in findings["violence.rank"]["cells"]}


def test_the_caveat_names_the_forces_that_are_absent(national: Path) -> None:
    said = (national / "editions" / DAY / "chapters" / "summary.md").read_text("utf-8")
    caveat, doubt = (line for line in said.splitlines() if line.startswith("! "))
    assert doubt.startswith("! Dyfed-Powys Police sent less than a fifth of what is usual")
    assert "Nottinghamshire Police: April 2024" in caveat
    assert "Metropolitan Police Service" in caveat
    assert "Northumbria" not in caveat


def test_a_force_that_sent_a_little_of_every_month_is_doubted(
    findings: dict[str, dict[str, Any]], plain: Counter[tuple[str, str, str]]
) -> None:
    """Dyfed-Powys sent 24 violent crimes for a month in which its neighbour sent 2,253: complete by its own months."""
    violence = "Violence and sexual offences"
    assert plain["dyfed-powys", "2024-03", violence] * 90 < plain["gwent", "2024-03", violence]
    doubt, also = (caveat for caveat in findings["violence.funnel"]["caveats"] if "Dyfed-Powys" in caveat)
    assert doubt.startswith("Less than a fifth of the average was counted in Dyfed-Powys: ")
    assert "for February 2024 to April 2024." in also
    assert doubt.endswith("make sure that what was sent is whole.")
    assert [
        c for c in findings["violence.rate"]["caveats"] if c.startswith("Few live and many come in London, City of (")
    ]


def test_a_figure_that_cannot_be_given_leaves_a_whole_sentence(findings: dict[str, dict[str, Any]]) -> None:
    for name in ("violence.count", "violence.rate", "violence-charged.share"):
        said = findings[name]["sentence"]
        assert said.startswith("For ")
        assert "no figure can be given (no complete return from" in said
