"""An edition for everyone: axe on every page, a tagged PDF, and documents an office opens without repair."""

import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from headwater.documents.html import anchor_id
from looking import FEWER_ROWS, UNFOLD

DAY = "2026-11-23"
AXE = runpy.run_path(str(Path(__file__).with_name("test_documents_axe.py")))
browser, open_page = AXE["browser"], AXE["open_page"]


@pytest.fixture(scope="module")
def edition(aldermere: Path) -> Path:
    return aldermere / "editions" / DAY


def to_look_at(site: Path) -> list[Path]:
    """Every chapter; and of the pages made alike for each analysis or district, the largest of each."""
    alike = sorted(site.glob("figures-*.html"), key=lambda path: (path.stat().st_size, path.name))
    profiles = sorted(site.glob("profile-*.html"), key=lambda path: (path.stat().st_size, path.name))
    largest = {path.stem.rpartition("-")[2]: path for path in alike} | {"profile": profiles[-1]}
    chapters = set(site.glob("*.html")) - {*alike, *profiles}
    assert len(chapters) > 15
    assert len(largest) > 15
    return sorted({*chapters, *largest.values()})


@pytest.mark.browser
@pytest.mark.enable_socket
def test_axe_finds_nothing_on_any_chapter_nor_any_kind_of_page_of_figures(edition: Path, open_page: Any) -> None:
    from axe_playwright_python.sync_playwright import Axe

    axe = Axe()
    found: dict[str, str] = {}
    first, *others = to_look_at(edition / "site")
    page, complaints = open_page(first, 1280)
    for path in (first, *others):
        page.goto(path.as_uri())  # in one window: a new one begins cold, and takes twice as long
        assert complaints == [], path.name
        page.evaluate(UNFOLD)
        page.evaluate(FEWER_ROWS)
        results = axe.run(page, options={"resultTypes": ["violations"]})
        if results.violations_count:
            found[path.name] = results.generate_report()[:400]
        complaints.clear()  # axe asks for the style sheet, which a page's own rules forbid
    assert found == {}


@pytest.mark.browser
@pytest.mark.enable_socket
def test_a_figure_followed_is_the_row_one_lands_on(edition: Path, open_page: Any) -> None:
    page, _ = open_page(edition / "site" / "scale.html", 1280, java_script_enabled=False)
    figure = page.locator("a.figure").first
    target = str(figure.get_attribute("href")).partition("#")[2]
    figure.click()
    assert page.locator(f"[id='{target}']").is_visible()
    assert target == anchor_id("violence.count/year to 2026-03/Z23000001")


def tags(element: Any) -> Iterator[Any]:
    """Every structure element beneath one."""
    kids = element.get("/K")
    for kid in [] if kids is None else kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from tags(kid)


def test_the_pdf_has_tags_language_title_and_bookmarks(edition: Path) -> None:
    with pikepdf.open(edition / "assessment.pdf") as pdf:
        root = pdf.Root
        assert bool(root.MarkInfo.Marked)
        assert str(root.Lang).lower() == "en-gb"
        with pdf.open_metadata() as said:
            assert said["dc:title"] == "Violence in Aldermere"
            assert str(said["pdfuaid:part"]) == "1"
        assert "/First" in root.Outlines
        kinds = [(str(tag.S), tag) for tag in tags(root.StructTreeRoot)]
        figures = [tag for kind, tag in kinds if kind == "/Figure"]
        assert len(figures) > 40
        assert all(str(tag.get("/Alt", "")).strip() for tag in figures)
        assert {"/H1", "/H2", "/P", "/Table", "/TH", "/TD"} <= {kind for kind, _ in kinds}


@pytest.mark.office
@pytest.mark.parametrize(("name", "least"), [("assessment.docx", 30), ("tables.ods", 30)])
def test_an_office_opens_it_without_repair(edition: Path, tmp_path: Path, name: str, least: int) -> None:
    from libreoffice import convert

    made = convert(edition / name, "pdf", tmp_path)
    with pikepdf.open(made) as pdf:
        assert len(pdf.pages) > least
