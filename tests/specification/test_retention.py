"""What an agreement says must go goes, and it is proved; what has ended is rested on no longer."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from headwater import ledger
from headwater.cli.commands import app
from headwater.disclosure import Policy
from headwater.engine import Engine
from headwater.lake import (
    Snapshot,
    Workspace,
    conform,
    freeze,
    land,
    open_snapshot,
    open_workspace,
    read_deletions,
    retain,
    standing,
)
from headwater.lake.retaining import MARK
from headwater.vocabulary import NotAgreed, WorkspaceTrouble
from partners import DATASET, Patient, a_key, agree, body_of

RECEIVED, DUE = "2023-07-01", "2025-07-01"


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    path = tmp_path / "returns.csv"
    path.write_text(body_of([Patient(), Patient(number="A2", nhs="")]), encoding="utf-8", newline="\n")
    return path


@pytest.fixture
def frozen(workspace: Workspace, engine: Engine, police_folder, sent: Path, tmp_path: Path) -> Snapshot:
    """A month of police data and a partner's file, both in the snapshot."""
    agree(workspace)
    land(workspace, police_folder("police", {"2023-06": 3}), received=RECEIVED)
    land(workspace, sent, received=RECEIVED, key_file=a_key(tmp_path))
    conform(workspace, engine)
    return freeze(workspace)


