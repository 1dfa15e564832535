"""A workspace: one folder, one page of settings, one run at a time."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from headwater.lake import Settings, new, open_workspace
from headwater.lake.building import room
from headwater.vocabulary import BadInput, Level, WorkspaceTrouble

LOCK = "in-use.lock"


def test_settings_are_read_back_as_they_were_written(tmp_path: Path) -> None:
    said = Settings(
        area_level=Level.CSP,
        area_code="",
        area_name='Ynys Môn "Anglesey" \\ C:\\x {braces}',
        title="Two\nlines",
        author="É",
        banner="DRAFT",
        subareas=Level.WARD,
        policy="hes",
        engine="spark",
        published="2026-11-23",
    )
    workspace = new(tmp_path / "a", said)
    assert workspace.settings == said
    assert open_workspace(tmp_path / "a").settings == said


def test_the_page_of_settings_explains_itself_and_is_the_same_on_every_system(workspace) -> None:
    page = (workspace.root / "headwater.toml").read_bytes()
    assert page.count(b"#") >= 5
    assert b"\r" not in page
    assert tomllib.loads(page.decode())["format"] == 1
    assert "published" not in tomllib.loads(page.decode())


def test_a_folder_is_made_once(workspace, settings) -> None:
    with pytest.raises(WorkspaceTrouble, match="is a workspace already"):
        new(workspace.root, settings)


def test_a_folder_that_is_no_workspace_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceTrouble, match=r"has no headwater\.toml"):
        open_workspace(tmp_path)


def test_a_workspace_of_a_newer_headwater_is_refused_by_its_version(workspace) -> None:
    page = workspace.root / "headwater.toml"
    text = page.read_text("utf-8").replace("format = 1", "format = 2").replace('made_by = "', 'made_by = "9.')
    page.write_text(text, encoding="utf-8")
    with pytest.raises(WorkspaceTrouble, match=r"made by Headwater 9\..*format 2.*Upgrade"):
        open_workspace(workspace.root)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('title = "', 'tittle = "'), "not understood: 'tittle' .there is 'title'"),
        (('author = "The partnership"', ""), "missing: author"),
        (('area_level = "pfa"', 'area_level = "force"'), "area_level cannot be 'force'"),
        (('title = "Violence"', "title = 7"), "title must be text"),
        (('title = "Violence"', 'title = "Violence'), "not a readable TOML"),
        (("format = 1", 'format = "1"'), "'format' must be a whole number"),
    ],
)
def test_a_slip_of_the_pen_is_named(workspace, change: tuple[str, str], says: str) -> None:
    page = workspace.root / "headwater.toml"
    text = page.read_text("utf-8")
    assert change[0] in text
    page.write_text(text.replace(*change), encoding="utf-8")
    with pytest.raises(BadInput, match=says):
        open_workspace(workspace.root)


def test_a_page_saved_by_notepad_with_a_mark_in_front_is_read(workspace) -> None:
    page = workspace.root / "headwater.toml"
    page.write_text("\ufeff" + page.read_text("utf-8"), encoding="utf-8")
    assert open_workspace(workspace.root).settings == workspace.settings


def test_two_runs_at_once_are_kept_apart_and_one_may_lock_twice(workspace) -> None:
    other = open_workspace(workspace.root)
    with workspace.lock(), workspace.lock():
        with (
            pytest.raises(WorkspaceTrouble, match=rf"in use by process {os.getpid()} .* since \d\d:\d\d on"),
            other.lock(),
        ):
            pass
        with pytest.raises(WorkspaceTrouble), other.lock():  # and a refused run does not free what it did not hold
            pass
    with other.lock():
        pass
    assert not (workspace.root / LOCK).exists()


def test_the_lock_is_let_go_when_the_work_fails(workspace) -> None:
    with pytest.raises(ZeroDivisionError), workspace.lock():
        1 / 0  # noqa: B018
    with workspace.lock():
        pass


def _holder(workspace, pid: int, host: str) -> None:
    (workspace.root / LOCK).write_text(json.dumps({"pid": pid, "host": host}), encoding="utf-8")


def _dead_pid() -> int:
    run = subprocess.Popen([sys.executable, "-c", ""])
    run.wait()
    return run.pid


@pytest.fixture
def ctrl_c() -> Iterator[None]:
    """Ctrl-C is heard as at a keyboard, whatever else that runs here listens to it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        _ = signal.signal(signal.SIGINT, before)


