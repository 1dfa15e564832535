"""Downloading: what arrives is whole and what was asked for, whatever the line and the server do."""

import errno
import hashlib
import io
import json
import shutil
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import numpy as np
import pytest

import headwater.sources
from headwater.sources.fetching import Downloaded, Unanswered, backoff, download, mirrored, open_client, read_addresses
from headwater.sources.fetching.records import Records, Version
from headwater.sources.police_uk.fetch import releases
from headwater.sources.registry import BUILT_IN
from headwater.vocabulary import FetchFailed, StorageTrouble, months_between
from loopback import Loopback, another_range, dropped, loopback, page, status

PATH = "/data/archive/2025-10.zip"
SOURCES = Path(headwater.sources.__file__).parent


def zipped(filler: int = 7) -> bytes:
    """A zip of about 200 kB that does not squeeze."""
    noise = np.random.default_rng(filler).bytes(200_000)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("2025-10/2025-10-aldermere-street.csv", noise)
    return held.getvalue()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def server() -> Iterator[Loopback]:
    with loopback() as served:
        served.files[PATH] = zipped()
        yield served


class Desk:
    """Where downloads are asked for: a client, a cache, and a note of every wait."""

    def __init__(self, server: Loopback, folder: Path, client: httpx.Client) -> None:
        self.server, self.client = server, client
        self.to, self.cache = folder / "downloads" / "2025-10.zip", folder / "cache"
        self.waits: list[tuple[int, float | None]] = []
        self.told: list[tuple[int, int, str]] = []

    def get(self, **more: Any) -> Downloaded:
        return download(
            self.server.address + more.pop("path", PATH),
            self.to,
            cache=self.cache,
            client=self.client,
            wait=lambda failed, asked: self.waits.append((failed, asked)),
            progress=lambda *told: self.told.append(told),
            **more,
        )

    @property
    def part(self) -> Path:
        return self.to.with_name(self.to.name + ".part")

    def asked_ranges(self) -> list[str]:
        return [headers.get("range", "") for _, headers in self.server.asked]


@pytest.fixture
def desk(server: Loopback, tmp_path: Path) -> Iterator[Desk]:
    with httpx.Client(timeout=2, follow_redirects=True) as client:
        yield Desk(server, tmp_path, client)


def test_a_file_arrives_byte_for_byte_with_its_fingerprint(desk: Desk) -> None:
    got = desk.get()
    body = desk.server.files[PATH]
    assert got == Downloaded(desk.to, hashlib.sha256(body).hexdigest(), len(body), from_cache=False, resumed=False)
    assert desk.to.read_bytes() == body
    assert not desk.part.exists()
    assert desk.told[-1] == (len(body), len(body), "2025-10.zip")
    assert desk.waits == []


def test_what_is_here_and_unchanged_is_not_sent_again(desk: Desk) -> None:
    desk.get()
    again = desk.get()
    assert again.from_cache
    assert desk.server.asked[-1][1]["if-none-match"].startswith('"')


def test_what_was_changed_on_the_disk_is_fetched_afresh(desk: Desk) -> None:
    body = desk.server.files[PATH]
    desk.get()
    desk.to.write_bytes(b"PK" + body[2:-1] + b"!")
    again = desk.get()
    assert not again.from_cache
    assert desk.to.read_bytes() == body


def test_a_new_version_takes_the_place_of_the_old(desk: Desk) -> None:
    desk.get()
    desk.server.files[PATH] = zipped(8)
    again = desk.get()
    assert not again.from_cache
    assert desk.to.read_bytes() == zipped(8)


def test_a_line_that_drops_goes_on_where_it_was(desk: Desk) -> None:
    desk.server.faults[PATH] = [dropped(50_000), dropped(60_000)]
    got = desk.get()
    assert got.resumed
    assert desk.to.read_bytes() == desk.server.files[PATH]
    assert desk.asked_ranges() == ["", "bytes=50000-", "bytes=110000-"]
    assert [failed for failed, _ in desk.waits] == [1, 1], (
        "a try that brought something does not count against the next"
    )


