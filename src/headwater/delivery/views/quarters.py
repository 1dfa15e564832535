"""The quarters: opened, chased, locked."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from headwater.delivery import actions
from headwater.delivery.forms import QuarterForm
from headwater.delivery.models import Quarter, Return
from headwater.delivery.questions import awaited, reminders
from headwater.delivery.views.finding import Reported, quarter_numbered
from headwater.partnership.forms import ReasonForm
from headwater.partnership.guard import Request, page
from headwater.partnership.models import Power
from headwater.partnership.questions import may


@page(Power.READ_SENT)
def quarters(request: Request) -> HttpResponse:
    """Every quarter, how many of its returns are in, and who is late."""
    counted = {state: Count("returns", filter=Q(returns__state=state)) for state in Return.State.values}
    waiting = awaited(timezone.localdate())
    context = {
        "quarters": Quarter.objects.annotate(**{f"are_{state}": count for state, count in counted.items()}),
        "waiting": waiting,
        "reminders": reminders(waiting),
        "may_approve": may(request.user, Power.APPROVE_RETURNS),
        "to_decide": Return.objects.filter(state=Return.State.SENT).select_related(
            "intervention__organisation", "quarter"
        ),
    }
    return render(request, "delivery/quarters.html", context)


@page(Power.APPROVE_RETURNS)
def open_quarter(request: Request) -> HttpResponse:
    """Open a quarter for returns."""
    form = QuarterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = actions.open_quarter(by=request.user, year=said["year"], number=int(said["number"]), due=said["due"])
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, f"Returns may now be made for {made}.")
            return redirect("quarters")
    return render(request, "frame/form.html", {"form": form, "title": "Open a quarter", "submit": "Open it"})


@page(Power.APPROVE_RETURNS, of=quarter_numbered)
def lock_quarter(request: Request, reported: Reported) -> HttpResponse:
    """Close a quarter for good."""
    quarter = reported.quarter
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _ = actions.lock_quarter(
                by=request.user, quarter=quarter, on=timezone.localdate(), why=form.cleaned_data["why"]
            )
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, f"{quarter} is locked.")
            return redirect("quarters")
    title = f"Lock {quarter}"
    return render(request, "frame/form.html", {"form": form, "title": title, "submit": "Lock it"})
