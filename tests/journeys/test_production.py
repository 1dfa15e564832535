"""As the production guide says: its files are what they say they are, its command serves, and a database that restarts loses nothing."""

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import psycopg
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from headwater.lake import Settings, new
from headwater.ledger import FIRST, Entry
from headwater.vocabulary import Level
from postgresql import ABSENT, Server, binaries, server
from served import free_port

ROOT = Path(__file__).parents[2]
DEPLOY, GUIDE = ROOT / "deploy", (ROOT / "docs" / "how-to" / "run-in-production.md").read_text("utf-8")
SETTING = re.compile(r"HEADWATER_[A-Z_]+")
PATIENCE = 90
SEALED = ("did", "to", "who", "because", "when", "before", "hash")
DEEDS = 'select did, "to", who, because, "when", before, hash from partnership_deed order by number'
SEED = """
from pathlib import Path
from headwater.web.serving import set_up
set_up(Path({root!r}))
from datetime import date
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from headwater.web.upgrading import bring_up_to_date
from headwater.partnership import actions
from headwater.partnership.questions import Bearer, Operator
bring_up_to_date()
by = Operator()
host = actions.bring_in(by=by, name="The Unit", kind="unit", joined=date(2024, 4, 1), hosts=True)
letter = actions.invite(by=by, organisation=host, email="lead@unit.example", name="A Lead", role="lead")
held = actions.accept(by=Bearer("lead@unit.example"), invitation=letter.invitation, password="three quiet lanterns")
_ = TOTP.activate(held.person, "JBSWY3DPEHPK3PXP")
client = Client()
client.force_login(type(held.person).objects.get())
print(client.cookies["sessionid"].value)
"""


# --- the files ---------------------------------------------------------------------------------------------------------


def test_every_setting_is_told_of_and_no_other() -> None:
    read = set(SETTING.findall(" ".join(re.findall(r"environ\.get\([^)]*", _settings()))))
    assert len(read) == 10
    assert set(re.findall(r"^\| `(HEADWATER_[A-Z_]+)`", GUIDE, re.MULTILINE)) == read
    assert (
        set(re.findall(r"^(?:# )?(HEADWATER_[A-Z_]+)=", (DEPLOY / "headwater.env").read_text("utf-8"), re.MULTILINE))
        == read
    )
    for path in [*DEPLOY.iterdir(), *(ROOT / "docs" / "how-to").glob("*.md")]:
        said = set(SETTING.findall(path.read_text("utf-8"))) - {"HEADWATER_MIRROR"}
        assert said <= read, f"{path.name} tells of a setting that nothing reads"


def _settings() -> str:
    return (ROOT / "src" / "headwater" / "web" / "settings.py").read_text("utf-8")


def test_every_file_of_the_folder_is_told_of_and_every_path_is_one_that_another_makes() -> None:
    for path in DEPLOY.iterdir():
        assert path.name in GUIDE or f"{path.stem}" in GUIDE, f"the guide does not tell of {path.name}"
    container = (DEPLOY / "Containerfile").read_text("utf-8")
    for line in re.findall(r"^COPY (?!--)(.+) \S+$", container, re.MULTILINE):
        assert all((ROOT / name).exists() for name in line.split()), line
    installs = [line for line in container.splitlines() if " install " in line]
    assert all("--require-hashes" in line or "--no-deps" in line for line in installs)
    assert container.rindex("USER headwater") > container.rindex("FROM ")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze here to read the units with")
def test_the_units_are_read_by_systemd_without_complaint(tmp_path: Path) -> None:
    units = [Path(shutil.copy(path, tmp_path)) for path in DEPLOY.iterdir() if path.suffix in (".service", ".timer")]
    for unit in units:
        text = (
            unit.read_text("utf-8")
            .replace("/opt/headwater/bin/headwater", "/bin/true")
            .replace("/opt/headwater/bin/gunicorn", "/bin/true")
        )
        unit.write_text(text, encoding="utf-8", newline="\n")
    ran = subprocess.run(["systemd-analyze", "verify", *map(str, units)], capture_output=True, text=True, check=False)
    said = [line for line in ran.stderr.splitlines() if "headwater" in line]
    assert (ran.returncode, said) == (0, [])