def test_the_next_run_goes_on_from_the_part_of_the_last(desk: Desk) -> None:
    desk.server.faults[PATH] = [dropped(50_000)]
    with pytest.raises(FetchFailed, match="run this again and it goes on from there"):
        desk.get(retries=0)
    assert not desk.to.exists()
    assert desk.part.stat().st_size == 50_000
    assert desk.get().resumed
    assert desk.to.read_bytes() == desk.server.files[PATH]


def test_a_version_that_changed_between_tries_begins_afresh(desk: Desk) -> None:
    desk.server.faults[PATH] = [dropped(50_000)]
    with pytest.raises(FetchFailed):
        desk.get(retries=0)
    desk.server.files[PATH] = zipped(8)
    got = desk.get()
    assert desk.asked_ranges()[-1] == "bytes=50000-"
    assert not got.resumed
    assert desk.to.read_bytes() == zipped(8)


def test_without_marks_nothing_is_pieced_together(desk: Desk) -> None:
    desk.server.marks = False
    desk.server.faults[PATH] = [dropped(50_000)]
    got = desk.get()
    assert not got.resumed
    assert desk.asked_ranges() == ["", ""]
    assert desk.to.read_bytes() == desk.server.files[PATH]


def test_a_server_without_ranges_begins_afresh(desk: Desk) -> None:
    desk.server.ranges = False
    desk.server.faults[PATH] = [dropped(50_000)]
    got = desk.get()
    assert not got.resumed
    assert desk.to.read_bytes() == desk.server.files[PATH]


@pytest.mark.parametrize("start", [0, 49_999, 60_000])
def test_another_range_than_was_asked_for_is_thrown_away(desk: Desk, start: int) -> None:
    desk.server.faults[PATH] = [dropped(50_000), another_range(start)]
    got = desk.get()
    assert not got.resumed
    assert desk.to.read_bytes() == desk.server.files[PATH]


@pytest.mark.parametrize("start", [0, 50_000])
def test_a_range_nobody_asked_for_is_not_added_to_a_part(desk: Desk, start: int) -> None:
    desk.server.marks = False
    desk.server.faults[PATH] = [dropped(50_000), another_range(start)]
    desk.get()
    assert desk.to.read_bytes() == desk.server.files[PATH]


def test_more_here_than_the_server_has_begins_afresh(desk: Desk) -> None:
    desk.server.faults[PATH] = [dropped(50_000)]
    with pytest.raises(FetchFailed):
        desk.get(retries=0)
    with desk.part.open("ab") as file:
        file.write(bytes(300_000))
    desk.get()
    assert desk.to.read_bytes() == desk.server.files[PATH]


def test_a_busy_server_is_asked_again_and_waited_for(desk: Desk) -> None:
    desk.server.faults[PATH] = [status(503), status(429, retry_after="7"), status(500)]
    desk.get()
    assert desk.waits == [(1, None), (2, 7.0), (3, None)]


def test_a_time_of_day_to_come_back_is_held_against_the_servers_own_clock(desk: Desk) -> None:
    when = {"date": "Tue, 24 Nov 2026 10:00:00 GMT", "retry_after": "Tue, 24 Nov 2026 10:01:30 GMT"}

    def fault(handler: Any) -> None:
        handler.send_response_only(503)
        handler.send_header("Date", when["date"])
        handler.send_header("Retry-After", when["retry_after"])
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    desk.server.faults[PATH] = [fault]
    desk.get()
    assert desk.waits == [(1, 90.0)]


def test_nobody_is_kept_waiting_for_hours(desk: Desk) -> None:
    desk.server.faults[PATH] = [status(429, retry_after="7200")]
    with pytest.raises(FetchFailed, match="left alone for 120 minutes"):
        desk.get()
    assert desk.waits == []


def test_patience_ends_and_says_so(desk: Desk) -> None:
    desk.server.faults[PATH] = [status(503)] * 9
    with pytest.raises(Unanswered, match=r"did not arrive from 127\.0\.0\.1 in 4 tries: it answered 503") as ended:
        desk.get(retries=3)
    assert ended.value.status == 503
    assert len(desk.server.asked) == 4
    assert not desk.to.exists()


