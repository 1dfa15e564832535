"""Which file speaks for which month, and what a snapshot says of itself."""

import json
from pathlib import Path

import narwhals as nw
import pytest

from headwater import ledger
from headwater.engine import FURTHER, Engine, every_column
from headwater.lake import Settings, Workspace, conform, freeze, land, new, open_snapshot, open_workspace
from headwater.vocabulary import WorkspaceTrouble, WrongRequest

JAN_TO_MAR = {"2022-01": 4, "2022-02": 5, "2022-03": 6}
FEB_TO_APR = {"2022-02": 7, "2022-03": 8, "2022-04": 9}


def build(workspace: Workspace, engine: Engine, *paths: Path):
    for path in paths:
        land(workspace, path)
    conform(workspace, engine)
    return freeze(workspace)


def by_month(snapshot, engine: Engine) -> dict[tuple[str, str], int]:
    """(producer and the mark in the crime's number, month) -> rows."""
    frame = snapshot.table("events", engine).with_columns(mark=nw.col("event_id").str.slice(0, 1))
    rows = engine.collect(frame.group_by("producer", "month", "mark").agg(n=nw.len())).to_pylist()
    return {(f"{row['producer']} {row['mark']}", row["month"]): row["n"] for row in rows}


def test_the_newest_release_speaks_for_the_months_two_releases_hold(workspace, engine, police_folder) -> None:
    snapshot = build(workspace, engine, police_folder("old", JAN_TO_MAR), police_folder("new", FEB_TO_APR, mark="b"))
    assert by_month(snapshot, engine) == {
        ("northumbria a", "2022-01"): 4,
        ("northumbria b", "2022-02"): 7,
        ("northumbria b", "2022-03"): 8,
        ("northumbria b", "2022-04"): 9,
    }
    assert {(p.package_name, p.month): p.superseded for p in snapshot.provenance if p.superseded} == {
        ("old", "2022-02"): 5,
        ("old", "2022-03"): 6,
    }
    assert sum(p.conformed - p.superseded for p in snapshot.provenance) == 4 + 7 + 8 + 9
    assert all(p.rows == p.conformed + p.quarantined + p.duplicates for p in snapshot.provenance)


def test_landing_in_another_order_on_another_day_in_another_folder_freezes_the_same(
    workspace, engine, police_folder, settings: Settings, tmp_path: Path
) -> None:
    old, newer = police_folder("old", JAN_TO_MAR), police_folder("new", FEB_TO_APR, mark="b")
    elsewhere = new(tmp_path / "else where" / "[2]", settings)
    first = build(workspace, engine, old, newer)
    land(elsewhere, newer, received="2022-06-01")
    conform(elsewhere, engine)
    second = build(elsewhere, engine, old)
    assert first.digest == second.digest
    assert by_month(first, engine) == by_month(second, engine)
    assert first.coverage == second.coverage


def test_of_two_releases_of_the_same_months_the_last_to_land_speaks(workspace, engine, police_folder) -> None:
    first = build(workspace, engine, police_folder("first", JAN_TO_MAR))
    second = build(workspace, engine, police_folder("second", JAN_TO_MAR, mark="b"))
    assert {mark for mark, _ in by_month(second, engine)} == {"northumbria b"}
    assert first.digest != second.digest
    assert open_snapshot(workspace, first.digest) == first
    assert open_snapshot(workspace, first.digest[:8]) == first
    assert open_snapshot(workspace) == second


def test_one_force_does_not_supersede_another(workspace, engine, police_folder) -> None:
    both = police_folder("old", JAN_TO_MAR)
    police_folder("old", JAN_TO_MAR, force="cleveland", mark="c")
    snapshot = build(workspace, engine, both, police_folder("new", FEB_TO_APR, mark="b"))
    counts = by_month(snapshot, engine)
    assert [counts["cleveland c", month] for month in JAN_TO_MAR] == [4, 5, 6]
    assert ("northumbria a", "2022-02") not in counts
    assert sum(counts.values()) == 4 + 7 + 8 + 9 + 15


def test_the_digest_can_be_worked_out_again_and_names_the_shelf(workspace, engine, police_folder) -> None:
    snapshot = build(workspace, engine, police_folder("old", JAN_TO_MAR))
    assert (workspace.shelf / "latest").read_text("utf-8").strip() == snapshot.digest
    assert (workspace.shelf / snapshot.digest[:16] / "snapshot.json").is_file()
    assert freeze(workspace) == snapshot
    assert [entry.did for entry in ledger.read(workspace.ledger)] == ["landed", "conformed", "froze"]
    assert ledger.verify(workspace.ledger).sound


def test_a_month_that_did_not_arrive_is_absent_and_a_short_one_is_partial(workspace, engine, police_folder) -> None:
    sent = {"2022-01": 50, "2022-02": 50, "2022-04": 9, "2022-05": 50, "2022-06": 0, "2022-07": 10}
    coverage = build(workspace, engine, police_folder("gaps", sent)).coverage
    assert {row.month[5:]: row.status for row in coverage.rows} == {
        "01": "complete", "02": "complete", "03": "absent", "04": "complete", "05": "complete", "06": "partial", "07": "complete",
    }  # fmt: skip
    assert coverage.missing("police_uk.street", "northumbria", ["2021-12", "2022-01", "2022-03", "2022-06", "2022-08"]) == (
        "2021-12", "2022-03", "2022-06", "2022-08",
    )  # fmt: skip
    assert coverage.producers("police_uk.street") == ("northumbria",)
    assert coverage.months("police_uk.street", "northumbria") == tuple(f"2022-0{n}" for n in range(1, 8))
    assert coverage.months("police_uk.street", "cleveland") == ()
    assert coverage.missing("police_uk.street", "cleveland", ["2022-01"]) == ("2022-01",)


