"""Pages on what people send: sending it, what was found in it, landing it, taking it back."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render

from headwater.partnership import actions
from headwater.partnership.forms import UploadForm
from headwater.partnership.guard import Request, page
from headwater.partnership.models import Organisation, Power, Upload
from headwater.partnership.questions import may
from headwater.partnership.views.people import organisation_named
from headwater.partnership.views.receiving import taking_files
from headwater.sources.registry import BUILT_IN


def upload_numbered(number: int) -> Upload:
    return Upload.objects.select_related("organisation", "sent_by").get(pk=number)


@dataclass(frozen=True, slots=True)
class Sending:
    """A file that is about to be sent: for an organisation, of any source or of one alone."""

    organisation: Organisation
    source: str = ""


def to_send(slug: str, source: str = "") -> Sending:
    if source and source not in BUILT_IN:
        raise ObjectDoesNotExist
    return Sending(organisation_named(slug), source)


@taking_files
@page(Power.READ_SENT, of=to_send)
def send(request: Request, sending: Sending) -> HttpResponse:
    """Send a file for an organisation. Whoever holds the role for one source has an address of their own for it."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = _sent(request, sending, form)
        except ValidationError as problem:
            form.add_error("file", problem)
        else:
            return redirect("upload", number=made.pk)
    allowed = may(request.user, Power.SEND_FILES, sending.organisation, source=sending.source)
    context = {"form": form, "sending": sending, "title": f"Send a file for {sending.organisation}", "submit": "Send"}
    shown = {"organisation": sending.organisation, "allowed": allowed, "most": settings.LARGEST_UPLOAD}
    return render(request, "partnership/send.html", context | shown)


def _sent(request: Request, sending: Sending, form: UploadForm) -> Upload:
    file, whose = form.cleaned_data["file"], {"organisation": sending.organisation, "source": sending.source}
    made = actions.send_file(by=request.user, parcel=file.parcel, **whose)
    file.keep()
    return made


@page(Power.READ_SENT, of=upload_numbered)
def upload(request: Request, upload: Upload) -> HttpResponse:
    """What was sent, what was found in it, and what became of it."""
    _ = actions.find_stopped()
    last = upload.builds.select_related("progress").first()
    context: dict[str, Any] = {
        "upload": upload,
        "build": last,
        "may_send": may(request.user, Power.SEND_FILES, upload.organisation, source=upload.source),
        "may_build": may(request.user, Power.BUILD),
    }
    return render(request, "partnership/upload.html", context)


@page(Power.READ_SENT, of=upload_numbered)
def land(request: Request, upload: Upload) -> HttpResponse:
    """Ask for a checked upload to be landed."""
    if request.method == "POST":
        try:
            made = actions.ask_to_land(by=request.user, upload=upload)
        except ValidationError as problem:
            messages.info(request, " ".join(problem.messages))
        else:
            return redirect("build", number=made.pk)
    return redirect("upload", number=upload.pk)


@page(Power.READ_SENT, of=upload_numbered)
def take_back(request: Request, upload: Upload) -> HttpResponse:
    """Take an upload back before it lands; its file is deleted."""
    if request.method == "POST":
        try:
            _ = actions.take_back(by=request.user, upload=upload)
        except ValidationError as problem:
            messages.info(request, " ".join(problem.messages))
        else:
            actions.throw_away(upload.place)
            messages.success(request, "It was taken back, and the file is deleted.")
    return redirect("upload", number=upload.pk)
