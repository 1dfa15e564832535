"""The ledger, to be read: an organisation's own, or, for whoever the hosts trust with it, all of it."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from headwater.partnership.guard import Request, page
from headwater.partnership.models import Deed, Organisation, Power
from headwater.partnership.questions import chain
from headwater.partnership.views.people import organisation_named

LINES = 50


@page(Power.AUDIT)
def ledger(request: Request) -> HttpResponse:
    """Everything that was done, newest first, and whether the chain holds."""
    return _show(request, Deed.objects.all(), None)


@page(Power.READ_LEDGER, of=organisation_named)
def organisation_ledger(request: Request, organisation: Organisation) -> HttpResponse:
    """What was done with one organisation's people and data, by anybody."""
    return _show(request, Deed.objects.filter(organisation=organisation.slug), organisation)


def _show(request: Request, deeds: "object", organisation: Organisation | None) -> HttpResponse:
    lines = Paginator(deeds, LINES).get_page(request.GET.get("page"))  # pyright: ignore[reportArgumentType]
    context = {"lines": lines, "organisation": organisation, "chain": None if organisation else chain()}
    return render(request, "partnership/ledger.html", context)
