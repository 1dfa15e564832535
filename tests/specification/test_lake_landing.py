"""Landing: byte for byte, once, whole or not at all."""

import errno
import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from headwater import ledger
from headwater.lake import conform, freeze, land, open_workspace
from headwater.lake.manifest import read_manifests
from headwater.vocabulary import BadInput, StorageTrouble

TWO = {"2022-01": 3, "2022-02": 4}


def zipped(folder: Path, name: str = "police.zip") -> Path:
    target = folder.parent / name
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*.*")):
            archive.write(path, path.relative_to(folder).as_posix())
    return target


def contents(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_a_zip_is_kept_byte_for_byte_under_its_own_hash(workspace, police_folder) -> None:
    package = zipped(police_folder("two", TWO))
    landing = land(workspace, package, received="2022-03-01")
    assert (landing.new, landing.extracts, landing.rows, landing.ignored) == (True, 2, 7, ())
    assert landing.package == hashlib.sha256(package.read_bytes()).hexdigest()
    home = workspace.landed / landing.package[:16]
    assert (home / "police.zip").read_bytes() == package.read_bytes()
    (manifest,) = read_manifests(workspace.landed)
    assert (manifest.name, manifest.received, manifest.sequence) == ("police.zip", "2022-03-01", 1)
    first = manifest.extracts[0]
    assert (first.dataset, first.producer, first.month, first.rows) == ("police_uk.street", "northumbria", "2022-01", 3)
    assert "Open Government Licence" in first.licence


def test_landing_the_same_bytes_again_changes_nothing_and_says_so(workspace, police_folder) -> None:
    package = zipped(police_folder("two", TWO))
    first = land(workspace, package, received="2022-03-01")
    before = contents(workspace.root)
    again = land(workspace, Path(shutil.copy(package, package.with_name("renamed.zip"))), received="2022-04-01")
    assert not again.new
    assert (again.package, again.rows, again.extracts) == (first.package, first.rows, first.extracts)
    assert contents(workspace.root) == before


def test_a_folder_is_kept_as_one_zip_that_depends_on_its_data_files_only(workspace, police_folder) -> None:
    folder = police_folder("two", TWO)
    (folder / "read me.txt").write_text("notes", encoding="utf-8")
    first = land(workspace, folder)
    assert [name for name, _ in first.ignored] == ["read me.txt"]
    (folder / "read me.txt").write_text("other notes", encoding="utf-8")
    for path in folder.rglob("*.csv"):
        os.utime(path, (0, 10**9))
    assert not land(workspace, folder).new
    kept = workspace.landed / first.package[:16] / "two.zip"
    with zipfile.ZipFile(kept) as archive:
        assert archive.namelist() == [f"{month}/{month}-northumbria-street.csv" for month in TWO]
        assert archive.read(archive.namelist()[0]) == (folder / archive.namelist()[0]).read_bytes()
    assert first.package == hashlib.sha256(kept.read_bytes()).hexdigest()


def test_what_nobody_knows_is_refused_and_leaves_nothing(workspace, tmp_path: Path) -> None:
    stranger = tmp_path / "stranger.csv"
    stranger.write_text("a,b\n1,2\n", encoding="utf-8")
    before = contents(workspace.root)
    with pytest.raises(BadInput):
        land(workspace, stranger)
    assert contents(workspace.root) == before


def test_conforming_again_does_nothing(workspace, engine, police_folder) -> None:
    land(workspace, police_folder("two", TWO))
    (account,) = conform(workspace, engine)
    assert (account.dataset, account.landed, account.conformed) == ("police_uk.street", 7, 7)
    before = contents(workspace.root)
    assert conform(workspace, engine) == ()
    assert contents(workspace.root) == before


def test_progress_is_told_from_nothing_to_all(workspace, engine, police_folder) -> None:
    told: list[tuple[int, int, str]] = []
    land(workspace, police_folder("two", TWO), progress=lambda *said: told.append(said))
    assert (told[0][0], told[-1][:2]) == (0, (3, 3))
    told.clear()
    conform(workspace, engine, progress=lambda *said: told.append(said))
    assert [done for done, _, _ in told] == sorted(done for done, _, _ in told)
    assert told[-1][:2] == (1, 1)


def _full(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("fails", ["shutil.copyfile", "os.fsync", "pathlib.Path.replace", "pathlib.Path.write_text"])
def test_a_full_disk_while_landing_is_said_and_leaves_nothing(
    workspace, police_folder, monkeypatch, fails: str
) -> None:
    package = zipped(police_folder("two", TWO))
    before = contents(workspace.root)
    with monkeypatch.context() as patch:
        patch.setattr(fails, _full)
        with pytest.raises(StorageTrouble, match="disk is full"):
            land(workspace, package)
    assert contents(workspace.root) == before
    assert list(workspace.scratch.iterdir()) == []
    assert land(workspace, package).new


@pytest.mark.parametrize("fails", ["os.fsync", "pathlib.Path.replace", "pathlib.Path.write_text"])
def test_a_full_disk_while_conforming_or_freezing_leaves_what_was_there(
    workspace, engine, police_folder, monkeypatch, fails: str
) -> None:
    land(workspace, police_folder("two", TWO))
    for work in (lambda: conform(workspace, engine), lambda: freeze(workspace)):
        before = contents(workspace.root)
        with monkeypatch.context() as patch:
            patch.setattr(fails, _full)
            with pytest.raises(StorageTrouble, match="disk is full"):
                work()
        assert contents(workspace.root) == before
        assert list(workspace.scratch.iterdir()) == []
        work()
    assert ledger.verify(workspace.ledger).sound


KILLED = """
import os, signal, sys
from pathlib import Path
import headwater.lake.conforming, headwater.lake.freezing, headwater.lake.landing, headwater.lake.building
from headwater.engine import open_engine
from headwater.lake import conform, freeze, land, open_workspace

root, package, module, name, when = sys.argv[1:]
room = sys.modules["headwater.lake." + module]
real = getattr(room, name)

def struck(*args, **kwargs):
    if when == "after":
        real(*args, **kwargs)
    os.kill(os.getpid(), signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)

setattr(room, name, struck)
workspace = open_workspace(Path(root))
land(workspace, Path(package))
with open_engine(scratch=workspace.scratch, threads=1) as engine:
    conform(workspace, engine)
freeze(workspace)
print("never struck")
"""


@pytest.mark.parametrize(
    "where",
    [
        ("landing", "put", "before"),
        ("landing", "put", "after"),
        ("conforming", "write_account", "before"),
        ("conforming", "put", "after"),
        ("freezing", "write_text", "before"),
    ],
    ids=" ".join,
)
def test_a_run_killed_anywhere_leaves_nothing_half(
    workspace, engine, police_folder, tmp_path: Path, where: tuple[str, str, str]
) -> None:
    package = zipped(police_folder("two", TWO))
    script = tmp_path / "struck.py"
    script.write_text(KILLED, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, str(script), str(workspace.root), str(package), *where],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert run.returncode != 0
    assert "never struck" not in run.stdout
    assert run.stderr == ""
    mended = open_workspace(workspace.root)
    assert list(mended.scratch.iterdir()) == []
    for kind in (mended.landed, mended.conformed):
        assert all((path / "manifest.json").is_file() for path in kind.iterdir() if kind == mended.landed)
        assert all((path / "account.json").is_file() for path in kind.glob("*/*") if kind == mended.conformed)
    land(mended, package)
    conform(mended, engine)
    snapshot = freeze(mended)
    assert sum(entry.conformed for entry in snapshot.provenance) == 7
    deeds = [entry.did for entry in ledger.read(mended.ledger)]
    assert deeds.count("landed") == 1
    assert ledger.verify(mended.ledger).sound
