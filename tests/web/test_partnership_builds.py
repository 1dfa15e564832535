"""Work beside the pages: asked for, one at a time, seen as it goes, and found out where its worker went away."""

import os
import socket
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from headwater.lake import open_workspace
from headwater.partnership import actions
from headwater.partnership.actions import building
from headwater.partnership.models import Build, BuildProgress, Deed, Organisation, Person, Role
from headwater.partnership.questions import Worker
from web.conftest import BY, JOINED, signed_in, somebody
from web.served import carry_out_all, patients, send, sent_and_checked, serve_workspace


@pytest.fixture
def workspace(settings: Any, tmp_path: Path) -> Any:
    return serve_workspace(settings, tmp_path)


@pytest.fixture
def infirmary(host: Organisation) -> Organisation:
    return actions.bring_in(by=BY, name="The Infirmary", kind="hospital", joined=JOINED, producer="The Infirmary")


def asked(host: Organisation, by: Any = BY) -> Build:
    return actions.ask_for_build(by=by, organisation=host)


def begun(build: Build, worker: str = "") -> Build:
    _ = actions.begin_build(by=Worker(), build=build)
    if worker:
        _ = BuildProgress.objects.filter(pk=build.pk).update(worker=worker)
    return build


def a_dead_process() -> str:
    gone = subprocess.Popen([sys.executable, "-c", "pass"])
    _ = gone.wait()
    return f"{gone.pid}@{socket.gethostname()}"


def test_asking_answers_at_once_and_the_work_is_done_later(workspace: Any, host: Organisation) -> None:
    client = signed_in(somebody(Role.ANALYST, host))
    answer = client.post(reverse("assess"))
    build = Build.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == reverse("build", args=[build.pk])
    assert build.state == Build.State.ASKED
    assert DBTaskResult.objects.filter(task_path="headwater.partnership.actions.building.carry_out").count() == 1
    assert "Waiting its turn" in client.get(answer["Location"]).content.decode()


def test_a_build_that_cannot_be_done_says_why(workspace: Any, host: Organisation) -> None:
    build = asked(host)
    carry_out_all()
    build.refresh_from_db()
    assert build.state == Build.State.FAILED
    assert "Nothing is frozen yet" in build.said
    assert str(workspace.root) not in build.said
    assert [deed.did for deed in Deed.objects.order_by("number")][-3:] == ["asked for", "began", "could not finish"]


