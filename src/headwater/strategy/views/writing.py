"""Pages on which the strategy is written, tied, pinned and promised."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from headwater.partnership.forms import ReasonForm
from headwater.partnership.guard import Request, page
from headwater.partnership.models import Power
from headwater.strategy import actions
from headwater.strategy.forms import FORMS, FindingForm, PartForm, PinForm, PromiseForm, ReadingForm
from headwater.strategy.models import Action, Need, Part
from headwater.strategy.questions.changes import KINDS as CALLED
from headwater.strategy.questions.findings import findings, in_words, newest_edition, place_of
from headwater.strategy.questions.labels import LABELS
from headwater.strategy.questions.moving import coming, reranked
from headwater.strategy.questions.ranking import ranking
from headwater.strategy.views.finding import (
    Asked,
    Named,
    action_named,
    asked_named,
    kind_named,
    kind_of,
    need_named,
    part_named,
    standing,
)

PAGES = {"needs": "needs", "causes": "needs", "priorities": "priorities", "criteria": "priorities", "scores": "priorities",
         "actions": "actions", "money": "money", "outcomes": "outcomes", "assumptions": "priorities", "passages": "headings"}  # fmt: skip
"""Where parts of each kind are read."""
MOST = 120


def home_of(kind: str, part: Part | None = None) -> str:
    """The address at which a part is read; for one that has no page of its own, where its kind is."""
    if isinstance(part, Action):
        return reverse("act", args=[part.slug])
    for_action = getattr(part, "action", None)
    return reverse("act", args=[for_action.slug]) if for_action else reverse(PAGES[kind])


@page(Power.WRITE_STRATEGY, of=kind_named)
def add(request: Request, named: Named) -> HttpResponse:
    """Add a part. What it belongs to may be said in the address, by slug."""
    form = FORMS[named.kind](request.POST or None, initial=_said_in_address(request, named.model))
    context = {
        "form": form,
        "title": f"Add: {CALLED[named.kind].lower()}",
        "submit": "Add",
        "cancel": reverse(PAGES[named.kind]),
    }
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add(by=request.user, kind=named.model, said=form.said, why=form.cleaned_data["why"])
        except ValidationError as problem:
            take(form, problem)
        else:
            messages.success(request, f"“{made}” is added.")
            return redirect(home_of(named.kind, made))
    return render(request, "strategy/form.html", context | {"keep": f"strategy-add-{named.kind}"})


def _said_in_address(request: Request, model: type[Part]) -> dict[str, Any]:
    """Initial values, other parts by their slug: `?need=slug`, `?heading=engagement`."""
    found: dict[str, Any] = {}
    for name in (name for name in model.asked if name in request.GET):
        related = model._meta.get_field(name).related_model  # noqa: SLF001 - Django's documented way to a model's fields
        if isinstance(related, type) and issubclass(related, Part):
            slug = request.GET[name].replace("\0", "")  # PostgreSQL will not even compare with it
            found[name] = related.objects.standing().filter(slug=slug).first()
        elif related is None:
            found[name] = request.GET[name]
    return found


@page(Power.WRITE_STRATEGY, of=part_named)
def edit(request: Request, part: Part) -> HttpResponse:
    """Revise a part. One that somebody else saved meanwhile is shown beside one's own; nothing typed is lost."""
    kind = kind_of(part)
    title, home = f"Change: {part}", home_of(kind, part)
    form = FORMS[kind](request.POST or None, instance=part)
    context = {
        "form": form,
        "title": title,
        "cancel": home,
        "part": part,
        "kind": kind,
        "keep": f"strategy-{kind}-{part.slug}",
    }
    if request.method == "POST" and form.is_valid():
        said = {"part": part, "opened": form.cleaned_data["opened"], "said": form.said}
        try:
            held = actions.revise(by=request.user, why=form.cleaned_data["why"], **said)
        except actions.Stale as stale:
            return _both(request, context, form, stale)
        except ValidationError as problem:
            take(form, problem)
        else:
            messages.success(request, f"“{held}” is saved.")
            return redirect(home)
    return render(request, "strategy/form.html", context)


def _both(request: Request, context: dict[str, Any], form: PartForm, stale: actions.Stale) -> HttpResponse:
    """Mine stays in the boxes, theirs stands beside it, and saving again puts mine over theirs."""
    typed = request.POST.copy()
    typed["opened"] = str(stale.part.revision)
    again = type(form)(typed, instance=stale.part)
    mine, theirs = form.said, {name: getattr(stale.part, name) for name in form.said}
    differ = [(LABELS.get(name, name), theirs[name], mine[name]) for name in mine if mine[name] != theirs[name]]
    return render(
        request, "strategy/form.html", context | {"form": again, "stale": stale.part, "differ": differ}, status=409
    )


def take(form: Form, problem: ValidationError) -> None:
    """Put what an action refused beside the field it is of, or at the head."""
    if not hasattr(problem, "error_dict"):
        form.add_error(None, problem)
        return
    for name, errors in problem.error_dict.items():
        beside = {"pence": "pounds"}.get(name, name)
        form.add_error(beside if beside in form.fields and beside != NON_FIELD_ERRORS else None, errors)


