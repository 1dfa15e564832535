"""Judging what a server answered: take it, ask again, or give up with a sentence."""

import re
import zipfile
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import httpx

from headwater.sources.fetching.patience import MOST_ASKED
from headwater.sources.text import looks_like
from headwater.vocabulary import FetchFailed

Kind = Literal["zip", "csv", "json"]
_KINDS = {"zip": "a zip archive", "csv": "a CSV file", "json": "JSON"}
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)")


class Stumbled(Exception):
    """It did not work this time and may the next: why in words, and how long the server asked to be left alone."""

    def __init__(self, why: str, *, after: float | None = None, status: int | None = None) -> None:
        super().__init__(why)
        self.why, self.after, self.status = why, after, status


class Unanswered(FetchFailed):
    """The server went on refusing; `status` is its last answer, None where there was none."""

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


def host(url: str) -> str:
    """The name of the server, which is as much of an address as a sentence can bear."""
    return urlsplit(url).hostname or url


def refuse(response: httpx.Response, kind: Kind) -> None:
    """Let a good answer through. Raises Stumbled where it is worth asking again, FetchFailed where it is not."""
    status = response.status_code
    if status in _PASSING:
        after = _asked(response)
        if after is not None and after > MOST_ASKED:
            raise Unanswered(
                f"{host(str(response.url))} asks to be left alone for {round(after / 60)} minutes. Run this again after that.",
                status,
            )
        raise Stumbled(f"it answered {status} ({response.reason_phrase})", after=after, status=status)
    if status not in (200, 206):
        raise Unanswered(_sentence(response), status)
    if "html" in response.headers.get("content-type", "").casefold():
        raise _page(str(response.url), kind)


def _sentence(response: httpx.Response) -> str:
    status, address = response.status_code, str(response.url)
    if status in (404, 410):
        return (
            f"there is nothing at {address} (it answered {status}). The publisher may have moved it: the addresses are in the "
            "source's contract.toml. Or fetch the file by hand, and land it."
        )
    if status in (401, 403, 407):
        return f"{host(address)}, or your network's proxy, does not allow {address} (it answered {status}). Ask your IT desk."
    return f"{address} answered {status} ({response.reason_phrase}), which Headwater does not expect. Nothing was kept."


def _page(url: str, kind: Kind) -> FetchFailed:
    return FetchFailed(
        f"{host(url)} sent a web page where {_KINDS[kind]} was expected. It may be a sign-in page of your network, or the file "
        f"may have moved: open {url} in a browser to see. Nothing was kept."
    )


def _asked(response: httpx.Response) -> float | None:
    """Retry-After in seconds. A day and hour is held against the server's own clock, for this room has none."""
    said = response.headers.get("retry-after", "").strip()
    if said.isdecimal():
        return float(said)
    until, now = _moment(said), _moment(response.headers.get("date", ""))
    return max((until - now).total_seconds(), 0.0) if until and now else None


def _moment(said: str) -> datetime | None:
    try:
        return parsedate_to_datetime(said)
    except ValueError:
        return None


def whole_size(response: httpx.Response, start: int) -> int | None:
    """Bytes the whole file should have, as far as the server says. Raises Stumbled where a range is not the one asked for."""
    if response.status_code == 206:
        found = _RANGE.fullmatch(response.headers.get("content-range", "").strip())
        if not found or int(found[1]) != start or int(found[2]) + 1 != int(found[3]):
            raise Stumbled("it sent another part of the file than was asked for")
        return int(found[3])
    said = response.headers.get("content-length", "")
    return int(said) if said.isdecimal() and not encoded(response) else None


def encoded(response: httpx.Response) -> bool:
    """Was it squeezed for the journey? Then lengths and ranges are not those of the file."""
    return response.headers.get("content-encoding", "identity") != "identity"


def check_size(held: int, size: int | None) -> None:
    """Raises Stumbled where more came than was announced."""
    if size is not None and held > size:
        raise Stumbled("more arrived than was announced")


def check_kind(path: Path, kind: Kind, url: str) -> None:
    """Is it what was expected, by its bytes? Raises FetchFailed for a page, Stumbled for a zip whose end is missing."""
    with path.open("rb") as file:
        first = file.read(4096)
    what = looks_like(first)
    if kind == "zip" and first.startswith(b"PK"):
        if not zipfile.is_zipfile(path):
            raise Stumbled("the end of the zip archive is missing")
        return
    if what == "a web page":
        raise _page(url, kind)
    if what or kind == "zip" or not first:
        raise FetchFailed(
            f"{host(url)} sent {what or 'something else'} where {_KINDS[kind]} was expected. Nothing was kept."
        )
