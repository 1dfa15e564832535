"""Pages on which chapters are written, read through and signed off."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from headwater.editing import actions
from headwater.editing.forms import CommentForm, SignOffForm, WordingForm
from headwater.editing.models import Comment
from headwater.editing.questions import (
    InHand,
    between,
    figures,
    in_hand,
    preview_of,
    quotable_figures,
    signed_by,
    slips_of,
    standings,
    text_in_file,
)
from headwater.partnership.forms import ReasonForm
from headwater.partnership.guard import Request, page
from headwater.partnership.models import Power
from headwater.partnership.questions import may


def comment_numbered(number: int) -> Comment:
    return Comment.objects.select_related("chapter").get(pk=number)


@page(Power.SEE_FIGURES)
def writing(request: Request) -> HttpResponse:
    """Every chapter and how it stands."""
    known = figures()
    context = {"figures": known, "chapters": standings(known) if known else ()}
    return render(request, "editing/writing.html", context)


@page(Power.SEE_FIGURES, of=in_hand, ledgered=True)
def chapter(request: Request, held: InHand) -> HttpResponse:
    """One chapter as it will read, what is wrong with it, and what is said of it."""
    row = held.chapter
    context = {
        "held": held,
        "preview": preview_of(held.text, held.figures),
        "slips": slips_of(held.slug, held.text, held.figures),
        "comments": row.comments.select_related("by", "settled_by") if row else (),
        "signed": signed_by(row) if row else (),
        "form": CommentForm(),
        "may_write": may(request.user, Power.WRITE_CHAPTERS, held.organisation),
        "may_sign": may(request.user, Power.REVIEW_CHAPTERS, held.organisation),
    }
    return render(request, "editing/chapter.html", context)


@page(Power.WRITE_CHAPTERS, of=in_hand, ledgered=True)
def word(request: Request, held: InHand) -> HttpResponse:
    """Write. A wording that somebody else saved meanwhile is shown beside one's own; nothing typed is lost."""
    begun = {"text": held.text, "version": held.version}
    form = WordingForm(request.POST or None, initial=begun)
    if request.method == "POST" and form.is_valid():
        try:
            saved = _save(request, held, form.cleaned_data)
        except actions.Stale as stale:
            return _both(request, held, form.cleaned_data, stale)
        messages.success(request, f"{saved.title} is saved as wording {saved.version}.")
        return redirect("chapter", slug=held.slug)
    text = str(form["text"].value() or "")
    return render(request, "editing/word.html", _desk(held, form, text) | {"elsewhere": _elsewhere(held)})


def _save(request: Request, held: InHand, said: dict[str, Any]) -> Any:
    if held.chapter is None and said["version"] == 0:
        return actions.take_in_hand(
            by=request.user, slug=held.slug, title=held.title, text=said["text"], why=said["why"]
        )
    if held.chapter is None:
        raise ValidationError("There is no such wording.")
    return actions.word(by=request.user, chapter=held.chapter, **said)


def _both(request: Request, held: InHand, said: dict[str, Any], stale: actions.Stale) -> HttpResponse:
    """Two people wrote at once: mine stays in the box, theirs stands beside it, and saving again puts mine over theirs."""
    form = WordingForm(initial=said | {"version": stale.standing.version})
    theirs = between(stale.standing.text, said["text"])
    context = _desk(held, form, said["text"]) | {"stale": stale.standing, "differences": theirs}
    return render(request, "editing/word.html", context, status=409)


def _desk(held: InHand, form: WordingForm, text: str) -> dict[str, Any]:
    return {
        "held": held,
        "form": form,
        "slips": slips_of(held.slug, text, held.figures),
        "preview": preview_of(text, held.figures),
    }


def _elsewhere(held: InHand) -> str:
    """What the workspace's own file says, where it is not what stands here."""
    said = text_in_file(held.slug)
    standing = held.chapter.text if held.chapter else ""
    return said if said is not None and said.strip() != standing.strip() else ""


@page(Power.WRITE_CHAPTERS, of=in_hand)
@require_POST
def check(request: Request, held: InHand) -> HttpResponse:
    """The same reading-through, for a script, while somebody types."""
    text = request.POST.get("text", "")[:400_000]
    found = [
        {"line": s.line, "kind": s.kind, "written": s.written, "says": s.says}
        for s in slips_of(held.slug, text, held.figures)
    ]
    return JsonResponse({"slips": found, "preview": preview_of(text, held.figures)})


@page(Power.SEE_FIGURES, of=in_hand, ledgered=True)
def history(request: Request, held: InHand) -> HttpResponse:
    """Every wording, and what changed in the one that is asked for."""
    wordings = list(held.chapter.wordings.select_related("by")) if held.chapter else []
    asked = request.GET.get("wording", "")
    shown = next((each for each in wordings if str(each.version) == asked), wordings[0] if wordings else None)
    before = next((each for each in wordings if shown and each.version == shown.version - 1), None)
    differences = between(before.text if before else "", shown.text) if shown else []
    context = {"held": held, "wordings": wordings, "shown": shown, "differences": differences}
    return render(request, "editing/history.html", context)


@page(Power.SEE_FIGURES, of=in_hand)
@require_POST
def comment(request: Request, held: InHand) -> HttpResponse:
    form = CommentForm(request.POST)
    if held.chapter is None:
        messages.error(request, "This chapter writes itself. Take it in hand before it is commented on.")
    elif form.is_valid():
        _ = actions.comment(by=request.user, chapter=held.chapter, **form.cleaned_data)
    else:
        messages.error(request, "Your comment was empty, or longer than 4,000 characters. Nothing was saved.")
    return redirect("chapter", slug=held.slug)


@page(Power.WRITE_CHAPTERS, of=comment_numbered)
@require_POST
def settle(request: Request, said: Comment) -> HttpResponse:
    _ = actions.settle(by=request.user, comment=said)
    return redirect("chapter", slug=said.chapter.slug)


@page(Power.REVIEW_CHAPTERS, of=in_hand)
@require_POST
def sign_off(request: Request, held: InHand) -> HttpResponse:
    """Stand by the wording that was read, and by no other."""
    form = SignOffForm(request.POST)
    if held.chapter is None or not form.is_valid():
        messages.error(request, "There is no wording to sign off.")
        return redirect("chapter", slug=held.slug)
    try:
        _ = actions.sign_off(by=request.user, chapter=held.chapter, **form.cleaned_data)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, f"You stand by wording {form.cleaned_data['version']}.")
    return redirect("chapter", slug=held.slug)


@page(Power.WRITE_CHAPTERS, of=in_hand)
def let_go(request: Request, held: InHand) -> HttpResponse:
    """Let a chapter write itself again."""
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and held.chapter is not None:
        _ = actions.let_write_itself(by=request.user, chapter=held.chapter, why=form.cleaned_data["why"])
        return redirect("chapter", slug=held.slug)
    title = f"Let “{held.title}” write itself again"
    return render(request, "frame/form.html", {"form": form, "title": title, "submit": "Let it write itself"})


@page(Power.WRITE_CHAPTERS, ledgered=True)
def quoting(request: Request) -> HttpResponse:
    """Find a figure to quote."""
    wanted = request.GET.get("q", "")[:200]
    known = figures()
    found = quotable_figures(known, wanted) if known else []
    return render(request, "editing/quoting.html", {"wanted": wanted, "found": found, "figures": known})
