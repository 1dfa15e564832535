"""A return from its beginning to its lock: who may do what to it, what it must say, and what happens when two people write it."""

from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from headwater.delivery import actions
from headwater.delivery.actions import Answers, Stale
from headwater.delivery.models import TABLES, Intervention, Quarter, Return, groups_of
from headwater.partnership.models import Deed, Organisation, Person, Role
from web.conftest import BY, signed_in, somebody

ON = date(2026, 2, 2)
COUNTS = {"referred": 10, "accepted": 8, "started": 6, "completed": 4, "people": 12, "contacts": 40}


def whole(intervention: Intervention, people: int = 12) -> dict[str, dict[str, int]]:
    """Tables in which everybody stands in the last group but one."""
    return {
        table: {group: people if i == 0 else 0 for i, group in enumerate(groups_of(table, intervention))}
        for table in TABLES
    }


def full(returned: Return, **counts: int) -> Answers:
    said = COUNTS | counts
    lines = returned.intervention.lines.filter(year=returned.quarter.year)
    return Answers(
        words=said,
        reach=whole(returned.intervention, said["people"]),
        money={line.pk: (line.profile[returned.quarter.number - 1], line.amount) for line in lines},
    )


@pytest.fixture
def quarter(host: Organisation) -> Quarter:
    """The last of 2025."""
    return actions.open_quarter(by=BY, year=2025, number=3, due=date(2026, 1, 31))


@pytest.fixture
def mentoring(charity: Organisation) -> Intervention:
    """What the charity delivers."""
    made = actions.plan(
        by=BY,
        organisation=charity,
        name="Mentoring",
        prevention="secondary",
        starts=date(2025, 10, 1),
        taking_part_before=3,
    )
    _ = actions.grant(
        by=BY, intervention=made, source="Home Office", pays="labour", year=2025, profile=(0, 0, 1_000_000, 1_000_000)
    )
    return made


@pytest.fixture
def draft(mentoring: Intervention, quarter: Quarter) -> Return:
    """A return that is begun."""
    return actions.begin(by=BY, intervention=mentoring, quarter=quarter)


@pytest.fixture
def writer(charity: Organisation) -> Person:
    """Who writes the charity's returns."""
    return somebody(Role.CONTRIBUTOR, charity)


def fresh(returned: Return) -> Return:
    return Return.objects.select_related("intervention__organisation", "quarter").get(pk=returned.pk)


def sent(returned: Return, writer: Person) -> Return:
    saved = actions.save_return(by=writer, returned=returned, version=returned.version, answers=full(returned))
    return actions.submit(by=writer, returned=saved, version=saved.version, on=ON)


# --- the way of a return ----------------------------------------------------------------------------------------------------


def test_a_return_is_written_sent_approved_and_locked(draft: Return, writer: Person, lead: Person) -> None:
    out = sent(draft, writer)
    assert (out.state, out.colour, out.sent_by) == ("submitted", "green", writer.email)
    agreed = actions.approve(by=lead, returned=out, version=out.version, on=ON)
    assert agreed.state == "approved"
    _ = actions.lock_quarter(by=lead, quarter=agreed.quarter, on=ON, why="Reported")
    assert fresh(draft).state == "locked"
    assert [deed.did for deed in Deed.objects.all()[:4]] == ["locked", "approved", "sent", "saved"]


def test_sending_back_wants_a_reason_and_gives_it(draft: Return, writer: Person, lead: Person) -> None:
    out = sent(draft, writer)
    with pytest.raises(ValidationError, match="Say why"):
        _ = actions.send_back(by=lead, returned=out, version=out.version, on=ON, why=" ")
    back = actions.send_back(by=lead, returned=out, version=out.version, on=ON, why="Ages add up to 11")
    assert (back.state, back.sent_back_because) == ("returned", "Ages add up to 11")
    again = actions.submit(by=writer, returned=back, version=back.version, on=ON)
    assert again.state == "submitted"


def test_home_says_whose_turn_it_is(draft: Return, writer: Person, lead: Person) -> None:
    approving, writing = "1 return to approve or send back", "1 return sent back to you"
    out = sent(draft, writer)
    assert approving in signed_in(lead).get("/").content.decode()
    assert writing not in signed_in(writer).get("/").content.decode()
    _ = actions.send_back(by=lead, returned=out, version=out.version, on=ON, why="Ages add up to 11")
    assert approving not in signed_in(lead).get("/").content.decode()
    assert writing in signed_in(writer).get("/").content.decode()


def test_nobody_approves_what_they_sent(draft: Return, lead: Person) -> None:
    out = sent(draft, lead)
    with pytest.raises(ValidationError, match="somebody else"):
        _ = actions.approve(by=lead, returned=out, version=out.version, on=ON)