@pytest.mark.skipif(shutil.which("nginx") is None, reason="no nginx here to read its settings with")
def test_nginx_reads_its_settings(tmp_path: Path) -> None:
    text = (DEPLOY / "nginx.conf").read_text("utf-8")
    text = re.sub(r"^\s*listen \[.*$", "", text, flags=re.MULTILINE)  # a machine may have no such addresses
    text = re.sub(r"listen (443|80)\b", r"listen 127.0.0.1:1\1", text)
    text = text.replace("/etc/ssl/headwater", str(tmp_path)).replace("/var/log/nginx", str(tmp_path))
    _certify(tmp_path, "rooms.partnership.example")
    kept = "".join(f"{of}_temp_path {tmp_path}/{of}; " for of in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    whole = f"pid {tmp_path}/pid; error_log {tmp_path}/log; events {{}} http {{ {kept}{text} }}"
    (tmp_path / "nginx.conf").write_text(whole, encoding="utf-8", newline="\n")
    ran = subprocess.run(["nginx", "-t", "-c", tmp_path / "nginx.conf"], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr


def _certify(folder: Path, name: str) -> None:
    """A certificate that the server of this name signs for itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    who, now = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)]), datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(who).issuer_name(who).public_key(key.public_key()).serial_number(1)
    made = made.not_valid_before(now).not_valid_after(now + timedelta(days=1)).sign(key, hashes.SHA256())
    _ = (folder / "fullchain.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    _ = (folder / "privkey.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, *private))


def _command() -> list[str]:
    """The guide's own, which is the unit's with less."""
    unit = (DEPLOY / "headwater.service").read_text("utf-8")
    command = shlex.split(re.search(r"^ExecStart=(.+)$", unit, re.MULTILINE)[1])  # type: ignore[index]
    told = shlex.split(re.search(r"^gunicorn .+$", GUIDE, re.MULTILINE)[0])  # type: ignore[index]
    assert set(told[1:]) <= set(command)
    return command


# --- the pages, while their database restarts --------------------------------------------------------------------------


@dataclass(slots=True)
class Heard:
    """What browsers were answered, by whose they are."""

    answers: Counter[tuple[str, int]] = field(default_factory=Counter[tuple[str, int]])
    wrong: list[str] = field(default_factory=list)
    saved: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def note(self, who: str, answer: httpx.Response) -> None:
        self.answers[who, answer.status_code] += 1
        if answer.status_code == 503:
            clear = answer.headers.get("Retry-After") == "30" and "We will be back in a minute" in answer.text
            if not clear or "Traceback" in answer.text or "psycopg" in answer.text:
                self.wrong.append(f"{who}: a 503 that is not clear")


@contextmanager
def _pages(root: Path, database: Server) -> Iterator[tuple[str, str]]:
    """The address of the pages as the guide's command serves them, and the session of a lead."""
    port = free_port()
    environment = os.environ | {
        "HEADWATER_WORKSPACE": str(root),
        "HEADWATER_DATABASE": database.address,
        "HEADWATER_HTTPS": "0",
    }
    environment |= {
        "HEADWATER_SECRET_KEY": "trials " * 9,
        "DJANGO_SETTINGS_MODULE": "headwater.web.settings",
        "PYTHONWARNINGS": "default",
    }
    seed = [sys.executable, "-c", SEED.format(root=str(root))]
    session = subprocess.run(seed, env=environment, check=True, capture_output=True, text=True).stdout.strip()
    command = [sys.executable, "-m", "gunicorn", *_command()[1:-1], f"127.0.0.1:{port}"]
    with (
        (root.parent / "gunicorn.log").open("wb") as log,
        subprocess.Popen(command, env=environment, stdout=log, stderr=log) as pages,
    ):
        try:
            _until(lambda: _status(f"http://127.0.0.1:{port}/account/login/") == 200)
            yield f"http://127.0.0.1:{port}", session
        finally:
            pages.terminate()


def _status(address: str) -> int:
    try:
        return httpx.get(address, timeout=10).status_code
    except httpx.TransportError:
        return 0


def _until(holds: object, patience: float = PATIENCE) -> None:
    last = time.monotonic() + patience
    while not holds():  # type: ignore[operator]
        assert time.monotonic() < last, "it did not come about"
        time.sleep(0.05)


def _read(address: str, session: str, heard: Heard) -> None:
    with httpx.Client(base_url=address, cookies={"sessionid": session}, timeout=30) as browser:
        while not heard.over.is_set():
            heard.note("reader", browser.get("/partnership/"))


def _knock(address: str, heard: Heard) -> None:
    """Somebody who is not signed in."""
    with httpx.Client(base_url=address, timeout=30) as browser:
        while not heard.over.is_set():
            heard.note("stranger", browser.get("/partnership/"))


def _write(address: str, session: str, heard: Heard) -> None:
    """One organisation after another is brought in; those that were answered as saved are noted."""
    with httpx.Client(base_url=address, cookies={"sessionid": session}, timeout=30) as browser:
        number, token = 0, ""
        while not heard.over.is_set():
            if not token:
                page = browser.get("/partnership/add/")
                heard.note("writer", page)
                found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)', page.text)
                token = found[1] if found else ""
                continue
            number += 1
            said = {
                "name": f"Member {number}",
                "kind": "community",
                "joined": "2026-01-05",
                "csrfmiddlewaretoken": token,
            }
            answer = browser.post("/partnership/add/", data=said)
            heard.note("writer", answer)
            if answer.status_code == 302:
                heard.saved.append(said["name"])


@pytest.fixture
def database() -> Iterator[Server]:
    """A PostgreSQL that can be restarted."""
    if binaries() is None:
        (pytest.fail if os.environ.get("HEADWATER_REQUIRE_ALL") == "1" else pytest.skip)(ABSENT)
    with server() as made:
        yield made


def test_a_database_that_restarts_under_load_loses_nothing_and_lets_nobody_in(database: Server, tmp_path: Path) -> None:
    area = {"area_level": Level.FORCE, "area_code": "Z23000001", "area_name": "Aldermere"}
    root = new(tmp_path / "partnership", Settings(title="Violence", author="The Unit", **area)).root  # type: ignore[arg-type]
    with _pages(root, database) as (address, session):
        heard = Heard()
        browsers = [
            threading.Thread(target=_read, args=(address, session, heard)),
            threading.Thread(target=_knock, args=(address, heard)),
            threading.Thread(target=_write, args=(address, session, heard)),
        ]
        for browser in browsers:
            browser.start()
        try:
            _until(lambda: len(heard.saved) >= 3 and heard.answers["reader", 200] >= 3)
            database.stop()
            _until(lambda: all(heard.answers[who, 503] >= 2 for who in ("reader", "writer")))
            database.start()
            before, read = len(heard.saved), heard.answers["reader", 200]
            _until(lambda: len(heard.saved) >= before + 3 and heard.answers["reader", 200] >= read + 3)
        finally:
            heard.over.set()
            for browser in browsers:
                browser.join()
        _nothing_was_lost(heard, database)


def _nothing_was_lost(heard: Heard, database: Server) -> None:
    assert heard.wrong == []
    assert {status for who, status in heard.answers if who == "reader"} == {200, 503}
    assert {status for who, status in heard.answers if who == "stranger"} <= {302, 503}
    assert {status for who, status in heard.answers if who == "writer"} <= {200, 302, 503}
    with psycopg.connect(database.address) as asked:
        kept = {name for (name,) in asked.execute("select name from partnership_organisation")}
        lines = [Entry(**dict(zip(SEALED, line, strict=True))) for line in asked.execute(DEEDS)]
    assert all(
        line.is_whole and line.before == before
        for line, before in zip(lines, [FIRST, *(line.hash for line in lines)], strict=False)
    )
    assert len([line for line in lines if line.did == "brought in"]) == len(kept), (
        "an organisation has its line, or is not there"
    )
    assert set(heard.saved) <= kept, "what was answered as saved is there"


# --- the worker of `headwater serve` -----------------------------------------------------------------------------------

PARENT = "from threading import Event; from headwater.web.serving import _keep_working; _keep_working(Event())"


@pytest.mark.skipif(
    not Path("/proc/self/task").is_dir(), reason="looks for a process's children where Linux tells of them"
)
def test_a_worker_ends_when_whoever_began_it_was_killed(tmp_path: Path) -> None:
    environment = os.environ | {
        "HEADWATER_WORKSPACE": str(tmp_path),
        "HEADWATER_DATABASE": "",
        "DJANGO_SETTINGS_MODULE": "headwater.web.settings",
    }
    with subprocess.Popen([sys.executable, "-c", PARENT], env=environment, stderr=subprocess.DEVNULL) as parent:
        children = Path(f"/proc/{parent.pid}/task/{parent.pid}/children")
        _until(lambda: bool(children.read_text("utf-8").split()))
        (worker,) = map(int, children.read_text("utf-8").split())
        parent.send_signal(signal.SIGKILL)
    _until(lambda: not _is_at_work(worker))


def _is_at_work(process: int) -> bool:
    """Is it there, and not only waiting for somebody to hear how it ended?"""
    try:
        return Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
