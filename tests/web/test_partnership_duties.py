"""What the partnership is held to is shown with a paper, or stated as not yet shown; and one person holds an office at a time."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from headwater.partnership import actions
from headwater.partnership.models import Deed, DutyProof, Office, OfficeHolder, Organisation, Person, Role, acting
from headwater.partnership.questions import DUTY, MEMBERS, Line, checklist
from web.conftest import BY, JOINED, signed_in, somebody

PAPER = "minutes.pdf, in the board’s papers"


def shown(organisation: Organisation, element: str = "collaborate", framework: str = DUTY, **said: Any) -> DutyProof:
    given = {"statement": "They meet.", "on": date(2026, 1, 20), "paper": PAPER} | said
    return actions.show_duty(by=BY, organisation=organisation, framework=framework, element=element, **given)


def line(element: str = "collaborate", framework: str = DUTY) -> Line:
    return next(each for each in checklist(framework).lines if each.element.id == element)


@pytest.fixture
def fire(host: Organisation) -> Organisation:
    return actions.bring_in(by=BY, name="The Fire Authority", kind="fire", joined=JOINED)


def test_an_element_is_shown_when_all_whom_it_binds_have_shown_it(police: Organisation, fire: Organisation) -> None:
    assert line().state == "not"
    assert {each.name for each in line().lacking} == {"The Police", "The Fire Authority"}
    assert "Probation services" in line().absent
    _ = shown(police)
    assert (line().state, [each.name for each in line().lacking]) == ("partly", ["The Fire Authority"])
    _ = shown(fire)
    assert line().state == "shown"


def test_what_is_shown_for_all_together_counts_for_all(
    host: Organisation, police: Organisation, fire: Organisation
) -> None:
    _ = shown(host)
    assert (line().state, line().together is not None) == ("shown", True)


def test_one_organisation_fills_a_seat(host: Organisation) -> None:
    councils = [actions.bring_in(by=BY, name=name, kind="council", joined=JOINED) for name in ("East", "West")]
    assert line("council", MEMBERS).state == "not"
    _ = shown(councils[0], "council", MEMBERS)
    assert line("council", MEMBERS).state == "shown"


def test_what_the_law_only_lets_is_no_gap(police: Organisation) -> None:
    assert line("wider-area").state == "may"


def test_a_newer_proof_takes_the_place_of_the_older_which_stays(police: Organisation) -> None:
    first, second = shown(police), shown(police, statement="They met again.")
    first.refresh_from_db()
    assert first.withdrawn is not None
    assert line().shown == (second,)
    first.withdrawn = None
    with pytest.raises(IntegrityError), transaction.atomic(), acting():
        first.save()
    _ = actions.withdraw_proof(by=BY, proof=second, why="They never met")
    assert line().state == "not"
    with pytest.raises(ValidationError, match="taken back already"):
        _ = actions.withdraw_proof(by=BY, proof=second, why="Again")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"paper": ""}, "Name the paper"),
        ({"on": timezone.localdate() + timedelta(days=1)}, "not happened yet"),
        ({"element": "nothing"}, "is called"),
        ({"framework": "levels"}, "no checklist"),
        ({"element": "monitored"}, "does not bind"),
        ({"link": "javascript:alert(1)"}, "valid URL"),
    ],
)
def test_what_proves_nothing_is_refused(said: dict[str, Any], why: str, police: Organisation) -> None:
    with pytest.raises(ValidationError, match=why):
        _ = shown(police, **said)
    assert not DutyProof.objects.exists()


def test_the_page_states_what_is_not_yet_shown(police: Organisation, fire: Organisation, lead: Person) -> None:
    _ = shown(police, statement="<script>alert(1)</script>")
    page = signed_in(lead).get(reverse("duties")).content.decode()
    assert "Not yet shown by The Fire Authority." in page
    assert "Partly shown" in page
    assert "<script>alert" not in page
    assert signed_in(lead).get(reverse("duties"), {"framework": MEMBERS}).status_code == 200
    assert signed_in(lead).get(reverse("duties"), {"framework": "../../secrets"}).status_code == 404


def test_a_lead_shows_it_in_the_browser_and_nothing_typed_is_lost(lead: Person, police: Organisation) -> None:
    client = signed_in(lead)
    address = f"{reverse('show_duty', args=[police.slug])}?framework={DUTY}&element=collaborate"
    said = {"statement": "A long sentence that took a while.", "on": "2026-01-20", "paper": "", "link": ""}
    refused = client.post(address, said).content.decode()
    assert "There is a problem" in refused
    assert "A long sentence that took a while." in refused
    assert client.post(address, said | {"paper": PAPER}).status_code == 302
    proof = DutyProof.objects.get()
    assert client.post(reverse("withdraw_proof", args=[proof.pk]), {"why": "Wrong paper"}).status_code == 302
    assert (
        Deed.objects.filter(did="took back the proof of", because="Wrong paper", organisation=police.slug).count() == 1
    )


def test_only_whoever_may_agree_shows_anything(host: Organisation, police: Organisation, charity: Organisation) -> None:
    proof = shown(police)
    for person in (somebody(Role.CONTRIBUTOR, police), somebody(Role.LEAD, charity), somebody(Role.ANALYST, host)):
        client = signed_in(person)
        assert client.get(reverse("duties")).status_code == 200
        for name, at in (("show_duty", police.slug), ("withdraw_proof", proof.pk), ("make_office", police.slug)):
            assert client.post(reverse(name, args=[at]), {"why": "x"}).status_code in (302, 404), name
        with pytest.raises(PermissionDenied):
            _ = actions.withdraw_proof(by=person, proof=proof, why="x")
    proof.refresh_from_db()
    assert proof.withdrawn is None


def test_the_checklist_asks_the_database_a_bounded_number_of_times(
    lead: Person, police: Organisation, fire: Organisation, django_assert_max_num_queries: Any
) -> None:
    for element in ("collaborate", "plan-together", "kinds", "causes"):
        _ = shown(police, element), shown(fire, element)
    client = signed_in(lead)
    with django_assert_max_num_queries(9):
        assert client.get(reverse("duties")).status_code == 200


@pytest.fixture
def office(host: Organisation) -> Office:
    at = actions.bring_in(by=BY, name="The Commissioner", kind="commissioner", joined=JOINED)
    made: Office = actions.make_office(by=BY, organisation=at, title="Commissioner", starts=date(2012, 11, 22))
    return made


def seated(office: Office, name: str, starts: date, ends: date | None = None) -> OfficeHolder:
    return actions.seat_holder(by=BY, office=office, name=name, how="elected", starts=starts, ends=ends)


def test_one_follows_the_other_on_the_same_day(office: Office) -> None:
    _ = seated(office, "First", date(2021, 5, 13), date(2024, 5, 9))
    _ = seated(office, "Second", date(2024, 5, 9))
    assert [holder.name for holder in office.holders.all()] == ["Second", "First"]


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        (date(2020, 1, 1), date(2021, 5, 14)),  # runs into the first by a day
        (date(2022, 1, 1), date(2023, 1, 1)),  # inside it
        (date(2020, 1, 1), None),  # over everything
        (date(2024, 5, 8), date(2024, 5, 9)),  # on its last day
        (date(2020, 1, 1), date(2019, 1, 1)),  # ends before it begins
        (date(2010, 1, 1), date(2011, 1, 1)),  # before there was such an office
    ],
)
def test_nobody_holds_an_office_while_another_does(starts: date, ends: date | None, office: Office) -> None:
    _ = seated(office, "First", date(2021, 5, 13), date(2024, 5, 9))
    with pytest.raises(ValidationError):
        _ = seated(office, "Other", starts, ends)
    assert OfficeHolder.objects.count() == 1


def test_the_database_itself_lets_only_one_be_without_an_end(office: Office) -> None:
    _ = seated(office, "First", date(2021, 5, 13))
    with pytest.raises(IntegrityError), transaction.atomic(), acting():
        OfficeHolder(office=office, name="Other", how="acting", starts=date(2022, 1, 1)).save()


def test_a_time_is_not_ended_into_anothers(office: Office) -> None:
    first = seated(office, "First", date(2021, 5, 13), date(2024, 5, 9))
    _ = seated(office, "Second", date(2024, 5, 9))
    with pytest.raises(ValidationError, match="before that day"):
        _ = actions.end_holder(by=BY, holder=first, ends=date(2024, 6, 1))
    ended = actions.end_holder(by=BY, holder=first, ends=date(2024, 4, 1))
    assert ended.ends == date(2024, 4, 1)


def test_an_office_has_areas_with_days_of_their_own(office: Office) -> None:
    area = actions.give_area(by=BY, office=office, code="Z23000001", name="Aldermere", starts=date(2012, 11, 22))
    with pytest.raises(ValidationError, match="at that time already"):
        _ = actions.give_area(by=BY, office=office, code="Z23000001", name="Aldermere", starts=date(2020, 1, 1))
    _ = actions.end_area(by=BY, area=area, ends=date(2020, 1, 1))
    _ = actions.give_area(by=BY, office=office, code="Z23000001", name="Aldermere and beyond", starts=date(2020, 1, 1))
    assert office.areas.count() == 2


def test_offices_in_the_browser(office: Office, lead: Person, django_assert_max_num_queries: Any) -> None:
    client = signed_in(lead)
    assert client.post(reverse("seat_holder", args=[office.pk]),
                       {"name": "First", "how": "elected", "starts": "2021-05-13"}).status_code == 302  # fmt: skip
    refused = client.post(
        reverse("seat_holder", args=[office.pk]), {"name": "Other", "how": "acting", "starts": "2022-01-01"}
    )
    assert "First holds the office on some of these days" in refused.content.decode()
    assert client.post(reverse("give_area", args=[office.pk]),
                       {"code": "z23000001", "name": "Aldermere", "starts": "2021-05-13"}).status_code == 302  # fmt: skip
    with django_assert_max_num_queries(10):
        page = client.get(reverse("offices")).content.decode()
    assert "First" in page
    assert "Z23000001" in page
    holder = OfficeHolder.objects.get()
    assert client.post(reverse("end_holder", args=[holder.pk]), {"ends": "2024-05-09"}).status_code == 302
