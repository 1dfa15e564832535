"""Nobody gives themselves more than they were given; what is for one area or source reaches no further; what ended stays ended."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from headwater.partnership import actions
from headwater.partnership.models import Invitation, Membership, Organisation, Person, Power, Role
from headwater.partnership.questions import Bearer, may
from web.conftest import BY, PASSWORD, signed_in, somebody

DAY = date(2026, 1, 5)


def _letter(by: object, organisation: Organisation, email: str, role: str, **said: str) -> Invitation:
    return actions.invite(by=by, organisation=organisation, email=email, name="New", role=role, **said).invitation


@pytest.mark.parametrize("role", [Role.LEAD, Role.ANALYST, Role.REVIEWER, Role.AUDITOR])
def test_a_members_administrator_gives_no_role_that_opens_more_than_theirs(police: Organisation, role: Role) -> None:
    administrator, other = somebody(Role.ADMINISTRATOR, police), somebody(Role.CONTRIBUTOR, police)
    with pytest.raises(PermissionDenied, match="hosts of the partnership give"):
        _ = _letter(administrator, police, "friend@police.example", role)
    with pytest.raises(PermissionDenied, match="hosts of the partnership give"):
        _ = actions.give_role(by=administrator, organisation=police, person=other, role=role, starts=DAY)


def test_a_form_offers_the_roles_that_may_be_given(police: Organisation) -> None:
    page = signed_in(somebody(Role.ADMINISTRATOR, police)).get(reverse("invite", args=["the-police"])).content.decode()
    assert 'value="reader"' in page
    assert 'value="lead"' not in page


@pytest.mark.parametrize("address", ["{}", " {} ", "{} ".upper()])
def test_nobody_gives_a_role_to_themselves(host: Organisation, address: str) -> None:
    administrator = somebody(Role.ADMINISTRATOR, host)
    with pytest.raises(PermissionDenied, match="themselves"):
        _ = _letter(administrator, host, address.format(administrator.email), Role.LEAD)
    with pytest.raises(PermissionDenied, match="themselves"):
        _ = actions.give_role(by=administrator, organisation=host, person=administrator, role=Role.LEAD, starts=DAY)


def test_the_hosts_administrator_gives_every_role(host: Organisation, police: Organisation) -> None:
    administrator = somebody(Role.ADMINISTRATOR, host)
    for role in Role:
        assert _letter(administrator, police, f"{role}@new.example", role).pk


def test_an_administrator_for_one_area_invites_for_that_area_alone(police: Organisation) -> None:
    administrator = somebody(Role.ADMINISTRATOR, police, area="E07000001")
    assert _letter(administrator, police, "a@police.example", Role.READER, area="E07000001").area == "E07000001"
    for area in ("", "E07000002"):
        with pytest.raises(PermissionDenied):
            _ = _letter(administrator, police, "b@police.example", Role.READER, area=area)


@pytest.mark.parametrize("power", sorted(set(Power) - {Power.READ_PARTNERSHIP, Power.READ_STRATEGY}))
def test_a_role_for_one_area_gives_nothing_elsewhere(host: Organisation, power: Power) -> None:
    for role in Role:
        person = somebody(role, host, area="E07000001")
        assert not may(person, power), role
        assert not may(person, power, host, area="E07000002"), role


def test_a_row_handed_in_must_be_one_that_may_be_touched(police: Organisation, charity: Organisation) -> None:
    """An administrator names their own organisation, and slips in another's row."""

    @actions.action("tried", Power.MANAGE_PEOPLE)
    def tried(*, by: Person, organisation: Organisation, membership: Membership) -> Membership:
        return membership

    theirs = Membership.objects.get(person=somebody(Role.READER, charity))
    administrator = somebody(Role.ADMINISTRATOR, police)
    own = Membership.objects.get(person=administrator)
    assert tried(by=administrator, organisation=police, membership=own) == own
    with pytest.raises(PermissionDenied):
        _ = tried(by=administrator, organisation=police, membership=theirs)