@page(Power.WRITE_STRATEGY, of=part_named)
def take_out(request: Request, part: Part) -> HttpResponse:
    """Take a part out, with a reason."""
    form = ReasonForm(request.POST or None)
    home = home_of(kind_of(part), part)
    context = {"form": form, "title": f"Take out: {part}", "submit": "Take it out", "cancel": home}
    if request.method == "POST" and form.is_valid():
        _ = actions.take_out(by=request.user, part=part, why=form.cleaned_data["why"])
        messages.success(request, f"“{part}” is taken out. Versions that were frozen keep it.")
        return redirect(PAGES[kind_of(part)])
    return render(request, "frame/form.html", context)


@page(Power.WRITE_STRATEGY, of=need_named, ledgered=True)
def tie(request: Request, need: Need) -> HttpResponse:
    """Tie a need to a finding: first which, then which of its figures."""
    newest = newest_edition()
    known = findings(newest) if newest else {}
    chosen = known.get(request.GET.get("finding", ""))
    context = {"need": need, "edition": newest, "chosen": chosen, "cancel": reverse("need", args=[need.slug])}
    if chosen is None:
        form = FindingForm(initial={"finding": need.finding})
        form.fields["finding"].choices = [(name, f"{each['title']} ({name})") for name, each in known.items()]
        return render(request, "strategy/tie.html", context | {"form": form})
    form = _reading_form(request, need, chosen)
    if request.method == "POST" and form.is_valid():
        period, place, group = form.cleaned_data["reading"].split("|", 2)
        try:
            _ = actions.tie(by=request.user, need=need, opened=form.cleaned_data["opened"], finding=chosen["name"],
                            period=period, place=place, group=group, why=form.cleaned_data["why"])  # fmt: skip
        except ValidationError as problem:
            take(form, problem)
        else:
            return redirect("need", slug=need.slug)
    return render(request, "strategy/tie.html", context | {"form": form})


def _reading_form(request: Request, need: Need, finding: dict[str, Any]) -> ReadingForm:
    """The latest figures first."""
    form = ReadingForm(request.POST or None, initial={"opened": need.revision})
    cells = sorted(finding["cells"], key=lambda cell: cell["period"]["end"], reverse=True)
    form.fields["reading"].choices = [("|".join(place_of(cell)), in_words(cell)) for cell in cells[:MOST]]
    return form


@page(Power.WRITE_STRATEGY, ledgered=True)
@require_POST
def take_up(request: Request) -> HttpResponse:
    """Tie every need that a score rests on to its newest figure, and say what that does to the order."""
    before = standing()
    found = coming(before)
    for moved in found.moved if found else ():
        _ = actions.take_up(by=request.user, need=moved.need, opened=moved.need.revision)
    changed = reranked(ranking(before), ranking(standing()))
    said = f"{'; '.join(map(str, changed))}." if changed else "The order is as it was."
    messages.success(request, f"The newest figures are taken up. {said}")
    return redirect("priorities")


@page(Power.WRITE_STRATEGY, of=need_named)
def untie(request: Request, need: Need) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _ = actions.untie(by=request.user, need=need, opened=need.revision, why=form.cleaned_data["why"])
        return redirect("need", slug=need.slug)
    title = f"“{need}” no longer rests on {need.finding}"
    context = {"form": form, "title": title, "submit": "Untie it", "cancel": reverse("need", args=[need.slug])}
    return render(request, "frame/form.html", context)


@page(Power.WRITE_STRATEGY, of=action_named)
def pin(request: Request, act: Action) -> HttpResponse:
    """Pin an action to what is known of its kind today."""
    form = PinForm(request.POST or None, initial={"entry": act.evidence, "opened": act.revision})
    home = reverse("act", args=[act.slug])
    if request.method == "POST" and form.is_valid():
        try:
            _ = actions.pin(by=request.user, act=act, **form.cleaned_data)
        except ValidationError as problem:
            take(form, problem)
        else:
            return redirect(home)
    title = f"What is “{act}” a kind of?"
    return render(request, "frame/form.html", {"form": form, "title": title, "submit": "Pin it", "cancel": home})


@page(Power.PROMISE, of=asked_named)
def promise(request: Request, asked: Asked) -> HttpResponse:
    """Answer for one's own organisation what it is asked to do."""
    act = asked.act
    form = PromiseForm(request.POST or None, initial={"opened": act.revision})
    if request.method == "POST" and form.is_valid():
        try:
            given = actions.promise(by=request.user, organisation=act.owner, act=act, **form.cleaned_data)
        except actions.Stale as stale:
            typed = request.POST.copy()
            typed["opened"] = str(stale.part.revision)
            context = _promising(PromiseForm(typed), stale.part) | {"stale": stale.part}
            return render(request, "strategy/promise.html", context, status=409)
        except ValidationError as problem:
            take(form, problem)
        else:
            messages.success(request, f"Your answer is written down: {given.get_answer_display().lower()}.")
            return HttpResponseRedirect(reverse("strategy_partner", args=[act.owner.slug]))
    return render(request, "strategy/promise.html", _promising(form, act))


def _promising(form: PromiseForm, act: Action) -> dict[str, Any]:
    return {"form": form, "act": act, "title": act.name, "cancel": reverse("strategy_partner", args=[act.owner.slug])}
