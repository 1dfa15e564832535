"""Every form under attack: words that would run, boxes that nobody drew, numbers that are none.

The forms are found on the pages, so that a new one is attacked too.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.urls import reverse

from headwater.partnership.models import Role
from headwater.strategy.models import Version
from web.attacking import Filled, Reader, every_form, every_page, is_html, numbers, our_models, rows_now, taken_back
from web.rows import World
from web.test_attacks import inline

pytestmark = pytest.mark.django_db
HARM = "=A{0}+cmd|'/c'!A1\"'><zqx zqy=1 onload=z()>{{{{zq}}}}{{% zq %}}'; drop table x;--\x0b\x1b\ufffe"
"""For a spreadsheet, a page, an attribute, a template, a database and an XML reader at once; {0} is the number of the form."""
WHOLE = re.compile(re.escape(HARM.format(0)[:-3]).replace("A0", r"A(\d+)"))
LINK = "[x](javascript:zq()) ![x](//elsewhere.example/x) <img src=//elsewhere.example/y>"
UNDOES = "/writing/chapters/scale/let-go/"
"""What takes other words off the pages again: a chapter that writes itself shows no comments."""
ONLY_WHY = {"csrfmiddlewaretoken", "why", "version"}


@pytest.fixture(scope="module")
def kept() -> list[Filled]:
    return []


@pytest.fixture
def found(made: World, kept: list[Filled]) -> list[Filled]:
    """Every form there is, looked for once."""
    if not kept:
        kept.extend(every_form(made))
    return kept


# --- words that would run ----------------------------------------------------------------------------------------------


def test_what_is_typed_is_shown_as_it_was_typed_and_never_runs(made: World, found: list[Filled]) -> None:
    """Into every box that takes words; then every page and every file that shows any of it is read."""
    sent: dict[int, Filled] = {}
    for number, form in enumerate(sorted(found, key=lambda form: set(form.form.boxes) <= ONLY_WHY), start=100):
        if form.action == UNDOES:
            continue
        answer = form.send(form.boxes(HARM.format(number)))
        assert answer.status_code < 500, form.action
        if answer.status_code == 302 and form.words():
            sent[number] = form

    assert len(sent) >= 30
    seen = {number for answer in _pages_and_files(made) for number in _harmless(answer)}
    assert {form.action for number, form in sent.items() if number not in seen} == set()


def _pages_and_files(made: World) -> Iterator[Any]:
    lead = made.browser(Role.LEAD, "hosts")
    yield from (lead.get(f"/ledger/?page={number}") for number in (1, 2))
    for page in every_page(made):
        yield page.browser.get(page.address)
    newest = Version.objects.latest("pk")
    yield lead.get(reverse("version", args=[newest.slug]))
    yield lead.get(reverse("version_changes", args=[newest.slug]))
    yield from (
        lead.get(reverse("download_version", args=[newest.slug, form])) for form in ("html", "docx", "ods", "pdf")
    )
    yield from (lead.get(f"/delivery/quarters/1/report/{form}/?of=year") for form in ("docx", "ods"))


def _harmless(answer: Any) -> set[int]:
    """The numbers of the forms whose words are shown. Fails where any of it could run."""
    assert answer.status_code < 500, answer.request["PATH_INFO"]
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    answer.close()
    where = answer.request["PATH_INFO"]
    if is_html(answer):
        return _in_page(body.decode(), where)
    if body[:2] == b"PK":
        return _in_package(body, where)
    return set()


def _in_page(html: str, where: str) -> set[int]:
    page = Reader(html)
    assert [said for tag, said in page.tags if tag == "zqx" or "zqy" in said or "onload" in said] == [], where
    assert inline(html) == [], where
    return _numbers(page.words + " ".join(value for _, said in page.tags for value in said.values()))


def _in_package(body: bytes, where: str) -> set[int]:
    """A document is XML that can be read, whose words are words: no formula, no link, no element that was typed."""
    seen: set[int] = set()
    with zipfile.ZipFile(io.BytesIO(body)) as package:
        for name in package.namelist():
            if name.endswith(".html"):
                seen |= _in_page(package.read(name).decode(), f"{where} {name}")
            elif name.endswith((".xml", ".rels")):
                tree = ET.fromstring(package.read(name))  # noqa: S314 - our own file
                assert not [
                    each for each in tree.iter() if "zq" in each.tag or any("formula" in key for key in each.attrib)
                ], where
                seen |= _numbers(" ".join(tree.itertext()))
    return seen


def _numbers(text: str) -> set[int]:
    """The forms whose words stand there whole."""
    return {int(said) for said in WHOLE.findall(text)}


@pytest.mark.parametrize(
    "text", [HARM.format(7), LINK, "{{ zq }} <script>zq()</script>", "<svg/onload=z()>", "# <b onclick=zq()>x"]
)
def test_a_chapter_is_words_and_no_page(text: str, made: World) -> None:
    """A chapter is Markdown, and its preview is drawn by us: of what is not ours nothing becomes a tag or a link that runs."""
    browser = made.browser(Role.ANALYST, "hosts")
    with taken_back():
        version = re.search(
            r'name="version" value="(\d+)"', browser.get("/writing/chapters/scale/edit/").content.decode()
        )
        assert version
        answer = browser.post("/writing/chapters/scale/edit/", {"text": text, "version": version[1], "why": text})
        assert answer.status_code == 302
        pages = [browser.get(f"/writing/chapters/scale/{part}") for part in ("", "edit/", "history/")]
        previews = [browser.post("/writing/chapters/scale/check/", {"text": text}).json()["preview"]]
    for html in [page.content.decode() for page in pages] + previews:
        assert inline(html) == []
        assert not [
            tag
            for tag, said in Reader(html).tags
            if tag in ("zqx", "script") and not said.get("src") and "type" not in said
        ]


# --- boxes that nobody drew --------------------------------------------------------------------------------------------


def test_a_box_that_nobody_drew_changes_nothing(made: World, found: list[Filled]) -> None:
    """Each form is sent twice, once as it is drawn and once with a value for every field of every row besides: both do the same."""
    known, extra, done, wrong = numbers(), _every_field(made), 0, set()
    before = rows_now(known, ledger=True)
    for form in found:
        boxes = form.boxes("Words")
        more = {name: value for name, value in extra.items() if name not in boxes and name not in form.asked}
        plain, laden = (_done_by(form, said, known) for said in (boxes, boxes | more))
        done += plain[1] != before
        if plain != laden:
            wrong.add(form.action)
    assert wrong == set()
    assert done > 30


def _done_by(form: Filled, said: dict[str, Any], known: Any) -> tuple[int, Any]:
    with taken_back():
        answer = form.send(said)
        return answer.status_code, rows_now(known, ledger=True)


def _every_field(made: World) -> dict[str, Any]:
    """Something for every field of every row that would be worth having."""
    found: dict[str, Any] = {
        "is_staff": "on",
        "is_superuser": "on",
        "by": made.people[Role.LEAD, "hosts"].pk,
        "pk": "1",
    }
    for model in our_models():
        for one in model._meta.concrete_fields:
            kind = type(one).__name__
            value = {
                "ForeignKey": made.charity.pk,
                "BooleanField": "on",
                "DateField": "2001-01-01",
                "JSONField": '["audit"]',
            }
            choices = list(one.flatchoices)
            found[one.name] = choices[-1][0] if choices else value.get(kind, "77" if "Integer" in kind else "zq")
            found[one.attname] = found[one.name]
    return found | {"role": "administrator", "organisation": "a-charity", "hosts": "on", "state": "approved"}


# --- what is none ------------------------------------------------------------------------------------------------------

NONSENSE = ("\0", "9" * 5000, "²", "-1", "§§")


def test_nonsense_in_every_box_is_refused_and_breaks_nothing(found: list[Filled]) -> None:
    """In all boxes at once; and in the hidden ones and the choices, where a browser would have put something good."""
    wrong: dict[str, int] = {}
    for form in found:
        good = form.boxes("Words")
        fixed = set(good) - form.words() - {"csrfmiddlewaretoken"}
        for said in NONSENSE:
            for boxes in (set(good), fixed) if fixed and said in NONSENSE[:2] else (set(good),):
                with taken_back():
                    answer = form.send(good | dict.fromkeys(boxes - {"csrfmiddlewaretoken"}, said))
                if answer.status_code >= 500:
                    wrong[f"{form.action} {sorted(boxes)} {said[:9]!r}"] = answer.status_code
    assert wrong == {}


@pytest.mark.parametrize("said", NONSENSE[:4])
def test_nonsense_where_no_form_reads_it(said: str, made: World, settings: Any) -> None:
    settings.DEMONSTRATION = True
    for role, address in ((Role.REVIEWER, "/writing/chapters/scale/sign-off/"), (Role.READER, "/account/enter/")):
        browser = made.browser(role, "hosts")
        browser.raise_request_exception = False
        with taken_back():
            assert browser.post(address, {"version": said, "person": said}).status_code < 500


def test_more_boxes_than_any_form_has_are_refused(made: World) -> None:
    browser: Client = made.browser(Role.LEAD, "hosts")
    answer = browser.post("/partnership/add/", {f"box-{number}": "x" for number in range(2_100)})
    assert answer.status_code == 413
