"""What programs may ask for: who is let in, how often, and what nobody is told."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from headwater.partnership import actions
from headwater.partnership.models import READABLE, Deed, Organisation, Person, Power, Role, Token, acting
from headwater.partnership.questions import chain, digest
from headwater.web.api import ROUTES, tokens
from web.conftest import signed_in, somebody

ALL = sorted(READABLE)


@pytest.fixture(autouse=True)
def _nobody_has_asked_yet(plain_http: None) -> None:
    cache.clear()


def bearing(person: Person, *powers: str, days: int = 7) -> Client:
    """A program that shows a token of somebody's."""
    held = powers or tuple(power for power in ALL if any(power in given for given in _given(person)))
    cut = actions.make_token(by=person, name="Chart", powers=held, days=days)
    return Client(headers={"Authorization": f"Bearer {cut.secret}"})


def _given(person: Person) -> list[frozenset[Power]]:
    from headwater.partnership.models import POWERS

    return [POWERS[held.role] for held in person.standing]


def ask(client: Client, address: str, **query: object) -> Any:
    return client.get(f"/api/v1{address}", query)


# --- who is let in -----------------------------------------------------------------------------------------------------


def test_a_token_reads_what_its_person_may(host: Organisation, police: Organisation) -> None:
    program = bearing(somebody(Role.AUDITOR, host))
    assert {one["slug"] for one in ask(program, "/organisations").json()} == {"the-unit", "the-police"}
    assert ask(program, "/organisations/the-police").json()["kind"] == "police"
    assert ask(program, "/organisations/nobody").status_code == 404
    assert ask(program, "/ledger", count=2).json()[0]["number"] == Deed.objects.count()


@pytest.mark.parametrize(
    "shown", ["", "Bearer", "Bearer ", "Bearer x", "Basic eDp4", "Bearer \u00e9", "bearer hwt_x y"]
)
def test_nothing_opens_without_a_token(shown: str, db: None) -> None:
    answer = Client(headers={"Authorization": shown}).get("/api/v1/organisations")
    assert answer.status_code == 401
    assert answer.json() == {"detail": "Unauthorized"}


def test_a_sign_in_in_a_browser_opens_nothing(lead: Person) -> None:
    assert signed_in(lead).get("/api/v1/organisations").status_code == 401


def test_a_token_opens_no_page(lead: Person) -> None:
    assert bearing(lead).get("/").status_code == 302


def test_a_token_opens_what_it_was_made_for_and_no_more(lead: Person) -> None:
    program = bearing(lead, Power.READ_PARTNERSHIP)
    assert ask(program, "/organisations").status_code == 200
    refused = ask(program, "/ledger")
    assert refused.status_code == 403
    assert "This token does not let you read the whole ledger" in refused.json()["detail"]


def test_nobody_makes_a_token_that_does_more_than_they_may(police: Organisation) -> None:
    reader = somebody(Role.READER, police)
    for powers in ([Power.READ_PEOPLE], [Power.MANAGE_PEOPLE], [Power.WRITE_RETURNS], ["all"], []):
        with pytest.raises(ValidationError):
            _ = actions.make_token(by=reader, name="x", powers=powers, days=7)
    for days in (0, 366, 10**9):
        with pytest.raises(ValidationError):
            _ = actions.make_token(by=reader, name="x", powers=[Power.READ_PARTNERSHIP], days=days)
    assert not Token.objects.exists()


def _ends(person: Person, how: str) -> None:
    token = Token.objects.get(person=person)
    with acting():
        if how == "ended":
            _ = actions.end_token(by=person, token=token)
        elif how == "over":
            _ = Token.objects.update(begun=timezone.now() - timedelta(days=9), until=timezone.now() - timedelta(days=1))
        elif how == "password":
            person.set_password("another three lanterns")
            person.save()
        elif how == "factor":
            _ = actions.end_sessions(by=person, person=person)
        elif how == "left":
            _ = Person.objects.update(is_active=False)


@pytest.mark.parametrize("how", ["ended", "over", "password", "factor", "left"])
def test_a_token_that_is_over_opens_nothing(lead: Person, how: str) -> None:
    program = bearing(lead)
    assert ask(program, "/organisations").status_code == 200
    _ends(lead, how)
    assert ask(program, "/organisations").status_code == 401


def test_a_token_follows_its_persons_roles(host: Organisation) -> None:
    auditor = somebody(Role.AUDITOR, host)
    program = bearing(auditor)
    assert ask(program, "/ledger").status_code == 200
    with acting():
        auditor.memberships.update(ends=timezone.localdate())
    assert ask(program, "/ledger").status_code == 403
    assert ask(program, "/organisations").status_code == 403


def test_a_token_is_stopped_where_the_second_factor_was_put_away(lead: Person) -> None:
    program = bearing(lead)
    assert ask(program, "/editions").status_code == 200
    _ = Authenticator.objects.filter(user=lead).delete()
    assert ask(program, "/editions").status_code == 403