def test_a_server_that_stops_sending_is_given_up_and_resumed(desk: Desk) -> None:
    let_go = threading.Event()

    def drip(handler: Any) -> None:
        body = handler.body()
        handler.send_response(200)
        for name, said in {**handler.marks(body), "Content-Length": str(len(body))}.items():
            handler.send_header(name, said)
        handler.end_headers()
        handler.wfile.write(body[:40_000])
        handler.wfile.flush()
        let_go.wait(5)

    desk.server.faults[PATH] = [drip]
    desk.client.timeout = httpx.Timeout(0.2)
    try:
        assert desk.get().resumed
    finally:
        let_go.set()
    assert desk.to.read_bytes() == desk.server.files[PATH]


@pytest.mark.parametrize("content_type", ["text/html; charset=utf-8", "application/zip"])
def test_a_web_page_is_not_a_zip(desk: Desk, content_type: str) -> None:
    desk.server.faults[PATH] = [page(content_type)]
    with pytest.raises(FetchFailed, match=r"sent a web page where a zip archive was expected"):
        desk.get()
    assert not desk.to.exists()
    assert not desk.part.exists()
    assert len(desk.server.asked) == 1


@pytest.mark.parametrize(("kind", "expected"), [("csv", "a CSV file"), ("json", "JSON")])
def test_a_zip_is_not_text(desk: Desk, kind: Any, expected: str) -> None:
    with pytest.raises(FetchFailed, match=f"where {expected} was expected"):
        desk.get(kind=kind)
    assert not desk.to.exists()


def test_a_zip_without_its_end_is_fetched_again_even_where_no_length_was_given(desk: Desk) -> None:
    desk.server.lengths = False
    desk.server.faults[PATH] = [dropped(50_000)]
    desk.get()
    assert len(desk.server.asked) == 2
    assert desk.to.read_bytes() == desk.server.files[PATH]


def test_a_checksum_that_does_not_agree_leaves_nothing(desk: Desk) -> None:
    with pytest.raises(FetchFailed, match="checksum is not the one expected"):
        desk.get(checksum="sha256:" + "0" * 64)
    assert list(desk.to.parent.iterdir()) == []
    assert list(desk.cache.iterdir()) == []


@pytest.mark.parametrize("algorithm", ["md5", "sha256"])
def test_a_checksum_that_agrees_is_passed_over(desk: Desk, algorithm: str) -> None:
    digest = hashlib.new(algorithm, desk.server.files[PATH]).hexdigest().upper()
    assert desk.get(checksum=f"{algorithm}:{digest}").size == len(desk.server.files[PATH])


def test_what_is_not_there_is_not_asked_for_twice(desk: Desk) -> None:
    with pytest.raises(FetchFailed, match=r"there is nothing at .*contract\.toml"):
        desk.get(path="/data/archive/1999-01.zip")
    assert len(desk.server.asked) == 1


def test_what_is_forbidden_is_a_matter_for_the_it_desk(desk: Desk) -> None:
    desk.server.faults[PATH] = [status(403)]
    with pytest.raises(FetchFailed, match="Ask your IT desk"):
        desk.get()


def test_nobody_home(desk: Desk) -> None:
    with httpx.Client() as client, pytest.raises(FetchFailed, match=r"it cannot be reached.*HTTPS_PROXY"):
        download("http://127.0.0.1:9/x.zip", desk.to, cache=desk.cache, client=client, wait=lambda *_: None, retries=1)


def test_an_address_that_is_none(desk: Desk) -> None:
    with pytest.raises(FetchFailed, match="not an address that can be fetched"):
        download("ftp://127.0.0.1/x.zip", desk.to, cache=desk.cache, client=desk.client, wait=lambda *_: None)


def test_a_disk_too_small_is_said_before_it_is_full(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=100_000))
    with pytest.raises(StorageTrouble, match=r"needs 0\.2 MB and the disk has 0\.1 MB"):
        desk.get()


