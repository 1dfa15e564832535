"""The rule at the door of every route, which is a page's own, and what a route is made of.

    @reading("/organisations/{slug}", Power.READ_PARTNERSHIP, of=organisation_named, gives=OrganisationShown)
    def organisation(organisation: Organisation) -> Any: ...

A route is handed the thing it shows, already found and already allowed, as a page is, and the request where it asks for it by that
name. It reads; no route writes.
"""

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema

from headwater.partnership.guard import Finder, Rule, admit
from headwater.partnership.models import GUARDED, Person, Power, Token
from headwater.web.api.tokens import Bearer, Pace

View = Callable[..., Any]
ABOUT = """What the pages of this partnership show, for programs, but for what is personal. Nothing here writes.

Make a token on your page *Tokens for programs*, and show it in a header of every request: `Authorization: Bearer` and the token. A token
reads what you may read, or less; what it reads is written in the ledger under your name. Figures here are not released: what
holds for a page holds for a program. Whoever asks too often is answered 429 and told in `Retry-After` how many seconds to wait."""


class Refusal(Schema):
    """Why nothing is given."""

    detail: str


class Wrong(Schema):
    """What is wrong with what was asked."""

    detail: list[dict[str, Any]]


REFUSALS: dict[int, type[Schema]] = {401: Refusal, 403: Refusal, 404: Refusal, 422: Wrong, 429: Refusal}


class Api(NinjaAPI):
    """Whose answers are kept by nobody on the way, and by no program that does not mean to."""

    def create_response(self, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = super().create_response(*args, **kwargs)
        answer["Cache-Control"] = "no-store"
        return answer


api = Api(
    title="Headwater",
    version="1",
    description=ABOUT,
    docs_url=None,
    openapi_url=None,
    auth=Bearer(),
    throttle=[Pace()],
    urls_namespace="api",
)


class Asked(HttpRequest):
    """A request of a program that showed a token."""

    user: Person  # pyright: ignore[reportIncompatibleVariableOverride]
    auth: Token


@dataclass(frozen=True, slots=True)
class Route:
    """One thing that a program may ask for."""

    path: str
    rule: Rule
    says: str


ROUTES: dict[str, Route] = {}
"""Every route by its name."""


def reading(
    path: str, needs: Power, *, gives: Any, of: Finder | None = None, ledgered: bool = False
) -> Callable[[View], View]:
    """Put a route at `path`, whose parts in braces are what `of` is asked with. `gives` is the shape of what it answers."""
    rule = Rule(needs, of, ledgered)

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: Asked, **named: Any) -> Any:
            keys = {name: named.pop(name) for name in _parameters(of)}
            _may_ask(request, needs)
            admitted = admit(request.user, rule, keys)
            if "request" in inspect.signature(view).parameters:
                named["request"] = request
            answer = view(admitted.shown, **named) if of else view(**named)
            admitted.note("read by token", request.path)
            return answer

        guarded.__signature__ = _signature(view, of)  # pyright: ignore[reportAttributeAccessIssue] - ninja reads it
        said = " ".join((view.__doc__ or "").split())
        ROUTES[view.__name__] = Route(path, rule, said)
        where = api.get(
            path,
            response={200: gives} | REFUSALS,
            url_name=view.__name__,
            operation_id=view.__name__,
            summary=said,
            description=_needs(needs),
        )
        return where(guarded)

    return wrap


def _needs(needs: Power) -> str:
    return f"For whoever may {needs.value}."


def _may_ask(request: Asked, needs: Power) -> None:
    if needs not in request.auth.opens:
        raise PermissionDenied(f"This token does not let you {needs.value}. Make one that does.")
    if needs in GUARDED and not is_mfa_enabled(request.user):
        raise PermissionDenied("Add a passkey or a one-time code to your account first.")


def _parameters(of: Finder | None) -> dict[str, inspect.Parameter]:
    return dict(inspect.signature(of).parameters) if of else {}


def _signature(view: View, of: Finder | None) -> inspect.Signature:
    """What is asked for: what finds the thing that is shown, and whatever else the route takes."""
    taken = [one for one in inspect.signature(view).parameters.values() if one.name != "request"]
    named = [
        one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in (*_parameters(of).values(), *taken[bool(of) :])
    ]
    return inspect.Signature([inspect.Parameter("request", inspect.Parameter.POSITIONAL_ONLY), *named])
