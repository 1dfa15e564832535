"""An edition of an area whose charities sent returns and whose services are listed: both stand in it, and figures open."""

from pathlib import Path

import pytest

from built_once import copy_of, make_edition, take_in
from headwater.sources.inventing import example_recipe
from headwater.sources.pretend import Recipe, make_county
from headwater.sources.services.invented import invent as invent_services
from headwater.sources.voluntary.invented import invent as invent_returns


@pytest.fixture(scope="module")
def edition(aldermere: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Aldermere with a register of services and the returns of five organisations."""
    folder = tmp_path_factory.mktemp("assets")
    workspace = copy_of(aldermere, folder / "aldermere")
    county = make_county(Recipe.read(example_recipe()))
    take_in(workspace, [*invent_services(county, folder), *invent_returns(county, folder)])
    return make_edition(workspace, "assets")


def test_what_is_delivered_is_a_chapter_with_need_beside_it(edition: Path) -> None:
    text = (edition / "chapters" / "assets.md").read_text("utf-8")
    assert "9 services of 8 providers are listed for Aldermere: 4 primary, 2 secondary, 3 tertiary." in text
    assert (
        "Counted from March 2026, the last month of police data, the funding of 4 services ends within twelve months"
        in text
    )
    page = (edition / "site" / "assets.html").read_text("utf-8")
    assert "figures-violence-rate.html#" in page, "the rate beside the services opens to its papers"
    rows = (edition / "package" / "data" / "need-and-services.csv").read_text("utf-8").splitlines()
    thornsea = next(row for row in rows if row.startswith("Thornsea"))
    assert "no primary or secondary prevention is listed: a gap?" in thornsea
    stanmouth = next(row for row in rows if row.startswith("Stanmouth"))
    assert "Several services are alike" in stanmouth


def test_what_organisations_returned_is_told_where_it_belongs_and_as_a_least(edition: Path) -> None:
    exploitation = (edition / "chapters" / "exploitation.md").read_text("utf-8")
    assert "was at least {{ say: disclosed-exploitation.published | 2026-Q1 | Z23000001 }}" in exploitation
    assert "Where it is blind: It sees those who reached an organisation that asks" in exploitation
    hidden = (edition / "chapters" / "hidden.md").read_text("utf-8")
    assert "disclosed-unreported-violence.published" in hidden


def test_an_edition_without_either_has_neither(aldermere: Path) -> None:
    latest = aldermere / "editions" / (aldermere / "editions" / "latest").read_text("utf-8").strip()
    assert not (latest / "chapters" / "assets.md").exists()
    assert "disclosed-exploitation" not in (latest / "chapters" / "exploitation.md").read_text("utf-8")
