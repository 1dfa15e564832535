"""Pages on what the partnership is held to, and what shows it."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from headwater.partnership import actions
from headwater.partnership.forms import ProofForm, ReasonForm, tell
from headwater.partnership.guard import Request, page
from headwater.partnership.models import DutyProof, Organisation, Power
from headwater.partnership.questions import CHECKLISTS, DUTY, checklist, framework_named, may
from headwater.partnership.views.people import organisation_named
from headwater.vocabulary import Element, Framework, WrongRequest


def proof_numbered(number: int) -> DutyProof:
    return DutyProof.objects.select_related("organisation").get(pk=number)


@dataclass(frozen=True, slots=True)
class Way:
    """One of the checklists, in the list of them."""

    name: str
    title: str
    here: bool


@page(Power.READ_PARTNERSHIP)
def duties(request: Request) -> HttpResponse:
    """A framework as a checklist: what is shown, by whom, and what is not yet."""
    name = request.GET.get("framework", DUTY)
    if name not in CHECKLISTS:
        raise Http404
    context = {
        "checklist": checklist(name),
        "checklists": [Way(each, framework_named(each).title, each == name) for each in CHECKLISTS],
        "may_show": may(request.user, Power.AGREE),
        "host": Organisation.objects.filter(hosts=True).first(),
        "own": [
            held.organisation for held in request.user.standing if may(request.user, Power.AGREE, held.organisation)
        ],
    }
    return render(request, "partnership/duties.html", context)


@page(Power.AGREE, of=organisation_named)
def show_duty(request: Request, organisation: Organisation) -> HttpResponse:
    """Say what shows an element for one organisation; the hosts say it for all together."""
    framework, element = _wanted(request)
    form = ProofForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _ = actions.show_duty(
                by=request.user,
                organisation=organisation,
                framework=framework.name,
                element=element.id,
                **form.cleaned_data,
            )
        except ValidationError as problem:
            tell(form, problem)
        else:
            messages.success(request, f"{element.title}: shown for {organisation}.")
            return redirect(f"{reverse('duties')}?framework={framework.name}#{element.id}")
    title = f"{element.title}: show it for {'all together' if organisation.hosts else organisation}"
    context = {"form": form, "title": title, "submit": "Show it", "element": element, "framework": framework}
    return render(request, "partnership/show_duty.html", context)


@page(Power.AGREE, of=proof_numbered)
def withdraw_proof(request: Request, proof: DutyProof) -> HttpResponse:
    """Take back what does not show what it was to show."""
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _ = actions.withdraw_proof(by=request.user, proof=proof, why=form.cleaned_data["why"])
        except ValidationError as problem:
            tell(form, problem)
        else:
            return redirect(f"{reverse('duties')}?framework={proof.framework}#{proof.element}")
    title = f"Take back what {proof.organisation} showed on {proof.on:%-d %B %Y}"
    return render(request, "frame/form.html", {"form": form, "title": title, "submit": "Take it back"})


def _wanted(request: Request) -> tuple[Framework, Element]:
    try:
        framework = framework_named(request.GET.get("framework", ""))
        return framework, framework.find(request.GET.get("element", ""))
    except WrongRequest as problem:
        raise Http404 from problem