def test_a_disk_that_fills_keeps_the_part_for_the_next_run(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    tell = desk.told.append

    def full(*told: Any) -> None:
        tell(told)
        if told[0] > 50_000:
            raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(desk, "told", SimpleNamespace(append=lambda told: full(*told)))
        with pytest.raises(StorageTrouble, match=r"downloading 2025-10\.zip: the disk is full"):
            desk.get()
    assert not desk.to.exists()
    assert desk.part.stat().st_size > 0
    assert desk.get().resumed
    assert desk.to.read_bytes() == desk.server.files[PATH]


def test_ctrl_c_leaves_a_part_to_go_on_from_and_nothing_half_written(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(desk, "told", SimpleNamespace(append=interrupt))
        with pytest.raises(KeyboardInterrupt):
            desk.get()
    assert not desk.to.exists()
    held = desk.part.stat().st_size
    assert 0 < held <= len(desk.server.files[PATH])
    desk.get()
    assert desk.asked_ranges()[-1] == f"bytes={held}-"
    assert desk.to.read_bytes() == desk.server.files[PATH]


def test_a_weak_mark_is_not_trusted_with_pieces(tmp_path: Path) -> None:
    records = Records("http://x/y.zip", tmp_path / "y.zip", tmp_path)
    records.begin(Version("http://x/y.zip", "y.zip", etag='W/"1"'))
    records.part.write_bytes(b"PK")
    assert records.begun() is None


def test_a_record_that_cannot_be_read_is_as_good_as_none(desk: Desk) -> None:
    desk.get()
    for record in desk.cache.iterdir():
        record.write_text("{", encoding="utf-8", newline="\n")
    assert not desk.get().from_cache


def test_it_says_who_it_is_and_goes_through_the_networks_proxy(
    server: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", server.address)
    monkeypatch.setenv("NO_PROXY", "")
    with open_client() as client:
        download(
            f"http://data.police.invalid{PATH}", tmp_path / "x.zip", cache=tmp_path, client=client, wait=lambda *_: None
        )
    target, headers = server.asked[0]
    assert target == f"http://data.police.invalid{PATH}"
    assert headers["user-agent"].startswith("headwater/")


def test_waits_grow_are_drawn_and_never_undercut_the_server() -> None:
    waits: list[float] = []
    wait = backoff(waits.append, np.random.default_rng(3))
    for failed in (1, 2, 3, 20):
        wait(failed, None)
    wait(1, 45.0)
    for drawn, longest in zip(waits, (1, 2, 4, 60), strict=False):
        assert longest / 2 <= drawn <= longest
    assert waits[4] == 45.0
    again: list[float] = []
    wait = backoff(again.append, np.random.default_rng(3))
    for failed in (1, 2, 3, 20):
        wait(failed, None)
    assert again == waits[:4]


def test_a_mirror_keeps_the_host_as_a_folder() -> None:
    url = "https://data.police.uk/api/stops-force?force=x&date=2025-10"
    assert mirrored(url, "") == url
    assert mirrored(url, "http://mirror.example/open/") == (
        "http://mirror.example/open/data.police.uk/api/stops-force?force=x&date=2025-10"
    )


@pytest.mark.parametrize("source", [name for name in BUILT_IN if (SOURCES / name / "fetch.py").is_file()])
def test_every_address_says_what_comes_under_what_licence_and_when_it_was_looked_up(source: str) -> None:
    addresses = read_addresses(SOURCES / source / "contract.toml")
    assert addresses
    for address in addresses.values():
        assert address.url.startswith("https://")
        assert address.arrives
        assert address.licence.startswith("Open Government Licence")
        assert address.checked_on.isoformat() >= "2026-11-24"


def test_blanks_are_made_safe() -> None:
    archive = read_addresses(SOURCES / "police_uk" / "contract.toml")["archive"]
    assert archive.at(release="2025-10") == "https://data.police.uk/data/archive/2025-10.zip"
    assert archive.at(release="../x y") == "https://data.police.uk/data/archive/..%2Fx%20y.zip"


def test_each_month_comes_from_the_newest_release_that_has_it() -> None:
    found = releases(months_between("2022-10", "2025-08"), "2025-10")
    assert [(release, held[0], held[-1]) for release, held in found] == [
        ("2022-10", "2022-10", "2022-10"),
        ("2025-10", "2022-11", "2025-08"),
    ]
    assert [release for release, _ in releases(("2019-05",), "2025-10")] == ["2019-10"]


def test_records_are_plain_json(desk: Desk) -> None:
    desk.get()
    (record,) = desk.cache.iterdir()
    assert json.loads(record.read_text("utf-8"))["file"] == "2025-10.zip"
