"""The strategy's pages: to be read by everybody at the table, written by a few, and promised by each for itself."""

import io
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.test import Client
from django.utils import timezone

from headwater.partnership.models import Deed, Organisation, Person, Role
from headwater.strategy import actions
from headwater.strategy.models import Assumption, Cause, Comment, Money, Need, Priority, Promise, Version
from headwater.web.demonstration import seed_people
from headwater.web.demonstration.strategy import seed_strategy
from web.conftest import BY, signed_in, somebody
from web.test_strategy_parts import act, edition, need, reading, tied

WHOLE = [
    "",
    "needs/",
    "priorities/",
    "actions/",
    "money/",
    "outcomes/",
    "missing/",
    "partners/",
    "versions/",
    "headings/",
]
NASTY = "<script>alert(1)</script>{{ 7*7 }}=1+1'\""


def text_of(answer: Any) -> str:
    return answer.content.decode()


@pytest.fixture
def seeded(db: None, tmp_path: Path) -> Version:
    """All of Aldermere, in a workspace without an edition."""
    seed_people(BY)
    seed_strategy(BY)
    return Version.objects.get(kind="draft")


def aldermere(name: str) -> Client:
    return signed_in(Person.objects.get(email=f"{name}@aldermere.example"))


@pytest.mark.parametrize("page", WHOLE)
def test_every_page_says_something_where_there_is_nothing(page: str, lead: Person) -> None:
    answer = signed_in(lead).get(f"/strategy/{page}")
    assert answer.status_code == 200
    assert len(re.findall(r"<h1", text_of(answer))) == 1


def test_the_way_in_is_among_the_rooms(lead: Person) -> None:
    assert '<a class="govuk-service-navigation__link" href="/strategy/"' in text_of(signed_in(lead).get("/"))


@pytest.mark.parametrize("page", [*WHOLE, "priorities/keep-young-people-from-being-hurt-with-knives/",
                                  "actions/mentoring-in-stanmouth/", "partners/tollbridge-youth-trust/"])  # fmt: skip
