"""The rule at the door of every page: what it needs, whose it is, and whether opening it is written down.

    @page(Power.READ_SENT, of=upload)
    def show_upload(request: Request, upload: Upload) -> HttpResponse: ...

A page is handed the thing it shows, already found and already allowed: it never looks a number up itself, so a number typed into an
address can never open another organisation's row.
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Protocol, cast

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from headwater.partnership.actions import record
from headwater.partnership.models import GUARDED, Opening, Organisation, Person, Power
from headwater.partnership.questions import limits_of, may, may_by_role, opening_of, refuse


class Request(HttpRequest):
    """A request of somebody who is signed in."""

    user: Person  # pyright: ignore[reportIncompatibleVariableOverride]


class Belongs(Protocol):
    """A row that is an organisation, or belongs to one; or something of the partnership's, which belongs to none. It may have an
    `area`: the code of the only area it is about."""

    @property
    def organisation(self) -> Organisation | None: ...


Finder = Callable[..., Belongs]
View = Callable[..., HttpResponse]
LONGEST = 280
"""Letters of an address that the ledger keeps."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What a page asks of whoever opens it."""

    needs: Power | None
    """None for a page that anybody may open."""
    of: Finder | None = None
    """Finds, from the address, the thing that is shown; None where the page is about the partnership as a whole."""
    ledgered: bool = False
    """Is opening it written in the ledger?"""
    own: bool = False
    """Is what is shown somebody's own, and nobody else's to see?"""
    more: Power | None = None
    """What it shows more of, to whoever may do this too."""


@dataclass(frozen=True, slots=True)
class Admitted:
    """Somebody let in by a rule, and what they are shown."""

    person: Person
    rule: Rule
    shown: Belongs | None

    @property
    def whose(self) -> Organisation | None:
        """The organisation that what they are shown belongs to; None for what is the partnership's."""
        return getattr(self.shown, "organisation", None)

    def note(self, did: str, address: str) -> None:
        """Write in the ledger that it was read, where the rule says so, or where only an emergency opened it: then with its reason."""
        opening = self._opening()
        if self.rule.ledgered or opening:
            why = opening.why if opening else ""
            _ = record(did, address[:LONGEST], by=self.person, whose=self.whose, why=why)

    def check(self) -> None:
        """Raises Http404 or PermissionDenied where they may not come in. Of another organisation's row, or of another's own,
        nobody is told that it exists."""
        own = not self.rule.own or getattr(self.shown, "person_id", None) == self.person.pk
        if own and self._may(may):
            return
        if self.whose is None and own:
            refuse(cast("Power", self.rule.needs), None)
        raise Http404

    def _may(self, asked: Callable[..., bool]) -> bool:
        return asked(self.person, self.rule.needs, self.whose, **limits_of(self.shown))

    def _opening(self) -> Opening | None:
        """What was opened in an emergency without which they would see less of this, or nothing."""
        limits = limits_of(self.shown)
        only_so = (
            opening_of(self.person, power, self.whose)
            for power in (self.rule.needs, self.rule.more)
            if power and not may_by_role(self.person, power, self.whose, **limits)
        )
        return next(filter(None, only_so), None)


def admit(person: Person, rule: Rule, named: dict[str, Any]) -> Admitted:
    """Let somebody in by a rule, to what the address names. Raises Http404 or PermissionDenied where they may not come in."""
    admitted = Admitted(person, rule, _found(rule.of, named) if rule.of else None)
    admitted.check()
    return admitted


def page(
    needs: Power, *, of: Finder | None = None, ledgered: bool = False, own: bool = False, more: Power | None = None
) -> Callable[[View], View]:
    """Put a rule at a page's door. Without it, `tests/web` will not let an address be."""
    rule = Rule(needs, of, ledgered, own, more)

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, **named: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            person = cast("Person", request.user)
            if needs in GUARDED and not is_mfa_enabled(person):
                return redirect("second_factor")
            admitted = admit(person, rule, named)
            answer = view(request, admitted.shown) if of else view(request, **named)
            if answer.status_code == HTTPStatus.OK:
                admitted.note(_verb(answer), request.path)
            return _kept_private(answer, ledgered)

        guarded.rule = rule  # pyright: ignore[reportFunctionMemberAccess]
        return guarded

    return wrap


def open_page(view: View) -> View:
    """A page that anybody may open, signed in or not."""
    view.rule = Rule(None)  # pyright: ignore[reportFunctionMemberAccess]
    return view


def rule_of(view: Any) -> Rule | None:
    """The rule at a page's door, or None where somebody forgot it."""
    found = getattr(view, "rule", None)
    return found if isinstance(found, Rule) else None


def _verb(answer: HttpResponse) -> str:
    return "downloaded" if answer.get("Content-Disposition", "").startswith("attachment") else "read"


def _kept_private(answer: HttpResponse, ledgered: bool) -> HttpResponse:
    """No one between us and the reader keeps a copy; of what is not released the reader's own browser keeps none either.

    Elsewhere a browser may: whoever goes back after a form was refused finds what they typed.
    """
    _ = answer.headers.setdefault("Cache-Control", "no-store" if ledgered else "private, no-cache")
    return answer


def _found(of: Finder, named: dict[str, Any]) -> Belongs:
    try:
        return of(**named)
    except ObjectDoesNotExist as problem:
        raise Http404 from problem