def test_ctrl_c_while_the_lock_is_being_written_leaves_none(
    workspace, ctrl_c: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def struck(*said: object) -> None:
        write(*said)
        signal.raise_signal(signal.SIGINT)

    write = json.dump
    monkeypatch.setattr("headwater.lake.lock.json.dump", struck)
    with pytest.raises(KeyboardInterrupt), workspace.lock():
        pytest.fail("the block was entered")
    assert not (workspace.root / LOCK).exists()


def test_ctrl_c_as_a_room_is_made_leaves_none(tmp_path: Path, ctrl_c: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def struck(folder: Path, **options: Any) -> None:
        mkdir(folder, **options)
        if folder.parent == tmp_path / "scratch":
            signal.raise_signal(signal.SIGINT)

    mkdir = Path.mkdir
    monkeypatch.setattr(Path, "mkdir", struck)
    with pytest.raises(KeyboardInterrupt), room(tmp_path / "scratch", "trying"):
        pytest.fail("the room was entered")
    assert list((tmp_path / "scratch").iterdir()) == []


def test_ctrl_c_as_a_room_is_removed_leaves_none(tmp_path: Path, ctrl_c: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def struck(folder: Path, **options: Any) -> None:
        signal.raise_signal(signal.SIGINT)
        rmtree(folder, **options)

    rmtree = shutil.rmtree
    monkeypatch.setattr("headwater.lake.building.shutil.rmtree", struck)
    with pytest.raises(KeyboardInterrupt), room(tmp_path / "scratch", "trying") as folder:
        (folder / "half-written").touch()
    assert list((tmp_path / "scratch").iterdir()) == []


def test_the_lock_of_a_run_that_died_here_is_taken_over(workspace) -> None:
    _holder(workspace, _dead_pid(), socket.gethostname())
    with workspace.lock():
        assert json.loads((workspace.root / LOCK).read_text("utf-8"))["pid"] == os.getpid()
    assert not [path for path in workspace.root.iterdir() if path.name.startswith(LOCK)]


def test_the_lock_of_another_computer_and_one_nobody_can_read_are_kept(workspace) -> None:
    _holder(workspace, _dead_pid(), "another-laptop")
    with pytest.raises(WorkspaceTrouble, match="on another-laptop since"), workspace.lock():
        pass
    (workspace.root / LOCK).write_text("", encoding="utf-8")
    with pytest.raises(WorkspaceTrouble, match=rf"another run since .* delete {LOCK}"), workspace.lock():
        pass
    assert (workspace.root / LOCK).exists()


def test_opening_clears_up_after_the_dead_and_leaves_the_living_alone(workspace) -> None:
    dead = workspace.scratch / f"landing-{_dead_pid()}-abc"
    living = workspace.scratch / f"duckdb-{os.getppid()}-abc"
    for folder in (dead, living):
        folder.mkdir(parents=True)
        (folder / "half.csv").write_text("x", encoding="utf-8")
    open_workspace(workspace.root)
    assert list(workspace.scratch.iterdir()) == [living]


def test_opening_while_another_run_works_leaves_its_work_alone(workspace) -> None:
    folder = workspace.scratch / f"landing-{_dead_pid()}-abc"
    folder.mkdir(parents=True)
    with workspace.lock():
        folder.mkdir(parents=True, exist_ok=True)
        open_workspace(workspace.root)
        assert folder.exists()


def test_a_folder_that_is_no_workspace_says_the_three_ways_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(
        WorkspaceTrouble, match=r"this folder is not a workspace.*Go into one.*--workspace.*headwater new"
    ):
        open_workspace(Path())
