"""A charity makes its return on a phone, in two minutes, on a bus: the connection goes, the session ends, and nothing is lost. The
lead approves it."""

import runpy
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from built_once import copy_of
from served import served

HERE = Path(__file__).parent
browser = runpy.run_path(str(HERE / "test_documents_axe.py"))["browser"]
entered = runpy.run_path(str(HERE / "test_web_everywhere.py"))["entered"]
CHARITY, LEAD = "charity@aldermere.example", "lead@aldermere.example"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]


@pytest.fixture(scope="module")
def address(aldermere: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = tmp_path_factory.mktemp("returned") / "aldermere"
    _ = copy_of(aldermere, root, editions=True)
    with served(root) as at:
        yield at


def status(page: Any, words: str) -> None:
    page.locator("[data-status]", has_text=words).wait_for(timeout=20_000)


def draft(page: Any, address: str, of: str) -> None:
    """Open the return of the newest quarter, which is begun where it was not."""
    page.goto(f"{address}/delivery/")
    page.get_by_role("link", name=f"{of}: April to June 2026").click()
    begin = page.get_by_role("button", name="Begin the return for April to June 2026")
    begin.or_(page.locator("[name=referred]")).wait_for()
    if begin.is_visible():
        begin.click()
    page.locator("[name=referred]").wait_for()


def nothing_kept(page: Any) -> None:
    """Wait until no return has anything left on the device."""
    page.wait_for_function("!Object.keys(localStorage).some(key => key.startsWith('hw-return'))")


def typed(page: Any, name: str, words: str) -> None:
    """Wait until a box says so."""
    from playwright.sync_api import expect

    expect(page.locator(f"[name={name}]")).to_have_value(words)


def fill(page: Any, name: str, value: object) -> None:
    page.locator(f"[name={name}]").fill(str(value))


def who_they_were(page: Any) -> None:
    for table, place in (("age", 1), ("sex", 1), ("ethnicity", 3), ("risk", 1), ("area", 0)):
        fill(page, f"{table}-{place}", 40)
        page.locator(f"label[for=id_{table}-rest]").click()


def money(page: Any) -> None:
    for box in page.locator("input[name^=spent-]").all():
        box.fill("1,500")


def test_a_return_is_made_on_a_phone_though_the_connection_drops(browser: Any, address: str) -> None:
    context = entered(browser, address, CHARITY, **PHONE)
    page = context.new_page()
    began = time.monotonic()
    draft(page, address, "Mentoring in Stanmouth")
    for name, value in (("completed", 9), ("people", 40), ("contacts", 310)):
        fill(page, name, value)
    status(page, "Saved at")
    context.set_offline(True)
    who_they_were(page)
    status(page, "kept on this device")
    page.close()  # the phone has run out, half-way, without a connection
    context.set_offline(False)
    page = context.new_page()
    draft(page, address, "Mentoring in Stanmouth")
    typed(page, "age-1", "40")
    money(page)
    status(page, "Saved at")
    nothing_kept(page)
    page.get_by_role("button", name="Save and check").click()
    page.get_by_role("button", name="Send it").click()
    page.get_by_text("Your return is sent").wait_for()
    assert time.monotonic() - began < 180
    context.close()
    approve(browser, address)


def approve(browser: Any, address: str) -> None:
    context = entered(browser, address, LEAD)
    page = context.new_page()
    page.goto(f"{address}/delivery/quarters/")
    page.get_by_role("link", name="Mentoring in Stanmouth, April to June 2026").click()
    page.get_by_role("button", name="Approve").or_(page.get_by_role("link", name="Approve")).click()
    page.get_by_role("button", name="Approve it").click()
    page.get_by_text("The return is approved.").wait_for()
    context.close()


def test_a_session_that_ends_half_way_loses_nothing(browser: Any, address: str) -> None:
    context = entered(browser, address, CHARITY, **PHONE)
    page = context.new_page()
    draft(page, address, "A safe space at night in Pellingham")
    at = page.url
    context.clear_cookies(name="sessionid")
    fill(page, "note", "Typed when nobody was signed in any more")
    status(page, "You have been signed out")
    page.get_by_role("link", name="Sign in to go on").click()
    page.locator("button[name=person]", has_text="Ffion Carrow").click()
    page.goto(at)
    status(page, "Saved at")
    page.reload()
    typed(page, "note", "Typed when nobody was signed in any more")
    fill(page, "note", "Typed, and the button pressed at once")
    page.get_by_role("button", name="Save and check").click()
    page.wait_for_url("**/check/")
    nothing_kept(page)
    context.close()


def test_two_who_write_one_return_are_both_heard(browser: Any, address: str) -> None:
    one, other = (entered(browser, address, CHARITY, **PHONE) for _ in range(2))
    first, second = one.new_page(), other.new_page()
    draft(first, address, "Navigators in the emergency department")
    draft(second, address, "Navigators in the emergency department")
    fill(first, "note", "From the first")
    status(first, "Saved at")
    fill(second, "note", "From the second")
    status(second, "Somebody else has saved")
    second.get_by_role("button", name="Save and check").click()
    second.get_by_role("cell", name="From the first").wait_for()
    typed(second, "note", "From the second")
    one.close()
    other.close()
