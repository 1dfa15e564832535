"""From the command line: a workspace of before there were rooms is backed up, restored and given its rooms, and nothing in it changes."""

import os
import subprocess
import sys
from pathlib import Path

from headwater.lake import Settings, new
from headwater.vocabulary import Level


def _say(*words: str) -> str:
    environment = os.environ | {"HEADWATER_DATABASE": "", "PYTHONWARNINGS": "default"}
    for absent in ("DJANGO_SETTINGS_MODULE", "HEADWATER_SECRET_KEY"):
        environment.pop(absent, None)
    command = [sys.executable, "-m", "headwater", *words]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout + ran.stderr


def _all(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_backed_up_restored_and_brought_up_to_date(tmp_path: Path) -> None:
    area = {"area_level": Level.FORCE, "area_code": "Z23000001", "area_name": "Aldermere"}
    workspace = new(tmp_path / "one", Settings(title="Violence", author="The Unit", **area))  # type: ignore[arg-type]
    workspace.note("tried", "a back-up", when="2026-11-23")
    before = _all(workspace.root)
    said = _say("backup", str(tmp_path / "one.zip"), "--workspace", str(workspace.root))
    assert "Backed up 2 files and 0 rows" in said
    assert "HEADWATER_KEY_FILE" in said
    assert _all(workspace.root) == before
    assert "unbroken chain" in _say("restore", str(tmp_path / "one.zip"), str(tmp_path / "two"))
    assert _all(tmp_path / "two") == before
    assert "as this version has it" in _say("upgrade", "--workspace", str(tmp_path / "two"))
    after = _all(tmp_path / "two")
    assert set(after) - set(before) == {"partnership.sqlite3", "web-secret.key"}
    assert {name: after[name] for name in before} == before
