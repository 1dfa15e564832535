"""Pages on which a return that was sent is decided on."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from headwater.delivery import actions
from headwater.delivery.forms import DecideForm, OverrideForm, VersionForm
from headwater.delivery.models import Return
from headwater.delivery.views.finding import return_numbered
from headwater.partnership.forms import ReasonForm
from headwater.partnership.guard import Request, page
from headwater.partnership.models import Power


@page(Power.APPROVE_RETURNS, of=return_numbered)
def approve_return(request: Request, returned: Return) -> HttpResponse:
    """Agree to a return as it stands."""
    said = {"title": f"Approve the return of {returned}", "submit": "Approve it", "done": "The return is approved."}
    return _decide(request, returned, VersionForm, _dated(actions.approve), said)


@page(Power.APPROVE_RETURNS, of=return_numbered)
def send_back_return(request: Request, returned: Return) -> HttpResponse:
    """Give a return back to those who wrote it, with a reason."""
    said = {
        "title": f"Send back the return of {returned}",
        "submit": "Send it back",
        "done": "The return is sent back.",
    }
    return _decide(request, returned, DecideForm, _dated(actions.send_back), said)


@page(Power.APPROVE_RETURNS, of=return_numbered)
def override_colour(request: Request, returned: Return) -> HttpResponse:
    """Give a return another colour than its rule did, with a reason."""
    said = {"title": f"Override the colour of {returned}", "submit": "Override it", "done": "Both colours are kept."}
    return _decide(request, returned, OverrideForm, actions.override, said)


@page(Power.BREAK_GLASS, of=return_numbered)
def break_glass(request: Request, returned: Return) -> HttpResponse:
    """Open a locked return again, with a reason."""
    said = {
        "title": f"Break the glass: open the locked return of {returned}",
        "submit": "Open it again",
        "done": "The return is open again. It is locked as soon as it is approved.",
    }
    return _decide(request, returned, DecideForm, _dated(actions.break_glass), said)


@page(Power.WRITE_RETURNS, of=return_numbered)
def take_out_story(request: Request, returned: Return) -> HttpResponse:
    """Consent was taken back: the story goes, whatever has become of the return."""
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _ = actions.take_out_story(by=request.user, returned=returned, why=form.cleaned_data["why"])
        messages.success(request, "The story and what was written of its consent are gone.")
        return redirect("return", number=returned.pk)
    context = {"form": form, "title": "Take out the story", "submit": "Take it out", "returned": returned}
    return render(request, "delivery/decide.html", context)


def _dated(act: Callable[..., Return]) -> Callable[..., Return]:
    def today(**said: Any) -> Return:
        return act(on=timezone.localdate(), **said)

    return today


def _decide(
    request: Request, returned: Return, asks: type[Form], act: Callable[..., Return], said: dict[str, str]
) -> HttpResponse:
    form = asks(request.POST or None, initial={"version": returned.version})
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = form.cleaned_data
        try:
            _ = act(by=request.user, returned=returned, **given)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, said["done"])
            return redirect("return", number=returned.pk)
    return render(request, "delivery/decide.html", {"form": form, "returned": returned, **said})
