"""A return: written, looked over, sent, read."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from headwater.delivery import actions
from headwater.delivery.actions import Stale
from headwater.delivery.forms import ReturnForm, VersionForm
from headwater.delivery.models import Return
from headwater.delivery.questions import problems_of
from headwater.delivery.views.finding import Due, due_numbered, return_numbered
from headwater.delivery.views.reading import reading_of
from headwater.delivery.views.typed import forget_typed, keeps_what_was_typed, typed_before, wants_json
from headwater.partnership.guard import Request, page
from headwater.partnership.models import Power
from headwater.partnership.questions import may


@page(Power.WRITE_RETURNS, of=due_numbered)
def begin_return(request: Request, due: Due) -> HttpResponse:
    """Begin a return, or go on with the one that is begun."""
    begun = Return.objects.filter(intervention=due.intervention, quarter=due.quarter).first()
    if begun or request.method != "POST":
        return (
            redirect("write_return", number=begun.pk) if begun else redirect("intervention", slug=due.intervention.slug)
        )
    try:
        begun = actions.begin(by=request.user, intervention=due.intervention, quarter=due.quarter)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("intervention", slug=due.intervention.slug)
    return redirect("write_return", number=begun.pk)


@keeps_what_was_typed
@page(Power.WRITE_RETURNS, of=return_numbered)
def write_return(request: Request, returned: Return) -> HttpResponse:
    """All of a return on one page. Its script saves as one goes; without it the button does."""
    if request.method == "POST":
        return _answered(request, returned)
    if not returned.is_open:
        return redirect("return", number=returned.pk)
    before = typed_before(request)
    return _written(request, returned, ReturnForm(returned, before), before is not None)


def _answered(request: Request, returned: Return) -> HttpResponse:
    form = ReturnForm(returned, request.POST)
    valid = form.is_valid()
    if wants_json(request):
        return _save_quietly(request, form)
    try:
        if not valid:
            return _written(request, returned, form)
        _ = _save(request, form)
    except Stale:
        now = return_numbered(returned.pk)
        return _stale(request, now) if _differ(request, now) else redirect("check_return", number=now.pk)
    except ValidationError as problem:
        form.add_error(None, problem)
        return _written(request, returned, form)
    forget_typed(request)
    return redirect("check_return", number=returned.pk)


def _written(request: Request, returned: Return, form: ReturnForm, kept: bool = False) -> HttpResponse:
    return render(request, "delivery/write.html", {"returned": returned, "form": form, "kept": kept})


def _save(request: Request, form: ReturnForm) -> Return:
    version, mark = form.cleaned_data.get("version") or 0, form.cleaned_data.get("mark", "")
    return actions.save_return(
        by=request.user, returned=form.returned, version=version, answers=form.answers, page=mark
    )


def _save_quietly(request: Request, form: ReturnForm) -> HttpResponse:
    """What the page's script hears: the new version, and the answers that will not do, which were left out."""
    errors = {name: found[0] for name, found in form.errors.items()}
    try:
        saved = _save(request, form)
    except Stale as stale:
        return JsonResponse({"stale": True, "version": stale.now.version}, status=409)
    except ValidationError as problem:
        return JsonResponse({"errors": {"": " ".join(problem.messages)}}, status=422)
    return JsonResponse({"version": saved.version, "errors": errors})


@dataclass(frozen=True, slots=True)
class Difference:
    """An answer that two people gave differently."""

    field: BoundField
    label: str
    yours: str
    theirs: str


def _stale(request: Request, now: Return) -> HttpResponse:
    """Both texts, side by side; nothing that was typed is lost, and sending it again is a choice."""
    said = request.POST.copy()
    said["version"] = str(now.version)
    context = {"returned": now, "form": ReturnForm(now, said), "differ": _differ(request, now), "stale": True}
    return render(request, "delivery/write.html", context, status=409)


def _differ(request: Request, now: Return) -> list[Difference]:
    form, saved = ReturnForm(now, request.POST), ReturnForm(now)
    return [
        Difference(form[name], form.fields[name].label or name, yours, theirs)
        for name in form.fields
        if name not in ("version", "mark") and (yours := _shown(form[name])) != (theirs := _shown(saved[name]))
    ]


def _shown(field: BoundField) -> str:
    value = field.value()
    return "" if value in (None, False) else str(value).replace("\r\n", "\n")


@page(Power.WRITE_RETURNS, of=return_numbered)
def check_return(request: Request, returned: Return) -> HttpResponse:
    """Everything that was said, what is wrong or odd with it, and the button that sends it."""
    if not returned.is_open:
        return redirect("return", number=returned.pk)
    form, refused = VersionForm(request.POST or None), []
    if request.method == "POST" and form.is_valid():
        try:
            version, today = form.cleaned_data["version"], timezone.localdate()
            _ = actions.submit(by=request.user, returned=returned, version=version, on=today)
        except ValidationError as problem:
            refused = problem.messages
        else:
            messages.success(request, "Your return is sent. You will see here when it is approved.")
            return redirect("return", number=returned.pk)
    found = problems_of(returned)
    context = {"returned": returned, "problems": found, "refused": refused, **reading_of(returned)}
    return render(request, "delivery/check.html", context)


@page(Power.READ_SENT, of=return_numbered, ledgered=True)
def show_return(request: Request, returned: Return) -> HttpResponse:
    """One return as it stands, and what whoever reads it may do with it."""
    context = {
        "returned": returned,
        "may_write": may(request.user, Power.WRITE_RETURNS, returned.organisation),
        "may_approve": may(request.user, Power.APPROVE_RETURNS),
        "may_break": may(request.user, Power.BREAK_GLASS),
        "sent_it": returned.sent_by == request.user.email,
        "problems": problems_of(returned),
        **reading_of(returned),
    }
    return render(request, "delivery/return.html", context)
