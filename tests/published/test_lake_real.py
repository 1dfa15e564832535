"""Northumbria Police, May 2020 to March 2023, as published: every row accounted for, and what is missing said."""

from pathlib import Path
from zipfile import ZipFile

import narwhals as nw
import pytest

from headwater.engine import Engine, open_engine
from headwater.lake import Settings, Snapshot, Workspace, conform, freeze, land, new
from headwater.vocabulary import Level, months_between

ROWS = {"police_uk.street": 524_070, "police_uk.outcomes": 250_684, "police_uk.stop_and_search": 12_861}


def _new(root: Path) -> Workspace:
    return new(
        root, Settings(area_level=Level.FORCE, area_code="E23000007", area_name="", title="Violence", author="x")
    )


@pytest.fixture(scope="module")
def package(real_data: Path) -> Path:
    return real_data / "police-uk" / "police-uk-2020-2023-northumbria.zip"


@pytest.fixture(scope="module")
def workspace(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    made = _new(tmp_path_factory.mktemp("real") / "northumbria")
    assert land(made, package).rows == sum(ROWS.values()) == 787_615
    return made


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory):
    with open_engine(scratch=tmp_path_factory.mktemp("spill")) as opened:
        yield opened


@pytest.fixture(scope="module")
def snapshot(workspace: Workspace, engine: Engine) -> Snapshot:
    accounts = {account.dataset: account for account in conform(workspace, engine)}
    assert {dataset: account.landed for dataset, account in accounts.items()} == ROWS
    return freeze(workspace)


def test_every_row_is_accounted_for(snapshot: Snapshot, engine: Engine) -> None:
    assert {account.dataset: account.landed for account in snapshot.accounts} == ROWS
    for account in snapshot.accounts:
        assert account.landed == account.conformed + account.quarantined + account.duplicates
        files = [entry for entry in snapshot.provenance if entry.dataset == account.dataset]
        assert sum(entry.rows for entry in files) == account.landed
        assert sum(entry.duplicates for entry in files) == account.duplicates
    events = snapshot.table("events", engine)
    counted = engine.collect(events.group_by("dataset").agg(n=nw.len())).to_pylist()
    assert {row["dataset"]: row["n"] for row in counted} == {a.dataset: a.conformed for a in snapshot.accounts}


def test_the_rows_of_each_file_are_the_lines_in_the_zip(snapshot: Snapshot, package: Path) -> None:
    with ZipFile(package) as archive:
        for entry in snapshot.provenance[::17]:
            assert archive.read(entry.file).decode("utf-8").rstrip("\n").count("\n") == entry.rows


def test_january_2022_is_absent_and_nothing_else_is(snapshot: Snapshot) -> None:
    incomplete = {(row.dataset, row.month, row.status) for row in snapshot.coverage.rows if row.status != "complete"}
    assert {row for row in incomplete if row[0] != "police_uk.outcomes"} == {
        ("police_uk.street", "2022-01", "absent"),
        ("police_uk.stop_and_search", "2022-01", "absent"),
    }
    cover = snapshot.coverage
    assert cover.months("police_uk.street", "northumbria") == months_between("2020-05", "2023-02")
    assert cover.months("police_uk.outcomes", "northumbria")[-1] == "2023-03"
    year = months_between("2021-04", "2022-03")
    assert cover.missing("police_uk.street", "northumbria", year) == ("2022-01",)


def test_landing_it_again_changes_nothing(
    workspace: Workspace, snapshot: Snapshot, package: Path, engine: Engine
) -> None:
    assert not land(workspace, package).new
    assert conform(workspace, engine) == ()
    assert freeze(workspace).digest == snapshot.digest


def test_two_packages_that_overlap_are_counted_once_in_any_order(package: Path, engine: Engine, tmp_path: Path) -> None:
    spring, summer = (
        _part(package, tmp_path / "spring.zip", "2020-05", "2020-06"),
        _part(package, tmp_path / "summer.zip", "2020-06", "2020-07"),
    )
    frozen: list[Snapshot] = []
    for number, order in enumerate(((spring, summer), (summer, spring))):
        made = _new(tmp_path / f"workspace-{number}")
        for path in order:
            land(made, path)
        conform(made, engine)
        frozen.append(freeze(made))
    first, second = frozen
    assert first.digest == second.digest
    counted = engine.collect(first.table("events", engine).group_by("month").agg(n=nw.len()).sort("month")).to_pylist()
    again = engine.collect(second.table("events", engine).group_by("month").agg(n=nw.len()).sort("month")).to_pylist()
    assert counted == again
    with ZipFile(package) as archive:
        lines = {
            month: archive.read(f"{month}/{month}-northumbria-stop-and-search.csv").count(b"\n") for month in MONTHS
        }
    searches = {row.month: row.rows for row in first.coverage.rows if row.dataset == "police_uk.stop_and_search"}
    assert searches == {month: count - 1 for month, count in lines.items()}
    assert {entry.month for entry in first.provenance if entry.superseded} == {"2020-06"}
    assert {entry.package_name for entry in first.provenance if entry.superseded} == {"spring.zip"}


MONTHS = ("2020-05", "2020-06", "2020-07")


def _part(package: Path, target: Path, *months: str) -> Path:
    """The stop-and-search files of some months, as a release of its own."""
    with ZipFile(package) as whole, ZipFile(target, "w") as part:
        for month in months:
            name = f"{month}/{month}-northumbria-stop-and-search.csv"
            part.writestr(name, whole.read(name))
    return target
