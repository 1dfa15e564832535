"""The product's main way, in a real browser: a partner sends a file, a figure moves, a sentence is no longer true and is mended, the edition
is built though its worker is killed, and a priority changes places."""

import os
import re
import runpy
import signal
from pathlib import Path
from typing import Any

import pytest

from served import entered

HERE = Path(__file__).parent
browser = runpy.run_path(str(HERE / "test_documents_axe.py"))["browser"]
ANALYST, LEAD, POLICE = "Idris Penhallow", "Maren Oakfield", "Bryony Marsh"
CHAPTER = "Serious violence, as this area defines it"
CLAIM = "Serious violence {{ fell: serious-violence.change }} in the year.\n\n{{ say: serious-violence.rate | year to 2026-03 | Aldermere }}"
PATIENCE = 120_000
ON_SQLITE = pytest.mark.parametrize("partnership", ["sqlite"], indirect=True, scope="module")
"""What has nothing to do with the database is walked on one."""
pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]


def test_a_file_moves_a_figure_a_sentence_and_a_priority(browser: Any, partnership: Any) -> None:
    address, analyst = partnership.address, entered(browser, partnership.address, ANALYST)
    take_in_hand(analyst)
    land(entered(browser, address, POLICE), partnership.sent)
    see_what_moved(analyst)
    mend(analyst)
    sign_off(entered(browser, address, LEAD))
    accept(analyst)
    ask_for_a_build(analyst)
    if partnership.kind == "sqlite":  # on either database in `tests/web`
        kill_its_worker(analyst, partnership.root)
    analyst.get_by_text("is built.").wait_for(timeout=PATIENCE)
    priorities_change_places(analyst)
    for context in tuple(browser.contexts):
        context.close()


def test_two_who_write_one_paragraph_are_both_heard(browser: Any, partnership: Any) -> None:
    first, second = (entered(browser, partnership.address, ANALYST) for _ in range(2))
    for page in (first, second):
        page.goto(f"{partnership.address}/writing/chapters/place/edit/")
    first.locator("[name=text]").fill("From the first.")
    first.get_by_role("button", name="Save this wording").click()
    first.get_by_text("is saved as wording 1").wait_for()
    second.locator("[name=text]").fill("From the second.")
    second.get_by_role("button", name="Save this wording").click()
    second.get_by_role("alert").filter(has_text="was changed while you wrote").wait_for()
    second.locator(".hw-differences del", has_text="From the first.").wait_for()
    second.locator(".hw-differences ins", has_text="From the second.").wait_for()
    _says(second, "From the second.")
    second.locator("[name=text]").fill("From the first, and from the second.")
    second.get_by_role("button", name="Save this wording").click()
    second.get_by_text("is saved as wording 2").wait_for()
    second.get_by_role("link", name="Every wording before").click()
    second.locator(".hw-differences del", has_text="From the first.").wait_for()
    first.context.close()
    second.context.close()


@ON_SQLITE
def test_a_session_that_ends_while_a_chapter_is_written_loses_nothing(browser: Any, partnership: Any) -> None:
    page = entered(browser, partnership.address, ANALYST)
    page.goto(f"{partnership.address}/writing/chapters/time/edit/")
    page.locator("[name=text]").fill("Typed for an hour.")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Save this wording").click()
    page.locator("button[name=person]", has_text=ANALYST).click()
    page.goto(f"{partnership.address}/writing/chapters/time/edit/")
    page.get_by_text("What you typed here before was not saved, so it has been put back.").wait_for()
    _says(page, "Typed for an hour.")
    page.get_by_role("button", name="Save this wording").click()
    page.get_by_text("is saved as wording 1").wait_for()
    page.context.close()


def take_in_hand(page: Any) -> None:
    """The analyst writes what is so before the police send the rest."""
    _chapter(page)
    page.get_by_role("link", name="Take it in hand").click()
    page.locator("[name=text]").fill(CLAIM)
    page.locator("#preview", has_text="2.01 (95% interval 1.90 to 2.13)").wait_for()
    page.locator("#slips", has_text="every claim is borne out").wait_for()
    page.get_by_role("button", name="Save this wording").click()
    page.get_by_text("is saved as wording 1").wait_for()


def land(page: Any, sent: Path) -> None:
    """The police send the last half-year whole; it is checked, they see why rows were set aside, and it lands."""
    page.get_by_role("link", name="Data", exact=True).first.click()
    page.get_by_role("link", name="Aldermere Police").click()
    page.get_by_role("link", name="Send a file").click()
    page.locator("input[type=file]").set_input_files(sent)
    page.get_by_role("button", name="Send").click()
    page.locator("p", has_text=re.compile(r"5,250 rows read, 8 set aside")).wait_for(timeout=PATIENCE)
    page.get_by_role("link", name="see why").click()
    page.locator("li", has_text="'Offence code' is not on the list of offences").wait_for()
    page.get_by_role("button", name="Land it").click()
    assert "At work" in _seen_to_the_end(page)
    page.get_by_text("5,250 rows landed.").wait_for(timeout=PATIENCE)


