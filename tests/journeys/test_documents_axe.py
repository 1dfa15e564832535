"""Every page of a site, looked at by axe in a real browser, straight from the disk and with the network cut off."""

import os
import runpy
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from headwater.documents.html import write_site

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]
SAMPLE = Path(__file__).parents[1] / "sample_document.py"
WIDTHS = (1280, 320)


def _without(reason: str) -> None:
    if os.environ.get("HEADWATER_REQUIRE_ALL"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    """The sample's pages."""
    written = write_site(runpy.run_path(str(SAMPLE))["sample_document"](), tmp_path_factory.mktemp("site"))
    return tuple(path for path in written if path.suffix == ".html")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium, where there is one."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        _without("needs Chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _without("needs the packages playwright and axe-playwright-python")
        raise
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.fixture
def open_page(browser: Any) -> Iterator[Any]:
    """Open a page at a width, refusing anything that is not a file, and listening for complaints."""
    contexts: list[Any] = []

    def opened(path: Path, width: int, **options: Any) -> tuple[Any, list[str]]:
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        complaints: list[str] = []
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("requestfailed", lambda request: complaints.append(f"failed: {request.url}"))
        page.on("request", lambda request: _note_if_away(request.url, complaints))
        page.goto(path.as_uri())
        return page, complaints

    yield opened
    for context in contexts:
        context.close()


def _note_if_away(url: str, complaints: list[str]) -> None:
    if not url.startswith(("file:", "data:")):
        complaints.append(f"asked the network for {url}")


def test_documents_axe_finds_nothing_on_any_page(site: tuple[Path, ...], open_page: Any):
    from axe_playwright_python.sync_playwright import Axe

    axe = Axe()
    on_a_phone = [(path, 320) for path in site if path.name in {"index.html", "places.html"}]
    page, complaints = open_page(site[0], 1280)
    for path, width in [*((path, 1280) for path in site), *on_a_phone]:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(path.as_uri())  # in one window: a new one begins cold, and takes twice as long
        assert complaints == [], path.name
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        results = axe.run(page)
        assert results.violations_count == 0, f"{path.name} at {width}: {results.generate_report()}"
        complaints.clear()  # axe asks for the style sheet, which a page's own rules forbid


def test_documents_pages_reflow_at_320_without_scrolling_sideways(site: tuple[Path, ...], open_page: Any):
    page, _ = open_page(site[0], 320)
    for path in site:
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path.name


def test_documents_style_holds_under_the_content_security_policy_from_a_file(site: tuple[Path, ...], open_page: Any):
    page, _ = open_page(site[0], 1280)
    assert page.locator(".masthead").evaluate("each => getComputedStyle(each).borderBottomColor") == "rgb(29, 112, 184)"


def test_documents_work_without_javascript(site: tuple[Path, ...], open_page: Any):
    trends = next(path for path in site if path.name == "trends.html")
    page, _ = open_page(trends, 1280, java_script_enabled=False)
    page.locator("summary", has_text="The table behind this picture: Violence recorded each month").click()
    assert page.locator("#control-table").is_visible()


def test_documents_a_figure_leads_to_its_row_and_lights_it_up(site: tuple[Path, ...], open_page: Any):
    places = next(path for path in site if path.name == "places.html")
    page, _ = open_page(places, 1280)
    page.locator("#district-table a.figure", has_text="12.3").click()
    lit = page.locator("tr:target")
    assert "Carrow" in lit.inner_text()
    assert lit.locator("td").evaluate("each => getComputedStyle(each).backgroundColor") == "rgb(255, 247, 191)"


def test_documents_every_picture_has_a_name_and_only_one_drawing_is_shown(site: tuple[Path, ...], open_page: Any):
    trends = next(path for path in site if path.name == "trends.html")
    for width in WIDTHS:
        page, _ = open_page(trends, width)
        pictures = page.get_by_role("img", name="A few areas carry most of the harm")
        assert pictures.count() == 1


def test_documents_tables_can_be_reached_and_scrolled_with_the_keyboard(site: tuple[Path, ...], open_page: Any):
    places = next(path for path in site if path.name == "places.html")
    page, _ = open_page(places, 320)
    region = page.get_by_role("region", name="Recorded crimes by month and district")
    region.focus()
    page.keyboard.press("ArrowRight")
    for _ in range(50):
        if region.evaluate("each => each.scrollLeft") > 0:
            return
        page.wait_for_timeout(100)
    pytest.fail("the table did not scroll")
