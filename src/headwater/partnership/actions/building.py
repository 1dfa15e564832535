"""The work itself, done by a worker beside the pages: one build at a time, with a sign of life every few seconds."""

import contextlib
import threading
import time
import traceback
from collections.abc import Callable, Generator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection
from django.utils import timezone
from django_tasks import task

from headwater.engine import Engine, open_engine
from headwater.lake import Workspace, look, open_workspace, take_in
from headwater.lake.landing import Progress
from headwater.partnership.actions import builds, uploads
from headwater.partnership.actions.findings import found_in, name_for, refuse_strangers
from headwater.partnership.actions.quarantine import file_at
from headwater.partnership.actions.scanning import scan
from headwater.partnership.models import Build, Upload
from headwater.partnership.questions import Worker
from headwater.vocabulary import BadInput, HeadwaterError, WorkspaceTrouble, WrongRequest

BEAT = 5.0
"""Seconds between signs of life."""
TURN = timedelta(seconds=3)
"""How long a build waits before it looks again whether it is its turn."""
TRIES = 20
"""Seconds that the workspace's lock is waited for: a page that clears up after a dead run holds it for a moment."""
NO_KEY = (
    "It has columns that tell who people are, and this server has no key to make them safe with. Whoever looks after the server "
    "names one in HEADWATER_KEY_FILE; until then such files are landed at the command line. Nothing of it was kept."
)
Work = Callable[[Build, Workspace, Engine], str]


@task()
def carry_out(number: int) -> None:
    """Do what build `number` asks, if it is its turn. It never raises: what is raised here would be written down, rows and all."""
    _ = builds.find_stopped()
    uploads.clear_quarantine()
    build = Build.objects.select_related("organisation", "upload__organisation").get(pk=number)
    if build.state != Build.State.ASKED:
        return
    if not _is_its_turn(build):
        _ = carry_out.using(run_after=timezone.now() + TURN).enqueue(number)
        return
    with _heart(build):
        _carry_out(build)


def _is_its_turn(build: Build) -> bool:
    """Begin it, unless another is at work; of two workers that begin at once the database lets one."""
    if Build.objects.filter(state=Build.State.RUNNING).exists():
        return False
    try:
        _ = builds.begin_build(by=Worker(), build=build)
    except IntegrityError:
        return False
    return True


@task()
def clear() -> None:
    """Delete what has lain in the quarantine for too long."""
    uploads.clear_quarantine()


def _carry_out(build: Build) -> None:
    try:
        workspace = open_workspace(settings.WORKSPACE)
        with open_engine(workspace.settings.engine, scratch=workspace.scratch) as engine:
            said = _WORK[build.kind](build, workspace, engine)
    except HeadwaterError as problem:
        _ = builds.fail_build(by=Worker(), build=build, said=_plain(problem))
    except Exception as surprise:  # noqa: BLE001  its own words may quote a partner's file
        where = traceback.extract_tb(surprise.__traceback__)[-1]
        kind = f"{type(surprise).__name__} at {Path(where.filename).name} line {where.lineno}"
        _ = builds.fail_build(
            by=Worker(),
            build=build,
            said=f"Something went wrong that Headwater did not expect ({kind}). Nothing was half-written.",
        )
    else:
        _ = builds.finish_build(by=Worker(), build=build, said=said)


def _check(build: Build, workspace: Workspace, engine: Engine) -> str:
    upload = _upload(build)
    file = _file(upload)
    try:
        scan(file)
        seen = look(
            workspace,
            file,
            engine,
            received=upload.received.isoformat(),
            key_file=settings.KEY_FILE,
            progress=_tell(build),
        )
        refuse_strangers(seen, upload)
    except (BadInput, WrongRequest) as problem:
        return _refuse(upload, problem)
    _ = uploads.note_check(by=Worker(), upload=upload, name=name_for(file, seen), found=found_in(seen))
    return f"{seen.rows:,} rows read, {seen.set_aside:,} set aside."


