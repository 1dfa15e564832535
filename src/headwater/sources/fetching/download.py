"""One file from one address: whole or not at all."""

import shutil
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from headwater.sources.fetching.answers import (
    Kind,
    Stumbled,
    Unanswered,
    check_kind,
    check_size,
    encoded,
    host,
    refuse,
    whole_size,
)
from headwater.sources.fetching.patience import Wait
from headwater.sources.fetching.records import Records, Version, fingerprint
from headwater.vocabulary import FetchFailed, StorageTrouble, storage_errors

Tell = Callable[[int, int, str], object]
"""Told how much is done, out of how much, and what is being done."""
RETRIES = 5


@dataclass(frozen=True, slots=True)
class Downloaded:
    """A file that is here and whole."""

    path: Path
    sha256: str
    size: int
    from_cache: bool
    """True where the server said that what was here already is still what it has."""
    resumed: bool
    """True where it went on from a part."""


def silence(done: int, total: int, what: str) -> None:
    """Progress that nobody watches."""


def download(  # noqa: PLR0913  the promise of the room: each is one thing a caller decides
    url: str,
    to: Path,
    *,
    cache: Path,
    client: httpx.Client,
    wait: Wait,
    retries: int = RETRIES,
    checksum: str | None = None,
    kind: Kind = "zip",
    progress: Tell = silence,
) -> Downloaded:
    """Fetch `url` to the file `to`, which appears only when it is whole.

    Bytes gather in `to` + '.part'. Where they stop, the next try (or the next run) goes on from there, as long as the server
    still has the same version (HTTP Range with If-Range, RFC 9110 sections 13.1.5 and 14.2); else it begins afresh. A line
    that drops, a time-out, 429 and 5xx are tried again `retries` times in a row with nothing new arriving. `checksum` is
    'md5:…' or 'sha256:…'. Raises FetchFailed with what to do; StorageTrouble where there is no room, and then the part stays.
    """
    trip = _Trip(url, Records(url, to, cache), client, kind, progress)
    with storage_errors(f"downloading {to.name}"):
        to.parent.mkdir(parents=True, exist_ok=True)
        got = _persist(trip, wait, retries)
        if checksum and not _agrees(to, checksum):
            trip.records.forget()
            raise FetchFailed(
                f"{to.name} came whole from {host(url)}, but its checksum is not the one expected, so it was deleted. Try again; if it "
                "happens twice, tell the publisher."
            )
        return got


def _agrees(path: Path, checksum: str) -> bool:
    algorithm, _, expected = checksum.partition(":")
    return fingerprint(path, algorithm) == expected.casefold()


def _persist(trip: "_Trip", wait: Wait, retries: int) -> Downloaded:
    """Try until it is here, or until `retries` tries in a row brought nothing new."""
    furthest, failed = trip.records.held(), 0
    while True:
        try:
            return trip.once()
        except Stumbled as why:
            held = trip.records.held()
            failed = 1 if held > furthest else failed + 1
            furthest = max(furthest, held)
            if failed > retries:
                raise Unanswered(_given_up(trip, why, retries), why.status) from why
            wait(failed, why.after)


def _given_up(trip: "_Trip", why: Stumbled, retries: int) -> str:
    kept = " What has arrived is kept: run this again and it goes on from there." if trip.records.begun() else ""
    return (
        f"{trip.records.to.name} did not arrive from {host(trip.url)} in {retries + 1} tries: {why.why}. Is this machine online, and "
        f"does your network need a proxy (HTTPS_PROXY)?{kept}"
    )


