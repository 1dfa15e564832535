"""Every address under attack: by other sites, by strangers with an address in hand, by hosts and methods and numbers that are not.

What is asked of each is generated from the table of addresses, so that a new one is attacked too. Signing in has its own attacks in
`test_sign_in.py`, files in `test_attacks_uploads.py`, forms in `test_attacks_forms.py`.
"""

import re
from collections.abc import Callable
from copy import copy, deepcopy
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils.datastructures import MultiValueDict

from headwater.partnership.models import POWERS, WHOLE, Deed, Role
from web.attacking import Opened, Reader, every_page, is_html, rows_now, taken_back
from web.rows import World
from web.test_permissions import ALL, RULED, filled, refused

pytestmark = pytest.mark.django_db
API = "api/v1/"
ELSEWHERE = "elsewhere.example"
AWAY = ("//elsewhere.example/", "https://elsewhere.example/", "\\\\elsewhere.example", "https:elsewhere.example")


FORGED = {
    "x-http-method-override": "POST",
    "x-method-override": "DELETE",
    "x-forwarded-host": ELSEWHERE,
    "forwarded": f"host={ELSEWHERE}",
    "x-original-url": "/ledger/",
    "x-rewrite-url": "/ledger/",
}
PARTS = {"need", "priority", "action", "heading", "title"}
"""What may be said after the address at which a part of the strategy is added."""
METHODS = ("head", "options", "trace", "put", "patch", "delete")


def strict(client: Client) -> Client:
    """The same sign-in, in a browser that is asked for the token of every form."""
    asked = Client(enforce_csrf_checks=True, raise_request_exception=False)
    asked.cookies = deepcopy(client.cookies)
    return asked


def quiet(client: Client) -> Client:
    """The same, told of a fault of ours by 500 as everybody is."""
    told = copy(client)
    told.cookies, told.raise_request_exception = deepcopy(client.cookies), False
    return told


# --- one round of every address ----------------------------------------------------------------------------------------


@dataclass
class Seen:
    """What came back from one address, to whom, and by what method."""

    pattern: str
    address: str
    who: str
    answer: Any
    ledgered: bool

    def __str__(self) -> str:
        return f"{self.who}: {self.address[:90]} ({self.answer.status_code})"


@dataclass
class Round:
    """Every address, asked by whoever may, by a stranger, by a page elsewhere that sends a form, and by a method that is not its own;
    each time with every word that leads away."""

    before: Any
    after: Any = None
    seen: list[Seen] = field(default_factory=list)
    asked: dict[str, tuple[Client, set[str]]] = field(default_factory=dict)
    """The names that a page looked for after its address, and a browser that may open it."""

    def of(self, *who: str) -> list[Seen]:
        return [each for each in self.seen if each.who in who]


@pytest.fixture(scope="module")
def kept() -> list[Round]:
    return []


@pytest.fixture
def went_round(made: World, kept: list[Round], monkeypatch: pytest.MonkeyPatch) -> Round:
    """The round, gone once for the module."""
    if not kept:
        names: set[str] = set()
        get = MultiValueDict.get

        def watched(self: Any, key: Any, default: Any = None) -> Any:
            names.add(str(key))
            return get(self, key, default)

        monkeypatch.setattr(MultiValueDict, "get", watched)
        kept.append(_go_round(made, names))
    return kept[0]


def _go_round(made: World, names: set[str]) -> Round:
    found = Round(rows_now())
    for number, page in enumerate(every_page(made)):
        away = AWAY[number % len(AWAY)]
        said = f"{page.address}{'&' if '?' in page.address else '?'}next={quote(away)}&url={quote(away)}&_method=POST&why=x"
        for who, ask in _asked(page, said, METHODS[number % len(METHODS)]).items():
            cache.clear()
            names.clear()
            answer = ask()
            answer.close()
            read = names - {"next", "csrfmiddlewaretoken"} | (
                PARTS if page.pattern.endswith("<str:kind>/add/") else set()
            )
            if who == "who may" and read:
                found.asked[page.address] = quiet(page.browser), read
            found.seen.append(Seen(page.pattern, page.address, who, answer, page.rule.ledgered))
    found.after = rows_now()
    return found


