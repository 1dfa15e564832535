"""An edition of an area whose charities sent returns and whose services are listed: both stand in it, and figures open."""

from pathlib import Path

import pytest

from built_once import DAY, copy_of, make_edition


@pytest.fixture(scope="module")
def edition(aldermere: Path) -> Path:
    """Aldermere, whose partners sent a register of services and the returns of five organisations."""
    return aldermere / "editions" / DAY


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


def test_an_edition_without_either_has_neither(published_aldermere: Path, tmp_path: Path) -> None:
    edition = make_edition(copy_of(published_aldermere, tmp_path / "aldermere"))
    assert not (edition / "chapters" / "assets.md").exists()
    assert not (edition / "chapters" / "exploitation.md").exists()
