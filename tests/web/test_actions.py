"""Every write is a named action, allowed or refused, done whole or not at all, and in a ledger whose seals hold."""

import ast
import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from architecture.house import modules, name, parsed
from headwater.partnership import actions
from headwater.partnership.models import Deed, Membership, NotAnAction, Organisation, Person, Power, Role, acting
from headwater.partnership.questions import chain, may
from web.conftest import BY, JOINED, somebody

ROOMS = ("partnership", "editing", "strategy", "delivery")
WRITES = {"save", "create", "get_or_create", "update_or_create", "bulk_create", "bulk_update", "delete"}
ACTIONS = [path for path in modules(*ROOMS) if "actions" in path.parts and path.name != "__init__.py"]
READS = [path for path in modules(*ROOMS, "web") if "actions" not in path.parts and "models" not in path.parts]


@pytest.mark.parametrize("path", [path for path in ACTIONS if path.name != "recording.py"], ids=name)
def test_what_an_actions_module_offers_is_an_action(path) -> None:
    loose = [
        found.name
        for found in parsed(path).body
        if isinstance(found, ast.FunctionDef) and any(a.arg == "by" for a in found.args.kwonlyargs)
        if not any("action(" in ast.unparse(decorator) for decorator in found.decorator_list)
    ]
    assert not loose, f"{name(path)}: {loose} want @action"


@pytest.mark.parametrize("path", READS, ids=name)
def test_nothing_but_an_action_writes_a_row(path) -> None:
    wrote = [
        f"line {call.lineno}: {ast.unparse(call)[:60]}"
        for call in ast.walk(parsed(path))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in WRITES
        and "objects" in ast.unparse(call.func)
    ]
    assert not wrote, f"{name(path)}: {wrote}"


def test_a_row_saved_outside_an_action_is_refused(host: Organisation) -> None:
    host.name = "Another"
    with pytest.raises(NotAnAction):
        host.save()
    with pytest.raises(NotAnAction):
        Organisation.objects.filter(pk=host.pk).update(name="Another")
    assert Organisation.objects.get(pk=host.pk).name == "The Unit"


def test_a_line_of_the_ledger_is_never_changed_by_our_own_hand(host: Organisation) -> None:
    line = Deed.objects.get(number=1)
    with acting():
        for change in (
            line.save,
            line.delete,
            Deed.objects.all().delete,
            lambda: Deed.objects.update(who="nobody"),
        ):
            with pytest.raises(NotAnAction):
                change()
        with pytest.raises(IntegrityError), transaction.atomic():
            Deed(number=1, did="x", to="-: y", who="z", when="", before="", hash="h").save()
    assert chain().sound


def test_what_is_set_on_a_person_outside_an_action_stays_unsaved(host: Organisation) -> None:
    person = somebody(Role.READER, host)
    person.name, person.is_active = "Another", False
    person.set_password("another three lanterns")
    person.save()
    kept = Person.objects.get(pk=person.pk)
    assert (kept.name, kept.is_active) == ("Reader There", True)
    assert kept.check_password("another three lanterns")
    with pytest.raises(NotAnAction):
        Person(email="x@y.example", name="X").save()
    with pytest.raises(NotAnAction):
        Person.objects.update(is_active=False)


def test_an_action_that_is_not_allowed_leaves_nothing(host: Organisation, charity: Organisation) -> None:
    reader, lines = somebody(Role.READER, host), Deed.objects.count()
    with pytest.raises(PermissionDenied, match="people at A Charity"):
        _ = actions.invite(by=reader, organisation=charity, email="x@y.example", name="X", role=Role.LEAD)
    assert Deed.objects.count() == lines


def test_an_action_that_fails_half_way_leaves_nothing(host: Organisation) -> None:
    administrator = somebody(Role.ADMINISTRATOR, host)
    held, lines = Membership.objects.get(person=administrator), Deed.objects.count()
    with pytest.raises(ValidationError, match="Nobody would be left"):
        _ = actions.end_role(by=administrator, membership=held, on=JOINED.replace(year=2026), why="I am leaving")
    assert Membership.objects.get(pk=held.pk).ends is None
    assert Deed.objects.count() == lines
    assert chain().sound


def test_the_ledger_says_who_did_what_to_whom_and_why(host: Organisation, police: Organisation) -> None:
    administrator = somebody(Role.ADMINISTRATOR, police)
    _ = actions.invite(
        by=administrator, organisation=police, email="new@police.example", name="New", role="reader", why="A new post"
    )
    line = Deed.objects.first()
    assert line is not None
    assert (line.did, line.who, line.because) == ("invited", administrator.email, "A new post")
    assert re.fullmatch(r"the-police: invitation \d+: Reader at The Police", line.to), "whose it is, its row says"
    assert line.organisation == "the-police"


@pytest.mark.parametrize(
    "tampering",
    [
        "update partnership_deed set who = 'nobody' where number = 2",
        "update partnership_deed set organisation = '' where number = 2",
        "update partnership_deed set organisation = 'other' where number = 2",
        "delete from partnership_deed where number = 2",
        "delete from partnership_deed where number = (select max(number) from partnership_deed)",
        "delete from partnership_head",
        "update partnership_head set number = number - 1",
    ],
)
def test_a_line_that_was_tampered_with_is_found(police: Organisation, charity: Organisation, tampering: str) -> None:
    assert chain().sound
    with connection.cursor() as cursor:
        cursor.execute(tampering)
    assert not chain().sound


def test_a_role_elsewhere_does_not_reach(police: Organisation, charity: Organisation) -> None:
    contributor = somebody(Role.CONTRIBUTOR, police)
    assert may(contributor, Power.SEND_FILES, police)
    assert not may(contributor, Power.SEND_FILES, charity)
    assert not may(contributor, Power.SEND_FILES)


def test_a_role_at_the_host_reaches_everywhere(host: Organisation, charity: Organisation) -> None:
    assert may(somebody(Role.ANALYST, host), Power.WRITE_RETURNS, charity)


def test_a_role_for_one_source_sends_that_source_only(police: Organisation) -> None:
    person = somebody(Role.CONTRIBUTOR, police, source="police_records")
    assert may(person, Power.SEND_FILES, police, source="police_records")
    assert not may(person, Power.SEND_FILES, police, source="ambulance")


def test_a_role_that_ended_gives_nothing(police: Organisation) -> None:
    person = somebody(Role.READER, police)
    _ = actions.end_role(
        by=BY, membership=Membership.objects.get(person=person), on=JOINED.replace(year=2025), why="Left"
    )
    assert not may(Person.objects.get(pk=person.pk), Power.SEE_FIGURES)