def see_what_moved(page: Any) -> None:
    page.get_by_role("link", name="Writing", exact=True).first.click()
    page.get_by_role("link", name="See what moved").click()
    page.get_by_role("button", name="Work out the figures of the next edition").click()
    page.get_by_role("link", name="See what moved").click(timeout=PATIENCE)
    page.get_by_role("button", name="List what moved now").click()
    page.get_by_text("1 sentence no longer true, still to be decided on.").wait_for()
    row = page.get_by_role("row", name="Knife-enabled serious violence with a victim under 25: how many, Aldermere")
    row.filter(has_text="46").filter(has_text="55").wait_for()


def mend(page: Any) -> None:
    """The sentence is flagged by name; the page says that another word is untrue too, and that the right one is true."""
    page.get_by_role("link", name="No longer true").click()
    page.get_by_role("link", name=f"Decide on {CHAPTER}").click()
    page.get_by_role("link", name="Mend the chapter").click()
    slips, text = page.locator("#slips"), page.locator("[name=text]")
    slips.filter(has_text="the figure is 0.96, so the word would be “no clear change”").wait_for()
    text.fill(CLAIM.replace("fell", "rose"))
    slips.filter(has_text="rose: serious-violence.change").wait_for()
    text.fill(CLAIM.replace("fell", "no clear change"))
    slips.filter(has_text="every claim is borne out").wait_for()
    page.locator("[name=why]").fill("The police have sent what they recorded late")
    page.get_by_role("button", name="Save this wording").click()
    page.get_by_text("is saved as wording 2").wait_for()


def sign_off(page: Any) -> None:
    """A second person stands by the wording."""
    _chapter(page)
    page.get_by_role("button", name="Sign off wording 2").click()
    page.get_by_text("You stand by wording 2.").wait_for()
    page.locator("li", has_text=f"{LEAD},").wait_for()


def accept(page: Any) -> None:
    page.get_by_role("link", name="Writing", exact=True).first.click()
    page.get_by_role("link", name="See what moved").click()
    page.get_by_role("link", name="No longer true").click()
    page.get_by_role("link", name=f"Decide on {CHAPTER}").click()
    page.get_by_label("Accepted").check()
    page.locator("[name=note]").fill("Late records")
    page.get_by_role("button", name="Record the decision").click()
    page.get_by_role("cell", name=f"Accepted, {ANALYST}: Late records").wait_for()


def ask_for_a_build(page: Any) -> None:
    page.get_by_role("link", name="Data", exact=True).first.click()
    page.get_by_role("link", name="Builds").click()
    page.get_by_role("button", name="Build the assessment").click()
    page.locator("#build").wait_for()


def kill_its_worker(page: Any, root: Path) -> None:
    """The page says that its worker is gone; nothing is half-written; asked for again, the next worker takes it up."""
    before = _shelf(root)
    _kill_at_work(page, root)
    page.get_by_text("went away before it was done. Nothing was half-written.").wait_for(timeout=PATIENCE)
    assert _shelf(root) == before
    page.get_by_role("button", name="Ask for it again").click()


def priorities_change_places(page: Any) -> None:
    page.get_by_role("link", name="what its figures do to the order of the priorities").click()
    page.get_by_text("“Keep young people from being hurt with knives” would be ranked 2 instead of 3").wait_for()
    page.get_by_role("button", name="Take up the newest figures").click()
    page.get_by_text("“Keep young people from being hurt with knives” is ranked 2, was 3").wait_for()
    rows = page.get_by_role("table", name="Scores and ranks").get_by_role("row")
    rows.nth(2).get_by_role("link", name="Keep young people from being hurt with knives").wait_for()
    page.get_by_role("link", name="Young people are hurt with knives").first.click()
    page.get_by_text("0.29 per 1,000 residents under 25").first.wait_for()


def _says(page: Any, words: str) -> None:
    from playwright.sync_api import expect

    expect(page.locator("[name=text]")).to_have_value(words)


def _chapter(page: Any) -> None:
    page.get_by_role("link", name="Writing", exact=True).first.click()
    page.get_by_role("link", name=CHAPTER).click()


def _seen_to_the_end(page: Any) -> set[str]:
    """Everything that the page's script is told of a build until it is over."""
    told, at = set[str](), page.locator("#build").get_attribute("data-progress")
    while True:
        said = page.request.get(page.url.split("/data/")[0] + at).json()
        told.add(said["words"])
        if not said["in_hand"]:
            return told
        page.wait_for_timeout(100)


def _kill_at_work(page: Any, root: Path) -> None:
    """End the worker as an out-of-memory killer would, once it is at the questions."""
    at = page.url.split("/data/")[0] + page.locator("#build").get_attribute("data-progress")
    while (said := page.request.get(at).json())["state"] != "running" or said["step"] == 0:
        assert said["in_hand"], said
        page.wait_for_timeout(50)
    (worker,) = [process for process in Path("/proc").glob("[0-9]*") if _works_for(process, root)]
    os.kill(int(worker.name), signal.SIGKILL)


def _works_for(process: Path, root: Path) -> bool:
    try:
        command, environment = ((process / name).read_bytes() for name in ("cmdline", "environ"))
    except OSError:
        return False
    return b"headwater.web.working" in command and f"HEADWATER_WORKSPACE={root}".encode() in environment.split(b"\0")


def _shelf(root: Path) -> dict[str, int]:
    """The editions there are, and when each was made."""
    return {path.name: path.stat().st_ino for path in (root / "editions").iterdir() if not path.name.startswith(".")}
