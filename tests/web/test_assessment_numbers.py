"""The number that answers back, figures looked at by area, and the views people keep."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from headwater.editing.models import SavedView
from headwater.partnership.models import Deed, Organisation, Role
from headwater.web.edition import Choice, edition_named, finding_named, look
from web.conftest import signed_in, somebody
from web.small_edition import NAME, RATE_OF_EAST, shelve
from web.test_assessment_read import HOME, text

pytestmark = pytest.mark.one_database

LOOK = f"{HOME}look/"
AGREEMENT = Path(__file__).parents[2] / "examples" / "aldermere"


@pytest.fixture
def shelf(settings: Any, tmp_path: Path) -> Path:
    settings.WORKSPACE = tmp_path / "workspace"
    _ = shelve(settings.WORKSPACE)
    return settings.WORKSPACE


@pytest.fixture
def reader(shelf: Path, host: Organisation) -> Client:
    return signed_in(somebody(Role.READER, host))


@pytest.fixture
def other(shelf: Path, charity: Organisation) -> Client:
    """Somebody else who may see figures."""
    return signed_in(somebody(Role.READER, charity))


def test_a_figure_is_opened_to_everything_behind_it(reader: Client) -> None:
    page = text(reader, f"{HOME}numbers/{RATE_OF_EAST}/")
    for said in (
        "24.0",
        "23.0 to 25.0",
        "40 ÷ 2,000 × 1,000",
        "crimes ÷ residents × 1,000",
        "Every month is covered.",
        "Public data",
        "Version 1, 1 January 2026, by The analyst",
        "Agreement police, version 1.1, in force until 31 December 2028",
        "4,812",
        "Nobody has let it out",
        "East &lt;Carrow&gt;",
        f'href="{HOME}pages/scale/"',
    ):
        assert said in page, said


def test_a_figure_that_is_withheld_says_why_and_nothing_else(reader: Client) -> None:
    page = text(reader, f"{HOME}numbers/violence.share_2025-26_X07000002/")
    assert "[c]" in page
    assert "suppressed: withheld to protect people" in page
    assert "Numerator" not in page


def test_an_estimate_says_what_it_was_carried_by(reader: Client) -> None:
    page = text(reader, f"{HOME}numbers/violence.rate_2025-26_X07000002/")
    assert "20.0% of it: by residents" in page
    assert "fewer than ten events" in page


def test_an_agreement_that_is_what_it_was_gives_its_clauses(reader: Client, shelf: Path) -> None:
    from web.small_edition import AGREEMENT, sign

    page = text(reader, f"{HOME}numbers/{RATE_OF_EAST}/")
    assert "is not what it was" in page
    assert sign(shelf) != AGREEMENT
    page = text(reader, f"{HOME}numbers/{RATE_OF_EAST}/")
    assert "Clause 5.1, disclosure" in page
    assert "counts of 1 to 4 are withheld" in page


def test_figures_are_chosen_by_measure_period_and_area(reader: Client) -> None:
    assert "Choose what to look at" in text(reader, LOOK)
    latest = text(reader, f"{LOOK}?measure=violence.rate")
    assert latest.count("data-code=") == 2
    assert "11.0" not in latest
    assert "11.0" in text(reader, f"{LOOK}?measure=violence.rate&period=2024-25")
    one = text(reader, f"{LOOK}?measure=violence.rate&area=X07000001")
    assert "19.0" in one
    assert "data-code=" not in one
    assert "12.5" not in one


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("measure=violence.nought", "no figures of that name"),
        ("measure=violence.rate&period=1066", "no figure for that period"),
        ("measure=violence.rate&area=E00000000", "no figure for that area"),
        ("measure=violence.rate&area=%27+or+1%3D1", "no figure for that area"),
    ],
)
def test_what_the_edition_does_not_have_is_refused_with_words(reader: Client, asked: str, said: str) -> None:
    page = text(reader, f"{LOOK}?{asked}")
    assert said in page
    assert "govuk-error-summary" in page


def chosen(shelf: Path, measure: str, **more: str) -> Any:
    edition = edition_named(NAME)
    finding = finding_named(edition, measure)
    assert finding is not None
    return look(edition, finding, Choice(measure, **more))


def test_a_map_is_of_rates_and_of_the_parts(shelf: Path) -> None:
    seen = chosen(shelf, "violence.rate")
    assert seen.level == "ltla"
    assert [(line.cell["place"]["name"], line.kind, line.mapped) for line in seen.lines] == [
        ("Carrowshire", "shown", False),
        ("East <Carrow>", "shown", True),
        ("West & Vale", "weak", True),
    ]
    assert chosen(shelf, "violence.count").level == ""
    assert chosen(shelf, "violence.rate", period="every").level == ""


def test_what_is_withheld_has_no_shade(shelf: Path) -> None:
    seen = chosen(shelf, "violence.share")
    assert seen.level == "ltla"
    assert [(line.kind, line.shade) for line in seen.lines if line.mapped] == [("shown", 4), ("none", None)]


def test_the_table_holds_what_the_map_shows_without_a_script(reader: Client) -> None:
    page = text(reader, f"{LOOK}?measure=violence.share")
    table = page[page.index('id="figures"') : page.index("</table>", page.index('id="figures"'))]
    assert "withheld to protect people" in table
    assert table.count("<tr") == 4


def test_a_view_is_kept_shared_and_forgotten(reader: Client, other: Client) -> None:
    said = {"measure": "violence.rate", "period": "2024-25", "area": "", "name": "East & West"}
    assert reader.post(f"{LOOK}keep/", said).status_code == 302
    assert "East &amp; West" in text(reader, LOOK)
    assert "East &amp; West" not in text(other, LOOK)
    assert "keep another view under this name" in reader.post(f"{LOOK}keep/", said).content.decode()
    assert reader.post(f"{LOOK}keep/", said | {"name": "Shared", "shared": "on"}).status_code == 302
    assert "Shared" in text(other, LOOK)
    shared = SavedView.objects.get(name="Shared")
    assert other.post(f"{LOOK}forget/{shared.pk}/").status_code == 404
    assert reader.get(f"{LOOK}forget/{shared.pk}/").status_code == 405
    assert reader.post(f"{LOOK}forget/{shared.pk}/").status_code == 302
    assert [view.name for view in SavedView.objects.all()] == ["East & West"]
    assert [deed.did for deed in Deed.objects.filter(did__contains="view")] == [
        "forgot a view",
        "kept a view",
        "kept a view",
    ]


def test_a_view_of_what_does_not_exist_is_not_kept(reader: Client) -> None:
    _ = reader.post(f"{LOOK}keep/", {"measure": "violence.rate", "period": "1066", "name": "No"})
    _ = reader.post(f"{LOOK}keep/", {"measure": "nothing", "name": "No"})
    _ = reader.post(f"{LOOK}keep/", {"measure": "violence.rate", "name": "  "})
    assert not SavedView.objects.exists()


def test_asking_twice_for_the_same_joins_what_is_under_way(reader: Client) -> None:
    again = f"{HOME}numbers/{RATE_OF_EAST}/again/"
    first, second = reader.post(again), reader.post(again)
    assert first["Location"] == second["Location"]
    assert first["Location"].startswith(again)
    waiting = reader.get(first["Location"])
    assert waiting.status_code == 202
    assert "Being worked out again" in waiting.content.decode()
    assert reader.get(again).status_code == 405
    elsewhere = first["Location"].replace("violence.rate_", "violence.count_")
    assert reader.get(elsewhere).status_code == 404
    assert Deed.objects.filter(did="asked to have worked out again").count() == 2
    assert not Deed.objects.filter(did="read", to__contains="/again/").exists()