def contents(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def an_edition(workspace: Workspace, package: str) -> Path:
    """As much of an edition as says what it rests on."""
    folder = workspace.editions / "spring"
    (folder / "package").mkdir(parents=True)
    record = {"sources": [{"sha256": package}]}
    (folder / "package" / "assessment.json").write_text(json.dumps(record), encoding="utf-8")
    return folder


def package_of(snapshot: Snapshot) -> str:
    (found,) = {paper.package for paper in snapshot.provenance if paper.dataset == DATASET}
    return found


def test_nothing_goes_before_its_day_and_a_dry_run_deletes_nothing(workspace, frozen: Snapshot) -> None:
    before = contents(workspace.root)
    assert retain(workspace, "2025-06-30") == ()
    (deletion,) = retain(workspace, DUE, dry_run=True)
    assert (deletion.package, deletion.agreement, deletion.delete_by) == (package_of(frozen), "ed-assaults", DUE)
    assert contents(workspace.root) == before


def test_what_must_go_goes_and_the_record_proves_it(workspace, engine, frozen: Snapshot) -> None:
    package = package_of(frozen)
    edition = an_edition(workspace, package)
    before = contents(workspace.root)
    (deletion,) = retain(workspace, DUE)
    after = contents(workspace.root)
    gone = {path for path in before if path.startswith((f"landed/{package[:16]}/", f"conformed/{package[:16]}/"))}
    assert {file.path for file in deletion.files} == gone
    assert gone & set(after) == set()
    assert {f"landed/{package[:16]}/{DATASET}.zip"} <= gone
    assert set(before) - gone <= set(after)
    assert read_deletions(workspace.root) == (deletion,)
    said = next(entry for entry in ledger.read(workspace.ledger) if entry.did == "deleted")
    assert (said.to, said.when) == (package, DUE)
    assert "clause 7.1 of ed-assaults (version 1.1)" in said.because
    assert deletion.editions == ("spring",)
    assert package in (edition / MARK).read_text("utf-8")
    latest = open_snapshot(workspace)
    assert {paper.dataset for paper in latest.provenance} == {"police_uk.street"}
    assert engine.collect(latest.table("events", engine)).num_rows == 3
    with pytest.raises(WorkspaceTrouble, match=r"emergency\.attendances, which is no longer here"):
        frozen.table("events", engine)


def test_the_same_file_does_not_land_again(workspace, frozen: Snapshot, sent: Path, tmp_path: Path) -> None:
    retain(workspace, DUE)
    agree(workspace, expires="2030-12-31")
    with pytest.raises(NotAgreed, match=r"it was deleted on 2025-07-01, because clause 7\.1"):
        land(workspace, sent, received="2025-07-02", key_file=a_key(tmp_path))


def test_a_copy_left_lying_about_is_found(workspace, frozen: Snapshot) -> None:
    package = package_of(frozen)
    copy = workspace.root / "downloads" / "innocent.bin"
    copy.parent.mkdir()
    copy.write_bytes((workspace.landed / package[:16] / f"{DATASET}.zip").read_bytes())
    with pytest.raises(WorkspaceTrouble, match=r"downloads/innocent\.bin"):
        retain(workspace, DUE)


@pytest.mark.parametrize("dies", ["_mark", "note"])
def test_a_run_that_dies_is_finished_by_the_next(workspace, frozen: Snapshot, monkeypatch, dies: str) -> None:
    from headwater.lake import retaining

    an_edition(workspace, package_of(frozen))

    def struck(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as trouble:
        target = (retaining, "_mark") if dies == "_mark" else (Workspace, "note")
        trouble.setattr(*target, struck)
        with pytest.raises(KeyboardInterrupt):
            retain(workspace, DUE)
    again = open_workspace(workspace.root)
    _ = retain(again, DUE)
    assert not (workspace.landed / package_of(frozen)[:16]).exists()
    assert not (workspace.conformed / package_of(frozen)[:16]).exists()
    assert [entry.to for entry in ledger.read(workspace.ledger) if entry.did == "deleted"] == [package_of(frozen)]
    assert {paper.dataset for paper in open_snapshot(again).provenance} == {"police_uk.street"}


def test_an_agreement_that_has_ended_is_rested_on_no_longer(workspace, engine, frozen: Snapshot) -> None:
    same, nothing = standing(workspace, frozen, "2023-12-31")
    assert nothing == ()
    assert same.parts == frozen.parts
    less, said = standing(workspace, frozen, "2024-01-01")
    assert said == (
        "Nothing here rests on emergency.attendances of zza01: the agreement ed-assaults (version 1.1) ended on 2023-12-31.",
    )
    assert {row["dataset"] for row in engine.collect(less.table("events", engine)).to_pylist()} == {"police_uk.street"}
    assert {row.dataset for row in less.coverage.rows} == {"police_uk.street"}
    assert {account.dataset for account in less.accounts} == {"police_uk.street"}
    assert not less.has("people")


@pytest.mark.parametrize("said", [{"after": "keep"}, {"expires": "2026-12-31"}], ids=["it says so", "it was renewed"])
def test_unless_the_agreement_says_otherwise_now(workspace, frozen: Snapshot, said: dict[str, str]) -> None:
    agree(workspace, **said)
    kept, left_out = standing(workspace, frozen, "2024-06-01")
    assert left_out == ()
    assert kept.has("people")


def test_a_later_version_never_shows_more_than_was_promised(workspace, frozen: Snapshot) -> None:
    agree(workspace, smallest=2)
    kept, _ = standing(workspace, frozen, "2023-08-01")
    assert {paper.terms.smallest_shown for paper in kept.provenance if paper.terms} == {7}
    agree(workspace, smallest=10)
    stricter, _ = standing(workspace, frozen, "2023-08-01")
    assert {paper.terms.smallest_shown for paper in stricter.provenance if paper.terms} == {10}


def test_the_strictest_of_all_that_is_asked_decides(workspace, frozen: Snapshot) -> None:
    from headwater.assessment.setting import _asked_for, policies_of

    (asked,) = _asked_for(frozen).values()
    shipped = policies_of(workspace.root)
    assert asked.smallest_shown == 7
    assert shipped["published-police-data"].joined(asked) is asked
    assert asked.joined(shipped["fewer-than-five"]) is asked
    assert asked.joined(shipped["hes"]) is shipped["hes"]
    both = _with(asked, smallest_shown=10).joined(shipped["hes"])
    assert (both.smallest_shown, both.hide_nought, both.rounding) == (10, False, 5)


def _with(policy: Policy, **changed: object) -> Policy:
    from dataclasses import replace

    return replace(policy, **changed)


def test_the_command_says_what_it_would_do_and_does_it(workspace, frozen: Snapshot, monkeypatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1751500800")  # 3 July 2025
    run = CliRunner()
    would = run.invoke(app, ["retain", "--dry-run", "-w", str(workspace.root)])
    assert "Would be deleted" in would.output
    assert (workspace.landed / package_of(frozen)[:16]).is_dir()
    did = json.loads(run.invoke(app, ["retain", "--json", "-w", str(workspace.root)]).output)
    assert [each["package"] for each in did] == [package_of(frozen)]
    assert "No agreement says" in run.invoke(app, ["retain", "-w", str(workspace.root)]).output
