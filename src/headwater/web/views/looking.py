"""Looking closer: figures of one measure by area, as a map with its table beside it, and the views that people keep."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from headwater.editing import actions
from headwater.editing.models import SavedView
from headwater.editing.questions import saved_views
from headwater.partnership.guard import Request, page
from headwater.partnership.models import Power
from headwater.vocabulary import HeadwaterError
from headwater.web.edition import (
    EVERY,
    Choice,
    Look,
    OnShelf,
    edition_named,
    finding_named,
    levels_of,
    look,
    outlines_json,
    papers_of,
)
from headwater.web.forms import KeepForm, LookForm

SHADES = range(5)


def saved_view_numbered(edition: str, number: int) -> SavedView:
    _ = edition_named(edition)
    return SavedView.objects.select_related("person").get(pk=number)


@page(Power.SEE_FIGURES, of=edition_named, ledgered=True)
def look_closer(request: Request, edition: OnShelf) -> HttpResponse:
    """Choose figures, and see them."""
    form = LookForm(request.GET, edition=edition)
    seen = _seen(edition, form.choice) if form.is_bound and form.is_valid() else None
    return render(request, "assessment/look.html", _context(request, edition, form, seen) | {"keep": KeepForm()})


def _seen(edition: OnShelf, choice: Choice) -> Look:
    finding = finding_named(edition, choice.measure)
    if finding is None:
        raise Http404
    return look(edition, finding, choice)


def _context(request: Request, edition: OnShelf, form: LookForm, seen: Look | None) -> dict[str, Any]:
    return {
        "edition": edition,
        "said": edition.said,
        "form": form,
        "look": seen,
        "every": EVERY,
        "papers": papers_of(seen.finding) if seen else "",
        "views": saved_views(request.user),
        "boundaries": _boundaries(edition) if seen and seen.level else (),
        "parts": _parts(edition, seen),
    }


def _boundaries(edition: OnShelf) -> list[str]:
    """Whose outlines a map is drawn with, as they ask to be named."""
    sources = (each for each in edition.record["sources"] if each["dataset"] == "ons_places.boundaries")
    return list(dict.fromkeys(each["attribution"] for each in sources))


def _parts(edition: OnShelf, seen: Look | None) -> str:
    """The level of the larger areas whose edges are drawn over a map of small ones."""
    return next(iter(sorted(levels_of(edition) - {seen.level})), "") if seen and seen.level == "lsoa" else ""


@page(Power.SEE_FIGURES, of=edition_named)
@require_POST
def keep_view(request: Request, edition: OnShelf) -> HttpResponse:
    """Keep what one is looking at under a name."""
    form, keep = LookForm(request.POST, edition=edition), KeepForm(request.POST)
    if not (form.is_bound and form.is_valid()):
        return redirect("look", edition.name)
    if keep.is_valid():
        try:
            kept = actions.keep_view(by=request.user, **vars_of(form.choice), **keep.cleaned_data)
        except ValidationError as problem:
            keep.add_error("name", problem)
        else:
            messages.success(
                request, f"“{kept.name}” is kept. It opens the latest edition’s figures whenever it is opened."
            )
            return redirect(address_of_view(edition, form.choice))
    return render(
        request, "assessment/look.html", _context(request, edition, form, _seen(edition, form.choice)) | {"keep": keep}
    )


def vars_of(choice: Choice) -> dict[str, str]:
    return {"measure": choice.measure, "period": choice.period, "area": choice.area}


def address_of_view(edition: OnShelf, choice: Choice) -> str:
    """The link that opens the same figures again."""
    asked = {name: said for name, said in vars_of(choice).items() if said}
    return f"{reverse('look', args=[edition.name])}?{urlencode(asked)}"


@page(Power.SEE_FIGURES, of=saved_view_numbered, own=True)
@require_POST
def forget_view(request: Request, view: SavedView) -> HttpResponse:
    """Keep it no longer."""
    _ = actions.forget_view(by=request.user, view=view)
    messages.success(request, "The view is no longer kept.")
    return redirect("assessment")


@page(Power.SEE_FIGURES, of=edition_named)
def outlines(request: Request, edition: OnShelf) -> HttpResponse:
    """Where the areas of one level lie. There is no figure in it."""
    level = request.GET.get("level", "")
    if level not in levels_of(edition):
        raise Http404
    try:
        answer = HttpResponse(outlines_json(edition, level), content_type="application/geo+json")
    except HeadwaterError as problem:
        raise Http404(str(problem)) from problem
    answer["Cache-Control"] = "private, max-age=86400"
    return answer
