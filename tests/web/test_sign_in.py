"""How people come in: what lets them in, what keeps others out, what nobody is told, and what the ledger hears of it."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from headwater.partnership.models import Deed, Organisation, Person, Role, acting
from web.conftest import PASSWORD, signed_in, somebody

LOGIN, CODE = "/account/login/", "/account/2fa/authenticate/"


@pytest.fixture(autouse=True)
def _nobody_has_tried_yet(plain_http: None) -> None:
    cache.clear()


@pytest.fixture
def writer(charity: Organisation) -> Person:
    """Somebody who has no second factor."""
    person = somebody(Role.CONTRIBUTOR, charity)
    _ = Authenticator.objects.filter(user=person).delete()
    return person


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post(LOGIN, {"login": email, "password": password, **more})


def code_of(person: Person) -> str:
    """The one-time code of this moment."""
    secret = Authenticator.objects.get(user=person, type=Authenticator.Type.TOTP).wrap().instance.data["secret"]
    return totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))


def deeds(person: Person) -> list[str]:
    """What the ledger says that somebody did, in its order."""
    lines = Deed.objects.filter(who=person.email).order_by("number")
    return [f"{line.did} {line.to.split(': ', 1)[-1]}" for line in lines]


def text(answer: HttpResponse) -> str:
    return answer.content.decode()


# --- coming in ---------------------------------------------------------------------------------------------------------


def test_a_password_lets_in_who_has_no_more(writer: Person) -> None:
    client = Client()
    answer = sign_in(client, writer.email)
    assert answer.status_code == 302
    assert answer["Location"] == "/"
    assert client.get("/").status_code == 200
    assert f"signed in person {writer.pk}" in deeds(writer)


def test_with_a_second_factor_a_password_is_not_enough(lead: Person) -> None:
    client = Client()
    answer = sign_in(client, lead.email)
    assert answer["Location"] == CODE
    assert client.get("/").status_code == 302
    assert not any("signed in" in deed for deed in deeds(lead))


def test_a_code_lets_in_once(lead: Person) -> None:
    client, code = Client(), code_of(lead)
    _ = sign_in(client, lead.email)
    assert client.post(CODE, {"code": code})["Location"] == "/"
    assert client.get("/").status_code == 200
    other = Client()
    _ = sign_in(other, lead.email)
    again = other.post(CODE, {"code": code})
    assert again.status_code == 200
    assert "or was used before" in text(again)
    assert "was refused at signing in with a one-time code" in deeds(lead)


def test_a_recovery_code_lets_in_once(lead: Person) -> None:
    code = RecoveryCodes.activate(lead).get_unused_codes()[0]
    for expected in (302, 200):
        client = Client()
        _ = sign_in(client, lead.email)
        assert client.post(CODE, {"code": code}).status_code == expected


def test_where_one_was_going_is_where_one_comes_out(lead: Person) -> None:
    client = Client()
    asked = client.get("/ledger/?page=2")
    form = text(client.get(asked["Location"]))
    assert 'name="next" value="/ledger/?page=2"' in form
    _ = sign_in(client, lead.email, next="/ledger/?page=2")
    assert client.post(CODE, {"code": code_of(lead)})["Location"] == "/ledger/?page=2"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "///elsewhere.example",
        "http:\\\\elsewhere.example",
        "javascript:alert(1)",
        "https://localhost/x",
    ],
)
def test_a_sign_in_goes_on_to_no_other_server(elsewhere: str, writer: Person) -> None:
    answer = sign_in(Client(), writer.email, next=elsewhere)
    assert answer["Location"] == "/"


def test_signing_out_asks_first_and_is_written_down(writer: Person) -> None:
    client = signed_in(writer)
    assert "Sign out?" in text(client.get("/account/logout/"))
    assert client.get("/").status_code == 200, "an address alone signs nobody out"
    assert client.post("/account/logout/").status_code == 302
    assert client.get("/").status_code == 302
    assert f"signed out person {writer.pk}" in deeds(writer)


# --- keeping others out ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["account_signup", "account_reset_password", "account_email", "mfa_signup_webauthn"])
def test_there_is_no_way_in_but_an_invitation(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        _ = reverse(name)


@pytest.mark.parametrize("address", ["/account/signup/", "/account/password/reset/", "/accounts/signup/"])
def test_nothing_answers_where_other_sites_let_people_sign_up(address: str, db: None) -> None:
    assert Client().post(address, {"email": "a@b.example", "password1": PASSWORD}).status_code == 404


def _wrong(client: Client, email: str, times: int) -> list[Any]:
    return [sign_in(client, email, "not the one at all") for _ in range(times)]


@pytest.mark.parametrize("known", [True, False])
def test_after_five_wrong_passwords_one_waits(known: bool, writer: Person) -> None:
    email = writer.email if known else "nobody@nowhere.example"
    client = Client()
    assert [answer.status_code for answer in _wrong(client, email, 5)] == [200] * 5
    locked = sign_in(client, email, PASSWORD)
    assert locked.status_code == 429, "not even the right password is looked at"
    assert locked["Retry-After"] == "300"
    said = text(locked)
    assert "has to wait for 5 minutes" in said
    assert re.search(r"Try again at \d\d:\d\d", said)
    assert email not in said


def test_waiting_holds_from_everywhere_and_for_nobody_else(writer: Person, lead: Person) -> None:
    _ = _wrong(Client(REMOTE_ADDR="192.0.2.1"), writer.email.upper(), 5)
    assert sign_in(Client(REMOTE_ADDR="192.0.2.2"), writer.email).status_code == 429
    assert sign_in(Client(REMOTE_ADDR="192.0.2.2"), lead.email).status_code == 302


def test_wrong_codes_are_counted_too(lead: Person) -> None:
    client = Client()
    _ = sign_in(client, lead.email)
    right = code_of(lead)
    wrong = next(code for code in ("000000", "111111") if code != right)
    assert [client.post(CODE, {"code": wrong}).status_code for _ in range(5)] == [200] * 5
    assert client.post(CODE, {"code": right}).status_code == 429


def test_too_many_tries_from_one_machine_are_answered_by_a_page_of_ours(db: None) -> None:
    client = Client()
    answers = [sign_in(client, f"{number}@nowhere.example") for number in range(21)]
    assert answers[-1].status_code == 429
    assert "<h1" in text(answers[-1])


def test_whoever_was_let_go_does_not_come_in(writer: Person) -> None:
    with acting():
        _ = Person.objects.filter(pk=writer.pk).update(is_active=False)
    client = Client()
    answer = client.post(LOGIN, {"login": writer.email, "password": PASSWORD}, follow=True)
    assert "Your account is closed" in text(answer)
    assert client.get("/").status_code == 302


def test_a_session_is_another_after_signing_in(writer: Person) -> None:
    client = Client()
    planted = client.session
    planted.save()
    client.cookies["sessionid"] = before = planted.session_key
    _ = sign_in(client, writer.email)
    assert client.session.session_key != before


# --- what nobody is told -----------------------------------------------------------------------------------------------


def _told(answer: HttpResponse, email: str) -> str:
    without_token = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text(answer))
    return without_token.replace(email, "")


def test_an_address_that_is_nobodys_is_answered_like_one_that_is(writer: Person) -> None:
    known = _wrong(Client(), writer.email, 1)[0]
    unknown = _wrong(Client(), "nobody@nowhere.example", 1)[0]
    assert known.status_code == unknown.status_code == 200
    assert _told(known, writer.email) == _told(unknown, "nobody@nowhere.example")
    assert "do not go together" in text(known)


def test_as_much_work_is_done_for_an_address_that_is_nobodys(writer: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes time is the hashing of a password and the asking of the database: both are done as often."""
    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self: MD5PasswordHasher, password: str, *args: Any, **named: Any) -> str:
        hashed.append(password)
        return encode(self, password, *args, **named)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    work: list[tuple[int, int]] = []
    for email in (writer.email, "nobody@nowhere.example"):
        hashed.clear()
        with CaptureQueriesContext(connection) as asked:
            _ = _wrong(Client(), email, 1)
        work.append((len(hashed), len(asked)))
    assert work[0] == work[1]
    assert work[0][0] == 1


