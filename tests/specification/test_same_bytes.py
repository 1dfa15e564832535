"""The same inputs give the same bytes: in another folder, on another day, in another process, with other threads."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from headwater.cli.demonstration import INVENTED

DAY = "2026-11-23"
LOCKED = "55c23979be57b4dbf6e84f07a5481a832126acbe43c3eaa0102025ba4b4be22d"
"""SHA-256 of Aldermere's `assessment.json`. A change to a figure, a sentence, a definition or the recipe changes it; so does a new
version number. Look at what moved (`headwater compare`), and if it should have, write the new hash here."""

BUILD = """
import sys, time, datetime
from pathlib import Path
faked = float(sys.argv[2])
real = time.time
time.time = lambda: faked
from headwater.cli.console import bars
from headwater.cli.demonstration import demonstrate
with bars() as progress:
    demonstrate(Path(sys.argv[1]), published="2026-11-23", progress=progress)
"""


def digests(folder: Path) -> dict[str, str]:
    """Every file of an edition, by its hash."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def test_two_folders_two_days_two_processes_one_edition(aldermere: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "another folder" / "Ålder mere"
    elsewhere.parent.mkdir()
    other = os.environ | {
        "PYTHONHASHSEED": "12345",
        "TZ": "Pacific/Auckland",
        "OMP_NUM_THREADS": "1",
        "LC_ALL": "C.UTF-8",
    }
    a_year_on = "1795000000"
    subprocess.run([sys.executable, "-c", BUILD, str(elsewhere), a_year_on], check=True, env=other, capture_output=True)
    first, second = (digests(root / "editions" / DAY) for root in (aldermere, elsewhere))
    assert first.keys() == second.keys()
    assert {name for name in first if first[name] != second[name]} == set()
    assert (elsewhere / INVENTED).is_dir()


def test_the_record_of_aldermere_is_the_one_we_looked_at(aldermere: Path) -> None:
    record = aldermere / "editions" / DAY / "package" / "assessment.json"
    assert hashlib.sha256(record.read_bytes()).hexdigest() == LOCKED
