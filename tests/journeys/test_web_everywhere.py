"""Every page of the rooms people sign in to, as those who live there see it: found by its links, well for everyone, on any screen,
with scripts or without."""

import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from built_once import DAY, copy_of
from looking import Look
from served import served
from walking import Walk, entered, walk

PEOPLE = (
    "lead@aldermere.example",
    "analyst@aldermere.example",
    "administrator@aldermere.example",
    "charity@aldermere.example",
)
LEAD, CHARITY = PEOPLE[0], PEOPLE[3]
EMPTY = {
    LEAD: f"/assessment/{DAY}/search/?q=nothing-is-called-this",
    PEOPLE[1]: "/writing/figures/?q=nothing-is-called-this",
}
"""Where something was looked for and not found; the other empty pages are come upon by their links."""
ASKS_NOBODY = ("/account/login/", "/invitation/no-such-secret/", "/nowhere/")
browser = runpy.run_path(str(Path(__file__).with_name("test_documents_axe.py")))["browser"]
pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]


@pytest.fixture(scope="module")
def address(seeded_aldermere: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = tmp_path_factory.mktemp("served") / "aldermere"
    copy_of(seeded_aldermere, root, editions=True)
    with served(root, seeded=True) as at:
        yield at


@pytest.fixture(scope="module")
def walks(browser: Any, address: str) -> dict[str, Walk]:
    return {email: walk(browser, address, email) for email in PEOPLE}


@pytest.mark.parametrize("email", PEOPLE)
def test_every_link_leads_somewhere(walks: dict[str, Walk], email: str) -> None:
    assert walks[email].wrong == []
    assert len(walks[email].pages) > 20


@pytest.mark.parametrize("email", PEOPLE)
def test_every_kind_of_page_is_well_for_everyone_and_fits_a_phone(
    browser: Any, address: str, walks: dict[str, Walk], email: str
) -> None:
    """axe finds nothing, the console is silent, nothing is wider than the window at 200% or 400%, and a form sent empty says so."""
    known = {kind for other in PEOPLE[: PEOPLE.index(email)] for kind in walks[other].pages}
    pages = [at for kind, at in walks[email].pages.items() if kind not in known]
    look = Look(entered(browser, address, email))
    for at in [*pages, *(empty for who, empty in EMPTY.items() if who == email)]:
        look.at(address + at)
    look.page.context.close()
    assert look.wrong == {}


def test_the_door_is_well_for_everyone(browser: Any, address: str) -> None:
    look = Look(browser.new_context())
    for at in ASKS_NOBODY:
        look.at(address + at)
    look.page.context.close()
    assert look.wrong == {}


def test_without_scripts_one_finds_the_way_and_sends_a_form(browser: Any, address: str) -> None:
    context = entered(browser, address, CHARITY, java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    ways = page.locator("nav[aria-label=Rooms] a")
    assert ways.count() >= 4
    for href in [ways.nth(n).get_attribute("href") for n in range(ways.count())]:
        page.goto(address + href)
        assert page.locator("h1").count() == 1, href
    page.goto(f"{address}/delivery/")
    page.get_by_role("link", name="Mentoring in Stanmouth: April to June 2026").click()
    page.locator("[name=people]").fill("40")
    page.get_by_role("button", name="Save and check").click()
    page.wait_for_url("**/check/")
    assert page.get_by_role("heading", name="Your return is saved, not sent").is_visible()
    page.get_by_role("link", name="Change your answers").first.click()
    assert page.locator("[name=people]").input_value() == "40"
    context.close()


def test_one_can_come_in_and_send_a_form_with_the_keyboard_alone(browser: Any, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/account/login/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    for words in ("Ffion Carrow", "Strategy", "Versions", "consultation draft", "Comment for your organisation"):
        reach(page, words)
        with page.expect_navigation():
            page.keyboard.press("Enter")
    reach(page, "Your comment")
    page.keyboard.type("Say what happens after the first year.")
    reach(page, "Send the comment")
    page.keyboard.press("Enter")
    page.get_by_text("Your comment is written down.").wait_for()
    assert page.get_by_text("Say what happens after the first year.").first.is_visible()
    context.close()


def reach(page: Any, words: str) -> None:
    """Go on with the Tab key until what these words name has the focus, which is to be seen wherever it is."""
    for _ in range(80):
        page.keyboard.press("Tab")
        named, seen = page.evaluate(FOCUSED)
        assert seen, f"the focus is not to be seen on {named!r}"
        if words in named:
            return
    pytest.fail(f"{words!r} is not to be reached with the keyboard")


FOCUSED = """() => {
  const at = document.activeElement;
  if (at === document.body) return ['', true];
  const box = at.matches('[type=radio], [type=checkbox]');
  const said = [...(at.labels || [])].map(each => each.textContent).join() || at.getAttribute('aria-label') || at.textContent;
  const drawn = box ? getComputedStyle(at.nextElementSibling, '::before') : getComputedStyle(at);
  return [said, drawn.boxShadow !== 'none' || (drawn.outlineStyle !== 'none' && drawn.outlineColor !== 'rgba(0, 0, 0, 0)')];
}"""
"""What has the focus is called, and whether anything is drawn round it."""