def test_what_a_stranger_typed_is_not_kept(writer: Person) -> None:
    _ = _wrong(Client(), "my-password-by-mistake@nowhere.example", 1)
    _ = _wrong(Client(), writer.email, 1)
    lines = list(Deed.objects.filter(did="was refused at").order_by("number"))
    assert [line.who for line in lines] == ["an address that is nobody’s", writer.email]
    assert not any("by-mistake" in f"{line.to}{line.who}{line.because}" for line in lines)


def test_a_page_of_signing_in_is_kept_by_nobody_on_the_way(db: None) -> None:
    assert "no-store" in Client().get(LOGIN)["Cache-Control"]


# --- second factors and passwords --------------------------------------------------------------------------------------


def again(client: Client) -> None:
    """Show once more that it is you."""
    assert client.post("/account/reauthenticate/", {"password": PASSWORD}).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_codes_are_set_up_from_a_picture_or_a_key_with_no_script(writer: Person) -> None:
    client, guesser = signed_in(writer), signed_in(writer)
    asked = client.get("/account/2fa/totp/activate/")
    assert asked["Location"].startswith("/account/reauthenticate/")
    again(client)
    page = text(client.get("/account/2fa/totp/activate/"))
    assert 'src="data:image/svg+xml;base64,' in page
    found = re.search(r'<code class="hw-code">([A-Z2-7]+)</code>', page)
    assert found
    code = totp.format_hotp_value(totp.hotp_value(found[1], next(totp.yield_hotp_counters_from_time())))
    answer = client.post("/account/2fa/totp/activate/", {"code": code})
    assert answer["Location"] == "/account/2fa/recovery-codes/"
    codes = text(client.get(answer["Location"]))
    assert codes.count("<li>") >= 10
    assert "hw-codes" in codes
    assert "added one-time codes" in deeds(writer)
    assert "added recovery codes" in deeds(writer)
    assert client.get("/").status_code == 200
    assert guesser.get("/").status_code == 302, "who got in by the password alone does not inherit what the owner added"


