"""What was typed into a page while its reader's session ran out: kept in the new session until they are signed in again."""

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict

KEPT = "typed"
LONGEST = 60_000
"""Characters of one page that are kept."""
View = Callable[..., HttpResponse]


def wants_json(request: HttpRequest) -> bool:
    """Was it sent by the page's script, which reads the answer itself?"""
    return request.headers.get("Accept") == "application/json"


def keeps_what_was_typed(view: View) -> View:
    """Put round a page that somebody may be long about: whoever sends it after their session has ended signs in, and finds it."""

    @functools.wraps(view)
    def kept(request: HttpRequest, **named: Any) -> HttpResponse:
        if request.method == "POST" and not request.user.is_authenticated:
            if wants_json(request):
                return JsonResponse({"signed_out": True}, status=401)
            said = request.POST.copy()
            _ = said.pop("csrfmiddlewaretoken", None)
            if len(typed := said.urlencode()) <= LONGEST:
                request.session[KEPT] = {request.path: typed}
        return view(request, **named)

    return kept


def typed_before(request: HttpRequest) -> QueryDict | None:
    """What was typed into this page before the session ended."""
    said = request.session.get(KEPT, {}).get(request.path)
    return QueryDict(said) if said else None


def forget_typed(request: HttpRequest) -> None:
    """It was saved, or is no longer wanted."""
    if KEPT in request.session:
        del request.session[KEPT]
