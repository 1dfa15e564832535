"""Pages on what is built beside the pages: what is asked for, how far it is, and what came of it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from headwater.partnership import actions
from headwater.partnership.guard import Request, page
from headwater.partnership.models import Build, BuildProgress, Organisation, Power
from headwater.partnership.questions import may

LINES = 25


def build_numbered(number: int) -> Build:
    return Build.objects.select_related("organisation", "upload", "asked_by", "progress").get(pk=number)


@page(Power.READ_SENT)
def builds(request: Request) -> HttpResponse:
    """What is at work, what waits, and what was done."""
    _ = actions.find_stopped()
    every = Build.objects.select_related("organisation", "upload", "asked_by", "progress")
    context = {
        "lines": Paginator(every, LINES).get_page(request.GET.get("page")),
        "may_build": may(request.user, Power.BUILD),
        "in_hand": Build.objects.filter(kind=Build.Kind.ASSESS, state__in=("asked", "running")).first(),
    }
    return render(request, "partnership/builds.html", context)


@page(Power.BUILD)
def assess(request: Request) -> HttpResponse:
    """Ask for the assessment to be built."""
    if request.method != "POST":
        return redirect("builds")
    return _asked(request, lambda: _of_the_whole(request, Build.Kind.ASSESS))


@page(Power.BUILD)
def foresee(request: Request) -> HttpResponse:
    """Ask for the figures of the next edition to be worked out."""
    if request.method != "POST":
        return redirect("builds")
    return _asked(request, lambda: _of_the_whole(request, Build.Kind.FORESEE))


def _of_the_whole(request: Request, kind: Build.Kind) -> Build:
    return actions.ask_for_build(by=request.user, organisation=Organisation.objects.get(hosts=True), kind=kind)


@page(Power.READ_SENT, of=build_numbered)
def build(request: Request, build: Build) -> HttpResponse:
    """One build. It works without a script; with one the bar moves by itself."""
    if actions.find_stopped():
        build.refresh_from_db()
    context = {
        "build": build,
        "progress": _progress(build),
        "ahead": _ahead(build),
        "may_ask": _may_ask(request, build),
    }
    return render(request, "partnership/build.html", context)


@page(Power.READ_SENT, of=build_numbered)
def build_progress(request: Request, build: Build) -> HttpResponse:  # noqa: ARG001 - every page is handed it
    """How far it is, for the page's script."""
    if actions.find_stopped():
        build.refresh_from_db()
    found = _progress(build)
    said: dict[str, Any] = {"state": build.state, "words": build.get_state_display(), "in_hand": build.in_hand}
    said |= (
        {"step": found.step, "steps": found.steps, "doing": found.doing}
        if found
        else {"step": 0, "steps": 1, "doing": ""}
    )
    return JsonResponse(said, headers={"Cache-Control": "no-store"})


@page(Power.READ_SENT, of=build_numbered)
def build_again(request: Request, build: Build) -> HttpResponse:
    """Ask for what failed or stopped once more."""
    if request.method != "POST":
        return redirect("build", number=build.pk)
    by, upload = request.user, build.upload
    if upload is None:
        return _asked(request, lambda: actions.ask_for_build(by=by, organisation=build.organisation, kind=build.kind))
    ask = actions.ask_to_land if build.kind == Build.Kind.LAND else actions.ask_to_check
    return _asked(request, lambda: ask(by=by, upload=upload))


def _asked(request: Request, ask: Any) -> HttpResponse:
    try:
        made = ask()
    except ValidationError as problem:
        messages.info(request, " ".join(problem.messages))
        return redirect("builds" if may(request.user, Power.READ_SENT) else "data")
    return redirect("build", number=made.pk)


def _progress(build: Build) -> BuildProgress | None:
    return getattr(build, "progress", None)


def _ahead(build: Build) -> int:
    """How many are before it."""
    if build.state != Build.State.ASKED:
        return 0
    return Build.objects.filter(state__in=("asked", "running"), asked__lt=build.asked).count()


def _may_ask(request: Request, build: Build) -> bool:
    if build.in_hand or build.state == Build.State.DONE:
        return False
    if build.upload is None:
        return may(request.user, Power.BUILD, build.organisation)
    return build.upload.is_waiting and may(
        request.user, Power.SEND_FILES, build.organisation, source=build.upload.source
    )
