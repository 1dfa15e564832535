"""Where one begins, and why a second factor is asked for."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from headwater.partnership.guard import Request, open_page, page
from headwater.partnership.models import Power
from headwater.partnership.questions import may
from headwater.web.edition import contents_of, edition_in_hand
from headwater.web.waiting import waiting_for


@page(Power.READ_PARTNERSHIP)
def home(request: Request) -> HttpResponse:
    """What waits for one, and the edition in hand: its name and its day, and none of its figures."""
    edition = edition_in_hand()
    sees = may(request.user, Power.SEE_FIGURES)
    context = {
        "waiting": waiting_for(request.user),
        "sees": sees,
        "edition": edition,
        "said": edition.said if edition else None,
        "chapters": contents_of(edition).chapters if edition and sees else (),
        "own_areas": _own_areas(request) if edition and not sees else (),
        "builds": may(request.user, Power.BUILD),
    }
    return render(request, "frame/home.html", context)


def _own_areas(request: Request) -> tuple[str, ...]:
    """The codes of the areas whose local editions somebody may read who may not read the whole."""
    codes = dict.fromkeys(held.area for held in request.user.standing if held.area)
    return tuple(code for code in codes if may(request.user, Power.SEE_FIGURES, area=code))


@open_page
@login_required
def second_factor(request: HttpRequest) -> HttpResponse:
    """Why a passkey or a one-time code is asked for, and how to have one."""
    return render(request, "frame/second_factor.html")
