"""Refresh Monday, on a page."""

from collections.abc import Iterable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from headwater.editing import actions
from headwater.editing.forms import DecisionForm
from headwater.editing.models import Change, Refresh
from headwater.editing.questions import Figures, figures, title_of
from headwater.partnership.guard import Request, page
from headwater.partnership.models import Power
from headwater.partnership.questions import may

LINES = 40
SHOWN = {
    "": "Everything of the newest period",
    "untrue": "No longer true",
    "rank": "Ranks",
    "moved": "Figures",
    "revised": "Revisions of earlier periods",
}


def change_numbered(number: int) -> Change:
    return Change.objects.select_related("refresh").get(pk=number)


@page(Power.SEE_FIGURES, ledgered=True)
def refreshing(request: Request) -> HttpResponse:
    """What moved since the last edition, and what was decided."""
    latest = Refresh.objects.order_by("-when").first()
    shown = request.GET.get("show", "")
    changes = _asked(latest, shown) if latest else Change.objects.none()
    coming = figures()
    context = {
        "refresh": latest,
        "kinds": SHOWN.items(),
        "shown": shown if shown in SHOWN else "",
        "lines": _named(Paginator(changes, LINES).get_page(request.GET.get("page")), coming),
        "counts": latest.changes.values("kind", "decision").annotate(how_many=Count("pk")) if latest else (),
        "undecided": latest.changes.filter(decision="", kind="untrue").count() if latest else 0,
        "coming": coming if coming and coming.foreseen else None,
        "may_refresh": may(request.user, Power.BUILD),
        "may_decide": may(request.user, Power.WRITE_CHAPTERS),
    }
    return render(request, "editing/refreshing.html", context)


def _named(lines: Iterable[Change], known: Figures | None) -> Iterable[Change]:
    """Changes, each told what a reader calls what it is of."""
    for change in lines:
        change.called = called(change, known)
    return lines


def called(change: Change, known: Figures | None) -> str:
    """The title of the finding or the chapter that a change is of; its name where no edition has one."""
    if known is None:
        return change.finding
    if change.kind == Change.Kind.UNTRUE:
        return title_of(change.finding, known)
    found = known.quotable.findings.get(change.finding)
    return found.title if found else change.finding


def _asked(latest: Refresh, shown: str) -> "object":
    changes = latest.changes.select_related("by")
    match shown:
        case "untrue" | "rank" | "moved":
            return changes.filter(kind=shown, latest=True)
        case "revised":
            return changes.filter(latest=False)
        case _:
            return changes.filter(latest=True)


@page(Power.BUILD)
@require_POST
def refresh(request: Request) -> HttpResponse:
    """List what moved, now."""
    try:
        made = actions.refresh(by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, f"{made.changes.count():,} differences since the edition {made.earlier}.")
    return redirect("refreshing")


@page(Power.WRITE_CHAPTERS, of=change_numbered)
def decide(request: Request, change: Change) -> HttpResponse:
    """Accept, reject or note one change, by name."""
    form = DecisionForm(request.POST or None, initial={"decision": change.decision, "note": change.note})
    if request.method == "POST" and form.is_valid():
        try:
            _ = actions.decide(by=request.user, change=change, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            return redirect("refreshing")
    context = {"form": form, "change": change, "called": called(change, figures())}
    return render(request, "editing/decide.html", context)