def test_under_a_fifth_of_the_usual_month_is_partial_and_a_fifth_is_not(workspace, engine, police_folder) -> None:
    sent = {"2022-01": 50, "2022-02": 50, "2022-03": 50, "2022-04": 10, "2022-05": 9}
    rows = {row.month: row for row in build(workspace, engine, police_folder("short", sent)).coverage.rows}
    assert rows["2022-04"].status == "complete"
    assert (rows["2022-05"].status, rows["2022-05"].why) == ("partial", "9 rows, where the median month has 50")
    assert rows["2022-05"].file == "2022-05/2022-05-northumbria-street.csv"


def test_rows_set_aside_are_counted_against_their_file(workspace, engine, police_folder) -> None:
    folder = police_folder("odd", {"2022-01": 5, "2022-02": 5})
    path = folder / "2022-02" / "2022-02-northumbria-street.csv"
    text = path.read_text("utf-8")
    wrong_month = text.splitlines()[1].replace("2022-02,", "2022-01,", 1)
    path.write_text(text + text.splitlines()[1] + "\n" + wrong_month + "\n,2022-02,x\n", encoding="utf-8", newline="\n")
    snapshot = build(workspace, engine, folder)
    january, february = snapshot.provenance
    assert (january.rows, january.conformed) == (5, 5)
    assert february.rows == 8 == february.conformed + february.quarantined + february.duplicates
    assert february.quarantined >= 1
    (account,) = snapshot.accounts
    assert (account.landed, account.conformed) == (13, january.conformed + february.conformed)


def test_a_newer_look_up_of_the_same_levels_takes_the_place_of_the_old(workspace, engine, tmp_path: Path) -> None:
    header = "LSOA21CD,LSOA21NM,LTLA21CD,LTLA21NM"
    old, newer, other = tmp_path / "old.csv", tmp_path / "newer.csv", tmp_path / "forces.csv"
    old.write_text(f"{header}\nE01000001,A 001,E07000001,Oldborough\n", encoding="utf-8")
    newer.write_text(f"{header}\nE01000001,A 001,E07000002,Newborough\n", encoding="utf-8")
    other.write_text("LTLA21CD,LTLA21NM,PFA21CD,PFA21NM\nE07000002,Newborough,E23000001,Force\n", encoding="utf-8")
    snapshot = build(workspace, engine, old, other, newer)
    links = engine.collect(snapshot.table("links", engine).sort("child_code"))
    assert links.column("parent_code").to_pylist() == ["E07000002", "E23000001"]
    assert [p.package_name for p in snapshot.provenance if p.superseded] == ["old.csv"]
    assert snapshot.coverage.rows == ()
    names = engine.collect(snapshot.table("areas", engine)).to_pylist()
    assert len(names) == len({tuple(row.values()) for row in names})


def test_a_table_nobody_landed_is_refused_by_name(workspace, engine, police_folder) -> None:
    snapshot = build(workspace, engine, police_folder("old", JAN_TO_MAR))
    assert snapshot.has("events")
    assert not snapshot.has("population")
    with pytest.raises(WrongRequest, match="holds no table 'population'"):
        snapshot.table("population", engine)


def test_nothing_can_be_frozen_or_opened_before_its_time(workspace, police_folder) -> None:
    with pytest.raises(WrongRequest, match="nothing has landed"):
        freeze(workspace)
    with pytest.raises(WrongRequest, match="nothing is frozen"):
        open_snapshot(workspace)
    land(workspace, police_folder("old", JAN_TO_MAR))
    with pytest.raises(WrongRequest, match="old landed and has not been conformed"):
        freeze(workspace)
    with pytest.raises(WrongRequest, match="no snapshot on the shelf begins 'abc'"):
        open_snapshot(workspace, "abc")


def test_a_snapshot_of_a_newer_headwater_or_a_damaged_one_is_refused(workspace, engine, police_folder) -> None:
    snapshot = build(workspace, engine, police_folder("old", JAN_TO_MAR))
    path = workspace.shelf / snapshot.digest[:16] / "snapshot.json"
    said = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(said | {"format": 2}), encoding="utf-8")
    with pytest.raises(WorkspaceTrouble, match="newer Headwater"):
        open_snapshot(workspace)
    path.write_text(json.dumps(said)[:100], encoding="utf-8")
    with pytest.raises(WorkspaceTrouble, match="damaged"):
        open_snapshot(workspace)


def test_a_workspace_can_be_copied_elsewhere_and_read_there(workspace, engine, police_folder, tmp_path: Path) -> None:
    import shutil

    snapshot = build(workspace, engine, police_folder("old", JAN_TO_MAR))
    copy = Path(shutil.copytree(workspace.root, tmp_path / "copied"))
    moved = open_snapshot(open_workspace(copy))
    assert moved.digest == snapshot.digest
    assert by_month(moved, engine) == by_month(snapshot, engine)


def test_a_table_has_every_column_it_may_have_and_those_nobody_gave_are_empty(workspace, engine, police_folder) -> None:
    snapshot = build(workspace, engine, police_folder("old", JAN_TO_MAR), police_folder("new", FEB_TO_APR, mark="b"))
    rows = engine.collect(snapshot.table("events", engine))
    assert rows.column_names == every_column("events").names
    assert [str(field.type) for field in rows.schema] == [str(field.type) for field in every_column("events")]
    assert all(rows.column(name).null_count == rows.num_rows for name in FURTHER["events"].names)
