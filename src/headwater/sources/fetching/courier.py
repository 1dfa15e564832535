"""Who goes and asks: one connection, one patience, one cache, for all that a run fetches."""

import hashlib
import json
import shutil
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from headwater import __version__
from headwater.sources.fetching.addresses import mirrored
from headwater.sources.fetching.answers import Kind
from headwater.sources.fetching.download import RETRIES, Downloaded, Tell, download, silence
from headwater.sources.fetching.patience import Wait
from headwater.sources.fetching.records import Records
from headwater.vocabulary import FetchFailed

AGENT = f"headwater/{__version__} (open-source; violence needs assessments)"
Page = Callable[[str, Kind], Path]
"""Fetches one page of an answer that comes in pages."""


def open_client() -> httpx.Client:
    """A client that uses the network as it finds it.

    Proxies come from HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY, or from the system's settings on Windows and macOS.
    Certificates are those of SSL_CERT_FILE or SSL_CERT_DIR, or else the usual public ones; those the system trusts, among them
    the ones an employer has put there, are trusted as well.
    """
    trusted = httpx.create_ssl_context()
    trusted.load_default_certs()
    timeout = httpx.Timeout(60, connect=20)
    return httpx.Client(verify=trusted, timeout=timeout, follow_redirects=True, headers={"User-Agent": AGENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Courier:
    """What every source is handed to fetch with."""

    client: httpx.Client
    cache: Path
    wait: Wait
    pause: Callable[[], object] = lambda: None
    """Called between the pages of one answer, so as not to hurry a public service."""
    mirror: str = ""
    tell: Tell = silence
    retries: int = RETRIES

    def file(
        self, url: str, to: Path, kind: Kind, *, retries: int | None = None, records: Path | None = None
    ) -> Downloaded:
        """Fetch one file to `to`, or find that what is there is still what the server has."""
        return download(
            mirrored(url, self.mirror),
            to,
            cache=records or self.cache / "addresses",
            client=self.client,
            wait=self.wait,
            retries=self.retries if retries is None else retries,
            kind=kind,
            progress=self.tell,
        )

    def json(self, url: str, *, retries: int | None = None) -> Any:
        """Ask a question that is answered in JSON; nothing is kept."""
        to = self.cache / "answers" / f"{_key(url)}.json"
        try:
            return read_json(self.file(url, to, "json", retries=retries).path, url)
        finally:
            self.forget(url, to)

    def forget(self, url: str, to: Path) -> None:
        """Delete a file and what is remembered of it, so that it is fetched afresh."""
        Records(mirrored(url, self.mirror), to, self.cache / "addresses").forget()

    @contextmanager
    def pages(self, name: str) -> Generator[Page]:
        """For an answer in pages: each page is kept until all are here, so that a run that is stopped goes on where it was.

        Pages are thrown away when the block ends well, or when it ends in FetchFailed for want of sense in them; they stay
        where the line gave out or someone pressed Ctrl-C.
        """
        room = self.cache / "pages" / name

        def page(url: str, kind: Kind) -> Path:
            kept = room / f"{_key(url)}.{kind}"
            if not kept.is_file():
                self.pause()
                _ = self.file(url, kept, kind, records=room / "addresses")
            return kept

        try:
            yield page
        except FetchFailed as problem:
            if type(problem) is FetchFailed:
                shutil.rmtree(room, ignore_errors=True)
            raise
        shutil.rmtree(room, ignore_errors=True)


def read_json(path: Path, url: str) -> Any:
    """What a JSON file says. Raises FetchFailed where it is not JSON, or is a server's way of saying no."""
    try:
        said = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as problem:
        raise FetchFailed(f"the answer from {url} is not readable JSON. Try again later.") from problem
    if isinstance(said, dict) and "error" in said:
        raise FetchFailed(
            f"{url} was refused by the server. The publisher may have moved it: see the source's contract.toml."
        )
    return said


def _key(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()[:32]