def _land(build: Build, workspace: Workspace, engine: Engine) -> str:
    upload = _upload(build)
    file, tell = _file(upload), _tell(build)
    received, key_file = upload.received.isoformat(), settings.KEY_FILE
    try:
        with contextlib.ExitStack() as stack:
            _lock(workspace, stack)
            landed = take_in(
                workspace, [file], engine, received=received, key_file=key_file, stage=lambda name: _stage(tell, name)
            )
    except (BadInput, WrongRequest) as problem:
        return _refuse(upload, problem)
    landing = landed.packages[0][1]
    _ = uploads.note_landing(by=Worker(), upload=upload, package=landing.package)
    uploads.forget(upload)
    return f"{landing.rows:,} rows landed." if landing.new else "The same had landed before: nothing was changed."


def _assess(build: Build, workspace: Workspace, engine: Engine) -> str:
    from headwater.assessment import assess

    with contextlib.ExitStack() as stack:
        _lock(workspace, stack)
        made = assess(workspace, engine, published=_today(workspace), progress=_tell(build))
    return f"The edition {made.name} is built."


def _foresee(build: Build, workspace: Workspace, engine: Engine) -> str:
    from headwater.assessment.foreseeing import foresee

    with contextlib.ExitStack() as stack:
        _lock(workspace, stack)
        record = foresee(workspace, engine, published=_today(workspace), progress=_tell(build))
    return f"{len(record['findings']):,} findings of the next edition are worked out."


def _today(workspace: Workspace) -> str:
    return workspace.settings.published or timezone.localdate().isoformat()


_WORK: dict[str, Work] = {
    Build.Kind.CHECK: _check,
    Build.Kind.LAND: _land,
    Build.Kind.FORESEE: _foresee,
    Build.Kind.ASSESS: _assess,
}


def _refuse(upload: Upload, problem: HeadwaterError) -> str:
    why = NO_KEY if isinstance(problem, WrongRequest) and settings.KEY_FILE is None else _plain(problem)
    _ = uploads.refuse_upload(by=Worker(), upload=upload, why=why)
    uploads.forget(upload)
    return f"Refused. {why}"


def _upload(build: Build) -> Upload:
    if build.upload is None or not build.upload.is_waiting:
        raise WrongRequest("The upload was taken back, or is settled already. There is nothing to do.")
    return build.upload


def _file(upload: Upload) -> Path:
    if found := file_at(upload.place):
        return found
    raise WrongRequest("The file that was sent is no longer here. Send it again.")


def _lock(workspace: Workspace, stack: contextlib.ExitStack) -> None:
    for _ in range(TRIES):
        try:
            _ = stack.enter_context(workspace.lock())
        except WorkspaceTrouble:
            time.sleep(1)
        else:
            return
    _ = stack.enter_context(workspace.lock())


def _tell(build: Build) -> Progress:
    return lambda done, out_of, doing: builds.note_progress(build, done, out_of, doing)


def _stage(tell: Progress, name: str) -> Progress:
    return lambda done, out_of, doing: tell(done, out_of, f"{name}: {doing}" if doing else name)


def _plain(problem: HeadwaterError) -> str:
    """Its sentence, without where the workspace lies on the server."""
    said = str(problem)
    for folder in {str(settings.WORKSPACE), str(Path(settings.WORKSPACE).resolve())}:
        if Path(folder).is_absolute():
            said = said.replace(folder, "The workspace")
    return said[:1].upper() + said[1:]


@contextlib.contextmanager
def _heart(build: Build) -> Generator[None]:
    """Signs of life for the length of the block, whatever the work is at."""
    over = threading.Event()
    beating = threading.Thread(target=_beat, args=(build, over), name="heart", daemon=True)
    beating.start()
    try:
        yield
    finally:
        over.set()
        beating.join()


def _beat(build: Build, over: threading.Event) -> None:
    while not over.wait(BEAT):
        with contextlib.suppress(DatabaseError):  # a database that was away for a moment: the next beat tells
            builds.note_beat(build)
    connection.close()
