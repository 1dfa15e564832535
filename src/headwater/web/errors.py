"""When something cannot be shown: what is wrong, and what to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django hands it in; it is for logs
    """A form that was opened too long ago, or came from elsewhere."""
    return render(request, "errors/stale.html", status=403)
