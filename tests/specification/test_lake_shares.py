"""A large package is conformed some files at a time, and nobody can tell from what it says."""

import json
from pathlib import Path

import narwhals as nw
import pytest

from headwater import ledger
from headwater.lake import conform, conforming, freeze, land, new, parts


@pytest.fixture
def five_rows_at_once(monkeypatch) -> None:
    monkeypatch.setattr(parts, "AT_ONCE", 5)


MONTHS = {"2022-01": 4, "2022-02": 5, "2022-03": 6, "2022-04": 1}


def _frozen(workspace, engine, *paths: Path):
    for path in paths:
        land(workspace, path)
    accounts = conform(workspace, engine)
    return accounts, freeze(workspace)


def _accounts(workspace) -> list[Path]:
    return list(workspace.conformed.glob("*/*/account.json"))


def _rows(snapshot, engine) -> list[tuple]:
    columns = ("producer", "month", "event_id")
    rows = engine.collect(snapshot.table("events", engine).select(*columns).sort(*columns)).to_pylist()
    return [tuple(row.values()) for row in rows]


def test_months_are_shared_out_whole(workspace, engine, police_folder, five_rows_at_once) -> None:
    (account,), snapshot = _frozen(workspace, engine, police_folder("sent", MONTHS))
    assert account.landed == 16
    assert sorted(json.loads(path.read_text("utf-8"))["account"]["landed"] for path in _accounts(workspace)) == [
        1,
        6,
        9,
    ]
    assert snapshot.accounts[0].conformed == 16
    assert all(p.rows == p.conformed for p in snapshot.provenance)


def test_what_is_said_does_not_depend_on_the_shares(
    workspace, engine, police_folder, settings, tmp_path, monkeypatch
) -> None:
    old, newer = police_folder("old", MONTHS), police_folder("new", {"2022-03": 8, "2022-04": 2}, mark="b")
    _, whole = _frozen(workspace, engine, old, newer)
    monkeypatch.setattr(parts, "AT_ONCE", 5)
    _, shared = _frozen(new(tmp_path / "shared", settings), engine, old, newer)
    assert len(shared.parts) > len(whole.parts)
    assert _rows(shared, engine) == _rows(whole, engine)
    assert shared.coverage == whole.coverage
    assert shared.provenance == whole.provenance
    assert shared.accounts == whole.accounts


def _deeds(workspace) -> list[tuple[str, str]]:
    return [(entry.did, entry.to) for entry in ledger.read(workspace.ledger)]


@pytest.mark.usefixtures("five_rows_at_once")
@pytest.mark.parametrize("share", [1, 2, 3])
def test_a_share_put_in_place_by_a_run_that_died_is_said_once_by_the_next(
    workspace, engine, police_folder, settings, monkeypatch, share: int
) -> None:
    sent, untroubled = police_folder("sent", MONTHS), new(workspace.root.with_name("untroubled"), settings)
    _ = _frozen(untroubled, engine, sent)
    really, done = conforming.put, []

    def dies(building: Path, home: Path) -> None:
        really(building, home)
        done.append(home)
        if len(done) == share:
            raise KeyboardInterrupt

    with monkeypatch.context() as trouble:
        trouble.setattr(conforming, "put", dies)
        with pytest.raises(KeyboardInterrupt):
            _ = _frozen(workspace, engine, sent)
    for _again in range(2):
        _ = _frozen(workspace, engine, sent)
        assert _deeds(workspace) == _deeds(untroubled)
    assert [did for did, _ in _deeds(workspace)] == ["landed", *["conformed"] * 3, "froze"]


def test_a_package_is_unzipped_once_for_landing_and_conforming(workspace, engine, police_folder, monkeypatch) -> None:
    from headwater.lake import opened

    times: list[Path] = []
    really = opened.open_package
    monkeypatch.setattr(
        opened, "open_package", lambda path, scratch, **also: times.append(path) or really(path, scratch, **also)
    )
    with workspace.lock():
        land(workspace, police_folder("sent", MONTHS))
        conform(workspace, engine)
        assert len(times) == 1
    assert list(workspace.scratch.iterdir()) == []


def test_a_package_too_large_to_keep_at_hand_is_unzipped_again(workspace, engine, police_folder, monkeypatch) -> None:
    from headwater.lake import opened

    monkeypatch.setattr(opened, "MOST", 100)
    with workspace.lock():
        land(workspace, police_folder("sent", MONTHS))
        (account,) = conform(workspace, engine)
    assert account.conformed == 16
    assert engine.collect(freeze(workspace).table("events", engine).select(nw.len())).to_pylist() == [{"len": 16}]
