"""Chapters written by several people, read through against the figures, signed off by a second; and what moved on a Monday."""

import json
import shutil
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from headwater.editing import actions
from headwater.editing.models import Change, Chapter, Refresh
from headwater.editing.questions import figures, in_hand, slips_of
from headwater.partnership.models import Deed, Organisation, Person, Role
from headwater.web.waiting import sentences_no_longer_true
from web.conftest import signed_in, somebody

CLAIM = "violence.since | year to 2026-03"
TRUE = f"Since 2024 violence {{{{ rose: {CLAIM} }}}}.\n"
FALSE = f"Since 2024 violence {{{{ fell: {CLAIM} }}}}.\n"


def cell(label: str, start: str, value: float, low: float, high: float) -> dict:
    place = {"code": "Z23000001", "name": "Aldermere", "level": "pfa"}
    period = {"label": label, "start": start, "end": "2026-03"}
    figure = {
        "status": "shown",
        "text": f"{value:.2f}",
        "value": value,
        "unit": "times",
        "decimals": 2,
        "lower": low,
        "upper": high,
    }
    return {"place": place, "period": period, "group": None, **figure}


def record(name: str, value: float, low: float, high: float) -> dict:
    """An edition with one finding, whose limits say whether it rose."""
    said = "rose" if low > 1 else "fell" if high < 1 else "no clear change"
    measure = {
        "name": "violence", "title": "Violence", "short": "violence", "shape": "rate", "counts": "crimes",
        "source": "police_uk.street", "where": {}, "of": {}, "among": "residents", "per": 1000, "why": "w", "caveats": [],
        "owner": "o", "agreed": "2026-01-01", "review_by": "2027-01-01", "version": "1", "source_url": "",
    }  # fmt: skip
    figure = cell("year to 2026-03", "2025-04", value, low, high)
    finding = {
        "name": "violence.since", "measure": "violence", "analysis": "since", "title": "Violence since 2024", "method": "rate_ratio",
        "formula": "f", "confidence": 0.95, "sentence": "s", "cells": [figure], "caveats": [], "comparators": [],
        "coverage": {}, "provenance": {"snapshots": [name], "sources": []},
    }  # fmt: skip
    claim = {
        "claim": said, "finding": "violence.since", "place": figure["place"], "period": figure["period"], "group": None,
        "chapter": "scale", "sentence": f"Since 2024 violence {said}.", "holds": True, "because": "b",
    }  # fmt: skip
    edition = {"name": name, "published": "2026-11-01", "snapshot": name * 8}
    return {"edition": edition, "measures": [measure], "findings": [finding], "claims": [claim]}


def lay(root: Path, name: str, said: dict, *, latest: bool = False) -> None:
    folder = root / "editions" / name
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "package").mkdir(parents=True)
    (folder / "chapters").mkdir()
    (folder / "chapters" / "scale.md").write_text("It writes itself.\n\n{{ show: violence.since }}\n", encoding="utf-8")
    (folder / "package" / "assessment.json").write_text(json.dumps(said), encoding="utf-8")
    if latest:
        (root / "editions" / "latest").write_text(name + "\n", encoding="utf-8")


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    """A workspace with one edition, in which violence rose."""
    lay(tmp_path, "2026-10-01", record("first", 1.26, 1.23, 1.28), latest=True)
    return tmp_path


@pytest.fixture
def browser(edition: Path, analyst: Person) -> Client:
    return signed_in(analyst)


