"""Reading the assessment in a browser: a figure opened and worked out again, and a map with its table beside it."""

import runpy
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from built_once import DAY, copy_of
from served import served
from walking import entered

HERE = Path(__file__).parent
_without = runpy.run_path(str(HERE / "test_documents_axe.py"))["_without"]
EDITION = f"/assessment/{DAY}"
RATE = f"{EDITION}/numbers/violence.rate_year+to+2026-03_Z23000001/"
MAP = f"{EDITION}/look/?measure=violence.places"
ANALYST = "analyst@aldermere.example"
pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]


@pytest.fixture(scope="module")
def address(seeded_aldermere: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = tmp_path_factory.mktemp("read") / "aldermere"
    _ = copy_of(seeded_aldermere, root, editions=True)
    with served(root, seeded=True) as at:
        yield at


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium that draws without a graphics card."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        _without("needs Chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _without("needs the packages playwright and axe-playwright-python")
        raise
    drawing = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=drawing)
        yield opened
        opened.close()


def listened(page: Any) -> list[str]:
    """What the browser complains of, a breach of the page's own policy among it."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda problem: said.append(str(problem)))
    return said


def violations(page: Any) -> str:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"resultTypes": ["violations"]})
    return found.generate_report() if found.violations_count else ""


def test_a_headline_is_opened_and_comes_out_the_same(browser: Any, address: str) -> None:
    context = entered(browser, address, ANALYST)
    page = context.new_page()
    said = listened(page)
    page.goto(f"{address}{EDITION}/")
    page.locator(".hw-edition a.figure").first.click()
    page.wait_for_url(address + RATE)
    page.get_by_role("button", name="Work it out again").click()
    page.get_by_role("heading", name="The same, to the last digit").wait_for(timeout=60_000)
    assert violations(page) == ""
    assert said == []
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_a_map_is_drawn_and_read_with_the_keyboard(browser: Any, address: str, width: int) -> None:
    context = entered(browser, address, ANALYST, viewport={"width": width, "height": 900})
    page = context.new_page()
    said = listened(page)
    page.goto(address + MAP)
    page.locator("#map[data-drawn]").wait_for(timeout=60_000)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    row = page.locator("#figures tr[data-code]").nth(7)
    name, words = row.locator("th").inner_text(), row.get_attribute("data-words")
    page.locator("#find-area").focus()
    page.keyboard.type(name)
    page.wait_for_function("words => document.getElementById('map-said').textContent === words", arg=words)
    assert page.locator("#map canvas").get_attribute("tabindex") == "0"
    assert violations(page) == ""
    assert said == []
    context.close()


def test_a_map_that_cannot_be_drawn_says_so_and_the_table_stands(browser: Any, address: str) -> None:
    context = entered(browser, address, ANALYST)
    page = context.new_page()
    page.route("**/outlines.json*", lambda route: route.abort())
    page.goto(address + MAP)
    page.get_by_text("The map cannot be drawn here.").wait_for()
    assert page.locator("#figures tbody tr").count() == 395
    context.close()


def test_without_scripts_the_table_is_whole_and_a_figure_is_worked_out_again(browser: Any, address: str) -> None:
    context = entered(browser, address, ANALYST, java_script_enabled=False)
    page = context.new_page()
    page.goto(address + MAP)
    assert page.locator("#figures tbody tr").count() == 395
    page.get_by_text("A map is drawn here where scripts run.").wait_for()
    page.locator("#map").wait_for(state="hidden")
    page.goto(address + RATE)
    page.get_by_role("button", name="Work it out again").click()
    same = page.get_by_role("heading", name="The same, to the last digit")
    for _ in range(60):
        page.wait_for_timeout(500)
        page.reload()
        if same.is_visible():
            break
    same.wait_for()
    context.close()
