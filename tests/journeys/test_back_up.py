"""From the command line: a workspace of before there were rooms is backed up, restored and given its rooms, and nothing in it changes."""

import json
import os
import subprocess
import sys
from pathlib import Path

from headwater.lake import Settings, new
from headwater.vocabulary import Level

SAY = """
import json, sys
from headwater.cli import main
for words in json.load(sys.stdin):
    try:
        main(words)
    except SystemExit as ended:
        print("ended", ended.code)
"""


def _say(*commands: list[str]) -> str:
    """What the commands say and how they end, one after another in one process: each costs seconds to begin."""
    environment = os.environ | {"HEADWATER_DATABASE": "", "PYTHONWARNINGS": "default"}
    for absent in ("DJANGO_SETTINGS_MODULE", "HEADWATER_SECRET_KEY"):
        environment.pop(absent, None)
    ran = subprocess.run(
        [sys.executable, "-c", SAY],
        input=json.dumps(commands),
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return ran.stdout + ran.stderr


def _all(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_backed_up_restored_and_brought_up_to_date(tmp_path: Path) -> None:
    area = {"area_level": Level.FORCE, "area_code": "Z23000001", "area_name": "Aldermere"}
    workspace = new(tmp_path / "one", Settings(title="Violence", author="The Unit", **area))  # type: ignore[arg-type]
    workspace.note("tried", "a back-up", when="2026-11-23")
    before = _all(workspace.root)
    one, two, archive = str(workspace.root), str(tmp_path / "two"), str(tmp_path / "one.zip")
    said = _say(
        ["backup", archive, "--workspace", one],
        ["restore", archive, two],
        ["upgrade", "--workspace", two],
        ["restore", archive, two],
    )
    assert "Backed up 2 files and 0 rows" in said
    assert "HEADWATER_KEY_FILE" in said
    assert "Restored 2 files and 0 rows" in said
    assert "unbroken chain" in said
    assert "as this version has it" in said
    assert "is not empty" in said
    assert said.count("ended 0") == 3
    assert said.count("ended 4") == 1
    assert _all(workspace.root) == before
    after = _all(tmp_path / "two")
    assert set(after) - set(before) == {"partnership.sqlite3", "web-secret.key"}
    assert {name: after[name] for name in before} == before
