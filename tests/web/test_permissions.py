"""Role by organisation by every address: what a rule says is what happens, and no address is without a rule."""

from collections.abc import Iterator

import pytest
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

from headwater.partnership.guard import Rule, rule_of
from headwater.partnership.models import POWERS, WHOLE, Organisation, Power, Role
from web.conftest import signed_in, somebody

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
WHOLES = {
    address: rule
    for address, found in OURS.items()
    if (rule := rule_of(found.callback)) and rule.needs and rule.of is None and "<" not in address
}


@pytest.mark.parametrize("address", OURS)
def test_every_address_has_a_rule_at_its_door(address: str) -> None:
    assert isinstance(rule_of(OURS[address].callback), Rule), f"{address}: put @page(...) or @open_page on its view"


@pytest.mark.parametrize("address", OURS)
def test_what_names_a_row_is_found_by_its_rule(address: str) -> None:
    """A page that is handed a number or a name from its address finds the row at the door, or is open and holds a secret."""
    rule = rule_of(OURS[address].callback)
    assert rule is not None
    assert "<" not in address or rule.needs is None or rule.of is not None, f"{address}: say of= in @page"


@pytest.mark.parametrize("address", WHOLES)
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("where", ["host", "member"])
def test_a_page_about_the_partnership_opens_to_the_roles_that_may(
    address: str, role: Role, where: str, host: Organisation, charity: Organisation
) -> None:
    needs = WHOLES[address].needs
    assert needs is not None
    person = somebody(role, host if where == "host" else charity)
    answer = signed_in(person).get(f"/{address}")
    allowed = needs in POWERS[role] and (where == "host" or needs in WHOLE)
    if allowed:
        assert answer.status_code in (200, 302, 405), answer.status_code  # 405: a way in that is only sent to
    else:
        assert answer.status_code in (302, 403)
        assert answer.status_code == 403 or answer["Location"].startswith("/account/")


@pytest.mark.parametrize("address", WHOLES)
def test_nobody_comes_in_without_signing_in(address: str, db: None) -> None:
    from django.test import Client

    answer = Client().get(f"/{address}")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/?next=")


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