@dataclass(frozen=True, slots=True)
class _Trip:
    """One address, asked as often as it takes."""

    url: str
    records: Records
    client: httpx.Client
    kind: Kind
    progress: Tell

    def once(self) -> Downloaded:
        """Ask once. Raises Stumbled where it is worth asking again."""
        here = self.records.whole()
        begun = None if here else self.records.begun()
        with _words(self.url), self.client.stream("GET", self.url, headers=_headers(here, begun)) as response:
            if response.status_code == 304 and here:
                return Downloaded(self.records.to, here.sha256, here.size, from_cache=True, resumed=False)
            return self._take(response, begun[1] if begun else 0)

    def _take(self, response: httpx.Response, start: int) -> Downloaded:
        if response.status_code == 416:
            self.records.drop()
            raise Stumbled("it has fewer bytes than are here already, so it begins afresh")
        refuse(response, self.kind)
        resumed = response.status_code == 206 and start > 0
        try:
            size = whole_size(response, start)
        except Stumbled:
            self.records.drop()
            raise
        if not resumed:
            self.records.begin(self._version(response))
        self._gather(response, size)
        return self._settle(self._version(response), size, resumed=resumed)

    def _version(self, response: httpx.Response) -> Version:
        said = response.headers
        marks = ("", "") if encoded(response) else (said.get("etag", ""), said.get("last-modified", ""))
        return Version(self.url, self.records.to.name, *marks)

    def _gather(self, response: httpx.Response, size: int | None) -> None:
        """Add what comes to the part."""
        held = self.records.held()
        free = shutil.disk_usage(self.records.to.parent).free
        if size and size - held > free:
            raise StorageTrouble(
                f"{self.records.to.name} needs {_megabytes(size - held)} and the disk has {_megabytes(free)}. Make room and run this again."
            )
        with self.records.part.open("ab") as file:
            for piece in response.iter_bytes():
                file.write(piece)
                held += len(piece)
                self.progress(min(held, size - 1) if size else held, size or held + 1, self.records.to.name)

    def _settle(self, version: Version, size: int | None, *, resumed: bool) -> Downloaded:
        """Is the part whole, and what was expected? Then it takes its place."""
        held = self.records.held()
        if size is not None and held < size:
            raise Stumbled(f"it stopped after {held:,} of {size:,} bytes")
        try:
            check_size(held, size)
            check_kind(self.records.part, self.kind, self.url)
        except (Stumbled, FetchFailed):
            self.records.drop()
            raise
        digest = fingerprint(self.records.part)
        self.records.finish(Version(version.url, version.file, version.etag, version.last_modified, digest, held))
        self.progress(held, held, self.records.to.name)
        return Downloaded(self.records.to, digest, held, from_cache=False, resumed=resumed)


def _headers(here: Version | None, begun: tuple[Version, int] | None) -> dict[str, str]:
    headers = {"Accept-Encoding": "identity"}
    if here:
        headers |= {"If-None-Match": here.etag} if here.etag else {}
        headers |= {"If-Modified-Since": here.last_modified} if here.last_modified else {}
    if begun:
        headers |= {"Range": f"bytes={begun[1]}-", "If-Range": begun[0].mark}
    return headers


@contextmanager
def _words(url: str) -> Generator[None]:
    """Inside this block what goes wrong on the line is said in words."""
    try:
        yield
    except (httpx.UnsupportedProtocol, httpx.InvalidURL, httpx.TooManyRedirects) as problem:
        raise FetchFailed(f"{url} is not an address that can be fetched ({problem}).") from problem
    except httpx.ProxyError as problem:
        raise Stumbled(f"the proxy of your network refused ({problem})") from problem
    except httpx.RequestError as problem:
        if "CERTIFICATE_VERIFY_FAILED" in str(problem):
            raise FetchFailed(
                f"the certificate of {host(url)} is not trusted here. Many councils' networks put their own in its place: ask your IT "
                "desk for the file of trusted certificates, and name it in SSL_CERT_FILE."
            ) from problem
        raise Stumbled(_LINE.get(type(problem), "the line broke")) from problem


_LINE: dict[type[httpx.RequestError], str] = {
    httpx.ConnectError: "it cannot be reached",
    httpx.ConnectTimeout: "it does not answer",
    httpx.ReadTimeout: "nothing more came for a while",
    httpx.RemoteProtocolError: "the line dropped before the end",
}


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB"