def _asked(page: Opened, said: str, method: str) -> dict[str, Callable[[], Any]]:
    return {
        "who may": lambda: quiet(page.browser).get(said, headers=FORGED),
        "a stranger": lambda: Client().get(said, headers=FORGED),
        "no token": lambda: strict(page.browser).post(page.address, {"why": "x"}),
        "another method": lambda: getattr(quiet(page.browser), method)(page.address, headers=FORGED),
    }


def test_looking_changes_nothing_but_the_ledger(went_round: Round) -> None:
    """Whatever a link or a picture on another site can make a browser ask for; under whatever other method it claims to be."""
    assert went_round.after == went_round.before
    assert [str(each) for each in went_round.seen if each.answer.status_code >= 500] == []
    assert len(went_round.of("who may")) > 100


# --- other sites -------------------------------------------------------------------------------------------------------


def test_no_other_site_makes_a_browser_send_a_form(went_round: Round) -> None:
    """Every address that has a rule, asked for by somebody who may. A program has no cookie that could be misused."""
    for each in went_round.of("no token"):
        expected = (401, 405) if each.pattern.startswith(API) else (403,)
        assert each.answer.status_code in expected, str(each)


@pytest.mark.parametrize("https", [False, True])
def test_nor_one_of_signing_in(https: bool, made: World) -> None:
    browser = strict(made.browser(Role.LEAD, "hosts"))
    before = rows_now(ledger=True)
    for pattern in (pattern for pattern in ALL if pattern not in RULED and not pattern.startswith(API)):
        told = {"referer": f"https://{ELSEWHERE}/"} if https else {"origin": f"http://{ELSEWHERE}"}
        answer = browser.post("/" + re.sub("<.*?>", "1", pattern), {"why": "x"}, secure=https, headers=told)
        assert answer.status_code == 403, pattern
    assert rows_now(ledger=True) == before


def test_a_token_of_another_browser_is_no_token(made: World) -> None:
    browser, other = strict(made.browser(Role.LEAD, "hosts")), Client(enforce_csrf_checks=True)
    token = Reader(other.get("/account/login/").content.decode()).forms[0].boxes["csrfmiddlewaretoken"]
    said = {"name": "x", "kind": "police", "joined": "2026-01-05", "csrfmiddlewaretoken": token}
    assert browser.post("/partnership/add/", said).status_code == 403


@pytest.mark.parametrize("kind", ["text/plain", "application/json"])
def test_a_form_in_another_dress_is_no_form(kind: str, made: World) -> None:
    before = rows_now()
    browser = strict(made.browser(Role.LEAD, "hosts"))
    assert browser.post("/partnership/add/", '{"name": "x"}', content_type=kind).status_code == 403
    assert rows_now() == before


# --- rows of others ----------------------------------------------------------------------------------------------------


def test_nobody_sends_a_form_to_a_row_of_another_organisation(made: World) -> None:
    """Every role at another member, to every address that names a row of the police: as if it were not there."""
    before, wrong = rows_now(), {}
    for pattern, rule in RULED.items():
        known = made.row(rule.of) if rule.of else {}
        row: Any = rule.of(**known) if rule.of else None
        if pattern.startswith(API) or rule.needs in WHOLE or getattr(row, "organisation", None) != made.police:
            continue
        for role in (role for role in Role if rule.needs in POWERS[role]):
            answer = made.browser(role, "other").post(filled(pattern, known), {"why": "x", "version": "0"})
            if answer.status_code not in (404, 405):
                wrong[f"{role} {pattern}"] = answer.status_code
    assert wrong == {}
    assert rows_now() == before


