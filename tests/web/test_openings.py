"""What is opened in an emergency: by whom, with a reason, until when; that it is only what was named, only read, and told to those whose it is."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from headwater.partnership import actions
from headwater.partnership.models import (
    OPENABLE,
    READABLE,
    Deed,
    Invitation,
    Membership,
    Opening,
    Organisation,
    Person,
    Power,
    Role,
)
from headwater.partnership.questions import may
from web.conftest import BY, signed_in, somebody

READ_PEOPLE = Power.READ_PEOPLE.value
WHY = "Their worker cannot be reached, and a child may come to harm"


def _open(lead: Person, organisation: Organisation, hours: int = 1) -> Opening:
    return actions.open_in_emergency(by=lead, organisation=organisation, power=READ_PEOPLE, hours=hours, why=WHY)


def _again(person: Person) -> Person:
    """The same person at their next request."""
    return Person.objects.get(pk=person.pk)


def _page(person: Person, organisation: Organisation) -> str:
    return signed_in(person).get(reverse("organisation", args=[organisation.slug])).content.decode()


def _friend(organisation: Organisation) -> dict[str, Any]:
    return {"organisation": organisation, "name": "Friend", "role": Role.READER}


def _passes(monkeypatch: pytest.MonkeyPatch, **time: int) -> None:
    later = timezone.now() + timedelta(**time)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.LEAD}))
def test_only_a_lead_opens(role: Role, host: Organisation, police: Organisation) -> None:
    person = somebody(role, host)
    with pytest.raises(PermissionDenied, match="open in an emergency"):
        _ = _open(person, police)
    assert signed_in(person).get(reverse("open_in_emergency", args=[police.slug])).status_code in (302, 404)
    assert not Opening.objects.exists()


def test_a_members_lead_opens_nothing_at_another_member(police: Organisation, charity: Organisation) -> None:
    with pytest.raises(PermissionDenied):
        _ = _open(somebody(Role.LEAD, police), charity)


def test_a_lead_opens_with_a_reason_and_is_told_until_when(lead: Person, police: Organisation) -> None:
    client, address = signed_in(lead), reverse("open_in_emergency", args=[police.slug])
    for why in ("", "   "):
        answer = client.post(address, {"power": READ_PEOPLE, "hours": 4, "why": why})
        assert "There is a problem" in answer.content.decode()
    with pytest.raises(ValidationError, match="Say why"):
        _ = actions.open_in_emergency(by=lead, organisation=police, power=READ_PEOPLE, hours=4, why=" ")
    assert not Opening.objects.exists()
    shown = client.post(address, {"power": READ_PEOPLE, "hours": 4, "why": WHY}, follow=True).content.decode()
    until = Opening.objects.get().until
    assert until - timezone.now() > timedelta(hours=3, minutes=59)
    assert f"until {timezone.localtime(until):%H:%M}" in shown
    line = Deed.objects.filter(did="opened in an emergency").get()
    assert (line.who, line.because, line.organisation) == (lead.email, WHY, police.slug)


@pytest.mark.parametrize(
    ("power", "hours"),
    [("manage an organisation's people", 1), ("write returns", 1), (READ_PEOPLE, 25), (READ_PEOPLE, 0)],
)
def test_neither_more_nor_longer_is_opened_than_may_be(
    power: str, hours: int, lead: Person, police: Organisation
) -> None:
    with pytest.raises(ValidationError, match="cannot be opened so"):
        _ = actions.open_in_emergency(by=lead, organisation=police, power=power, hours=hours, why=WHY)


def test_what_is_open_is_not_opened_twice_nor_what_a_role_opens(lead: Person, police: Organisation) -> None:
    _ = _open(lead, police)
    with pytest.raises(ValidationError, match="open already"):
        _ = _open(_again(lead), police, 24)
    with pytest.raises(ValidationError, match="nothing to open"):
        _ = actions.open_in_emergency(by=lead, organisation=police, power=Power.READ_LEDGER.value, hours=1, why=WHY)
    offered = signed_in(lead).get(reverse("open_in_emergency", args=[police.slug])).content.decode()
    assert READ_PEOPLE in offered
    assert Power.READ_LEDGER.value not in offered


def test_what_was_named_is_opened_and_nothing_beside_it(
    lead: Person, police: Organisation, charity: Organisation
) -> None:
    for each in (police, charity):
        _ = somebody(Role.CONTRIBUTOR, each)
    before = {(power, each) for power in Power for each in (police, charity) if may(lead, power, each)}
    assert "Contributor There" not in _page(lead, police)
    _ = _open(lead, police)
    after = {(power, each) for power in Power for each in (police, charity) if may(_again(lead), power, each)}
    assert after - before == {(Power.READ_PEOPLE, police)}
    assert "Contributor There" in _page(lead, police)
    assert "Contributor There" not in _page(lead, charity)
    assert not may(_again(lead), Power.READ_PEOPLE)


def test_it_ends_when_its_time_is_over(lead: Person, police: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    _ = somebody(Role.CONTRIBUTOR, police)
    _ = _open(lead, police)
    _passes(monkeypatch, minutes=59)
    assert "Contributor There" in _page(lead, police)
    _passes(monkeypatch, minutes=2)
    after = _page(lead, police)
    assert "Contributor There" not in after
    assert "Opened in an emergency" not in after
    assert not may(_again(lead), Power.READ_PEOPLE, police)


def test_it_ends_with_the_role_of_whoever_opened_it(lead: Person, police: Organisation) -> None:
    _ = _open(lead, police)
    held = Membership.objects.get(person=lead)
    _ = actions.end_role(by=BY, membership=held, on=timezone.localdate(), why="Moved on")
    assert not may(_again(lead), Power.READ_PEOPLE, police)


def test_every_read_under_it_is_a_line_with_the_reason_and_no_other_is(lead: Person, police: Organisation) -> None:
    _ = _page(lead, police)
    assert not Deed.objects.filter(did="read").exists()
    opened = _open(lead, police)
    for _ in range(2):
        _ = _page(lead, police)
    lines = Deed.objects.filter(did="read")
    assert [(line.who, line.because, line.organisation) for line in lines] == [(lead.email, WHY, police.slug)] * 2
    assert all(line.thing == reverse("organisation", args=[police.slug]) for line in lines)
    _ = actions.close(by=lead, opening=opened)
    _ = _page(lead, police)
    assert lines.count() == 2


def test_no_token_reaches_what_was_opened(lead: Person, police: Organisation) -> None:
    _ = _open(lead, police)
    with pytest.raises(ValidationError, match="Your own role does not let you"):
        _ = actions.make_token(by=_again(lead), name="x", powers=[Power.READ_PEOPLE], days=7)


def test_those_whose_data_it_is_see_it_on_their_first_page_and_in_their_ledger(
    lead: Person, police: Organisation, charity: Organisation
) -> None:
    _ = _open(lead, police)
    _ = _page(lead, police)
    theirs, others = signed_in(somebody(Role.CONTRIBUTOR, police)), signed_in(somebody(Role.CONTRIBUTOR, charity))
    first = theirs.get(reverse("home")).content.decode()
    assert WHY in first
    assert lead.name in first
    assert WHY not in others.get(reverse("home")).content.decode()
    ledger = theirs.get(reverse("organisation_ledger", args=[police.slug])).content.decode()
    assert ledger.count(WHY) >= 2
    assert "opened in an emergency" in ledger


def test_it_is_closed_before_its_time_by_whoever_opened_it(
    host: Organisation, lead: Person, police: Organisation
) -> None:
    opened = _open(lead, police)
    other = somebody(Role.LEAD, police)
    address = reverse("close_opening", args=[opened.pk])
    with pytest.raises(PermissionDenied, match="Whoever opened it"):
        _ = actions.close(by=other, opening=opened)
    assert signed_in(other).post(address).status_code == 404
    assert may(_again(lead), Power.READ_PEOPLE, police)
    assert signed_in(lead).post(address).status_code == 302
    assert not may(_again(lead), Power.READ_PEOPLE, police)
    line = Deed.objects.filter(did="closed what was opened in an emergency").get()
    assert (line.who, line.organisation) == (lead.email, police.slug)


def test_it_gives_no_power_to_write(lead: Person, police: Organisation) -> None:
    held = Membership.objects.get(person=somebody(Role.CONTRIBUTOR, police))
    letter = actions.invite(by=BY, email="friend@police.example", **_friend(police)).invitation
    _ = _open(lead, police)
    client, by = signed_in(lead), _again(lead)
    refused = ("invite", police.slug), ("withdraw", letter.pk), ("end_role", held.pk)
    for name, named in refused:
        assert reverse(name, args=[named]) not in _page(lead, police)
        for ask in (client.get, client.post):
            assert ask(reverse(name, args=[named])).status_code == 404
    for write in (
        lambda: actions.invite(by=by, email="other@police.example", **_friend(police)),
        lambda: actions.withdraw(by=by, invitation=letter),
        lambda: actions.end_role(by=by, membership=held, on=timezone.localdate(), why="x"),
    ):
        with pytest.raises(PermissionDenied):
            _ = write()
    assert [one.email for one in Invitation.objects.filter(withdrawn=None, accepted=None)] == [letter.email]


def test_what_can_be_opened_is_only_read_and_an_action_asks_for_a_role(lead: Person, police: Organisation) -> None:
    assert OPENABLE <= READABLE
    _ = _open(lead, police)

    @actions.action("tried", Power.READ_PEOPLE)
    def tried(*, by: Person, organisation: Organisation) -> Organisation:
        return organisation

    with pytest.raises(PermissionDenied):
        _ = tried(by=_again(lead), organisation=police)
