"""Role by organisation by every address: what a rule says is what happens, and no address is without a rule."""

import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.db import models, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from headwater.partnership.guard import Rule, rule_of
from headwater.partnership.models import POWERS, WHOLE, Power, Role
from web.own_database import ON_POSTGRESQL
from web.rows import World

pytestmark = pytest.mark.django_db
SIGN_IN = "account/"
"""What signing in is made of: allauth's own pages, which test_sign_in.py holds."""


def addresses(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for found in patterns:
        address = before + str(found.pattern)
        if isinstance(found, URLResolver):
            yield from addresses(found.url_patterns, address)
        else:
            yield address, found


ALL = dict(addresses(get_resolver().url_patterns))
OURS = {address: found for address, found in ALL.items() if not address.startswith(SIGN_IN)}
RULED = {address: rule for address, found in OURS.items() if (rule := rule_of(found.callback)) and rule.needs}
NOT_HELD = {"assessment/<str:edition>/outlines.json", "duties/<slug:slug>/show/"}
"""What the small workspace of these tests has nothing of, or whose address has to be asked something more: whoever is let in finds
nothing either."""
SENT_AWAY = ("/account/login/", "/account/second-factor/")


@pytest.mark.parametrize("address", OURS)
def test_every_address_has_a_rule_at_its_door(address: str) -> None:
    assert isinstance(rule_of(OURS[address].callback), Rule), f"{address}: put @page(...) or @open_page on its view"


@pytest.mark.parametrize("address", OURS)
def test_what_names_a_row_is_found_by_its_rule(address: str) -> None:
    """A page that is handed a number or a name from its address finds the row at the door, or is open and holds a secret."""
    rule = rule_of(OURS[address].callback)
    assert rule is not None
    assert "<" not in address or rule.needs is None or rule.of is not None, f"{address}: say of= in @page"


@pytest.mark.parametrize("address", RULED)
def test_a_row_of_every_kind_can_be_made(address: str, made: World) -> None:
    of = RULED[address].of
    assert of is None or of(**made.row(of)), f"say in tests/web/rows.py how what {of} finds is made"


@pytest.mark.parametrize("address", RULED)
def test_a_rule_is_what_happens(address: str, made: World) -> None:
    """Every role, at the hosts, where the row is and elsewhere: in, or out, as the tables of roles and powers say.

    On PostgreSQL one who comes in is asked, and one who does not, wherever they are: the rule is the same code on both, and what it asks
    of the database is the same for everyone.
    """
    rule = RULED[address]
    named = made.row(rule.of) if rule.of else {}
    row = rule.of(**named) if rule.of else None
    allowed = {who: _allowed(made, *who, rule, row) for who in made.people}
    asked = {may: who for who, may in allowed.items()}.values() if ON_POSTGRESQL else allowed
    wrong: dict[str, int] = {}
    for role, where in asked:
        answer = _answer(made, role, where, filled(address, named))
        ought = allowed[role, where] and address not in NOT_HELD
        if refused(answer) == ought:
            wrong[f"{role} {where}"] = answer.status_code
    assert not wrong, f"{address} needs {rule.needs}"


def _allowed(made: World, role: str, where: str, rule: Rule, row: Any) -> bool:
    """What ought to be, said once more without the code that decides it."""
    whose, person = getattr(row, "organisation", None), made.people[role, where]
    if rule.needs not in POWERS[Role(role)] or (rule.own and row.person_id != person.pk):
        return False
    there = {"hosts": made.host, "own": made.police, "other": made.charity}[where]
    return where == "hosts" or rule.needs in WHOLE or whose == there


def filled(address: str, named: dict[str, Any]) -> str:
    """The address with what it names written in."""
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda part: quote(str(named[part[1]])), address)


def _answer(made: World, role: str, where: str, address: str) -> Any:
    asking = (made.program if address.startswith("/api/v1/") else made.browser)(role, where)
    with transaction.atomic():
        cache.clear()
        answer = asking.get(address)
        if answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            answer = asking.post(address)
        transaction.set_rollback(True)
    answer.close()
    return answer


def refused(answer: Any) -> bool:
    """Was somebody kept out?"""
    away = answer.status_code == HTTPStatus.FOUND and answer["Location"].startswith(SENT_AWAY)
    return away or answer.status_code in (401, 403, 404)


@pytest.mark.parametrize("address", RULED)
def test_nobody_comes_in_without_signing_in(address: str, made: World) -> None:
    of = RULED[address].of
    answer = Client().get(filled(address, made.row(of) if of else {}))
    assert answer.status_code in (302, 401)
    assert answer.status_code == 401 or answer["Location"].startswith("/account/login/?next=")


@pytest.mark.parametrize("power", Power)
def test_every_power_is_given_by_a_role(power: Power) -> None:
    assert any(power in given for given in POWERS.values())


def test_every_row_says_how_each_of_its_fields_is_kept() -> None:
    from django.apps import apps

    ours = [model for model in apps.get_models() if model.__module__.startswith("headwater.")]
    assert ours
    wrong = {model.__name__: _fields(model) ^ set(getattr(model, "kept", {})) for model in ours}
    assert {name: fields for name, fields in wrong.items() if fields} == {}


def _fields(model: type[models.Model]) -> set[str]:
    return {field.name for field in model._meta.get_fields() if getattr(field, "concrete", False)}