def test_codes_are_put_away_and_that_is_written_down(lead: Person) -> None:
    client = signed_in(lead)
    again(client)
    assert "Stop using one-time codes?" in text(client.get("/account/2fa/totp/deactivate/"))
    assert client.post("/account/2fa/totp/deactivate/").status_code == 302
    assert "took away one-time codes" in deeds(lead)
    assert client.get("/ledger/")["Location"] == "/account/second-factor/"


def test_a_new_password_needs_the_old_one(writer: Person) -> None:
    client = signed_in(writer)
    new = {"password1": "seven slow herons", "password2": "seven slow herons"}
    refused = client.post("/account/password/change/", {"oldpassword": "not the one"} | new)
    assert "That is not your password now" in text(refused)
    assert client.post("/account/password/change/", {"oldpassword": PASSWORD} | new).status_code == 302
    assert f"changed the password of person {writer.pk}" in deeds(writer)
    assert sign_in(Client(), writer.email, "seven slow herons").status_code == 302


@pytest.mark.parametrize("poor", ["short", "password1234", "123456789012"])
def test_a_poor_password_is_refused_with_the_reason(poor: str, writer: Person) -> None:
    given = {"oldpassword": PASSWORD, "password1": poor, "password2": poor}
    answer = signed_in(writer).post("/account/password/change/", given)
    assert answer.status_code == 200
    assert "govuk-error-summary" in text(answer)


PAGES = [
    "/account/2fa/",
    "/account/2fa/webauthn/",
    "/account/2fa/webauthn/add/",
    "/account/2fa/webauthn/reauthenticate/",
    "/account/2fa/reauthenticate/",
    "/account/2fa/recovery-codes/generate/",
    "/account/2fa/totp/deactivate/",
    "/account/password/change/",
    "/account/reauthenticate/",
    "/account/logout/",
    "/account/second-factor/",
]


@pytest.mark.parametrize("address", PAGES)
def test_every_page_of_an_account_is_one_of_ours(address: str, lead: Person) -> None:
    client = signed_in(lead)
    again(client)
    answer = client.get(address, follow=True)
    html = text(answer)
    assert answer.status_code == 200
    assert "hw-masthead" in html
    assert html.count("<h1") == 1
    assert "placeholder=" not in html
    assert not re.search(r"<script(?![^>]*(?:src=|application/json))|\sstyle=|\son\w+=", html)


def test_the_pages_before_one_is_in_are_ours_too(lead: Person) -> None:
    client = Client()
    first = text(client.get(LOGIN))
    assert 'autocomplete="username"' in first
    assert 'autocomplete="current-password"' in first
    _ = sign_in(client, lead.email)
    second = text(client.get(CODE))
    assert 'autocomplete="one-time-code"' in second
    assert 'id="passkey-options" type="application/json"' in second
    for html in (first, second):
        assert "hw-masthead" in html
        assert "placeholder=" not in html
        assert not re.search(r"<script(?![^>]*(?:src=|application/json))|\sstyle=|\son\w+=", html)


def test_passkeys_are_asked_for_without_naming_anybody(db: None) -> None:
    answer = Client().get("/account/2fa/webauthn/login/", headers={"accept": "application/json"})
    options = answer.json()["request_options"]["publicKey"]
    assert options["challenge"]
    assert not options.get("allowCredentials")


GARBLED = [
    "",
    "x",
    "{}",
    "[]",
    "1",
    "null",
    '{"id": "x"}',
    '{"id": "eA", "rawId": "eA", "type": "public-key", "response": {}}',
]


@pytest.mark.parametrize("answer", GARBLED)
def test_what_no_passkey_answers_lets_nobody_in_and_breaks_nothing(answer: str, lead: Person) -> None:
    alone = Client()
    _ = alone.get("/account/2fa/webauthn/login/", headers={"accept": "application/json"})
    said = alone.post("/account/2fa/webauthn/login/", {"credential": answer}, follow=True)
    assert said.redirect_chain[-1][0] == LOGIN
    after = Client()
    _ = sign_in(after, lead.email)
    assert after.post(CODE, {"credential": answer}).status_code == 200
    inside = signed_in(lead)
    again(inside)
    assert inside.post("/account/2fa/webauthn/add/", {"credential": answer, "name": "x"}).status_code == 200
    assert [client.get("/").status_code for client in (alone, after)] == [302, 302]