def test_a_lead_of_a_charity_does_not_approve_its_own_returns(
    draft: Return, writer: Person, charity: Organisation
) -> None:
    out = sent(draft, writer)
    with pytest.raises(PermissionDenied):
        _ = actions.approve(by=somebody(Role.LEAD, charity), returned=out, version=out.version, on=ON)


def test_a_locked_quarter_opens_only_by_breaking_the_glass(draft: Return, writer: Person, lead: Person) -> None:
    out = sent(draft, writer)
    agreed = actions.approve(by=lead, returned=out, version=out.version, on=ON)
    quarter = actions.lock_quarter(by=lead, quarter=agreed.quarter, on=ON, why="Reported")
    held = fresh(draft)
    with pytest.raises(ValidationError, match="can no longer be changed"):
        _ = actions.save_return(by=writer, returned=held, version=held.version, answers=Answers(words={"people": 1}))
    with pytest.raises(ValidationError, match="cannot be done"):
        _ = actions.send_back(by=lead, returned=held, version=held.version, on=ON, why="A mistake")
    with pytest.raises(ValidationError, match="locked already"):
        _ = actions.lock_quarter(by=lead, quarter=quarter, on=ON, why="Again")
    with pytest.raises(PermissionDenied):
        _ = actions.break_glass(by=writer, returned=held, version=held.version, on=ON, why="A mistake")
    opened = actions.break_glass(by=lead, returned=held, version=held.version, on=ON, why="Two years were swapped")
    out = actions.submit(by=writer, returned=opened, version=opened.version, on=ON)
    assert actions.approve(by=lead, returned=out, version=out.version, on=ON).state == "locked"


def test_no_return_is_begun_in_a_locked_quarter(mentoring: Intervention, quarter: Quarter) -> None:
    _ = actions.lock_quarter(by=BY, quarter=quarter, on=ON, why="Closed")
    with pytest.raises(ValidationError, match="is locked"):
        _ = actions.begin(by=BY, intervention=mentoring, quarter=quarter)


def test_a_quarter_is_not_locked_over_returns_that_are_not_approved(draft: Return) -> None:
    with pytest.raises(ValidationError, match="not approved yet: Mentoring"):
        _ = actions.lock_quarter(by=BY, quarter=draft.quarter, on=ON, why="In a hurry")


BY_HAND = {
    # state: what may be done, and what it is then
    "draft": {"save": "draft", "submit": "submitted"},
    "submitted": {"approve": "approved", "send_back": "returned", "override": "submitted"},
    "returned": {"save": "returned", "submit": "submitted"},
    "approved": {"send_back": "returned", "override": "approved", "lock": "locked"},
    "locked": {"break_glass": "returned"},
}
"""Written out by hand. After a quarter is locked `approve` leads to locked, and it cannot be locked again."""
DEEDS = ("save", "submit", "approve", "send_back", "override", "lock", "break_glass")


class Sequences(TestCase):
    """Whatever is tried, in whatever order, a return moves only as the table says."""

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.sampled_from(DEEDS), max_size=9))
    def test_any_order_of_deeds_follows_the_table(self, deeds: list[str]) -> None:
        host = actions_of_partnership("The Unit", hosts=True)
        writer, lead = somebody(Role.CONTRIBUTOR, host), somebody(Role.LEAD, host)
        quarter = actions.open_quarter(by=BY, year=2025, number=3, due=date(2026, 1, 31))
        made = actions.plan(by=BY, organisation=host, name="M", prevention="primary", starts=date(2025, 10, 1))
        returned = actions.begin(by=BY, intervention=made, quarter=quarter)
        returned = actions.save_return(by=BY, returned=returned, version=1, answers=full(returned, completed=2))
        state, locked = "draft", False
        for deed in deeds:
            expected = BY_HAND[state].get(deed)
            if deed == "lock" and locked:
                expected = None
            if deed == "approve" and expected and locked:
                expected = "locked"
            try:
                do(deed, fresh(returned), writer, lead)
                assert expected is not None, f"{deed} was let through in {state}"
                state, locked = expected, locked or deed == "lock"
            except ValidationError:
                assert expected is None, f"{deed} was refused in {state}"
            assert fresh(returned).state == state


def actions_of_partnership(name: str, **said: Any) -> Organisation:
    from headwater.partnership.actions import bring_in

    return bring_in(by=BY, name=name, kind="unit", joined=date(2024, 4, 1), **said)


