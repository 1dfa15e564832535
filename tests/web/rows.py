"""A partnership with one row of everything an address can name, for the tests that open every address there is.

Whoever adds a page whose rule finds a new kind of row says in ROWS how one is made: `tests/web/test_permissions.py` fails until then.
What belongs to an organisation belongs to the police.
"""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.test import Client, override_settings
from django.utils import timezone

from headwater.delivery import actions as delivery
from headwater.delivery.models import Evaluation, Intervention, Quarter
from headwater.editing import actions as editing
from headwater.editing.models import Change, Refresh
from headwater.partnership import actions
from headwater.partnership.models import (
    POWERS,
    READABLE,
    Build,
    Membership,
    Office,
    Organisation,
    Person,
    Role,
    Upload,
    acting,
)
from headwater.strategy import actions as strategy
from headwater.strategy.models import Action, Need, Part, Priority, Version
from headwater.web.again import ask_again
from headwater.web.views.numbers import number_of
from web.conftest import BY, JOINED, signed_in, somebody
from web.small_edition import NAME, RATE_OF_EAST, shelve

CHAPTER, MEASURE = "scale", "violence.rate"
PLAN = {
    "question": "Fewer robberies?",
    "design": "interrupted-series",
    "series": "robbery-control",
    "direction": "fall",
    "worth": 10,
    "begins": "2022-01",
    "month": "2025-01",
}


@dataclass
class World:
    """The hosts, two members, somebody in every role at each, and what rows were made of them."""

    root: Path
    host: Organisation
    police: Organisation
    charity: Organisation
    people: dict[tuple[str, str], Person] = field(default_factory=dict)
    tokens: dict[tuple[str, str], str] = field(default_factory=dict)
    browsers: dict[tuple[str, str], Client] = field(default_factory=dict)
    made: dict[str, dict[str, Any]] = field(default_factory=dict)

    def make_all(self) -> None:
        """Make a row of every kind."""
        for name, make in ROWS.items():
            self.made[name] = make(self)

    def row(self, finder: Callable[..., Any]) -> dict[str, Any]:
        """What an address must say for `finder` to find a row. Raises KeyError for one that nobody has said how to make."""
        return self.made[f"{finder.__module__.removeprefix('headwater.')}.{finder.__qualname__}"]

    def browser(self, role: str, where: str) -> Client:
        """A browser in which somebody of that role there has signed in, once for all tests: what it does is taken back."""
        return copy(self.browsers[role, where])

    def program(self, role: str, where: str) -> Client:
        """A program that shows a token of theirs, which may read all that they may."""
        return Client(headers={"Authorization": f"Bearer {self.tokens[role, where]}"})