def test_a_role_cannot_be_ended_later_than_it_was(police: Organisation) -> None:
    held = Membership.objects.get(person=somebody(Role.READER, police))
    _ = actions.end_role(by=BY, membership=held, on=DAY, why="Left")
    with pytest.raises(ValidationError, match="an end already"):
        _ = actions.end_role(by=BY, membership=held, on=DAY + timedelta(days=9_000), why="Back by the window")
    assert Membership.objects.get(pk=held.pk).ends is not None


def test_the_last_administrator_for_one_area_does_not_count_as_one_for_all(police: Organisation) -> None:
    _ = somebody(Role.ADMINISTRATOR, police, area="E07000001")
    whole = Membership.objects.get(person=_another(police, Role.ADMINISTRATOR))
    with pytest.raises(ValidationError, match="Nobody would be left"):
        _ = actions.end_role(by=BY, membership=whole, on=timezone.localdate(), why="Left")


def _another(organisation: Organisation, role: str) -> Person:
    invitation = _letter(BY, organisation, f"another@{organisation.slug}.example", role)
    return actions.accept(by=Bearer(invitation.email), invitation=invitation, password=PASSWORD).person


def test_a_role_that_is_held_is_not_held_twice(police: Organisation) -> None:
    person = somebody(Role.READER, police)
    again = actions.give_role(by=BY, organisation=police, person=person, role=Role.READER, starts=timezone.localdate())
    assert list(Membership.objects.filter(person=person)) == [again]


def test_an_invitation_works_once_and_one_that_was_used_is_not_taken_back(police: Organisation) -> None:
    invitation = _letter(BY, police, "new@police.example", Role.READER)
    _ = actions.accept(by=Bearer(invitation.email), invitation=invitation, password=PASSWORD)
    for again in (
        lambda: actions.accept(by=Bearer(invitation.email), invitation=invitation, password=PASSWORD),
        lambda: actions.withdraw(by=BY, invitation=invitation),
    ):
        with pytest.raises(ValidationError, match="used, withdrawn or has run out"):
            again()
    assert Invitation.objects.get(pk=invitation.pk).withdrawn is None
    assert Membership.objects.filter(person__email=invitation.email).count() == 1


def test_the_hosts_do_not_leave(host: Organisation) -> None:
    with pytest.raises(ValidationError, match="cannot leave"):
        _ = actions.let_go(by=BY, organisation=host, left=DAY, why="No money")


@pytest.mark.parametrize("name", ["Add", "Roles!", "The Police", "the police", "§§§"])
def test_a_name_that_will_not_do_is_told_on_the_form(police: Organisation, host: Organisation, name: str) -> None:
    client = signed_in(somebody(Role.LEAD, host))
    answer = client.post(reverse("add_organisation"), {"name": name, "kind": "police", "joined": "2026-01-05"})
    assert answer.status_code == 200
    assert "There is a problem" in answer.content.decode()


def test_a_role_that_ends_shuts_the_page_that_is_open(host: Organisation, police: Organisation) -> None:
    person = somebody(Role.ADMINISTRATOR, police)
    client = signed_in(person)
    address = reverse("invite", args=["the-police"])
    assert client.get(address).status_code == 200
    _ = somebody(Role.ADMINISTRATOR, host)
    _ = actions.end_role(
        by=BY, membership=Membership.objects.get(person=person), on=timezone.localdate(), why="Moved on"
    )
    assert client.get(address).status_code == 404


def test_a_change_of_password_ends_the_other_sign_ins(police: Organisation) -> None:
    person = somebody(Role.CONTRIBUTOR, police)
    client = signed_in(person)
    assert client.get("/").status_code == 200
    person.set_password("another three lanterns")
    person.save()
    assert client.get("/").status_code == 302


def test_who_got_in_without_a_second_factor_is_out_once_there_is_one(police: Organisation) -> None:
    """Somebody who guessed the password signed in first. The owner adds a second factor: the guesser must not inherit it."""
    person = somebody(Role.CONTRIBUTOR, police)
    guesser = signed_in(person)
    assert guesser.get("/").status_code == 200
    _ = actions.end_sessions(by=person, person=person)
    assert guesser.get("/").status_code == 302
    with pytest.raises(PermissionDenied):
        _ = actions.end_sessions(by=somebody(Role.ADMINISTRATOR, police), person=person)
