"""Who sits at Aldermere's table."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP

from headwater.partnership import actions
from headwater.partnership.models import Invitation, Organisation, Person
from headwater.partnership.questions import Bearer, Operator, needs_second_factor
from headwater.sources.inventing import example_recipe

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 - nobody's: the county does not exist
"""What the one-time codes of Aldermere's people are made of."""


def example(name: str) -> dict[str, Any]:
    """One of Aldermere's files of what its partnership has agreed, planned or done."""
    return tomllib.loads((Path(example_recipe()).parent / name).read_text("utf-8"))


def seed_people(by: Operator) -> None:
    """Organisations join, their people are invited and accept, and those whose roles ask for it have a second factor."""
    said = example("partnership.toml")
    for one in said["organisations"]:
        given = {name: value for name, value in one.items() if name != "people"}
        organisation = actions.bring_in(by=by, why="The partnership’s terms of reference", **given)
        for person in one.get("people", ()):
            _join(by, organisation, person, said["password"])


def _join(by: Operator, organisation: Organisation, person: dict[str, Any], password: str) -> None:
    first, *others = person["roles"]
    invited = actions.invite(by=by, organisation=organisation, email=person["email"], name=person["name"], role=first)
    held = actions.accept(
        by=Bearer(person["email"]), invitation=Invitation.objects.get(pk=invited.invitation.pk), password=password
    )
    for role in others:
        _ = actions.give_role(
            by=by, organisation=organisation, person=held.person, role=role, starts=_day(organisation)
        )
    somebody = Person.objects.get(pk=held.person.pk)
    if needs_second_factor(somebody) and not Authenticator.objects.filter(user=somebody).exists():
        _ = TOTP.activate(somebody, SECRET)


def _day(organisation: Organisation) -> date:
    return organisation.joined