def do(deed: str, returned: Return, writer: Person, lead: Person) -> None:
    said = {"returned": returned, "version": returned.version}
    other = "amber" if returned.colour != "amber" else "red"
    acts: dict[str, Callable[[], object]] = {
        "save": lambda: actions.save_return(by=writer, answers=Answers(words={"note": "More"}), **said),
        "submit": lambda: actions.submit(by=writer, on=ON, **said),
        "approve": lambda: actions.approve(by=lead, on=ON, **said),
        "send_back": lambda: actions.send_back(by=lead, on=ON, why="Look again", **said),
        "override": lambda: actions.override(by=lead, colour=other, why="I was there", **said),
        "lock": lambda: actions.lock_quarter(by=lead, quarter=returned.quarter, on=ON, why="Done"),
        "break_glass": lambda: actions.break_glass(by=lead, on=ON, why="Wrong", **said),
    }
    _ = acts[deed]()


# --- two people, and pages that were open too long ------------------------------------------------------------------------------


def test_a_save_of_what_was_changed_since_is_refused(draft: Return, writer: Person) -> None:
    _ = actions.save_return(by=writer, returned=draft, version=1, answers=Answers(words={"people": 5}))
    with pytest.raises(Stale):
        _ = actions.save_return(by=writer, returned=draft, version=1, answers=Answers(words={"people": 7}))
    assert fresh(draft).people == 5


def test_a_page_that_did_not_hear_that_it_was_saved_saves_again(draft: Return, writer: Person) -> None:
    _ = actions.save_return(by=writer, returned=draft, version=1, answers=Answers(words={"people": 5}), page="a")
    again = actions.save_return(by=writer, returned=draft, version=1, answers=Answers(words={"people": 6}), page="a")
    assert (again.people, again.version) == (6, 3)
    with pytest.raises(Stale):
        _ = actions.save_return(by=writer, returned=draft, version=1, answers=Answers(words={"people": 7}), page="b")


def test_an_answer_that_is_not_asked_is_refused(draft: Return, writer: Person) -> None:
    with pytest.raises(ValidationError, match="no answer called colour, state"):
        _ = actions.save_return(
            by=writer, returned=draft, version=1, answers=Answers(words={"state": "locked", "colour": "green"})
        )


# --- pages --------------------------------------------------------------------------------------------------------------------


FORM = "application/x-www-form-urlencoded"
"""What a browser sends a form without files as."""


def write(returned: Return) -> str:
    return f"/delivery/returns/{returned.pk}/write/"


def test_a_page_saves_as_one_goes_and_says_the_new_version(draft: Return, writer: Person) -> None:
    client = signed_in(writer)
    answer = client.post(
        write(draft), {"version": 1, "people": "12", "contacts": "many"}, headers={"accept": "application/json"}
    )
    assert answer.json()["version"] == 2
    assert list(answer.json()["errors"]) == ["contacts"]
    assert (fresh(draft).people, fresh(draft).contacts) == (12, None)
    stale = client.post(write(draft), {"version": 1, "people": "13"}, headers={"accept": "application/json"})
    assert (stale.status_code, stale.json()["version"]) == (409, 2)


