"""Pages of what lets somebody in besides their own sign-in: tokens for programs, and what is opened in an emergency."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render

from headwater.partnership import actions
from headwater.partnership.forms import OpeningForm, TokenForm, tell
from headwater.partnership.guard import Request, page
from headwater.partnership.models import OPENABLE, POWERS, READABLE, Opening, Organisation, Power, Token
from headwater.partnership.questions import may_by_role
from headwater.partnership.views.people import organisation_named


def token_numbered(number: int) -> Token:
    return Token.objects.get(pk=number)


def opening_numbered(number: int) -> Opening:
    return Opening.objects.select_related("organisation").get(pk=number)


@page(Power.READ_PARTNERSHIP)
def tokens(request: Request) -> HttpResponse:
    """The tokens of whoever looks."""
    return render(request, "partnership/tokens.html", {"tokens": request.user.tokens.all()})


@page(Power.READ_PARTNERSHIP)
@reauthentication_required
def new_token(request: Request) -> HttpResponse:
    """Make a token. Whoever finds a sign-in left open cannot: the password or the second factor is asked for once more."""
    held = {power for role in request.user.standing for power in POWERS[role.role]} & READABLE
    form = TokenForm(request.POST or None, powers=held)
    if request.method == "POST" and form.is_valid():
        try:
            cut = actions.make_token(by=request.user, **form.cleaned_data)
        except ValidationError as problem:
            tell(form, problem)
        else:
            return render(request, "partnership/token.html", {"cut": cut})
    return render(request, "partnership/new_token.html", {"form": form, "title": "Make a token", "submit": "Make it"})


@page(Power.READ_PARTNERSHIP, of=token_numbered, own=True)
def end_token(request: Request, token: Token) -> HttpResponse:
    """End a token of one's own."""
    if request.method == "POST":
        _ = actions.end_token(by=request.user, token=token)
        messages.success(request, "The token is ended.")
        return redirect("tokens")
    return render(request, "partnership/end_token.html", {"token": token})


@page(Power.BREAK_GLASS, of=organisation_named)
def open_in_emergency(request: Request, organisation: Organisation) -> HttpResponse:
    """Open something that one's own role does not, with a reason that the organisation is told."""
    shut = {power for power in OPENABLE if not may_by_role(request.user, power, organisation)}
    form = OpeningForm(request.POST or None, powers=shut)
    if request.method == "POST" and form.is_valid():
        try:
            _ = actions.open_in_emergency(by=request.user, organisation=organisation, **form.cleaned_data)
        except ValidationError as problem:
            tell(form, problem)
        else:
            messages.success(request, f"It is open, and {organisation} is told.")
            return redirect("organisation", slug=organisation.slug)
    title = f"Open something at {organisation} in an emergency"
    return render(request, "partnership/opening.html", {"form": form, "title": title, "submit": "Open it"})


@page(Power.BREAK_GLASS, of=opening_numbered, own=True)
def close_opening(request: Request, opening: Opening) -> HttpResponse:
    """Close before its time what one opened."""
    if request.method == "POST":
        _ = actions.close(by=request.user, opening=opening)
        messages.success(request, "It is closed.")
        return redirect("organisation", slug=opening.organisation.slug)
    return render(request, "partnership/close_opening.html", {"opening": opening})
