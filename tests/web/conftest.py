"""A small partnership, and a browser's worth of each of its people."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.db import connection
from django.test import Client

from headwater.lake import Settings, new
from headwater.partnership import actions
from headwater.partnership.models import Invitation, Organisation, Person, Role
from headwater.partnership.questions import Bearer, Operator, needs_second_factor
from headwater.vocabulary import Level

PASSWORD = "three quiet lanterns"
JOINED = date(2024, 4, 1)
BY = Operator()


@pytest.fixture(autouse=True)
def plain_http(settings: Any, tmp_path: Path) -> None:
    """A machine of one's own: no certificate, a workspace that is empty until a test fills it, passwords that are quick."""
    settings.SECURE_SSL_REDIRECT = False
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
    settings.WORKSPACE = tmp_path
    area = {"area_level": Level.FORCE, "area_code": "Z23000001", "area_name": "Aldermere"}
    _ = new(tmp_path, Settings(title="Violence in Aldermere", author="The Unit", **area))
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


@pytest.fixture
def host(db: None) -> Organisation:
    """The organisation that hosts the partnership."""
    return actions.bring_in(by=BY, name="The Unit", kind="unit", joined=JOINED, hosts=True)


@pytest.fixture
def police(host: Organisation) -> Organisation:
    """A member that sends files."""
    return actions.bring_in(by=BY, name="The Police", kind="police", joined=JOINED, producer="The Police")


@pytest.fixture
def charity(host: Organisation) -> Organisation:
    """Another member, which has nothing to do with the first."""
    return actions.bring_in(by=BY, name="A Charity", kind="community", joined=JOINED)


Joins = Callable[..., Person]


def somebody(role: str, organisation: Organisation, **limits: str) -> Person:
    """Somebody who holds a role, invited and come in as everybody is, with a second factor where the role asks for it."""
    email = f"{role}@{organisation.slug}.example"
    letter = actions.invite(
        by=BY, organisation=organisation, email=email, name=f"{role} there".title(), role=role, **limits
    )
    held = actions.accept(
        by=Bearer(email), invitation=Invitation.objects.get(pk=letter.invitation.pk), password=PASSWORD
    )
    person = Person.objects.get(pk=held.person.pk)
    if needs_second_factor(person):
        _ = TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    return Person.objects.get(pk=person.pk)


def signed_in(person: Person) -> Client:
    """A browser in which somebody has signed in."""
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def lead(host: Organisation) -> Person:
    """The lead of the partnership."""
    return somebody(Role.LEAD, host)


@pytest.fixture
def analyst(host: Organisation) -> Person:
    """Its analyst."""
    return somebody(Role.ANALYST, host)


@pytest.fixture(scope="module")
def _made(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """What ends a test closes the connection, and would close with it the transaction that the partnership lives in."""
    from web.rows import world

    kept_open = patch.object(connection, "close")
    with django_db_blocker.unblock(), kept_open, world(tmp_path_factory.mktemp("world")) as partnership:
        yield partnership


@pytest.fixture
def made(_made: Any, db: None, plain_http: None, settings: Any) -> Any:
    """One partnership with a row of everything (`rows.World`), for a whole module: what a test changes is taken back after it."""
    settings.WORKSPACE = _made.root
    return _made
