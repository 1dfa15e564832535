"""The assessment in the rooms: every page as it was written, behind the guard, its links turned, nothing beside it to be reached."""

import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from django.test import Client

from headwater.partnership.models import Deed, Organisation, Person, Role
from headwater.web.edition.keeping import Keeping
from headwater.web.edition.style import scoped
from web.conftest import signed_in, somebody
from web.small_edition import NAME, RATE_OF_EAST, shelve

pytestmark = pytest.mark.one_database

HOME = f"/assessment/{NAME}/"
HREF = re.compile(r'href="([^"]+)"')


@pytest.fixture
def shelf(settings: Any, tmp_path: Path) -> Path:
    """A workspace with one small edition on its shelf."""
    settings.WORKSPACE = tmp_path / "workspace"
    _ = shelve(settings.WORKSPACE)
    return settings.WORKSPACE


@pytest.fixture
def reader(shelf: Path, host: Organisation) -> Client:
    """Somebody who may see figures, and do nothing else."""
    return signed_in(somebody(Role.READER, host))


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def test_every_link_of_every_page_leads_somewhere(reader: Client) -> None:
    seen, waiting = set[str](), ["/assessment/"]
    while waiting:
        address = waiting.pop().partition("#")[0]
        if (
            address in seen
            or not address.startswith(("/assessment/", "/"))
            or address.startswith(("/account/", "/static/"))
        ):
            continue
        seen.add(address)
        answer = reader.get(address.replace("&amp;", "&"))
        if answer.status_code == 302 and answer["Location"].startswith("/account/reauthenticate/"):
            continue  # it asks for the password once more
        assert answer.status_code == 200, address
        answer.close()
        if answer.get("Content-Type", "").startswith("text/html"):
            page = answer.content.decode()
            assert page.count("<h1") == 1, address
            assert "style=" not in page.replace("stylesheet", ""), address
            waiting += [urljoin(address, found.replace("&#x27;", "'")) for found in HREF.findall(page)]
    assert {f"{HOME}pages/scale/", f"{HOME}pages/figures-violence-rate/", f"{HOME}numbers/{RATE_OF_EAST}/"} <= seen
    assert {f"{HOME}areas/X07000001/", f"{HOME}files/package.zip", f"{HOME}tables/figures-violence-rate.csv"} <= seen


def test_a_chapter_stands_as_it_was_written(reader: Client) -> None:
    page = text(reader, f"{HOME}pages/scale/")
    assert "It rose &amp; &lt;fell&gt;." in page
    assert f'href="{HOME}numbers/{RATE_OF_EAST}/"' in page
    assert f'href="{HOME}pages/figures-violence-rate/#violence.rate-figures"' in page
    assert 'href="https://example.org/?a=1&amp;b=2"' in page
    assert "Not released" in page


def test_every_figure_in_the_papers_opens(reader: Client) -> None:
    page = text(reader, f"{HOME}pages/figures-violence-share/")
    assert f'<a class="figure" href="{HOME}numbers/violence.share_2025-26_X23000001/">[c]</a>' in page


def test_an_edition_put_in_the_place_of_another_is_read_anew(reader: Client, shelf: Path) -> None:
    _ = text(reader, f"{HOME}pages/scale/")
    _ = shelve(shelf, words="It stayed as it was.")
    record = shelf / "editions" / NAME / "package" / "assessment.json"
    record.touch()
    assert "It stayed as it was." in text(reader, f"{HOME}pages/scale/")


def test_the_edition_made_last_is_the_one_in_hand(reader: Client, shelf: Path) -> None:
    _ = shelve(shelf, name="2025-01-01")
    assert "edition of 1 January 2025" in text(reader, "/assessment/")
    assert f'href="{HOME}"' in text(reader, "/assessment/")


@pytest.mark.parametrize(
    "address",
    [
        "../",
        "..%2f",
        "%2e%2e/",
        "no-such-edition/",
        ".building-1/",
        f"{NAME}/pages/..%2f..%2fheadwater.toml/",
        f"{NAME}/pages/index/",
        f"{NAME}/pages/..%5c..%5cheadwater/",
        f"{NAME}/tables/..%2f..%2fpackage%2fassessment.json",
        f"{NAME}/tables/..%2findex.html",
        f"{NAME}/files/package",
        f"{NAME}/files/..%2f..%2f..%2fheadwater.toml",
        f"{NAME}/files/headwater.toml",
        f"{NAME}/numbers/violence.rate/",
        f"{NAME}/areas/X23000001/",
        f"{NAME}/outlines.json?level=pfa",
        f"{NAME}/outlines.json?level=..%2f",
    ],
)
def test_nothing_beside_an_edition_is_reached(reader: Client, shelf: Path, address: str) -> None:
    (shelf / "editions" / ".building-1" / "package").mkdir(parents=True)
    _ = (shelf / "editions" / ".building-1" / "package" / "assessment.json").write_text("{}", encoding="utf-8")
    assert reader.get(f"/assessment/{address}").status_code == 404


def test_what_is_read_and_what_is_taken_away_is_in_the_ledger(reader: Client) -> None:
    for address in (
        "pages/scale/",
        "files/assessment.pdf",
        "tables/figures-violence-rate.csv",
        f"numbers/{RATE_OF_EAST}/",
    ):
        reader.get(HOME + address).close()
    lines = [(deed.did, deed.thing) for deed in Deed.objects.all()[:4]]
    assert lines == [
        ("read", f"{HOME}numbers/{RATE_OF_EAST}/"),
        ("downloaded", f"{HOME}tables/figures-violence-rate.csv"),
        ("downloaded", f"{HOME}files/assessment.pdf"),
        ("read", f"{HOME}pages/scale/"),
    ]


