"""A charity makes its return on a phone, in two minutes, on a bus: the connection goes, the session ends, and nothing is lost. The
lead sends it back with a reason, approves it and locks the quarter; a partner finds in its own ledger what was done."""

import runpy
import time
from pathlib import Path
from typing import Any

import pytest

from served import entered

HERE = Path(__file__).parent
browser = runpy.run_path(str(HERE / "test_documents_axe.py"))["browser"]
CHARITY, FAMILIES, LEAD = "Ffion Carrow", "Nerys Coldwell", "Maren Oakfield"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]


@pytest.fixture(scope="module")
def address(partnership: Any) -> str:
    return partnership.address


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
    page = entered(browser, address, CHARITY, **PHONE)
    context = page.context
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
    send(page)
    assert time.monotonic() - began < 180
    mend_and_send_again(page, entered(browser, address, LEAD), address)
    context.close()


def mend_and_send_again(page: Any, lead: Any, address: str) -> None:
    """The lead sends it back with a reason, the charity mends what the reason names, and the lead approves."""
    send_back(lead, address)
    page.reload()
    page.get_by_text("Is a month of contacts missing?").wait_for()
    page.get_by_role("link", name="Mend it").click()
    fill(page, "contacts", 330)
    status(page, "Saved at")
    send(page)
    approve(lead, address, "Mentoring in Stanmouth, April to June 2026")
    page.reload()
    page.get_by_text("Approved", exact=True).wait_for()
    lead.context.close()


def send(page: Any) -> None:
    page.get_by_role("button", name="Save and check").click()
    page.get_by_role("button", name="Send it").click()
    page.get_by_text("Your return is sent").wait_for()


def send_back(page: Any, address: str) -> None:
    """Never without a reason."""
    page.goto(f"{address}/delivery/quarters/")
    page.get_by_role("link", name="Mentoring in Stanmouth, April to June 2026").click()
    page.get_by_role("link", name="Send back").click()
    page.get_by_role("button", name="Send it back").click()
    page.locator(".govuk-error-summary").wait_for()
    fill(page, "why", "Is a month of contacts missing?")
    page.get_by_role("button", name="Send it back").click()
    page.get_by_text("The return is sent back.").wait_for()


def approve(page: Any, address: str, which: str) -> None:
    page.goto(f"{address}/delivery/quarters/")
    page.get_by_role("link", name=which).click()
    page.get_by_role("link", name="Approve", exact=True).click()
    page.get_by_role("button", name="Approve it").click()
    page.get_by_text("The return is approved.").wait_for()


def test_a_quarter_is_locked_and_a_partner_finds_in_its_ledger_what_was_done(browser: Any, address: str) -> None:
    partner, lead = entered(browser, address, FAMILIES), entered(browser, address, LEAD)
    partner.get_by_role("link", name="Delivery", exact=True).first.click()
    partner.get_by_role("link", name="January to March 2026").click()
    fill(partner, "note", "A therapist was away for six weeks: the number is right.")
    send(partner)
    approve(lead, address, "Family therapy for children at risk of exclusion, January to March 2026")
    lead.goto(f"{address}/delivery/quarters/")
    lead.get_by_role("link", name="Lock January to March 2026").click()
    fill(lead, "why", "Reported to the Home Office")
    lead.get_by_role("button", name="Lock it").click()
    lead.get_by_text("January to March 2026 is locked.").wait_for()
    partner.reload()
    partner.get_by_text("Locked", exact=True).wait_for()
    partner.get_by_role("link", name="Data", exact=True).first.click()
    partner.get_by_role("link", name="Stanmouth Families Together").click()
    partner.get_by_role("link", name="Ledger", exact=True).click()
    for did, who in (("sent back", "lead@"), ("sent", "families@"), ("approved", "lead@")):
        line = partner.get_by_role("row").filter(has_text=f"{did} return of").filter(has_text="2025-26 Q4")
        line.filter(has_text=who).first.wait_for()
    partner.context.close()
    lead.context.close()


@pytest.mark.parametrize("partnership", ["sqlite"], indirect=True, scope="module")
def test_a_session_that_ends_half_way_loses_nothing(browser: Any, address: str) -> None:
    page = entered(browser, address, CHARITY, **PHONE)
    context = page.context
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
    first, second = (entered(browser, address, CHARITY, **PHONE) for _ in range(2))
    draft(first, address, "Navigators in the emergency department")
    draft(second, address, "Navigators in the emergency department")
    fill(first, "note", "From the first")
    status(first, "Saved at")
    fill(second, "note", "From the second")
    status(second, "Somebody else has saved")
    second.get_by_role("button", name="Save and check").click()
    second.get_by_role("cell", name="From the first").wait_for()
    typed(second, "note", "From the second")
    first.context.close()
    second.context.close()