def test_a_comment_is_made_for_no_organisation_but_ones_own(made: World) -> None:
    address = next(
        page.address for page in every_page(made) if page.pattern == "strategy/versions/<slug:slug>/comment/"
    )
    browser = made.browser(Role.CONTRIBUTOR, "other")
    before = rows_now()
    for named in ("the-police", "the-unit", str(made.police.pk), "", "no-such"):
        answer = browser.post(address, {"organisation": named, "says": "We agree to everything."})
        assert answer.status_code == 200, named
    assert rows_now() == before
    with taken_back():
        assert browser.post(address, {"organisation": "a-charity", "says": "We agree."}).status_code == 302


def test_a_return_takes_no_grant_line_milestone_or_group_of_anothers(made: World) -> None:
    from datetime import date

    from headwater.delivery import actions
    from headwater.delivery.models import Intervention, Quarter, Return
    from web.conftest import BY

    with taken_back():
        ours = Return.objects.get()
        theirs = actions.plan(
            by=BY, organisation=made.charity, name="Theirs", prevention="primary", starts=date(2025, 10, 1)
        )
        said: dict[str, Any] = {"intervention": theirs, "source": "A trust", "pays": "labour", "year": 2025}
        line = actions.grant(by=BY, **said, profile=(1, 2, 3, 4), match=False, carries_over=False)
        step = actions.set_milestone(by=BY, intervention=theirs, title="Begin", planned=date(2025, 11, 1))
        assert Intervention.objects.count() == 2
        assert Quarter.objects.count() == 1
        before = rows_now()
        boxes = {f"spent-{line.pk}": "9", f"forecast-{line.pk}": "9", f"met-{step.pk}": "2025-12-01"}
        answer = made.browser(Role.CONTRIBUTOR, "own").post(
            f"/delivery/returns/{ours.pk}/write/",
            {"version": ours.version, **boxes, "returned": "99", "state": "approved"},
        )
        assert answer.status_code == 302
        after = rows_now()
        changed = {name for name, rows in after.items() if rows != before[name]}
        assert changed <= {"Return", "Reach"}
        assert Return.objects.get().state == ours.state


NOT_THERE = {
    "int": ("0", str(2**63), "9" * 5000),
    "slug": ("no-such", "0"),
    "str": ("no-such", "..", "%00", "..%5c..%5cx", "a%0d%0aset-cookie:x=1", "'or'1", "²", "9" * 5000),
}


def test_an_address_of_nothing_is_answered_as_such(made: World) -> None:
    """Whatever stands in the place of a number or a name, and however large it is."""
    wrong: dict[str, int] = {}
    seen: set[Any] = set()
    for page in every_page(made):
        known = made.row(page.rule.of) if page.rule.of else {}
        parts = [found for found in re.findall(r"(<(\w+):\w+>)", page.pattern) if (page.rule.of, found) not in seen]
        seen |= {(page.rule.of, found) for found in parts}
        for part, kind in parts:
            for said in NOT_THERE.get(kind, ()):
                address = filled(page.pattern.replace(part, "MARK"), known).replace("MARK", said)
                answer = quiet(page.browser).get(address)
                answer.close()
                if answer.status_code not in (404, 405):
                    wrong[address[:80]] = answer.status_code
    assert wrong == {}


def test_whatever_is_asked_after_an_address_breaks_no_page(went_round: Round, made: World) -> None:
    """Whatever names a page read in the round, with what no page expects."""
    assert len(went_round.asked) > 15
    wrong: dict[str, int] = {}
    for address, (browser, names) in went_round.asked.items():
        for said in ("\0", "²", "9" * 5000):
            answer = browser.get(address.partition("?")[0], dict.fromkeys(sorted(names), said))
            answer.close()
            if answer.status_code >= 500:
                wrong[f"{address} {names} {said[:9]!r}"] = answer.status_code
    assert wrong == {}


