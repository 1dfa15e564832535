"""A person reviews links at a real terminal, which is where names are shown and nowhere else."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from headwater.engine import open_engine
from headwater.lake import Settings, Workspace, freeze, new
from headwater.lake.linked import read_linked
from headwater.vocabulary import Level
from two_partners import RECEIVED, Partners, agree_to_link, land_all, two_partners

OTHER_SCREEN, BACK = b"\x1b[?1049h", b"\x1b[?1049l"
PATIENCE = 120


@pytest.fixture
def landed(tmp_path: Path) -> tuple[Workspace, Partners, Path]:
    workspace = new(
        tmp_path / "workspace",
        Settings(area_level=Level.FORCE, area_code="E23000007", area_name="", title="", author="The partnership"),
    )
    agree_to_link(workspace)
    partners = two_partners(tmp_path / "sent", records=700, hospital=350)
    with open_engine(scratch=tmp_path / "spill", threads=1) as engine:
        key = land_all(workspace, engine, partners, tmp_path)
    _ = freeze(workspace)
    return workspace, partners, key


def at_a_terminal(command: list[str]) -> bytes:
    """Run a command at a terminal where whoever is asked answers yes; all that it was shown."""
    import pty

    ours, theirs = pty.openpty()
    shown = b""
    run = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env={**os.environ, "TERM": "xterm", "COLUMNS": "120"}
    )
    os.close(theirs)
    answered = 0
    try:
        while piece := os.read(ours, 65_536):
            shown += piece
            asked = shown.count(b"cannot tell")
            while answered < asked:
                _ = os.write(ours, b"y\n")
                answered += 1
    except OSError:  # whoever was at the other end has gone
        pass
    finally:
        os.close(ours)
    assert run.wait(PATIENCE) == 0, shown[-2_000:].decode(errors="replace")
    return shown


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal is made otherwise on Windows")
def test_names_are_on_the_other_screen_and_the_answer_is_not(landed: tuple[Workspace, Partners, Path]) -> None:
    workspace, partners, key = landed
    shown = at_a_terminal(
        [sys.executable, "-m", "headwater", "link", *map(str, partners.files), "-w", str(workspace.root),
         "--key-file", str(key), "--received", RECEIVED, "--review", "45"],
    )  # fmt: skip
    papers = read_linked(workspace.root)
    assert papers is not None
    assert papers.reviewed is not None
    assert papers.reviewed.judged == papers.reviewed.same == shown.count(OTHER_SCREEN) == shown.count(BACK)
    on_screen = b"".join(re.findall(re.escape(OTHER_SCREEN) + b"(.*?)" + re.escape(BACK), shown, re.DOTALL))
    elsewhere = re.sub(re.escape(OTHER_SCREEN) + b".*?" + re.escape(BACK), b"", shown, flags=re.DOTALL)
    families = {row.split(",")[5].casefold().encode() for row in partners.people.read_text("utf-8").splitlines()[1:]}
    assert any(name in on_screen for name in families if name)
    assert not any(name in elsewhere for name in families if len(name) > 5)
    assert b"Reviewed:" in elsewhere
