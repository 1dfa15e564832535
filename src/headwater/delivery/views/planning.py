"""What is delivered: every intervention, one of them, and how it is planned."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from headwater.delivery import actions
from headwater.delivery.forms import LineForm, MilestoneForm, PlanForm, TargetForm
from headwater.delivery.models import Intervention, Quarter, Return
from headwater.delivery.questions import pounds
from headwater.delivery.questions.standing import standing_of, to_do
from headwater.delivery.views.finding import intervention_named
from headwater.partnership.guard import Request, page
from headwater.partnership.models import Power
from headwater.partnership.questions import may


@page(Power.READ_STRATEGY)
def delivery(request: Request) -> HttpResponse:
    """Every intervention with its last approved colour; and, first, what is asked of whoever is reading."""
    writes = [
        held.organisation_id
        for held in request.user.standing
        if may(request.user, Power.WRITE_RETURNS, held.organisation)
    ]
    context = {
        "standing": standing_of(),
        "to_do": to_do(writes, timezone.localdate()),
        "may_plan": may(request.user, Power.WRITE_STRATEGY),
        "sees_all": may(request.user, Power.READ_SENT),
        "sees_figures": may(request.user, Power.SEE_FIGURES),
        "mine": {held.organisation_id for held in request.user.standing},
    }
    return render(request, "delivery/delivery.html", context)


@page(Power.READ_SENT, of=intervention_named)
def intervention(request: Request, intervention: Intervention) -> HttpResponse:
    """One intervention: its returns, its money, its milestones."""
    returns = {each.quarter_id: each for each in intervention.returns.select_related("quarter")}
    quarters = [(q, returns.get(q.pk)) for q in Quarter.objects.all() if intervention.runs_in(q)]
    context = {
        "intervention": intervention,
        "quarters": quarters,
        "lines": [(line, list(map(pounds, line.profile)), pounds(line.amount)) for line in intervention.lines.all()],
        "milestones": intervention.milestones.all(),
        "evaluations": intervention.evaluations.all(),
        "sees_figures": may(request.user, Power.SEE_FIGURES, intervention.organisation),
        "may_write": may(request.user, Power.WRITE_RETURNS, intervention.organisation),
        "may_plan": may(request.user, Power.WRITE_STRATEGY),
        "may_grant": may(request.user, Power.AGREE),
        "open_states": (Return.State.DRAFT, Return.State.RETURNED),
    }
    return render(request, "delivery/intervention.html", context)


@page(Power.WRITE_STRATEGY)
def plan_intervention(request: Request) -> HttpResponse:
    """Plan something that is to be delivered."""
    form = PlanForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.plan(by=request.user, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, f"{made} is planned. Next: its money, its milestones and its targets.")
            return redirect("intervention", slug=made.slug)
    title = "Plan something to be delivered"
    return render(request, "frame/form.html", {"form": form, "title": title, "submit": "Plan it"})


@page(Power.AGREE, of=intervention_named)
def add_line(request: Request, intervention: Intervention) -> HttpResponse:
    """Give it money."""

    def act(**said: Any) -> object:
        profile = tuple(said.pop(name) or 0 for name in ("first", "second", "third", "fourth"))
        return actions.grant(profile=profile, **said)

    return _add(request, intervention, LineForm, act, "Money for")


@page(Power.WRITE_STRATEGY, of=intervention_named)
def add_milestone(request: Request, intervention: Intervention) -> HttpResponse:
    """Set a milestone."""
    return _add(request, intervention, MilestoneForm, actions.set_milestone, "A milestone of")


@page(Power.WRITE_STRATEGY, of=intervention_named)
def add_target(request: Request, intervention: Intervention) -> HttpResponse:
    """Say how many are meant to start."""
    return _add(request, intervention, TargetForm, actions.set_target, "A target for")


def _add(
    request: Request, intervention: Intervention, asks: type[Form], act: Callable[..., object], title: str
) -> HttpResponse:
    form = asks(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _ = act(by=request.user, intervention=intervention, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            return redirect("intervention", slug=intervention.slug)
    return render(request, "frame/form.html", {"form": form, "title": f"{title} {intervention}", "submit": "Save"})
