"""What becomes of what people send: it is taken in, checked, refused or landed, or taken back, and its file is deleted."""

from datetime import timedelta
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone

from headwater.partnership.actions.builds import ask_to_check
from headwater.partnership.actions.quarantine import ORPHAN, Parcel, throw_away, throw_away_strays
from headwater.partnership.actions.recording import action
from headwater.partnership.models import Organisation, Power, Upload
from headwater.partnership.questions import Actor, Worker, must


@action("sent", Power.SEND_FILES)
def send_file(*, by: Actor, organisation: Organisation, parcel: Parcel, source: str = "", why: str = "") -> Upload:
    """Take note of a file that lies in the quarantine, and ask for it to be checked. Raises ValidationError for one of no kind
    that is read."""
    from headwater.partnership.actions.building import clear

    upload = Upload(
        organisation=organisation,
        sent_by=by if getattr(by, "pk", None) else None,
        source=source,
        kind="".join(PurePosixPath(parcel.name.casefold()).suffixes[-2:])[-20:],
        size=parcel.size,
        place=parcel.place,
    )
    upload.full_clean()
    upload.save()
    _ = ask_to_check(by=by, upload=upload)
    _ = clear.using(run_after=timezone.now() + timedelta(hours=settings.QUARANTINE_HOURS, minutes=1)).enqueue()
    return upload


@action("checked", None, about="upload")
def note_check(*, by: Worker, upload: Upload, name: str, found: dict[str, Any]) -> Upload:
    """A worker has read every row of it."""
    upload.state, upload.name, upload.found = Upload.State.CHECKED, name, found
    upload.full_clean()
    upload.save()
    return upload


@action("refused", None, about="upload")
def refuse_upload(*, by: Worker, upload: Upload, why: str) -> Upload:
    """A worker refuses it, and says why."""
    return _settle(upload, Upload.State.REFUSED, why=why)


@action("landed", None, about="upload")
def note_landing(*, by: Worker, upload: Upload, package: str) -> Upload:
    """A worker has landed it, as the package of this fingerprint."""
    upload.package = package
    return _settle(upload, Upload.State.LANDED)


@action("took back", None, about="upload")
def take_back(*, by: Actor, upload: Upload, why: str = "") -> Upload:
    """Whoever may send files for its organisation takes it back before it lands."""
    must(by, Power.SEND_FILES, upload.organisation, source=upload.source)
    held = Upload.objects.select_for_update().get(pk=upload.pk)
    if not held.is_waiting:
        raise ValidationError(f"It is {held.get_state_display().lower()} already, and its file is gone.")
    if held.builds.filter(state="running").exists():
        raise ValidationError("It is being worked on just now. Wait until that is over.")
    return _settle(held, Upload.State.WITHDRAWN, why=why)


@action("deleted, for nobody landed it in time,", None, about="upload")
def let_run_out(*, by: Worker, upload: Upload) -> Upload:
    """Its time in the quarantine is over; the clock decides it."""
    return _settle(upload, Upload.State.RUN_OUT)


def _settle(upload: Upload, state: str, why: str = "") -> Upload:
    upload.state, upload.why, upload.gone = state, why, timezone.now()
    upload.full_clean()
    upload.save()
    return upload


def clear_quarantine(*, nothing_arrives: bool = False) -> None:
    """Delete every file that is not waiting any longer, and those whose time is over; where nothing can be arriving, what belongs to
    no upload as well, however young. Done again it does nothing more."""
    last = timezone.now() - timedelta(hours=settings.QUARANTINE_HOURS)
    over = Upload.objects.filter(state__in=Upload.WAITING, sent__lt=last).exclude(
        builds__state__in=("asked", "running")
    )
    for upload in over.select_related("organisation"):
        _ = let_run_out(by=Worker(), upload=upload)
    places = list(Upload.objects.values_list("place", "state"))
    waiting = {place for place, state in places if state in Upload.WAITING}
    settled = {place for place, _ in places} - waiting
    throw_away_strays(waiting, settled, timedelta() if nothing_arrives else ORPHAN)


def forget(upload: Upload) -> None:
    """Delete the file of an upload that is settled."""
    throw_away(upload.place)
