"""A web server on this machine that serves files as a good one does, and misbehaves on request."""

import hashlib
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Query = dict[str, str]
Fault = Callable[["Handler"], None]
"""Answers one request instead of the server."""


@dataclass
class Loopback:
    """What it serves, what goes wrong, and what it was asked."""

    address: str
    files: dict[str, bytes] = field(default_factory=dict)
    answers: dict[str, Callable[[Query], tuple[int, bytes]]] = field(default_factory=dict)
    """Path -> what it answers to a query, as JSON."""
    faults: dict[str, list[Fault]] = field(default_factory=dict)
    """Path -> what goes wrong, one request after another; then all is well."""
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    """The target and headers of every request."""
    ranges: bool = True
    marks: bool = True
    """Are ETag and Last-Modified given?"""
    lengths: bool = True

    def paths(self) -> list[str]:
        """The paths asked for, in order."""
        return [urlsplit(target).path for target, _ in self.asked]


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: "_Server"

    def log_message(self, *said: Any) -> None:
        """Silence."""

    def do_GET(self) -> None:
        loop = self.server.loop
        loop.asked.append((self.path, {name.casefold(): said for name, said in self.headers.items()}))
        split = urlsplit(self.path)
        if waiting := loop.faults.get(split.path):
            waiting.pop(0)(self)
            return
        if split.path in loop.answers:
            query = {name: said[0] for name, said in parse_qs(split.query).items()}
            status, body = loop.answers[split.path](query)
            self.say(status, body, {"Content-Type": "application/json"})
            return
        body = loop.files.get(split.path)
        if body is None:
            self.say(404, b"<html>Not found</html>", {"Content-Type": "text/html"})
            return
        self.serve(body)

    def body(self) -> bytes:
        return self.server.loop.files[urlsplit(self.path).path]

    def marks(self, body: bytes) -> dict[str, str]:
        if not self.server.loop.marks:
            return {}
        return {
            "ETag": f'"{hashlib.sha256(body).hexdigest()[:12]}"',
            "Last-Modified": formatdate(1_700_000_000, usegmt=True),
        }

    def serve(self, body: bytes) -> None:
        marks = self.marks(body)
        if marks and self.headers.get("If-None-Match") == marks["ETag"]:
            self.say(304, b"", marks)
            return
        start = self.start(marks)
        if start >= len(body) and start:
            self.say(416, b"", {**marks, "Content-Range": f"bytes */{len(body)}"})
        elif start:
            said = {"Content-Range": f"bytes {start}-{len(body) - 1}/{len(body)}"}
            self.say(206, body[start:], {**marks, **said})
        else:
            self.say(200, body, marks)

    def start(self, marks: dict[str, str]) -> int:
        """Where to begin: a range counts only if the version asked for is still this one."""
        asked = self.headers.get("Range", "")
        if not self.server.loop.ranges or not asked or self.headers.get("If-Range") not in marks.values():
            return 0
        return int(asked.removeprefix("bytes=").removesuffix("-"))

    def say(self, status: int, body: bytes, headers: dict[str, str], *, only: int | None = None) -> None:
        """Answer; with `only`, send that many bytes of the body and drop the line."""
        self.send_response(status)
        for name, said in headers.items():
            self.send_header(name, said)
        if self.server.loop.lengths and status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body if only is None else body[:only])
        self.wfile.flush()
        self.close_connection = True


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    loop: Loopback

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no news."""


@contextmanager
def loopback() -> Generator[Loopback]:
    """A server for the length of the block."""
    with _Server(("127.0.0.1", 0), Handler) as server:
        server.loop = Loopback(f"http://127.0.0.1:{server.server_address[1]}")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server.loop
        finally:
            server.shutdown()
            thread.join()


def dropped(after: int) -> Fault:
    """Announces everything (from where it was asked to begin) and hangs up after some bytes of it."""

    def fault(handler: Handler) -> None:
        body = handler.body()
        marks = handler.marks(body)
        start = handler.start(marks)
        said = {"Content-Range": f"bytes {start}-{len(body) - 1}/{len(body)}"} if start else {}
        handler.say(206 if start else 200, body[start:], {**marks, **said}, only=after)

    return fault


def status(code: int, **headers: str) -> Fault:
    """Answers with a status, and headers such as retry_after='7'."""
    said = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda handler: handler.say(code, b"", said)


def page(content_type: str = "text/html; charset=utf-8") -> Fault:
    """Answers 200 with a web page."""
    text = b"<!DOCTYPE html>\n<html><title>Sign in to continue</title></html>\n"
    return lambda handler: handler.say(200, text, {"Content-Type": content_type})


def another_range(start: int) -> Fault:
    """Answers a range with one that begins elsewhere."""

    def fault(handler: Handler) -> None:
        body = handler.body()
        said = {"Content-Range": f"bytes {start}-{len(body) - 1}/{len(body)}"}
        handler.say(206, body[start:], {**handler.marks(body), **said})

    return fault
