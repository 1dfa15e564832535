"""Workspaces that take long to build are built once for a whole run of the tests, however many workers run it."""

import os
import shutil
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from headwater import documents
from headwater.assessment import assess
from headwater.cli.demonstration import DEFINITION, agree, in_order, link_victims
from headwater.engine import open_engine
from headwater.lake import Settings, Workspace, conform, freeze, land, new, open_workspace
from headwater.sources.inventing import example_recipe, invent, key_of_nobody
from headwater.vocabulary import Level

DAY = "2026-11-23"
"""The day printed on every edition made for the tests."""
RECEIVED = "2026-11-01"
BEFORE = "before-revision"
"""The edition of Aldermere made before its police sent their last six months again."""
PERSONAL = ("pretend_police_", "pretend_ed_", "pretend_ambulance_")
"""Files of Aldermere's partners that land under an agreement and pass the edge."""
PATIENCE = 600
"""Seconds that a worker waits for another to build."""


def once(factory: pytest.TempPathFactory, name: str, build: Callable[[Path], object]) -> Path:
    """The folder `name`, built by whichever worker asks first. Nobody may change what is in it: see `copy_of`."""
    base = factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    home = base / name
    with _turn(base / f"{name}.lock"):
        if not (base / f"{name}.built").exists():
            shutil.rmtree(home, ignore_errors=True)
            build(home)
            (base / f"{name}.built").touch()
    return home


@contextmanager
def _turn(lock: Path) -> Generator[None]:
    last = time.monotonic() + PATIENCE
    while True:
        try:
            lock.touch(exist_ok=False)
            break
        except FileExistsError:
            if time.monotonic() > last:
                pytest.fail(f"another worker has held {lock.name} for {PATIENCE} seconds")
            time.sleep(0.2)
    try:
        yield
    finally:
        lock.unlink()


def copy_of(root: Path, target: Path, *, editions: bool = False) -> Workspace:
    """A workspace like another, to be changed at will; with its editions only where they are wanted."""
    left = () if editions else tuple(path.name for path in (root / "editions").iterdir())
    shutil.copytree(root, target, ignore=lambda folder, _: left if Path(folder).name == "editions" else ())
    return open_workspace(target)


def furnish(root: Path, reference: Path) -> None:
    """Put what `reference` has landed and conformed into a new workspace."""
    for folder in ("landed", "conformed", "shelf"):
        shutil.copytree(reference / folder, root / folder, dirs_exist_ok=True)


def take_in(
    workspace: Workspace, files: Sequence[Path], received: str = RECEIVED, key_file: Path | None = None
) -> None:
    """Land, conform and freeze."""
    with open_engine(scratch=workspace.scratch) as engine:
        for path in files:
            if land(workspace, path, received=received, key_file=key_file).finds_places:
                conform(workspace, engine)
        conform(workspace, engine)
    freeze(workspace)


def make_edition(workspace: Workspace, name: str = DAY, *, printed: bool = False) -> Path:
    """An edition of what is frozen, its PDF and its Word only where they are `printed`; its folder."""
    with open_engine(workspace.settings.engine, scratch=workspace.scratch) as engine, printing(wanted=printed):
        return assess(workspace, engine, published=DAY, name=name).folder


@contextmanager
def printing(*, wanted: bool = False) -> Generator[None]:
    """While it lasts, editions have no PDF and no Word: they take half of the time, and few tests look at them."""
    with pytest.MonkeyPatch.context() as patch:
        for writer in () if wanted else ("write_pdf", "write_docx"):
            patch.setattr(documents, writer, lambda *_: None)
        yield


def build_aldermere(root: Path) -> None:
    """Aldermere as `headwater demo` makes it, and before that as it stood without the revised months."""
    workspace = new(
        root,
        Settings(
            area_level=Level.FORCE,
            area_code="",
            area_name="Aldermere",
            title="Violence in Aldermere",
            author="Aldermere Violence Reduction Partnership",
            banner="Aldermere is a county that does not exist. Every figure here is invented.",
            serious_violence=DEFINITION,
        ),
    )
    agree(workspace, DAY)
    files = in_order(invent(example_recipe(), root / "invented"))
    first = [path for path in files if not path.stem.endswith("-revised")]
    with key_of_nobody() as key:
        take_in(workspace, first, received=DAY, key_file=key)
        link_victims(workspace, first, key, DAY)
        make_edition(workspace, BEFORE)
        take_in(workspace, files, received=DAY, key_file=key)
    make_edition(workspace, printed=True)


def build_public(root: Path, aldermere: Path) -> None:
    """Aldermere with what is published alone, as it is before any partner sends anything."""
    workspace = new(root, open_workspace(aldermere).settings)
    files = [path for path in (aldermere / "invented").iterdir() if not path.name.startswith("pretend")]
    take_in(workspace, in_order(files), received=DAY)


def build_reference(root: Path, real: Path) -> None:
    """The real places, residents and deprivation of England and Wales, landed and conformed."""
    workspace = new(
        root, Settings(area_level=Level.FORCE, area_code="E23000007", area_name="", title="Violence", author="")
    )
    take_in(workspace, [real / "places", real / "population", real / "deprivation"])


def build_northumbria(root: Path, real: Path, reference: Path) -> None:
    """Three years of Northumbria with a month missing, and a later year in newer area codes, assessed."""
    workspace = copy_of(reference, root)
    police = real / "police-uk"
    take_in(workspace, [police / f"police-uk-{years}-northumbria.zip" for years in ("2020-2023", "2025")])
    make_edition(workspace)
