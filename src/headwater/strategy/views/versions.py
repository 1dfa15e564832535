"""Pages on versions that were frozen: to be read, commented on, compared and taken away."""

import io
import zipfile
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from headwater.documents import Document, write_docx, write_ods, write_pdf, write_site
from headwater.partnership.actions import record
from headwater.partnership.guard import Request, page
from headwater.partnership.models import Organisation, Person, Power
from headwater.partnership.questions import may
from headwater.strategy import actions
from headwater.strategy.forms import AdoptForm, AnswerForm, ConsultForm, RemarkForm
from headwater.strategy.models import Version
from headwater.strategy.questions.changes import changes
from headwater.strategy.questions.document import document
from headwater.strategy.views.blocks import web_pages
from headwater.strategy.views.finding import (
    Remark,
    Wanted,
    may_see_figures,
    opened_figures,
    remark_numbered,
    version_named,
    wanted_named,
)
from headwater.strategy.views.writing import take

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "html": "application/zip",
}
WRITERS = {"pdf": write_pdf, "docx": write_docx, "ods": write_ods}
MOMENT = (1980, 1, 1, 0, 0, 0)
"""The time on files in a zip: the same version gives the same bytes."""
DAYS = 28


def before(version: Version) -> Version | None:
    """The adopted version that came before it."""
    earlier = Version.objects.filter(kind=Version.Kind.ADOPTED, pk__lt=version.pk)
    return earlier.order_by("-pk").first()


def own(person: Person) -> list[Organisation]:
    """The organisations that somebody may speak for."""
    return list(dict.fromkeys(held.organisation for held in person.standing))


@page(Power.READ_STRATEGY)
def versions(request: Request) -> HttpResponse:
    """Every version that was frozen."""
    rows = Version.objects.defer("content").prefetch_related("comments")
    today = timezone.localdate()
    context = {
        "rows": [{"version": each, "open": each.is_open(today), "comments": len(each.comments.all())} for each in rows],
        "may_consult": may(request.user, Power.WRITE_STRATEGY),
        "may_adopt": may(request.user, Power.AGREE),
    }
    return render(request, "strategy/versions.html", context)


@page(Power.READ_STRATEGY, of=version_named)
def version(request: Request, version: Version) -> HttpResponse:
    """A version as it will be printed, with what was said of it."""
    shows, earlier = opened_figures(request), before(version)
    context = {
        "version": version,
        "before": earlier,
        "shows": shows,
        "pages": web_pages(document(version, earlier, shows=shows)),
        "comments": version.comments.select_related("organisation"),
        "is_open": version.is_open(timezone.localdate()),
        "may_answer": may(request.user, Power.WRITE_STRATEGY),
    }
    return render(request, "strategy/version.html", context)


@page(Power.READ_STRATEGY, of=version_named)
def changed(request: Request, version: Version) -> HttpResponse:
    """What changed since the last adopted version."""
    earlier = before(version)
    shows = opened_figures(request)
    found = changes(earlier.content, version.content, shows=shows) if earlier else ()
    groups = [(title, [each for each in found if each.how == how])
              for how, title in (("new", "New"), ("changed", "Changed"), ("gone", "No longer there"))]  # fmt: skip
    context = {"version": version, "before": earlier, "groups": groups, "count": len(found)}
    return render(request, "strategy/changes.html", context)


@page(Power.READ_STRATEGY, of=wanted_named)
def download(request: Request, wanted: Wanted) -> HttpResponse:
    """A version to take away; one with figures is written in the ledger."""
    version = wanted.version
    shows = may_see_figures(request.user)
    if shows:
        _ = record("downloaded", request.path, by=request.user)
    try:
        content = made(document(version, before(version), shows=shows), wanted.form)
    except ValueError as problem:
        messages.error(
            request, f"It cannot be made: {problem}. Take the letter out of the part it is in, and freeze it anew."
        )
        return redirect("version", slug=version.slug)
    answer = HttpResponse(content, content_type=TYPES[wanted.form])
    ending = "zip" if wanted.form == "html" else wanted.form
    answer["Content-Disposition"] = f'attachment; filename="{version.slug}.{ending}"'
    return answer


def made(said: Document, form: str) -> bytes:
    """A document in a format: one file, or a zip of the site. Raises ValueError where a letter is not in the typeface."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "strategy"
        if form == "html":
            return _zipped(path, write_site(said, path))
        WRITERS[form](said, path)
        return path.read_bytes()


def _zipped(root: Path, files: tuple[Path, ...]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for path in files:
            package.writestr(zipfile.ZipInfo(path.relative_to(root).as_posix(), MOMENT), path.read_bytes())
    return held.getvalue()


@page(Power.WRITE_STRATEGY)
def consult(request: Request) -> HttpResponse:
    """Freeze what stands and open it for comments."""
    today = timezone.localdate()
    form = ConsultForm(request.POST or None, initial={"opens": today, "closes": today + timedelta(days=DAYS)})
    if request.method == "POST" and form.is_valid():
        try:
            draft = actions.consult(by=request.user, **form.cleaned_data)
        except ValidationError as problem:
            take(form, problem)
        else:
            return redirect("version", slug=draft.slug)
    context = {"form": form, "title": "Open the strategy for comments", "submit": "Freeze it and open it"}
    return render(request, "frame/form.html", context | {"cancel": reverse("versions")})


@page(Power.AGREE)
def adopt(request: Request) -> HttpResponse:
    """Freeze what stands as what was agreed."""
    form = AdoptForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            adopted = actions.adopt(by=request.user, **form.cleaned_data)
        except ValidationError as problem:
            take(form, problem)
        else:
            return redirect("version", slug=adopted.slug)
    context = {"form": form, "title": "Record that the strategy was adopted", "submit": "Freeze it as adopted"}
    return render(request, "frame/form.html", context | {"cancel": reverse("versions")})


@page(Power.READ_STRATEGY, of=version_named)
def comment(request: Request, version: Version) -> HttpResponse:
    """Say, for one's own organisation, what it thinks of a draft."""
    form = RemarkForm(request.POST or None, own=own(request.user))
    home = reverse("version", args=[version.slug])
    if request.method == "POST" and form.is_valid():
        try:
            _ = actions.comment(by=request.user, version=version, **form.cleaned_data)
        except ValidationError as problem:
            take(form, problem)
        else:
            messages.success(request, "Your comment is written down.")
            return redirect(home)
    context = {"form": form, "title": f"Comment on {version}", "submit": "Send the comment", "cancel": home}
    return render(request, "frame/form.html", context | {"keep": f"strategy-comment-{version.slug}"})


@page(Power.WRITE_STRATEGY, of=remark_numbered)
def answer(request: Request, remark: Remark) -> HttpResponse:
    """Say what became of a comment."""
    said = remark.comment
    form = AnswerForm(request.POST or None, initial={"says": said.answer})
    home = reverse("version", args=[said.version.slug])
    if request.method == "POST" and form.is_valid():
        _ = actions.answer(by=request.user, remark=said, says=form.cleaned_data["says"])
        return redirect(home)
    context = {"form": form, "title": f"Answer {said.organisation}", "comment": said, "cancel": home}
    return render(request, "strategy/answer.html", context)
