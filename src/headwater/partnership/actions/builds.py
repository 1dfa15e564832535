"""What becomes of work that is done beside the pages: it is asked for, begins, and is done, fails or is found to have stopped."""

import os
import socket
from datetime import timedelta

from django.utils import timezone

from headwater.lake.lock import alive
from headwater.partnership.actions.recording import action
from headwater.partnership.models import Build, BuildProgress, Organisation, Power, Upload
from headwater.partnership.questions import Actor, Worker, must

PATIENCE = timedelta(seconds=60)
"""A worker gives a sign of life every few seconds; after so long without one it is taken to be gone."""
STOPPED = "Whatever worked at it went away before it was done. Nothing was half-written. Ask for it again."


@action("asked for", Power.BUILD)
def ask_for_build(*, by: Actor, organisation: Organisation, kind: str = Build.Kind.ASSESS, why: str = "") -> Build:
    """Ask for the assessment to be built from what has landed, or for the figures that it would have to be worked out.
    `organisation` is the one that hosts the partnership."""
    return _ask(Build(kind=kind, organisation=organisation), by)


@action("asked for", None, about="upload")
def ask_to_check(*, by: Actor, upload: Upload, why: str = "") -> Build:
    """Ask for an upload to be checked. It asks for the power to send files for its organisation, of its source."""
    must(by, Power.SEND_FILES, upload.organisation, source=upload.source)
    return _ask(Build(kind=Build.Kind.CHECK, organisation=upload.organisation, upload=upload), by)


@action("asked for", None, about="upload")
def ask_to_land(*, by: Actor, upload: Upload, why: str = "") -> Build:
    """Ask for a checked upload to be landed. It asks for the power to send files for its organisation, of its source."""
    must(by, Power.SEND_FILES, upload.organisation, source=upload.source)
    return _ask(Build(kind=Build.Kind.LAND, organisation=upload.organisation, upload=upload), by)


def _ask(build: Build, by: Actor) -> Build:
    from headwater.partnership.actions.building import carry_out

    build.asked_by = by if getattr(by, "pk", None) else None
    build.full_clean()
    build.save()
    _ = carry_out.enqueue(build.pk)
    return build


@action("began", None, about="build")
def begin_build(*, by: Worker, build: Build) -> Build:
    """A worker takes a build up. Only a worker does; the database lets no second one run."""
    build.state, build.began = Build.State.RUNNING, timezone.now()
    build.save()
    _ = BuildProgress.objects.update_or_create(pk=build.pk, defaults={"worker": here(), "beat": timezone.now()})
    return build


@action("finished", None, about="build")
def finish_build(*, by: Worker, build: Build, said: str) -> Build:
    """It is done. Only a worker says so."""
    return _end(build, Build.State.DONE, said)


@action("could not finish", None, about="build")
def fail_build(*, by: Worker, build: Build, said: str) -> Build:
    """It could not be done, and `said` is why. Only a worker says so."""
    return _end(build, Build.State.FAILED, said)


@action("found stopped", None, about="build")
def stop_build(*, by: Worker, build: Build) -> Build:
    """Its worker is gone. Whoever looks finds it so, and nobody decides it."""
    return _end(build, Build.State.STOPPED, STOPPED)


def _end(build: Build, state: str, said: str) -> Build:
    build.state, build.ended, build.said = state, timezone.now(), said
    build.save()
    return build


def note_progress(build: Build, step: int, steps: int, doing: str) -> None:
    """Say how far a build is. It stands in no ledger: nobody decides it, and it changes from moment to moment."""
    said = {"step": min(step, steps), "steps": max(steps, 1), "doing": doing[:200], "beat": timezone.now()}
    _ = BuildProgress.objects.filter(pk=build.pk).update(**said)


def note_beat(build: Build) -> None:
    """A sign of life."""
    _ = BuildProgress.objects.filter(pk=build.pk).update(beat=timezone.now())


def find_stopped() -> list[Build]:
    """Mark the builds whose worker is gone: it gave no sign for a while, or was a process of this machine that is no more."""
    running = Build.objects.filter(state=Build.State.RUNNING).select_related("progress", "organisation")
    gone = [build for build in running if _is_gone(build)]
    return [stop_build(by=Worker(), build=build) for build in gone]


def _is_gone(build: Build) -> bool:
    process, _, machine = build.progress.worker.partition("@")
    if machine == socket.gethostname() and not alive(int(process)):
        return True
    return build.progress.beat < timezone.now() - PATIENCE


def here() -> str:
    """This process, as a build knows it."""
    return f"{os.getpid()}@{socket.gethostname()}"
