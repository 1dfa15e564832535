"""Is this machine well, and is this workspace? One line for each thing looked at, and what to do where it is not."""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from headwater import __version__
from headwater.vocabulary import HeadwaterError, WorkspaceTrouble
from headwater.web.environment import FILE

if TYPE_CHECKING:
    from headwater.lake import Workspace

ENOUGH_ROOM = 2_000_000_000
LONG_PATH = 120
"""A workspace path longer than this may, with what lies inside it, pass Windows' old limit of 260 letters."""
PACKAGES = ("narwhals", "duckdb", "pyarrow", "numpy", "scipy", "shapely", "typst", "pikepdf", "python-docx", "odfpy")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at, and how it is."""

    name: str
    state: Literal["well", "mind", "wrong"]
    said: str
    do: str = ""


def examine(where: Path) -> tuple[Check, ...]:
    """Look at the machine, then at the workspace in `where` if there is one. Changes nothing."""
    return (*_machine(where), *_workspace(where))


def _machine(where: Path) -> Iterator[Check]:
    yield Check("Headwater", "well", __version__)
    yield _python()
    yield _packages()
    yield _typeface()
    yield _engine()
    yield _room(where)
    yield _writable(where)
    yield _path_length(where)


def _python() -> Check:
    said = ".".join(str(part) for part in sys.version_info[:3])
    if sys.maxsize < 2**32:
        return Check("Python", "wrong", f"{said}, 32-bit", "install the 64-bit Python: the engine has no other")
    return Check("Python", "well", said)


def _packages() -> Check:
    found: list[str] = []
    absent: list[str] = []
    for package in PACKAGES:
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            absent.append(package)
    if absent:
        return Check(
            "Packages", "wrong", f"missing: {', '.join(absent)}", "install Headwater again: pip install headwater"
        )
    return Check("Packages", "well", ", ".join(found))


def _typeface() -> Check:
    if find_spec("font_source_sans_pro") is None:
        return Check("Typeface", "wrong", "Source Sans Pro is missing", "pip install font-source-sans-pro")
    return Check("Typeface", "well", "Source Sans Pro")


def _engine() -> Check:
    """Write a small file and read it back, so that a library the machine refuses to load is found here."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from headwater.engine import open_engine

    try:
        with (
            tempfile.TemporaryDirectory() as scratch,
            open_engine("duckdb", scratch=Path(scratch) / "engine") as engine,
        ):
            pq.write_table(pa.table({"month": ["2026-01", "2026-02"]}), Path(scratch) / "two.parquet")
            rows = engine.collect(engine.scan(Path(scratch) / "two.parquet")).num_rows
    except (ImportError, OSError, HeadwaterError) as problem:
        return Check(
            "Engine", "wrong", f"DuckDB would not answer ({type(problem).__name__})", "install Headwater again"
        )
    return Check("Engine", "well" if rows == 2 else "wrong", f"DuckDB {version('duckdb')} answers")


def _room(where: Path) -> Check:
    free = shutil.disk_usage(_nearest(where)).free
    said = f"{free / 1e9:,.1f} GB free"
    if free < ENOUGH_ROOM:
        return Check("Disk", "mind", said, "a force's four years and its edition take about 1 GB while they are built")
    return Check("Disk", "well", said)


def _writable(where: Path) -> Check:
    folder = _nearest(where)
    try:
        with tempfile.TemporaryFile(dir=folder) as trial:
            trial.write(b"headwater")
    except OSError:
        return Check(
            "Permission", "wrong", f"nothing may be written in {folder}", "choose another folder, or ask for access"
        )
    return Check("Permission", "well", f"{folder} may be written to")


def _path_length(where: Path) -> Check:
    length = len(str(where.resolve()))
    if length > LONG_PATH:
        return Check(
            "Path", "mind", f"{length} letters long", "Windows may refuse files deep inside it: move it nearer the root"
        )
    return Check("Path", "well", f"{length} letters long")


def _nearest(where: Path) -> Path:
    """The folder itself, or the nearest one above it that exists."""
    whole = where.resolve()
    return next(folder for folder in (whole, *whole.parents) if folder.is_dir())


def _workspace(where: Path) -> Iterator[Check]:
    from headwater.lake import open_workspace

    try:
        workspace = open_workspace(where)
    except WorkspaceTrouble as problem:
        yield Check("Workspace", "mind", str(problem), "run this where your workspace is, or add --workspace FOLDER")
        return
    except HeadwaterError as problem:
        yield Check("Workspace", "wrong", str(problem))
        return
    yield Check("Workspace", "well", f"{workspace.settings.area_name}, in {workspace.root}")
    yield _asked("In use", lambda: _free(workspace))
    yield _asked("Frozen data", lambda: _frozen(workspace))
    yield from ledgers(workspace)


def ledgers(workspace: "Workspace") -> Iterator[Check]:
    """Both ledgers, followed from their first line: the workspace's own, and that of the rooms where they have a database."""
    yield _ledger(workspace)
    if os.environ.get("HEADWATER_DATABASE") or (workspace.root / FILE).is_file():
        from headwater.cli.rooms import examine_rooms

        yield from examine_rooms(workspace.root)


def _asked(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name, "well", look())
    except HeadwaterError as problem:
        return Check(name, "wrong", str(problem))


def _free(workspace: "Workspace") -> str:
    with workspace.lock():
        return "no other run is at work"


def _frozen(workspace: "Workspace") -> str:
    from headwater.lake import open_snapshot

    if not workspace.shelf.is_dir() or not any(workspace.shelf.iterdir()):
        return "nothing has been landed yet"
    snapshot = open_snapshot(workspace)
    return f"{snapshot.digest[:12]}, from {len(snapshot.provenance):,} files"


def _ledger(workspace: "Workspace") -> Check:
    from headwater import ledger

    verdict = ledger.verify(workspace.ledger)
    if verdict.broken_at is not None:
        do = "put back a copy from before the change; until then nothing more can be written"
        return Check("Ledger", "wrong", f"{workspace.ledger.name} was changed at line {verdict.broken_at}", do)
    if verdict.torn:
        return Check("Ledger", "mind", "its last line was cut off by a crash", "nothing: the next run sets it aside")
    return Check("Ledger", "well", f"{verdict.entries:,} lines, an unbroken chain")
