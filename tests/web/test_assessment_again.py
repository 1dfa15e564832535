"""A figure worked out again from the frozen data of its edition: the same to the last digit, or what is not, or what hinders it."""

import copy
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from built_once import copy_of
from headwater.assessment import Again, work_again
from headwater.engine import Engine, open_engine
from headwater.lake import Workspace
from headwater.partnership.models import Organisation, Role
from headwater.web.again import work_out_again
from headwater.web.edition import edition_in_hand
from web.conftest import signed_in, somebody

pytestmark = pytest.mark.one_database

SHIPPED = Path(__file__).parents[2] / "src" / "headwater" / "definitions" / "measures"
WHOLE = "violence.rate_year+to+2026-03_Z23000001"


@pytest.fixture
def workspace(aldermere: Path, tmp_path: Path, settings: Any) -> Workspace:
    """Aldermere, to do with as one likes."""
    settings.WORKSPACE = tmp_path / "aldermere"
    return copy_of(aldermere, settings.WORKSPACE, editions=True)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with open_engine(scratch=tmp_path / "spill", threads=1) as opened:
        yield opened


@pytest.fixture
def record(workspace: Workspace) -> Mapping[str, Any]:
    """What the latest edition says, which a test may change."""
    found = edition_in_hand()
    assert found is not None
    return copy.deepcopy(found.record)


def finding(record: Mapping[str, Any], name: str) -> Any:
    return next(each for each in record["findings"] if each["name"] == name)


@pytest.mark.parametrize(
    "name", ["violence.places", "serious-violence.rate", "exclusions.published", "hidden-population.estimate"]
)
def test_every_figure_comes_out_the_same_and_so_does_what_is_withheld(
    workspace: Workspace, engine: Engine, record: Mapping[str, Any], name: str
) -> None:
    again = work_again(workspace, engine, record, name)
    assert (again.same, again.moved, again.hindered) == (True, (), "")
    assert again.figures == len(finding(record, name)["cells"])


def test_a_figure_that_somebody_changed_is_named(
    workspace: Workspace, engine: Engine, record: Mapping[str, Any]
) -> None:
    cells = finding(record, "violence.rate")["cells"]
    last = cells[-1]
    last["value"] *= 1 + 1e-9
    again = work_again(workspace, engine, record, "violence.rate")
    assert again.moved == (f"violence.rate/{last['period']['label']}/{last['place']['code']}",)
    assert not again.same


def test_a_figure_that_is_no_longer_withheld_is_named(
    workspace: Workspace, engine: Engine, record: Mapping[str, Any]
) -> None:
    hidden = next(cell for cell in finding(record, "children-trafficking.published")["cells"] if "value" not in cell)
    hidden |= {"status": "shown", "text": "0"}
    assert len(work_again(workspace, engine, record, "children-trafficking.published").moved) == 1


def test_another_definition_is_not_held_against_the_first(
    workspace: Workspace, engine: Engine, record: Mapping[str, Any]
) -> None:
    own = workspace.root / "measures" / "violence.toml"
    own.parent.mkdir(exist_ok=True)
    said = (SHIPPED / "violence.toml").read_text("utf-8").replace('version = "1"', 'version = "2"')
    _ = own.write_text(said, encoding="utf-8")
    again = work_again(workspace, engine, record, "violence.rate")
    assert "no longer version 1" in again.hindered
    assert not again.same


def test_data_that_are_gone_are_missed_in_words(
    workspace: Workspace, engine: Engine, record: Mapping[str, Any]
) -> None:
    shutil.rmtree(workspace.shelf / record["edition"]["snapshot"][:16])
    assert work_again(workspace, engine, record, "violence.rate").hindered
    assert "no finding called nothing.at-all" in work_again(workspace, engine, record, "nothing.at-all").hindered


@pytest.fixture
def reader(workspace: Workspace, host: Organisation) -> Client:
    return signed_in(somebody(Role.READER, host))


def answered(reader: Client, result: dict[str, Any] | None, status: str = TaskResultStatus.SUCCESSFUL) -> str:
    """The page of a run that came to something."""
    edition = edition_in_hand()
    assert edition is not None
    asked = reader.post(f"/assessment/{edition.name}/numbers/{WHOLE}/again/")
    _ = DBTaskResult.objects.update(status=status, return_value=result)
    answer = reader.get(asked["Location"])
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_says_that_it_is_the_same(reader: Client) -> None:
    edition = edition_in_hand()
    assert edition is not None
    came_to = work_out_again.call(edition.name, list(edition.mark), "violence.rate")
    page = answered(reader, came_to)
    assert "The same, to the last digit" in page
    assert f"All {came_to['figures']} figures" in page
    replaced = work_out_again.call(edition.name, [0, 0], "violence.rate")
    assert "another edition of this name" in answered(reader, replaced)


@pytest.mark.parametrize(
    ("moved", "heading"),
    [
        ("violence.rate/year to 2026-03/Z23000001", "It does not come out the same"),
        ("violence.rate/2023-24/Z23000001", "and others of its finding do not"),
    ],
)
def test_the_page_says_what_moved(reader: Client, moved: str, heading: str) -> None:
    page = answered(reader, asdict(Again("violence.rate", 64, (moved,), "Headwater 9")))
    assert heading in page
    assert moved in page
    assert "lean on neither" in page


def test_the_page_says_what_hindered_it_and_that_it_failed(reader: Client) -> None:
    hindered = asdict(Again("violence.rate", 0, (), "Headwater 9", "the data were <deleted>"))
    assert "the data were &lt;deleted&gt;" in answered(reader, hindered)
    assert "Something went wrong beside the pages" in answered(reader, None, TaskResultStatus.FAILED)