def test_only_its_digest_is_kept(lead: Person) -> None:
    cut = actions.make_token(by=lead, name="x", powers=[Power.READ_PARTNERSHIP], days=7)
    kept = Token.objects.values().get()
    assert cut.secret.startswith("hwt_")
    assert cut.secret not in str(kept)
    assert kept["digest"] == digest(cut.secret)
    line = Deed.objects.first()
    assert line is not None
    assert line.did == "made a token"
    assert cut.secret not in f"{line.to}{line.because}"
    assert chain().sound


# --- how often ---------------------------------------------------------------------------------------------------------


def test_whoever_asks_too_often_is_told_when_to_come_back(lead: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "ASKED", 3)
    program = bearing(lead)
    answers = [ask(program, "/organisations") for _ in range(8)]
    assert 429 in {answer.status_code for answer in answers}
    assert answers[0].status_code == 200
    late = next(answer for answer in answers if answer.status_code == 429)
    assert 0 < int(late["Retry-After"]) <= 60


def test_whoever_guesses_tokens_is_stopped(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "WRONG", 3)
    guesser = Client(headers={"Authorization": "Bearer hwt_guess"})
    assert 429 in {ask(guesser, "/organisations").status_code for _ in range(8)}


# --- what is written, and what nobody is told --------------------------------------------------------------------------


def test_what_is_read_by_token_stands_in_the_ledger(host: Organisation, police: Organisation) -> None:
    administrator = somebody(Role.ADMINISTRATOR, police)
    assert ask(bearing(administrator), "/organisations/the-police/people").status_code == 200
    line = Deed.objects.first()
    assert line is not None
    assert (line.did, line.who, line.organisation) == ("read by token", administrator.email, "the-police")


def test_who_did_it_is_told_to_no_program(police: Organisation) -> None:
    manager = somebody(Role.ADMINISTRATOR, police)
    lines = ask(bearing(manager), "/organisations/the-police/ledger").json()
    assert lines
    assert not [line for line in lines if "who" in line or manager.email in str(line)]
    held = ask(bearing(manager), "/organisations/the-police/people").json()
    assert held == [{"role": "administrator", "people": 1}]


@pytest.mark.parametrize("address", ["/ledger?count=0", "/ledger?count=201", "/ledger?before=x", "/ledger?before=0"])
def test_what_is_wrong_is_told_without_what_was_sent(host: Organisation, address: str) -> None:
    answer = bearing(somebody(Role.AUDITOR, host)).get(f"/api/v1{address}")
    assert answer.status_code == 422
    assert set(answer.json()["detail"][0]) == {"where", "wrong"}


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_no_route_writes(lead: Person, method: str) -> None:
    program = bearing(lead)
    for name in ROUTES:
        route = ROUTES[name]
        if "{" not in route.path:
            assert getattr(program, method)(f"/api/v1{route.path}").status_code == 405


# --- the pages ---------------------------------------------------------------------------------------------------------


def test_a_token_is_made_on_a_page_after_saying_once_more_who_one_is(lead: Person) -> None:
    from web.conftest import PASSWORD

    client = signed_in(lead)
    assert client.get(reverse("new_token"))["Location"].startswith("/account/reauthenticate/")
    _ = client.post("/account/reauthenticate/", {"password": PASSWORD})
    assert "Chart" not in client.get(reverse("tokens")).content.decode()
    said = {"name": "Chart", "powers": [Power.READ_PARTNERSHIP], "days": "30"}
    page = client.post(reverse("new_token"), said).content.decode()
    secret = page.split('value="hwt_')[1].split('"')[0]
    assert ask(Client(headers={"Authorization": f"Bearer hwt_{secret}"}), "/organisations").status_code == 200
    shown = client.get(reverse("tokens")).content.decode()
    assert "Chart" in shown
    assert secret not in shown


def test_nobody_sees_or_ends_anothers_token(lead: Person, analyst: Person) -> None:
    token = actions.make_token(by=lead, name="x", powers=[Power.READ_PARTNERSHIP], days=7).token
    other, address = signed_in(analyst), reverse("end_token", args=[token.pk])
    assert other.get(address).status_code == other.post(address).status_code == 404
    with pytest.raises(PermissionDenied):
        _ = actions.end_token(by=analyst, token=token)
    assert signed_in(lead).post(address).status_code == 302
    assert not Token.objects.in_force().exists()


def test_a_page_says_what_programs_may_ask_for(lead: Person) -> None:
    page = signed_in(lead).get(reverse("api")).content.decode()
    assert all(route.path in page.replace("/api/v1", "") for route in ROUTES.values())
    described = Client().get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert {path.removeprefix("/api/v1") for path in described["paths"]} == {route.path for route in ROUTES.values()}
