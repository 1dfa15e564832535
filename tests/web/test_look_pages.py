"""What stands round every page, and the pages for when something cannot be shown."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import OperationalError
from django.http import Http404, HttpRequest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse

from headwater.partnership.models import Organisation, Person, Role
from headwater.web import errors
from web.conftest import signed_in, somebody

pytestmark = pytest.mark.one_database


def test_a_page_holds_no_script_and_no_style_of_its_own(lead: Person) -> None:
    html = signed_in(lead).get("/partnership/").content.decode()
    assert not re.search(r"<script(?![^>]*(?:src=|application/json))|<style|\sstyle=|\son\w+=", html)
    assert html.count("<h1") == 1
    assert 'href="#main"' in html
    assert 'id="main"' in html


def test_what_the_browser_is_told(lead: Person) -> None:
    answer = signed_in(lead).get("/partnership/")
    policy = answer["Content-Security-Policy"].split("; ")  # in any order
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in str(policy)
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_the_way_through_the_rooms_says_where_one_is(lead: Person) -> None:
    html = signed_in(lead).get("/partnership/").content.decode()
    assert '<strong class="govuk-service-navigation__active-fallback">Partnership</strong>' in html
    assert html.count("aria-current") == 1


def test_a_page_that_is_not_there_says_so(lead: Person) -> None:
    answer = signed_in(lead).get("/nowhere/<b>/")
    assert answer.status_code == 404
    assert "There is no such page" in answer.content.decode()
    assert "nowhere" not in answer.content.decode()


def test_what_a_role_does_not_reach_says_who_can_help(charity: Organisation) -> None:
    answer = signed_in(somebody(Role.READER, charity)).get(reverse("add_organisation"))
    assert answer.status_code == 403
    assert "Ask an administrator of your organisation" in answer.content.decode()


def test_a_refusal_is_a_page_of_ours(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = AnonymousUser()
    answer = errors.refused(request, PermissionError("Your role does not let you build."))
    assert answer.status_code == 403
    assert "Your role does not let you build." in answer.content.decode()


def test_a_failure_asks_nothing_of_the_database(rf: RequestFactory) -> None:
    """No `db` is asked for: pytest-django fails the test that reaches for it."""
    answer = errors.failed(rf.get("/"))
    assert answer.status_code == 500
    assert "our fault" in answer.content.decode()


def test_a_database_that_is_away_says_to_come_back(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_args: object, **_named: object) -> None:
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", away)
    client.cookies["sessionid"] = "x" * 32
    client.raise_request_exception = False
    answer = client.get("/")
    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
    assert "back in a minute" in answer.content.decode()
    assert "closed the connection" not in answer.content.decode()


def test_what_is_too_large_is_said_to_be(lead: Person, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    answer = signed_in(lead).post("/account/password/change/", {"oldpassword": "x" * 200})
    assert answer.status_code == 413
    assert "more than one page may send" in answer.content.decode()


def test_a_host_that_is_not_ours_gets_a_plain_page(client: Client, db: None) -> None:
    answer = client.get("/", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    assert "elsewhere" not in answer.content.decode()


def test_a_form_from_elsewhere_is_refused_with_what_to_do(lead: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(lead)
    answer = client.post("/account/logout/")
    assert answer.status_code == 403
    assert "This form is out of date" in answer.content.decode()


def test_every_page_for_trouble_is_whole(rf: RequestFactory) -> None:
    for name in ("stale", "unreadable", "large", "refused", "not_found", "failed", "away", "too_many", "locked"):
        html = render_to_string(f"errors/{name}.html", {"minutes": 1})
        assert html.count("<h1") == 1, name
        assert "Headwater</title>" in html, name
        assert "</html>" in html, name


def test_nothing_of_an_address_is_told(rf: RequestFactory) -> None:
    request: HttpRequest = rf.get("/secret-name/")
    request.user = AnonymousUser()
    assert "secret-name" not in errors.not_found(request, Http404("secret-name")).content.decode()
