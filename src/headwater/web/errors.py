"""When something cannot be shown: what is wrong, and what to do. None of these pages ever says what somebody typed."""

import sys
from datetime import timedelta

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
AWAY = (OperationalError, InterfaceError)
"""What is raised while the database restarts, or is locked for too long."""
WAIT = 30
"""Seconds after which to ask again."""
MINUTE = 60


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django hands it in; it is for logs
    """A form that was opened too long ago, or came from elsewhere."""
    return render(request, "errors/stale.html", status=403)


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - it may hold what was sent
    """400, or 413 where what was sent is too large. Drawn without the database: what is wrong may be the request itself."""
    large = isinstance(exception, TOO_LARGE)
    name, status = ("errors/large.html", 413) if large else ("errors/unreadable.html", 400)
    return HttpResponse(render_to_string(name), status=status)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: what the exception says is a sentence of ours."""
    return render(request, "errors/refused.html", {"why": str(exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - it holds the address
    """404: also of what may not be known to be there."""
    return render(request, "errors/not_found.html", status=404)


def failed(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - it cannot be trusted now
    """500, or 503 while the database is away. Drawn from a file alone: asking the database now could fail again."""
    if isinstance(sys.exc_info()[1], AWAY):
        return HttpResponse(render_to_string("errors/away.html"), status=503, headers={"Retry-After": str(WAIT)})
    return HttpResponse(render_to_string("errors/failed.html"), status=500)


def too_many(request: HttpRequest) -> HttpResponse:
    """429: too many tries of anything from one machine."""
    return come_back(request, "errors/too_many.html", MINUTE)


def come_back(request: HttpRequest, template: str, seconds: int) -> HttpResponse:
    """429, with the minute from which another try will be heard."""
    context = {"minutes": -(-seconds // MINUTE), "until": timezone.localtime() + timedelta(seconds=seconds + MINUTE)}
    answer = render(request, template, context, status=429)
    answer["Retry-After"] = str(seconds)
    return answer