@contextmanager
def world(root: Path) -> Generator[World]:
    """The partnership in the database, and a workspace with a small edition; taken back at the end of the block."""
    quick = {
        "WORKSPACE": root / "workspace",
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
        "CACHES": {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
        "SECURE_SSL_REDIRECT": False,
    }
    with override_settings(**quick), transaction.atomic():
        yield _filled(root / "workspace")
        transaction.set_rollback(True)


def _filled(root: Path) -> World:
    _ = shelve(root)
    chapters = root / "editions" / NAME / "chapters"
    chapters.mkdir()
    _ = (root / "editions" / NAME / "package" / "datapackage.json").write_text('{"resources": []}', encoding="utf-8")
    _ = (chapters / f"{CHAPTER}.md").write_text("It writes itself.\n", encoding="utf-8")
    host = actions.bring_in(by=BY, name="The Unit", kind="unit", joined=JOINED, hosts=True)
    police = actions.bring_in(by=BY, name="The Police", kind="police", joined=JOINED, producer="The Police")
    charity = actions.bring_in(by=BY, name="A Charity", kind="community", joined=JOINED)
    made = World(root, host, police, charity)
    for organisation, where in ((host, "hosts"), (police, "own"), (charity, "other")):
        for role in Role:
            person = somebody(role, organisation)
            made.people[role, where] = person
            made.browsers[role, where] = signed_in(person)
            powers = sorted(POWERS[role] & READABLE)
            made.tokens[role, where] = actions.make_token(by=person, name="x", powers=powers, days=7).secret
    made.make_all()
    return made


# --- one row of each kind ----------------------------------------------------------------------------------------------


def _edition(_made: World) -> dict[str, Any]:
    return {"edition": NAME}


def _membership(made: World) -> dict[str, Any]:
    return {"number": Membership.objects.get(person=made.people[Role.READER, "own"]).pk}


def _invitation(made: World) -> dict[str, Any]:
    letter = actions.invite(by=BY, organisation=made.police, email="new@police.example", name="New", role=Role.READER)
    return {"number": letter.invitation.pk}


def _token(made: World) -> dict[str, Any]:
    return {"number": made.people[Role.LEAD, "own"].tokens.get().pk}


def _opening(made: World) -> dict[str, Any]:
    opened = actions.open_in_emergency(
        by=Person.objects.get(pk=made.people[Role.LEAD, "hosts"].pk),
        organisation=made.charity,  # and not where the rest is: what is opened there is not what a role opens
        power="read who holds which role at an organisation",
        hours=1,
        why="Their administrator has left",
    )
    return {"number": opened.pk}


def _comment(made: World) -> dict[str, Any]:
    writer = made.people[Role.ANALYST, "hosts"]
    chapter = editing.take_in_hand(by=writer, slug=CHAPTER, title="Scale", text="Ours.")
    return {"number": editing.comment(by=writer, chapter=chapter, text="Why?").pk}


def _change(made: World) -> dict[str, Any]:
    with acting():
        refresh = Refresh(earlier=NAME, snapshot="a" * 64)
        refresh.save()
        change = Change(refresh=refresh, kind="moved", finding=MEASURE, before="24.0", after="25.0")
        change.save()
    return {"number": change.pk}


def _check(_made: World) -> dict[str, Any]:
    where = {"edition": NAME, "anchor": RATE_OF_EAST}
    return where | {"run": ask_again(number_of(**where)).pk}


def _view(made: World) -> dict[str, Any]:
    reader = made.people[Role.READER, "own"]
    return {"edition": NAME, "number": editing.keep_view(by=reader, name="Ours", measure=MEASURE).pk}


def _intervention(made: World) -> Intervention:
    found = Intervention.objects.first()
    return found or delivery.plan(
        by=BY, organisation=made.police, name="Mentoring", prevention="secondary", starts=date(2025, 10, 1)
    )


def _quarter(_made: World) -> Quarter:
    found = Quarter.objects.first()
    return found or delivery.open_quarter(by=BY, year=2025, number=3, due=date(2026, 1, 31))


def _return(made: World) -> dict[str, Any]:
    return {"number": delivery.begin(by=BY, intervention=_intervention(made), quarter=_quarter(made)).pk}


def _upload(made: World) -> Upload:
    found = Upload.objects.first()
    if found is None:
        with acting():
            found = Upload(organisation=made.police, kind="csv", size=1, place="x" * 32, sent=timezone.now())
            found.save()
    return found


def _build(made: World) -> dict[str, Any]:
    with acting():
        build = Build(kind=Build.Kind.CHECK, organisation=made.police, upload=_upload(made))
        build.save()
    return {"number": build.pk}


def _evaluation(made: World) -> dict[str, Any]:
    """Registered without an edition that has its series: what is opened here is its page, not its power."""
    with acting():
        plan = Evaluation(
            intervention=_intervention(made), registered=date(2024, 9, 1), starts=date(2025, 1, 1), **PLAN
        )
        plan.save()
    return {"number": plan.pk}


def _part(kind: type[Part], **said: Any) -> Part:
    found = kind.objects.first()
    return found or strategy.add(by=BY, kind=kind, said=said)


def _need(_made: World) -> dict[str, Any]:
    return {"slug": _part(Need, title="Young people are hurt", says="Many are.").slug}


def _priority(_made: World) -> dict[str, Any]:
    return {"slug": _part(Priority, title="Fewer knives", says="Fewer are carried.").slug}


def _action(made: World) -> dict[str, Any]:
    said = {"name": "Mentoring", "says": "Somebody older.", "prevention": "secondary", "starts": date(2026, 4, 1)}
    return {"slug": _part(Action, owner=made.police, **said).slug}


def _version() -> Version:
    days = {"opens": date(2026, 1, 5), "closes": date(2036, 1, 5)}
    return Version.objects.first() or strategy.consult(by=BY, title="Strategy 2026", **days)


def _remark(made: World) -> dict[str, Any]:
    return {"number": strategy.comment(by=BY, organisation=made.police, version=_version(), says="Why?").pk}


def _proof(made: World) -> dict[str, Any]:
    said = {
        "framework": "serious-violence-duty",
        "element": "collaborate",
        "statement": "We meet.",
        "paper": "Minutes",
        "on": date(2025, 1, 6),
    }
    return {"number": actions.show_duty(by=BY, organisation=made.police, **said).pk}


def _office(made: World) -> Office:
    held = Office.objects.first()
    return held or actions.make_office(by=BY, organisation=made.police, title="Chief Constable", starts=JOINED)


def _area(made: World) -> dict[str, Any]:
    return {
        "number": actions.give_area(by=BY, office=_office(made), code="Z23000001", name="Aldermere", starts=JOINED).pk
    }


def _holder(made: World) -> dict[str, Any]:
    return {
        "number": actions.seat_holder(
            by=BY, office=_office(made), name="A. N. Other", how="appointed", starts=JOINED
        ).pk
    }


ROWS: dict[str, Callable[[World], dict[str, Any]]] = {
    "partnership.views.duties.proof_numbered": _proof,
    "partnership.views.offices.office_numbered": lambda made: {"number": _office(made).pk},
    "partnership.views.offices.area_numbered": _area,
    "partnership.views.offices.holder_numbered": _holder,
    "partnership.views.people.organisation_named": lambda _: {"slug": "the-police"},
    "partnership.views.people.membership_numbered": _membership,
    "partnership.views.people.invitation_numbered": _invitation,
    "partnership.views.access.token_numbered": _token,
    "partnership.views.access.opening_numbered": _opening,
    "web.edition.shelf.edition_named": _edition,
    "web.api.assessment.edition_named": _edition,
    "web.api.assessment.finding_named": lambda _: {"edition": NAME, "finding": MEASURE},
    "web.views.assessment.sheet": lambda _: {"edition": NAME, "slug": CHAPTER},
    "web.views.assessment.table": lambda _: {"edition": NAME, "name": "figures-violence-rate.csv"},
    "web.views.assessment.file": lambda _: {"edition": NAME, "name": "assessment.pdf"},
    "web.views.numbers.number_of": lambda _: {"edition": NAME, "anchor": RATE_OF_EAST},
    "web.views.numbers.check_numbered": _check,
    "web.views.looking.saved_view_numbered": _view,
    "web.views.areas.local_edition": lambda _: {"edition": NAME, "code": "X07000001"},
    "editing.views.chapters.comment_numbered": _comment,
    "editing.questions.chapters.in_hand": lambda _: {"slug": CHAPTER},
    "editing.views.refreshing.change_numbered": _change,
    "delivery.views.finding.quarter_numbered": lambda made: {"number": _quarter(made).pk, "kind": "docx"},
    "delivery.views.finding.return_numbered": _return,
    "delivery.views.finding.intervention_named": lambda made: {"slug": _intervention(made).slug},
    "delivery.views.finding.due_numbered": lambda made: {"slug": _intervention(made).slug, "number": _quarter(made).pk},
    "delivery.views.finding.evaluation_numbered": _evaluation,
    "partnership.views.uploads.to_send": lambda _: {"slug": "the-police", "source": "police_records"},
    "partnership.views.uploads.upload_numbered": lambda made: {"number": _upload(made).pk},
    "partnership.views.builds.build_numbered": _build,
    "strategy.views.finding.kind_named": lambda _: {"kind": "needs"},
    "strategy.views.finding.part_named": lambda made: {"kind": "needs"} | _need(made),
    "strategy.views.finding.need_named": _need,
    "strategy.views.finding.priority_named": _priority,
    "strategy.views.finding.action_named": _action,
    "strategy.views.finding.asked_named": _action,
    "strategy.views.finding.version_named": lambda _: {"slug": _version().slug},
    "strategy.views.finding.wanted_named": lambda _: {"slug": _version().slug, "form": "html"},
    "strategy.views.finding.remark_numbered": _remark,
}