def test_a_chapter_taken_in_hand_is_laid_where_a_build_finds_it(
    edition: Path, browser: Client, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post("/writing/chapters/scale/edit/", {"text": TRUE, "version": 0, "why": "In our words"})
    assert answer.status_code == 302
    assert (edition / "chapters" / "scale.md").read_text("utf-8") == TRUE
    line = Deed.objects.first()
    assert line is not None
    assert (line.did, line.thing, line.because) == ("took in hand", "chapter scale, wording 1", "In our words")


def test_what_is_not_so_is_told_while_it_is_typed(browser: Client) -> None:
    answer = browser.post("/writing/chapters/scale/check/", {"text": FALSE}).json()
    assert [(slip["line"], slip["kind"]) for slip in answer["slips"]] == [(1, "untrue")]
    assert "the word would be “rose”" in answer["slips"][0]["says"]
    assert browser.post("/writing/chapters/scale/check/", {"text": TRUE}).json()["slips"] == []


def test_two_people_who_write_at_once_lose_nothing(browser: Client, host: Organisation) -> None:
    _ = browser.post("/writing/chapters/scale/edit/", {"text": "First.", "version": 0})
    _ = browser.post("/writing/chapters/scale/edit/", {"text": "Theirs.", "version": 1})
    mine = browser.post("/writing/chapters/scale/edit/", {"text": "Mine, typed for an hour.", "version": 1})
    assert mine.status_code == 409
    page = mine.content.decode()
    assert "Mine, typed for an hour." in page
    assert "Theirs." in page
    assert Chapter.objects.get().text == "Theirs.\n"
    again = browser.post("/writing/chapters/scale/edit/", {"text": "Both.", "version": 2})
    assert again.status_code == 302
    assert [w.text for w in Chapter.objects.get().wordings.all()] == ["Both.\n", "Theirs.\n", "First.\n"]


def test_two_people_who_take_up_the_same_chapter_lose_nothing(browser: Client) -> None:
    _ = browser.post("/writing/chapters/scale/edit/", {"text": "Theirs.", "version": 0})
    mine = browser.post("/writing/chapters/scale/edit/", {"text": "Mine.", "version": 0})
    assert mine.status_code == 409
    assert "Mine." in mine.content.decode()


def test_who_wrote_a_wording_cannot_sign_it_off(
    edition: Path, host: Organisation, analyst: Person, lead: Person
) -> None:
    chapter = actions.take_in_hand(by=analyst, slug="scale", title="Scale", text=TRUE)
    with pytest.raises(PermissionDenied):
        _ = actions.sign_off(by=analyst, chapter=chapter, version=1)
    _ = actions.sign_off(by=lead, chapter=chapter, version=1)
    both = somebody(Role.REVIEWER, host)
    later = actions.word(by=analyst, chapter=chapter, version=1, text="Other words.")
    with pytest.raises(actions.Stale):
        _ = actions.sign_off(by=both, chapter=chapter, version=1)
    assert later.sign_offs.filter(version=2).count() == 0


def test_a_writer_who_may_also_review_cannot_sign_their_own(edition: Path, host: Organisation) -> None:
    from headwater.partnership import actions as people
    from web.conftest import BY, JOINED

    person = somebody(Role.ANALYST, host)
    _ = people.give_role(by=BY, organisation=host, person=person, role=Role.REVIEWER, starts=JOINED)
    person = Person.objects.get(pk=person.pk)
    chapter = actions.take_in_hand(by=person, slug="scale", title="Scale", text=TRUE)
    with pytest.raises(ValidationError, match="Somebody else"):
        _ = actions.sign_off(by=person, chapter=chapter, version=1)


def test_comments_are_made_and_settled(browser: Client, lead: Person) -> None:
    _ = browser.post("/writing/chapters/scale/edit/", {"text": TRUE, "version": 0})
    _ = signed_in(lead).post("/writing/chapters/scale/comment/", {"text": "<b>Which</b> years?", "on": "Since 2024"})
    page = browser.get("/writing/chapters/scale/").content.decode()
    assert "&lt;b&gt;Which&lt;/b&gt; years?" in page
    said = Chapter.objects.get().comments.get()
    _ = browser.post(f"/writing/comments/{said.pk}/settle/")
    said.refresh_from_db()
    assert said.settled_by is not None


def test_a_monday(edition: Path, browser: Client, analyst: Person) -> None:
    """A file lands, the figure moves, the claim is flagged, the text is mended, and every change is decided on by name."""
    _ = browser.post("/writing/chapters/scale/edit/", {"text": TRUE, "version": 0})
    lay(edition, ".next", record("second", 0.9, 0.85, 0.95))
    held = in_hand("scale")
    assert held.figures.foreseen
    assert [slip.kind for slip in slips_of("scale", held.text, held.figures)] == ["untrue"]
    assert browser.post("/refresh/now/").status_code == 302
    found = {(change.kind, change.finding): change for change in Change.objects.all()}
    assert set(found) == {("untrue", "scale"), ("moved", "violence.since")}
    moved = found["moved", "violence.since"]
    assert (moved.before, moved.after, moved.latest) == ("1.26", "0.90", True)
    page = browser.get("/refresh/").content.decode()
    assert "1 sentence no longer true" in page
    assert [each.words for each in sentences_no_longer_true(analyst)] == ["1 sentence no longer true"]
    _ = browser.post("/writing/chapters/scale/edit/", {"text": FALSE, "version": 1, "why": "It fell"})
    held = in_hand("scale")
    assert slips_of("scale", held.text, held.figures) == ()
    refused = browser.post(f"/refresh/changes/{moved.pk}/", {"decision": "rejected", "note": ""})
    assert "Say why it is rejected" in refused.content.decode()
    _ = browser.post(
        f"/refresh/changes/{moved.pk}/", {"decision": "accepted", "note": "The police sent a revised file"}
    )
    moved.refresh_from_db()
    assert (moved.decision, moved.by) == ("accepted", analyst)
    _ = browser.post(f"/refresh/changes/{found['untrue', 'scale'].pk}/", {"decision": "accepted", "note": "Mended"})
    assert list(sentences_no_longer_true(analyst)) == []


def test_there_is_nothing_to_list_before_the_figures_are_worked_out(edition: Path, browser: Client) -> None:
    answer = browser.post("/refresh/now/", follow=True)
    assert "not worked out yet" in answer.content.decode()
    assert Refresh.objects.count() == 0


def test_a_chapter_let_go_writes_itself_again(
    edition: Path, browser: Client, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        _ = browser.post("/writing/chapters/scale/edit/", {"text": TRUE, "version": 0})
        _ = browser.post("/writing/chapters/scale/let-go/", {"why": "The draft is better"})
    assert not (edition / "chapters" / "scale.md").exists()
    assert in_hand("scale").writes_itself


def test_a_change_outside_these_rooms_is_told(
    edition: Path, browser: Client, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        _ = browser.post("/writing/chapters/scale/edit/", {"text": TRUE, "version": 0})
    (edition / "chapters" / "scale.md").write_text("By hand.\n", encoding="utf-8")
    assert "By hand." in browser.get("/writing/chapters/scale/edit/").content.decode()


def test_whoever_sees_figures_reads_every_chapter_whatever_their_organisation(
    edition: Path, police: Organisation
) -> None:
    assert signed_in(somebody(Role.READER, police)).get("/writing/chapters/scale/").status_code == 200


def test_figures_are_found_by_their_words(browser: Client) -> None:
    page = browser.get("/writing/figures/?q=violence+aldermere").content.decode()
    assert "{{ say: violence.since | year to 2026-03 | Z23000001 }}" in page
    assert "No figure has" not in browser.get("/writing/figures/").content.decode()
    assert "No figure has all of these words" in browser.get("/writing/figures/?q=submarines").content.decode()


@pytest.mark.parametrize("address", ["/writing/", "/refresh/", "/writing/figures/?q=violence"])
def test_pages_ask_a_bounded_number_of_questions(browser: Client, address: str, django_assert_max_num_queries) -> None:
    _ = browser.post("/writing/chapters/scale/edit/", {"text": TRUE, "version": 0})
    with django_assert_max_num_queries(30):
        assert browser.get(address).status_code == 200


def test_a_page_without_an_edition_says_what_to_do(tmp_path: Path, analyst: Person) -> None:
    assert "There is no edition yet" in signed_in(analyst).get("/writing/").content.decode()
    assert signed_in(analyst).get("/writing/chapters/scale/").status_code == 404
    assert figures() is None