def test_a_stale_page_shows_both_texts_and_loses_none(draft: Return, writer: Person) -> None:
    client = signed_in(writer)
    _ = client.post(write(draft), {"version": 1, "note": "The first said this", "people": "5"})
    answer = client.post(write(draft), {"version": 1, "note": "The second said that", "people": "5"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "The first said this" in page
    assert page.count("The second said that") == 2
    assert fresh(draft).note == "The first said this"
    again = client.post(write(draft), {"version": 2, "note": "The second said that", "people": "5"})
    assert again.status_code == 302
    assert fresh(draft).note == "The second said that"


def test_a_session_that_ended_loses_nothing_that_was_typed(draft: Return, writer: Person) -> None:
    from django.test import Client

    client = Client()
    answer = client.post(
        write(draft), urlencode({"version": 1, "note": "Typed on the bus", "referred": 7}), content_type=FORM
    )
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/?next=")
    client.force_login(writer)
    page = client.get(write(draft)).content.decode()
    assert "Typed on the bus" in page
    assert "Nothing was lost" in page
    saved = client.post(write(draft), {"version": 1, "note": "Typed on the bus", "referred": "7"})
    assert saved.status_code == 302
    assert fresh(draft).referred == 7
    assert "Nothing was lost" not in client.get(write(draft)).content.decode()


def test_a_script_whose_session_ended_is_told_so(draft: Return) -> None:
    from django.test import Client

    answer = Client().post(
        write(draft), urlencode({"version": 1}), content_type=FORM, headers={"accept": "application/json"}
    )
    assert (answer.status_code, answer.json()) == (401, {"signed_out": True})


def test_what_is_typed_after_it_was_sent_is_shown_and_not_saved(draft: Return, writer: Person) -> None:
    _ = sent(draft, writer)
    answer = signed_in(writer).post(write(draft), {"version": 1, "note": "One more thing"})
    assert "One more thing" in answer.content.decode()
    assert "can no longer be changed" in answer.content.decode()
    assert fresh(draft).note == ""


@pytest.mark.parametrize("page", ["", "write/", "check/", "story/"])
def test_another_organisation_is_not_told_that_a_return_exists(draft: Return, police: Organisation, page: str) -> None:
    client = signed_in(somebody(Role.CONTRIBUTOR, police))
    assert client.get(f"/delivery/returns/{draft.pk}/{page}").status_code == 404


@pytest.mark.parametrize("page", ["approve/", "send-back/", "colour/", "break-glass/"])
def test_those_who_write_returns_do_not_decide_on_them(draft: Return, writer: Person, page: str) -> None:
    answer = signed_in(writer).post(f"/delivery/returns/{draft.pk}/{page}", {"version": 1, "why": "x"})
    assert answer.status_code in (302, 404)
    assert answer.status_code == 404 or "second-factor" in answer["Location"]
    assert fresh(draft).state == "draft"


def test_a_return_is_filled_in_checked_and_sent_in_a_browser_without_script(draft: Return, writer: Person) -> None:
    client = signed_in(writer)
    line = draft.intervention.lines.get()
    said: dict[str, object] = {"version": 1, **COUNTS, f"spent-{line.pk}": "£10,000", f"forecast-{line.pk}": "20000"}
    for table in TABLES:
        said |= {f"{table}-0": 12, f"{table}-rest": "on"}
    answer = client.post(write(draft), said)
    assert answer["Location"] == f"/delivery/returns/{draft.pk}/check/"
    check = client.get(answer["Location"]).content.decode()
    assert "Check your return and send it" in check
    answer = client.post(f"/delivery/returns/{draft.pk}/check/", {"version": 2})
    assert answer.status_code == 302
    assert fresh(draft).state == "submitted"


def test_pages_ask_the_database_a_bounded_number_of_times(
    draft: Return, writer: Person, lead: Person, django_assert_max_num_queries: Any
) -> None:
    for n in range(6):
        made = actions.plan(
            by=BY, organisation=draft.organisation, name=f"More {n}", prevention="primary", starts=date(2025, 10, 1)
        )
        _ = actions.set_milestone(by=BY, intervention=draft.intervention, title=f"Step {n}", planned=ON)
        _ = actions.begin(by=BY, intervention=made, quarter=draft.quarter)
    for person, address, most in (
        (writer, "/delivery/", 14),
        (writer, write(draft), 22),
        (writer, f"/delivery/returns/{draft.pk}/", 36),
        (lead, "/delivery/quarters/", 18),
        (lead, f"/delivery/with/{draft.intervention.slug}/", 18),
    ):
        client = signed_in(person)
        with django_assert_max_num_queries(most):
            assert client.get(address).status_code == 200


def test_the_first_page_says_which_returns_wait_for_whom(draft: Return, writer: Person, lead: Person) -> None:
    before = signed_in(writer).get("/").content.decode()
    assert f"Make the return of {draft.intervention}: {draft.quarter}" in before
    assert write(draft) in before
    _ = sent(draft, writer)
    assert "Make the return" not in signed_in(writer).get("/").content.decode()
    assert "1 return to approve or send back" in signed_in(lead).get("/").content.decode()


# --- what the database holds of its own accord ---------------------------------------------------------------------------------


def test_no_story_is_sent_without_consent(draft: Return, writer: Person) -> None:
    saved = actions.save_return(
        by=writer, returned=draft, version=1, answers=Answers(words={"story": "She came every week."})
    )
    filled = actions.save_return(by=writer, returned=saved, version=2, answers=full(saved))
    with pytest.raises(ValidationError, match="consent"):
        _ = actions.submit(by=writer, returned=filled, version=3, on=ON)


def test_a_story_goes_when_consent_is_taken_back_even_after_the_lock(
    draft: Return, writer: Person, lead: Person
) -> None:
    words = {"story": "She came every week.", "consent_on": ON, "consent_held": "In the locked cabinet"}
    saved = actions.save_return(by=writer, returned=draft, version=1, answers=Answers(words=words))
    out = sent(saved, writer)
    agreed = actions.approve(by=lead, returned=out, version=out.version, on=ON)
    _ = actions.lock_quarter(by=lead, quarter=agreed.quarter, on=ON, why="Reported")
    _ = actions.take_out_story(by=writer, returned=fresh(draft), why="She asked us to")
    held = fresh(draft)
    assert (held.story, held.consent_on, held.consent_held, held.state) == ("", None, "", "locked")
    assert held.people == 12


def test_the_database_refuses_a_second_return_of_a_quarter(draft: Return) -> None:
    from headwater.partnership.models import acting

    with pytest.raises(IntegrityError), acting():
        _ = Return.objects.create(intervention=draft.intervention, quarter=draft.quarter)