def test_the_package_is_taken_away_whole(reader: Client) -> None:
    answer = reader.get(f"{HOME}files/package.zip")
    assert answer["Content-Disposition"] == f'attachment; filename="{NAME}-package.zip"'
    with zipfile.ZipFile(BytesIO(b"".join(answer))) as archive:
        assert archive.namelist() == ["assessment.json"]


def test_whoever_may_not_see_figures_sees_none(shelf: Path, charity: Organisation) -> None:
    contributor = signed_in(somebody(Role.CONTRIBUTOR, charity))
    for address in (
        "",
        "pages/scale/",
        f"numbers/{RATE_OF_EAST}/",
        "look/",
        "files/assessment.pdf",
        "areas/X07000001/",
    ):
        assert contributor.get(HOME + address).status_code in (302, 403), address
    page = text(contributor, "/")
    assert "your role does not open it" in page
    assert "24.0" not in page


def test_whoever_is_let_in_for_one_part_reads_its_local_edition_and_no_more(shelf: Path, charity: Organisation) -> None:
    local = signed_in(somebody(Role.READER, charity, area="X07000001"))
    page = text(local, f"{HOME}areas/X07000001/")
    assert "One of 2 areas." in page
    assert local.get(f"{HOME}pages/profile-x07000001/").status_code == 200
    assert local.get(f"{HOME}numbers/{RATE_OF_EAST}/").status_code == 200
    assert f"{HOME}areas/X07000001/" in text(local, "/")
    for address in ("", "pages/scale/", "areas/X07000002/", "numbers/violence.rate_2025-26_X07000002/", "look/"):
        assert local.get(HOME + address).status_code == 403, address


@pytest.mark.parametrize(
    "address", ["", "pages/scale/", "pages/figures-violence-rate/", f"numbers/{RATE_OF_EAST}/", "look/", "look/?measure=violence.rate", "areas/X07000001/", "search/?q=violence"]
)  # fmt: skip
def test_a_page_asks_the_database_a_few_things_only(
    reader: Client, address: str, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(14):
        _ = text(reader, HOME + address)


def test_the_local_edition_holds_every_figure_of_its_part(reader: Client) -> None:
    page = text(reader, f"{HOME}areas/X07000002/")
    assert page.count("/numbers/violence.") == 3
    assert "West &amp; Vale</a> [e]" in page or "West &amp; Vale</strong> [e]" in page
    assert "12.5 [u] [e]" in page


def test_the_style_of_an_edition_is_held_to_its_own_part() -> None:
    css = ":root { --a: 1; }\n/* x { } */ html, body { color: red }\na:is(b, c), main > p { x: y }\nmain:focus { z: 0 }\n@media print { @page { size: A4; } h1 { x: y } }"
    assert scoped(css).split("\n") == [
        ".hw-edition{",
        "--a: 1;}",
        ".hw-edition, .hw-edition{",
        "color: red}",
        ".hw-edition a:is(b, c), .hw-edition > p{",
        "x: y}",
        ".hw-edition:focus{",
        "z: 0}",
        "@media print{",
        ".hw-edition h1{",
        "x: y}",
        "}",
        "",
    ]


def test_every_rule_of_the_shipped_style_is_held(reader: Client) -> None:
    css = text(reader, f"{HOME}style.css")
    selectors = [
        part
        for line in css.split("\n")
        if line.endswith("{") and not line.startswith("@")
        for part in line[:-1].split(", ")
    ]
    assert len(selectors) > 100
    assert [part for part in selectors if not part.startswith(".hw-edition") and ")" not in part] == []


def test_what_is_kept_in_memory_has_a_bound() -> None:
    kept: Keeping[str] = Keeping(10)
    made: list[str] = []

    def make(word: str) -> str:
        made.append(word)
        return word

    for word in ("aaaa", "bbbb", "aaaa", "cccc", "bbbb", "aaaa"):
        assert kept.get(word, lambda word=word: make(word)) == word
    assert made == ["aaaa", "bbbb", "cccc", "bbbb", "aaaa"]


def test_home_says_what_waits_and_which_edition_is_in_hand_and_no_figure(reader: Client) -> None:
    page = text(reader, "/")
    assert "24 November 2026" in page
    assert "Nothing, for now." in page
    assert f"{HOME}pages/scale/" in page
    assert "24.0" not in page


def test_home_before_there_is_an_edition(analyst: Person) -> None:
    page = text(signed_in(analyst), "/")
    assert "Build the first edition" in page
    assert "There is none yet" in page
    assert "headwater assess" in text(signed_in(analyst), "/assessment/")


def test_a_chapter_or_a_figure_is_found_by_its_words(reader: Client) -> None:
    assert "1 found." in text(reader, f"{HOME}search/?q=TREND+scale")
    assert "3 found." in text(reader, f"{HOME}search/?q=prevention")
    assert "Nothing in this edition" in text(reader, f"{HOME}search/?q=%3Cscript%3E")
    assert "<script>alert" not in text(reader, f"{HOME}search/?q=%3Cscript%3Ealert")
