"""The ledger, to be read: an organisation's own, or, for whoever the hosts trust with it, all of it."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from headwater.partnership.guard import Request, page
from headwater.partnership.models import Deed, Organisation, Power
from headwater.partnership.questions import chain, newest
from headwater.partnership.views.people import organisation_named

LINES = 50


@page(Power.AUDIT)
def ledger(request: Request) -> HttpResponse:
    """Everything that was done, newest first; whether the chain holds, for whoever asks, because it reads every line."""
    found = {"chain": chain()} if "check" in request.GET else dict(zip(("count", "seal"), newest(), strict=True))
    return _show(request, Deed.objects.all(), found)


@page(Power.READ_LEDGER, of=organisation_named)
def organisation_ledger(request: Request, organisation: Organisation) -> HttpResponse:
    """What was done with one organisation's people and data, by anybody."""
    return _show(request, Deed.objects.filter(organisation=organisation.slug), {"organisation": organisation})


def _show(request: Request, deeds: QuerySet[Deed], context: dict[str, Any]) -> HttpResponse:
    lines = Paginator(deeds, LINES).get_page(request.GET.get("page"))
    return render(request, "partnership/ledger.html", context | {"lines": lines})
