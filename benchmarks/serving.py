"""The partnership's rooms under load: fifty people reading, five building, on PostgreSQL, behind gunicorn.

Each reader follows links from home as a person would, with a pause between pages; builders ask for builds and watch them. What is
measured is what a reader waits for a page, without builds and with them, in one run; and every answer that is not a page.
"""

import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx
import numpy as np
from tests.postgresql import binaries, cluster
from tests.served import free_port

from benchmarks.measuring import ROOT, CannotMeasureError
from benchmarks.report import table

READERS, BUILDERS, PAUSE = 50, 5, 3.0
SERVER = (
    "gunicorn",
    "headwater.web.wsgi",
    "--workers",
    "2",
    "--threads",
    "4",
    "--no-control-socket",
    "--timeout",
    "120",
)
SEED = (
    "from pathlib import Path; from headwater.web.serving import seed_demonstration; seed_demonstration(Path({root!r}))"
)
SESSIONS = """
import django; django.setup()
from django.test import Client
from headwater.partnership.models import Person
people = Person.objects.filter(memberships__role__in=("lead", "analyst", "reader")).distinct()
for person in sorted(people, key=lambda person: not person.memberships.filter(role="analyst").exists()):
    client = Client(); client.force_login(person); print(client.cookies["sessionid"].value)
"""
BUILDS = """
import django; django.setup()
from headwater.partnership.models import Build
for build in Build.objects.filter(kind="assess"): print(build.state)
"""
HEADINGS = ("", "pages", "median", "95% within", "slowest", "errors")


@dataclass(slots=True)
class Heard:
    """What readers waited for, in seconds, and what went wrong."""

    waits: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def under_load(seconds: int, scratch: Path) -> Iterator[str]:
    """Lines of the report. Raises CannotMeasureError where there is no PostgreSQL."""
    if binaries() is None:
        raise CannotMeasureError("there is no PostgreSQL on this machine")
    root = scratch / "aldermere"
    _ = subprocess.run([sys.executable, "-m", "headwater", "demo", str(root)], stdout=subprocess.DEVNULL, check=True)
    with cluster() as database, _served(root, database) as (address, sessions, ask):
        alone = _browse(address, sessions, seconds, building=False)
        before = ask(BUILDS)
        built = _browse(address, sessions, seconds, building=True)
        states = Counter(ask(BUILDS)) - Counter(before)
    shutil.rmtree(root)
    yield "\n## The partnership's rooms under load\n"
    yield f"{READERS} readers who pause {PAUSE:.0f} s on average, {seconds} s each; PostgreSQL, {' '.join(SERVER[2:6])}.\n"
    yield from table(HEADINGS, [_row("50 readers", alone), _row("50 readers, and 5 who build", built)])
    yield from _errors(alone, built)
    yield f"\nBuilds of the assessment meanwhile: {', '.join(f'{many} {state}' for state, many in sorted(states.items())) or 'none'}.\n"


def _errors(*heard: Heard) -> Iterator[str]:
    """What went wrong and how often, so that a number of errors is never all that is told."""
    for what, many in sorted(Counter(error for each in heard for error in each.errors).items()):
        yield f"- {what}: {many}"


def _row(name: str, heard: Heard) -> tuple[str, ...]:
    if not heard.waits:
        raise CannotMeasureError(f"nobody was served: {heard.errors[:3]}")
    waits = np.array(heard.waits)
    shown = (f"{1000 * value:,.0f} ms" for value in (np.median(waits), np.quantile(waits, 0.95), waits.max()))
    return (name, f"{len(waits):,}", *shown, f"{len(heard.errors)}")


@contextmanager
def _served(root: Path, database: str) -> Generator[tuple[str, list[str], Callable[[str], list[str]]]]:
    port = free_port()
    environment = os.environ | {
        "HEADWATER_DATABASE": database,
        "HEADWATER_WORKSPACE": str(root),
        "HEADWATER_HTTPS": "0",
        "HEADWATER_SECRET_KEY": "benchmarks " * 8,
        "DJANGO_SETTINGS_MODULE": "headwater.web.settings",
    }
    run = [sys.executable, "-c"]
    _ = subprocess.run([*run, SEED.format(root=str(root))], env=environment, check=True)

    def ask(script: str) -> list[str]:
        return subprocess.run(
            [*run, script], env=environment, check=True, capture_output=True, text=True
        ).stdout.split()

    with ExitStack() as running:
        for command in (
            [sys.executable, "-m", *SERVER, "--bind", f"127.0.0.1:{port}"],
            [sys.executable, "-m", "django", "db_worker"],
        ):
            process = subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.DEVNULL)
            _ = running.callback(process.terminate)
        address = f"http://127.0.0.1:{port}"
        _wait(address)
        yield address, ask(SESSIONS), ask


def _wait(address: str) -> None:
    for _ in range(300):
        try:
            if httpx.get(f"{address}/account/login/", timeout=5).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    raise CannotMeasureError("the server did not answer")


def _browse(address: str, sessions: list[str], seconds: int, *, building: bool) -> Heard:
    heard, end = Heard(), time.monotonic() + seconds
    people = [
        threading.Thread(target=_read, args=(address, sessions[n % len(sessions)], n, end, heard))
        for n in range(READERS)
    ]
    if building:
        people += [threading.Thread(target=_build, args=(address, sessions[0], end, heard)) for _ in range(BUILDERS)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    return heard


def _read(address: str, session: str, seed: int, end: float, heard: Heard) -> None:
    """Home, then whatever is linked from the page one is on."""
    chance, path = np.random.default_rng(seed), "/"
    with httpx.Client(base_url=address, cookies={"sessionid": session}, timeout=60, follow_redirects=True) as client:
        while time.monotonic() < end:
            time.sleep(chance.exponential(PAUSE))
            began = time.monotonic()
            try:
                answer = client.get(path)
            except httpx.TransportError as problem:
                heard.errors.append(f"{path}: {type(problem).__name__}")
                continue
            if answer.status_code >= 500 or answer.status_code == 429:
                heard.errors.append(f"{path}: {answer.status_code}")
            heard.waits.append(time.monotonic() - began)
            onward = _links(answer) if answer.status_code == 200 else []
            path = str(chance.choice(onward)) if onward else "/"


def _links(page: httpx.Response) -> list[str]:
    if "text/html" not in page.headers.get("content-type", ""):
        return []
    found = {
        urlsplit(urljoin(page.url.path, href)).path for href in re.findall(r'<a\s[^>]*?href="([^"#?]+)', page.text)
    }
    return sorted(path for path in found if not path.startswith(("/account/", "/static/")) and "." not in path)


def _build(address: str, session: str, end: float, heard: Heard) -> None:
    """Ask for a build as an analyst may, watch it, ask again."""
    with httpx.Client(base_url=address, cookies={"sessionid": session}, timeout=60, follow_redirects=True) as client:
        while time.monotonic() < end:
            page = client.get("/data/builds/")
            token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)', page.text)
            if token:
                answer = client.post("/data/builds/assess/", data={"csrfmiddlewaretoken": token[1]})
                if answer.status_code >= 400:
                    heard.errors.append(f"build: {answer.status_code}")
            elif page.status_code >= 400:  # where one is at work already there is nothing to ask for
                heard.errors.append(f"builds: {page.status_code}")
            time.sleep(PAUSE)