def test_a_surprise_is_told_without_its_own_words(
    workspace: Any, host: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def explode(*_: Any) -> str:
        raise RuntimeError("Orsolwin Threlkettle")

    monkeypatch.setitem(building._WORK, "assess", explode)
    build = asked(host)
    carry_out_all()
    build.refresh_from_db()
    assert build.state == Build.State.FAILED
    assert "RuntimeError at test_partnership_builds.py" in build.said
    assert "Orsolwin" not in build.said + str(list(DBTaskResult.objects.values()))


def test_progress_is_kept_as_it_is_told_and_stands_in_no_ledger(
    workspace: Any, host: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    client = signed_in(somebody(Role.ANALYST, host))

    def work(build: Build, *_: Any) -> str:
        building._tell(build)(3, 7, "web pages")
        seen.append(client.get(reverse("build", args=[build.pk])).content.decode())
        seen.append(client.get(reverse("build_progress", args=[build.pk])).content.decode())
        return "Built."

    monkeypatch.setitem(building._WORK, "assess", work)
    build, lines = asked(host), Deed.objects.count()
    carry_out_all()
    assert 'max="7" value="3"' in seen[0]
    assert "At work" in seen[0]
    assert '"step": 3, "steps": 7, "doing": "web pages"' in seen[1]
    assert Deed.objects.count() == lines + 2
    assert "Built." in client.get(reverse("build", args=[build.pk])).content.decode()


def test_one_runs_at_a_time_and_the_next_waits_its_turn(
    workspace: Any, host: Organisation, infirmary: Organisation
) -> None:
    running = begun(asked(host))
    sender = signed_in(somebody(Role.CONTRIBUTOR, infirmary))
    _ = send(sender, infirmary, patients())
    waiting = Build.objects.get(kind=Build.Kind.CHECK)
    actions.carry_out.func(waiting.pk)
    waiting.refresh_from_db()
    assert waiting.state == Build.State.ASKED
    later = DBTaskResult.objects.filter(
        args_kwargs__args=[waiting.pk], run_after__lt=timezone.now() + timedelta(hours=1)
    )
    assert later.count() == 1
    assert "1 before it" in sender.get(reverse("build", args=[waiting.pk])).content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        _ = actions.begin_build(by=Worker(), build=waiting)
    waiting.refresh_from_db()
    _ = actions.finish_build(by=Worker(), build=running, said="Built.")
    actions.carry_out.func(waiting.pk)
    waiting.refresh_from_db()
    assert waiting.state == Build.State.DONE


def test_the_assessment_is_asked_for_once(host: Organisation, lead: Person) -> None:
    _ = asked(host)
    with pytest.raises(ValidationError, match="done already, or waits"):
        _ = asked(host, lead)
    assert signed_in(lead).post(reverse("assess")).status_code == 302
    assert Build.objects.count() == 1


@pytest.mark.parametrize("role", [Role.READER, Role.CONTRIBUTOR, Role.AUDITOR])
def test_whoever_may_not_build_does_not(role: str, host: Organisation) -> None:
    person = somebody(role, host)
    with pytest.raises(PermissionDenied):
        _ = asked(host, person)
    assert signed_in(person).post(reverse("assess")).status_code in (302, 403)
    assert not Build.objects.exists()


@pytest.mark.parametrize("sign", ["silent", "dead"])
def test_a_build_whose_worker_is_gone_is_found_stopped_and_asked_for_again(
    sign: str, host: Organisation, lead: Person
) -> None:
    build = begun(asked(host), a_dead_process() if sign == "dead" else "1@another-machine")
    if sign == "silent":
        _ = BuildProgress.objects.filter(pk=build.pk).update(beat=timezone.now() - timedelta(minutes=2))
    client = signed_in(lead)
    page = client.get(reverse("build", args=[build.pk])).content.decode()
    assert "went away before it was done. Nothing was half-written. Ask for it again." in page
    assert Deed.objects.filter(did="found stopped").count() == 1
    answer = client.post(reverse("build_again", args=[build.pk]))
    assert answer["Location"] == reverse("build", args=[Build.objects.latest("pk").pk])
    assert [each.state for each in Build.objects.order_by("pk")] == [Build.State.STOPPED, Build.State.ASKED]


def test_a_build_with_a_sign_of_life_is_left_alone(host: Organisation) -> None:
    _ = begun(asked(host), "1@another-machine")
    assert actions.find_stopped() == []


def test_the_heart_beats_while_the_work_goes_on(host: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    beats: list[int] = []
    monkeypatch.setattr(building, "BEAT", 0.01)
    monkeypatch.setattr(building.builds, "note_beat", lambda build: beats.append(build.pk))
    build = begun(asked(host))
    with building._heart(build):
        last = time.monotonic() + 10
        while len(beats) < 2 and time.monotonic() < last:
            time.sleep(0.01)
    assert len(beats) >= 2


@pytest.mark.parametrize("name", ["build", "build_progress", "build_again"])
def test_another_organisations_build_is_not_there(
    name: str, workspace: Any, infirmary: Organisation, charity: Organisation
) -> None:
    sender = signed_in(somebody(Role.CONTRIBUTOR, infirmary))
    _ = send(sender, infirmary, patients())
    build = Build.objects.get()
    assert sender.get(reverse(name, args=[build.pk])).status_code in (200, 302)
    stranger = signed_in(somebody(Role.CONTRIBUTOR, charity))
    assert stranger.get(reverse(name, args=[build.pk])).status_code == 404
    assert stranger.post(reverse(name, args=[build.pk])).status_code == 404
    assert Build.objects.count() == 1


def test_no_page_waits_for_the_workspace(workspace: Any, host: Organisation, infirmary: Organisation) -> None:
    sender, analyst = signed_in(somebody(Role.CONTRIBUTOR, infirmary)), signed_in(somebody(Role.ANALYST, host))
    upload = sent_and_checked(sender, infirmary, patients())
    with open_workspace(workspace.root).lock():  # as a build would hold it for a minute
        before = time.monotonic()
        for name in ("organisation_data", "agreements", "coverage", "extracts", "retention", "send"):
            assert analyst.get(reverse(name, args=[host.slug])).status_code == 200
        assert sender.get(reverse("upload", args=[upload.pk])).status_code == 200
        assert sender.post(reverse("land_upload", args=[upload.pk])).status_code == 302
        assert analyst.post(reverse("assess")).status_code == 302
        assert time.monotonic() - before < 5
    assert Build.objects.filter(state=Build.State.ASKED).count() == 2


def test_the_list_asks_the_database_a_bounded_number_of_times(
    host: Organisation, django_assert_max_num_queries: Any
) -> None:
    client: Client = signed_in(somebody(Role.ANALYST, host))
    for _ in range(5):
        _ = actions.fail_build(by=Worker(), build=begun(asked(host)), said="No.")
    with django_assert_max_num_queries(9):
        assert client.get(reverse("builds")).status_code == 200


SERVED = """
import os, sys
from pathlib import Path
from headwater.web.serving import prepare
prepare(Path(os.environ["HEADWATER_WORKSPACE"]))
from datetime import date
from headwater.partnership import actions
from headwater.partnership.models import Build, Organisation
from headwater.partnership.questions import Operator
"""
BEGIN = (
    SERVED
    + """
by = Operator()
host = Organisation.objects.filter(hosts=True).first() or actions.bring_in(
    by=by, name="The Unit", kind="unit", joined=date(2024, 4, 1), hosts=True)
print(actions.ask_for_build(by=by, organisation=host).pk)
"""
)
WORK = (
    SERVED
    + """
import time
from headwater.partnership.actions import building
def long(build, workspace, engine):
    with workspace.lock():
        building._tell(build)(2, 7, "asking the questions")
        print("at work", flush=True)
        time.sleep(600)
building._WORK["assess"] = long
from django.core.management import call_command
call_command("db_worker", startup_delay=False, reload=False, interval=0.1)
"""
)
LOOK = (
    SERVED
    + """
actions.find_stopped()
build = Build.objects.latest("pk")
print(build.state, build.said, build.progress.doing, sep="|")
with __import__("headwater.lake").lake.open_workspace(Path(os.environ["HEADWATER_WORKSPACE"])).lock():
    print("free")
"""
)


def test_a_worker_that_is_killed_mid_build_is_found_out_and_leaves_nothing_locked(workspace: Any) -> None:
    """With real processes: the worker of `headwater serve`, ended as an out-of-memory killer or a power cut would."""
    here = os.environ | {"HEADWATER_WORKSPACE": str(workspace.root), "PYTHONPATH": os.pathsep.join(sys.path)}

    def run(words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", words], env=here, capture_output=True, text=True, check=False, timeout=120
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    _ = run(BEGIN)
    with subprocess.Popen([sys.executable, "-c", WORK], env=here, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None
        assert "at work" in worker.stdout.readline()
        worker.kill()
    said, free = run(LOOK).splitlines()
    assert said.startswith("stopped|Whatever worked at it went away")
    assert said.endswith("asking the questions")
    assert free == "free"
    assert int(run(BEGIN)) > 1


def test_the_figures_of_the_next_edition_are_asked_for_as_a_build_is(workspace: Any, host: Organisation) -> None:
    client = signed_in(somebody(Role.ANALYST, host))
    answer = client.post(reverse("foresee"))
    build = Build.objects.get()
    assert (build.kind, answer["Location"]) == (Build.Kind.FORESEE, reverse("build", args=[build.pk]))
    assert client.post(reverse("foresee"))["Location"] == reverse("builds"), "one of a kind at a time"
    assert client.post(reverse("assess")).status_code == 302
    assert Build.objects.count() == 2
