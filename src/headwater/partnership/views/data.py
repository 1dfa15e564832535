"""Pages on what has landed: agreements, what covers which month, what came when, and until when it is kept."""

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from headwater.partnership.guard import Request, page
from headwater.partnership.models import Organisation, Power
from headwater.partnership.questions import MONTHS, Holdings, may, sources_of, standing_of
from headwater.partnership.views.people import organisation_named

UPLOADS = 20


@page(Power.READ_PARTNERSHIP)
def data(request: Request) -> HttpResponse:
    """Whose data one may read, and where to go on."""
    waiting = Count("uploads", filter=Q(uploads__state__in=("sent", "checked")))
    every = Organisation.objects.annotate(waiting=waiting, sent=Count("uploads")).order_by("-hosts", "name")
    context = {
        "organisations": [each for each in every if may(request.user, Power.READ_SENT, each)],
        "limited": [(each, sources) for each in every if (sources := sources_of(request.user, each))],
        "may_read_builds": may(request.user, Power.READ_SENT),
    }
    return render(request, "partnership/data.html", context)


@page(Power.READ_SENT, of=organisation_named)
def organisation_data(request: Request, organisation: Organisation) -> HttpResponse:
    """What one organisation sent, and the ways to the rest."""
    sent = organisation.uploads.select_related("sent_by")[:UPLOADS]
    may_send = may(request.user, Power.SEND_FILES, organisation)
    context = {"organisation": organisation, "uploads": sent, "may_send": may_send, "here": "sent"}
    context["may_read_ledger"] = may(request.user, Power.READ_LEDGER, organisation)
    return render(request, "partnership/organisation_data.html", context)


@page(Power.READ_SENT, of=organisation_named)
def agreements(request: Request, organisation: Organisation) -> HttpResponse:
    """What was agreed: who shares what, why, and until when."""
    held = Holdings(organisation).agreements
    shown = [(each, standing_of(each, timezone.localdate())) for each in held]
    return render(
        request,
        "partnership/agreements.html",
        {"organisation": organisation, "agreements": shown, "here": "agreements"},
    )


@page(Power.READ_SENT, of=organisation_named)
def coverage(request: Request, organisation: Organisation) -> HttpResponse:
    """Which months came, and which did not."""
    calendars = Holdings(organisation).calendars
    context = {"organisation": organisation, "calendars": calendars, "months": MONTHS, "here": "coverage"}
    return render(request, "partnership/coverage.html", context)


@page(Power.READ_SENT, of=organisation_named)
def extracts(request: Request, organisation: Organisation) -> HttpResponse:
    """What landed, when, of whom, with its fingerprint."""
    context = {"organisation": organisation, "landings": Holdings(organisation).landings, "here": "extracts"}
    return render(request, "partnership/extracts.html", context)


@page(Power.READ_SENT, of=organisation_named)
def retention(request: Request, organisation: Organisation) -> HttpResponse:
    """Until when what landed may be kept, and what would be deleted today."""
    today = timezone.localdate().isoformat()
    kept = [(each, each.due(today)) for each in Holdings(organisation).retentions]
    due = sum(is_due for _, is_due in kept)
    return render(
        request,
        "partnership/retention.html",
        {"organisation": organisation, "kept": kept, "due": due, "here": "retention"},
    )
