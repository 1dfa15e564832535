"""The register of evaluations."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from headwater.delivery import actions
from headwater.delivery.forms import AmendForm, RegisterForm
from headwater.delivery.models import Evaluation, Intervention
from headwater.delivery.questions.series import newest, series_names
from headwater.delivery.views.finding import evaluation_numbered, intervention_named
from headwater.partnership.guard import Request, page
from headwater.partnership.models import Power
from headwater.partnership.questions import may


@page(Power.SEE_FIGURES, ledgered=True)
def evaluations(request: Request) -> HttpResponse:
    """Every evaluation, with its newest answer; and what is delivered that nobody evaluates."""
    rows = Evaluation.objects.select_related("intervention__organisation").prefetch_related("results")
    entries = [(each, next(iter(each.results.all()), None)) for each in rows]
    context = {
        "entries": entries,
        "without": Intervention.objects.filter(evaluations__isnull=True).select_related("organisation"),
        "may_register": may(request.user, Power.WRITE_STRATEGY),
    }
    return render(request, "delivery/evaluations.html", context)


@page(Power.SEE_FIGURES, of=evaluation_numbered, ledgered=True)
def evaluation(request: Request, evaluation: Evaluation) -> HttpResponse:
    """One evaluation: the plan, what was changed in it, and every answer."""
    names = series_names(newest())
    context = {
        "evaluation": evaluation,
        "outcome": names.get(evaluation.series, ""),
        "donors": [names.get(name, name) for name in evaluation.donors],
        "may_register": may(request.user, Power.WRITE_STRATEGY),
        "may_run": may(request.user, Power.BUILD),
        "may_read": may(request.user, Power.READ_SENT, evaluation.organisation),
    }
    return render(request, "delivery/evaluation.html", context)


@page(Power.WRITE_STRATEGY, of=intervention_named)
def register_evaluation(request: Request, intervention: Intervention) -> HttpResponse:
    """Write a plan down, before it starts."""
    form = RegisterForm(request.POST or None, series=series_names(newest()))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.register(
                by=request.user, intervention=intervention, on=timezone.localdate(), **form.cleaned_data
            )
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, "The evaluation is registered. What is changed from here on wants a reason.")
            return redirect("evaluation", number=made.pk)
    title = f"Register an evaluation of {intervention}"
    return render(request, "frame/form.html", {"form": form, "title": title, "submit": "Register it"})


@page(Power.WRITE_STRATEGY, of=evaluation_numbered)
def amend_evaluation(request: Request, evaluation: Evaluation) -> HttpResponse:
    """Change a plan that was registered, with a reason."""
    now = {name: getattr(evaluation, name) for name in Evaluation.asked}
    form = AmendForm(request.POST or None, initial=now, series=series_names(newest()))
    if request.method == "POST" and form.is_valid():
        changes = dict(form.cleaned_data)
        why = changes.pop("why")
        try:
            _ = actions.amend(by=request.user, evaluation=evaluation, changes=changes, on=timezone.localdate(), why=why)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            return redirect("evaluation", number=evaluation.pk)
    return render(request, "frame/form.html", {"form": form, "title": "Change the plan", "submit": "Change it"})


@page(Power.BUILD, of=evaluation_numbered)
def run_evaluation(request: Request, evaluation: Evaluation) -> HttpResponse:
    """Run it on the newest edition."""
    if request.method == "POST":
        try:
            found = actions.run(by=request.user, evaluation=evaluation, on=timezone.localdate())
        except ValidationError as problem:
            messages.error(request, " ".join(problem.messages))
        else:
            messages.success(request, f"{found}. The reasons are below.")
    return redirect("evaluation", number=evaluation.pk)