# --- other servers -----------------------------------------------------------------------------------------------------


def test_no_address_sends_anybody_to_another_server(went_round: Round) -> None:
    for each in went_round.seen:
        assert not urlsplit(each.answer.get("Location", "")).netloc, str(each)
        if is_html(each.answer):
            led = [
                said for _, said in Reader(each.answer.content.decode()).tags for said in said.values() if said in AWAY
            ]
            assert led == [], str(each)


@pytest.mark.parametrize("away", AWAY)
@pytest.mark.parametrize("address", ["/account/reauthenticate/", "/account/logout/", "/account/2fa/reauthenticate/"])
def test_signing_in_or_out_leads_to_no_other_server(address: str, away: str, made: World) -> None:
    from web.conftest import PASSWORD

    with taken_back():
        browser = quiet(made.browser(Role.CONTRIBUTOR, "other"))
        answer = browser.post(f"{address}?next={quote(away)}", {"password": PASSWORD, "next": away})
    assert not urlsplit(answer.get("Location", "")).netloc
    assert f'href="{away}' not in answer.content.decode()


@pytest.mark.parametrize(
    "path", ["//elsewhere.example", "//elsewhere.example/..", "/\\elsewhere.example", "/%5celsewhere.example"]
)
def test_a_path_that_looks_like_a_server_is_none(path: str, made: World) -> None:
    answer = made.browser(Role.LEAD, "hosts").get(path)
    assert not urlsplit(answer.get("Location", "")).netloc
    assert not answer.get("Location", "").startswith(("//", "/\\"))