def test_a_page_asks_the_database_as_often_for_a_large_strategy_as_for_a_small_one(
    page: str, seeded: Version, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    client = aldermere("lead")
    with django_assert_max_num_queries(45):
        assert client.get(f"/strategy/{page}").status_code == 200


def test_a_version_is_read_in_a_bounded_number_of_questions(
    seeded: Version, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    client = aldermere("lead")
    with django_assert_max_num_queries(30):
        answer = client.get(f"/strategy/versions/{seeded.slug}/")
    assert "How “Keep children in school” is to come about" in text_of(answer)
    assert "<svg" in text_of(answer)
    assert "style=" not in text_of(answer)


def test_two_who_write_at_once_see_both_texts_and_lose_nothing(lead: Person, analyst: Person) -> None:
    made = need()
    address = f"/strategy/parts/needs/{made.slug}/edit/"
    theirs = {"title": made.title, "says": "Theirs came first.", "opened": "1"}
    mine = {"title": made.title, "says": "Mine came second.", "opened": "1", "among": "Children"}
    assert signed_in(analyst).post(address, theirs).status_code == 302
    browser = signed_in(lead)
    refused = browser.post(address, mine)
    assert refused.status_code == 409
    said = text_of(refused)
    assert "Somebody else saved this while you were writing" in said
    assert '<td class="govuk-table__cell hw-pre">Theirs came first.</td>' in said
    assert re.search(r"<textarea[^>]*>\s*Mine came second\.</textarea>", said)
    assert 'value="Children"' in said
    assert Need.objects.get().says == "Theirs came first."
    again = re.search(r'name="opened" value="(\d+)"', said)
    assert again is not None
    assert browser.post(address, mine | {"opened": again[1]}).status_code == 302
    assert Need.objects.get().says == "Mine came second."


def test_a_form_that_is_refused_keeps_what_was_typed(lead: Person, charity: Organisation) -> None:
    doing = act(charity)
    said = {"action": doing.pk, "source": "A grant", "spent_on": "labour", "pounds": "12.345", "starts": "2026-04-01",
            "ends": "2026-03-01", "opened": "0"}  # fmt: skip
    answer = signed_in(lead).post("/strategy/parts/money/add/", said)
    assert answer.status_code == 200
    assert "There is a problem" in text_of(answer)
    assert 'value="A grant"' in text_of(answer)
    assert Money.objects.count() == 0


def test_pounds_are_kept_in_pence(lead: Person, charity: Organisation) -> None:
    doing = act(charity)
    said = {"action": doing.pk, "source": "A grant", "spent_on": "labour", "pounds": "1234.56", "starts": "2026-04-01",
            "ends": "2027-03-31", "opened": "0", "pence": "1"}  # fmt: skip
    assert signed_in(lead).post("/strategy/parts/money/add/", said)["Location"] == f"/strategy/actions/{doing.slug}/"
    assert Money.objects.get().pence == 123_456
    shown = text_of(signed_in(lead).get(f"/strategy/parts/money/{Money.objects.get().slug}/edit/"))
    assert 'value="1234.56"' in shown


@pytest.mark.parametrize(
    "kind",
    ["needs", "causes", "priorities", "criteria", "scores", "actions", "money", "outcomes", "assumptions", "passages"],
)
def test_every_kind_has_its_form_and_no_other_kind_is_there(kind: str, lead: Person) -> None:
    client = signed_in(lead)
    assert client.get(f"/strategy/parts/{kind}/add/").status_code == 200
    assert client.get(f"/strategy/parts/{kind}x/add/").status_code == 404
    assert client.get(f"/strategy/parts/{kind}/nothing/edit/").status_code == 404


def test_what_was_typed_is_never_markup(lead: Person, charity: Organisation) -> None:
    priority = actions.add(by=BY, kind=Priority, said={"title": NASTY, "says": NASTY})
    made = need(title=NASTY, says=NASTY, priority=priority)
    cause = actions.add(by=BY, kind=Cause, said={"need": made, "factor": "truancy", "says": NASTY})
    doing = act(charity, name=NASTY, says=NASTY, priority=priority)
    _ = actions.add(by=BY, kind=Assumption, said={"action": doing, "cause": cause, "says": NASTY})
    today = timezone.localdate()
    draft = actions.consult(by=BY, title=NASTY, says=NASTY, opens=today, closes=today)
    client = signed_in(lead)
    for page in (*WHOLE, f"priorities/{priority.slug}/", f"actions/{doing.slug}/", f"needs/{made.slug}/",
                 f"versions/{draft.slug}/", f"versions/{draft.slug}/changes/"):  # fmt: skip
        said = text_of(client.get(f"/strategy/{page}"))
        assert "<script>alert" not in said, page
        assert "49=1+1" not in said, page


def test_figures_are_for_those_whose_role_opens_them_and_the_ledger_says_who_looked(
    lead: Person, charity: Organisation, tmp_path: Path
) -> None:
    edition(tmp_path, "2026-04", reading(text="7.77"))
    made = tied(need())
    contributor = signed_in(somebody(Role.CONTRIBUTOR, charity))
    assert "7.77 per 1,000" not in text_of(contributor.get("/strategy/needs/"))
    assert contributor.get(f"/strategy/needs/{made.slug}/").status_code in (302, 403)
    lines = Deed.objects.filter(did="read").count()
    assert lines == 0
    assert "7.77 per 1,000" in text_of(signed_in(lead).get("/strategy/needs/"))
    line = Deed.objects.filter(did="read").get()
    assert (line.who, line.thing) == (lead.email, "/strategy/needs/")


def test_a_need_is_tied_in_two_steps_without_a_script(lead: Person, tmp_path: Path) -> None:
    edition(tmp_path, "2026-04", reading() | {"sentence": ""})
    made, client = need(), signed_in(lead)
    address = f"/strategy/needs/{made.slug}/tie/"
    assert "harm.rate" in text_of(client.get(address))
    chosen = f"{address}?finding=harm.rate"
    assert "2.00 per 1,000" in text_of(client.get(chosen))
    answer = client.post(chosen, {"reading": "year to 2026-03|Z07000001|", "opened": "1"})
    assert answer["Location"] == f"/strategy/needs/{made.slug}/"
    assert Need.objects.get().edition == "2026-04"
    assert "Not moved" in text_of(client.get(answer["Location"]))
    assert "Select a valid choice" in text_of(client.post(chosen, {"reading": "x|y|", "opened": "2"}))


def test_a_charity_answers_for_itself_on_its_own_page(
    charity: Organisation, police: Organisation, lead: Person
) -> None:
    doing = act(charity)
    client = signed_in(somebody(Role.CONTRIBUTOR, charity))
    page, address = "/strategy/partners/a-charity/", f"/strategy/actions/{doing.slug}/promise/"
    assert f'href="{address}"' in text_of(client.get(page))
    assert client.post(address, {"answer": "promised", "opened": "1"})["Location"] == page
    assert Promise.objects.get().answer == "promised"
    others = signed_in(somebody(Role.CONTRIBUTOR, police))
    assert f'href="{address}"' not in text_of(others.get(page))
    assert others.post(address, {"answer": "declined", "says": "No", "opened": "1"}).status_code == 404
    hosts = signed_in(lead)
    assert f'href="{address}"' not in text_of(hosts.get(page))
    assert "Only somebody of A Charity" in text_of(
        hosts.post(address, {"answer": "declined", "says": "No", "opened": "1"})
    )
    assert Promise.objects.count() == 1


def test_nobody_promises_what_they_did_not_see(charity: Organisation) -> None:
    doing = act(charity)
    _ = actions.revise(by=BY, part=doing, opened=1, said={"cohort": "Everybody in the county"})
    client = signed_in(somebody(Role.CONTRIBUTOR, charity))
    answer = client.post(
        f"/strategy/actions/{doing.slug}/promise/", {"answer": "promised", "says": "Yes", "opened": "1"}
    )
    assert answer.status_code == 409
    assert "Everybody in the county" in text_of(answer)
    assert "Yes</textarea>" in text_of(answer)
    assert Promise.objects.count() == 0


def test_a_draft_is_commented_on_and_answered(charity: Organisation, lead: Person) -> None:
    today = timezone.localdate()
    draft = actions.consult(by=BY, title="Draft", opens=today, closes=today + timedelta(days=1))
    client = signed_in(somebody(Role.CONTRIBUTOR, charity))
    address = f"/strategy/versions/{draft.slug}/"
    said = {"organisation": "a-charity", "says": "Too little for girls.", "about": ""}
    assert client.post(f"{address}comment/", said | {"organisation": "the-unit"}).status_code == 200
    assert client.post(f"{address}comment/", said)["Location"] == address
    remark = Comment.objects.get()
    answered = f"/strategy/comments/{remark.pk}/answer/"
    assert client.get(answered).status_code in (302, 403)
    assert signed_in(lead).post(answered, {"says": "A need was added."}).status_code == 302
    page = text_of(client.get(address))
    assert "Too little for girls." in page
    assert "A need was added." in page


def test_the_lead_adopts_and_the_analyst_does_not(lead: Person, analyst: Person) -> None:
    said = {"title": "Strategy", "on": "2026-04-01", "why": "The board, 1 April", "says": ""}
    assert signed_in(analyst).post("/strategy/versions/adopt/", said).status_code == 403
    answer = signed_in(lead).post("/strategy/versions/adopt/", said)
    assert answer["Location"] == "/strategy/versions/strategy-2026-04-01/"
    assert Deed.objects.filter(did="adopted", because="The board, 1 April").exists()


def test_a_copy_to_take_away_is_written_down_and_has_figures_only_for_some(seeded: Version) -> None:
    address = f"/strategy/versions/{seeded.slug}/download/pdf/"
    answer = aldermere("lead").get(address)
    assert answer["Content-Disposition"] == f'attachment; filename="{seeded.slug}.pdf"'
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert len(pdf.pages) > 8
    assert Deed.objects.filter(did="downloaded", who="lead@aldermere.example").count() == 1
    assert aldermere("charity").get(address).status_code == 200
    assert Deed.objects.filter(did="downloaded").count() == 1
    assert aldermere("lead").get(address.replace("pdf", "exe")).status_code == 404


def test_a_letter_that_cannot_be_set_is_told_and_not_an_error(lead: Person) -> None:
    _ = need(title="Young people \U0001f5e1 are hurt")
    version = actions.adopt(by=BY, title="Strategy", on=timezone.localdate(), why="The board")
    client = signed_in(lead)
    answer = client.get(f"/strategy/versions/{version.slug}/download/pdf/")
    assert answer["Location"] == f"/strategy/versions/{version.slug}/"
    assert "It cannot be made" in text_of(client.get(answer["Location"]))
    assert client.get(f"/strategy/versions/{version.slug}/download/docx/").status_code == 200