@pytest.mark.parametrize(
    "host", [ELSEWHERE, "localhost.elsewhere.example", "localhost@elsewhere.example", "localhost:80/x", ""]
)
def test_a_host_that_is_not_ours_is_refused(host: str, made: World, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["localhost"]
    for address in ("/account/login/", "/partnership/", "/api/v1/organisations", "/no-such/"):
        answer = quiet(made.browser(Role.LEAD, "hosts")).get(address, HTTP_HOST=host)
        assert answer.status_code in (400, 401) if host else answer.status_code < 500
        assert ELSEWHERE not in answer.content.decode()


def test_a_letter_holds_the_address_that_we_are_reached_by(made: World) -> None:
    said = {"email": "new@charity.example", "name": "New", "role": "reader"}
    with taken_back():
        answer = made.browser(Role.ADMINISTRATOR, "own").post("/partnership/the-police/invite/", said, headers=FORGED)
    assert "http://testserver/invitation/" in answer.content.decode()
    assert ELSEWHERE not in answer.content.decode()


# --- what a browser is told --------------------------------------------------------------------------------------------

POLICY = {
    "default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "font-src": "'self'", "connect-src": "'self'",
    "img-src": "'self' data: blob:", "worker-src": "'self'", "manifest-src": "'self'", "form-action": "'self'",
    "frame-ancestors": "'none'", "base-uri": "'none'",
}  # fmt: skip
OPENS_ELSEWHERE = re.compile(r"^(?:https?:)?//")
RUNS = {"iframe", "object", "embed", "frame", "base", "applet", "style"}


def told(answer: Any) -> list[str]:
    """What is wrong with how an answer may be used."""
    policy = dict(
        part.strip().split(" ", 1) for part in answer.get("Content-Security-Policy", "").split(";") if part.strip()
    )
    expected = {"X-Frame-Options": "DENY", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
                "Cross-Origin-Opener-Policy": "same-origin"}  # fmt: skip
    wrong = [name for name, value in expected.items() if answer.get(name) != value]
    wrong += [] if policy == POLICY else [f"policy {policy}"]
    wrong += [name for name in ("Server", "X-Powered-By", "Access-Control-Allow-Origin") if name in answer.headers]
    if is_html(answer):
        wrong += inline(answer.content.decode())
    return wrong


def inline(html: str) -> list[str]:
    """What a page holds that a strict policy would have to allow."""
    wrong: list[str] = []
    for tag, said in Reader(html).tags:
        wrong += [
            f"{tag} {name}" for name in said if name.startswith("on") or name in ("style", "srcdoc", "formaction")
        ]
        wrong += (
            [tag]
            if tag in RUNS or (tag == "script" and not said.get("src") and said.get("type") != "application/json")
            else []
        )
        wrong += [
            f"{tag} {said[name]}"
            for name in ("href", "src", "action")
            if said.get(name, "").lower().startswith(("javascript:", "data:text"))
        ]
        wrong += [f"loads {said['src']}" for name in ("src",) if OPENS_ELSEWHERE.match(said.get(name, ""))]
        wrong += ["form elsewhere"] if tag == "form" and OPENS_ELSEWHERE.match(said.get("action", "")) else []
    return wrong


def test_every_page_every_file_and_every_refusal_tells_a_browser_the_same(went_round: Round) -> None:
    assert {str(each): found for each in went_round.seen if (found := told(each.answer))} == {}


@pytest.mark.parametrize(
    "address",
    ["/no-such/", "/account/login/", "/account/2fa/", "/invitation/x/", "/api/v1/openapi.json", "/partnership"],
)
def test_the_open_pages_tell_it_too(address: str, made: World) -> None:
    assert told(Client().get(address)) == []
    assert told(Client().get(address, HTTP_HOST="\0")) == []


def test_what_is_taken_away_is_never_opened_in_our_name(went_round: Round) -> None:
    """A file comes as a file, under a name of ours; what is not released is kept by no browser and nobody between."""
    given = [each for each in went_round.of("who may") if each.answer.status_code == 200]
    files = [each for each in given if not re.match("text/(html|css)|application/json", each.answer["Content-Type"])]
    for each in given:
        assert re.search("no-store" if each.ledgered else "no-store|private", each.answer.get("Cache-Control", "")), (
            str(each)
        )
    for each in files:
        assert re.fullmatch(r'attachment; filename="[\w.-]+"', each.answer["Content-Disposition"]), str(each)
    assert len(files) >= 4


def test_a_cookie_is_for_this_server_alone_and_for_no_script(made: World, settings: Any) -> None:
    from web.conftest import PASSWORD

    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    client = Client()
    with taken_back():
        said = {"login": made.people[Role.CONTRIBUTOR, "other"].email, "password": PASSWORD}
        _ = client.get("/account/login/", secure=True)
        assert (
            client.post("/account/login/", said, secure=True, headers={"referer": "https://testserver/"}).status_code
            == 302
        )
    assert {"sessionid", "csrftoken"} <= set(client.cookies)
    for cookie in client.cookies.values():
        if cookie.value:
            assert (cookie["httponly"], cookie["secure"], cookie["samesite"], cookie["domain"]) == (
                True,
                True,
                "Lax",
                "",
            ), cookie.key


def test_a_session_that_was_signed_out_opens_nothing(made: World) -> None:
    with taken_back():
        person = made.people[Role.READER, "own"]
        client, thief = Client(), Client()
        client.force_login(person)
        thief.cookies["sessionid"] = client.cookies["sessionid"].value
        assert thief.get("/partnership/").status_code == 200
        _ = client.post("/account/logout/")
        assert refused(thief.get("/partnership/"))


def test_what_was_done_is_in_the_ledger_and_what_was_tried_is_not_a_deed(made: World) -> None:
    cache.clear()
    before = Deed.objects.count()
    _ = made.browser(Role.READER, "other").post(
        "/partnership/add/", {"name": "x", "kind": "police", "joined": "2026-01-05"}
    )
    _ = made.browser(Role.CONTRIBUTOR, "other").post("/partnership/the-police/invite/", {"why": "x"})
    assert Deed.objects.count() == before
