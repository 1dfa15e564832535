"""Taking in one text file: hashed, counted and put into plain UTF-8 as it streams past, never held whole."""

import codecs
import csv
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from headwater.vocabulary import BadInput

CHUNK = 1 << 18
"""Bytes looked at in one go: what fits in a processor's nearest memory is unzipped, hashed and counted a quarter faster."""
_QUOTED_FIELD = re.compile(rb'(?:(?<=^)|(?<=,))"[^"]*(?:""[^"]*)*"(?=,|\r?\n?$)')
_ODD = re.compile(rb"\n[\r\n]|\r[^\n]")
_FEED, _RETURN, _QUOTE, _COMMA = b'\n\r",'
_BINARY = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a zip archive or an Excel workbook",
    b"PK\x05\x06": "an empty zip archive",
    b"\xd0\xcf\x11\xe0": "an old Excel or Word file",
    b"\x1f\x8b": "a gzip file",
    b"PAR1": "a Parquet file",
    b"SQLite format 3": "a database",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"Rar!": "a RAR archive",
}


@dataclass(frozen=True, slots=True)
class Received:
    """What was learnt about a text file while it streamed past."""

    size: int
    sha256: str
    sound: bool
    """Every line is one record, in readable UTF-8 (whether it has the right number of fields is not known yet)."""
    rows: int
    """Records, the header among them."""
    note: str = ""
    """What had to be put right, in words."""


def receive(pieces: Iterable[bytes], path: Path, name: str, *, table: bool = True) -> Received:
    """Write a file's bytes to `path` in UTF-8 without a byte-order mark.

    UTF-16 is put into UTF-8, and so is Windows-1252 where no byte of the file speaks against it. What is neither is kept
    as it is and is not `sound`. Text that is not a `table` has one record, if it has any letter, and is not `sound`.
    Raises BadInput where the file is not text at all.
    """
    pieces = iter(pieces)
    first = next(pieces, b"")
    if kind := looks_like(first):
        raise BadInput(f"{name} is {kind}, whatever its name says. Save or download it again as CSV.")
    recoded, note = _in_utf8(_again(first, pieces), first)
    tally = _write(recoded, path)
    if tally.decodes:
        return tally.received(path, note, table)
    if _is_windows_1252(path):
        before = path.with_suffix(".raw")
        path.replace(before)
        with before.open("rb") as raw:
            tally = _write(_recode(read_pieces(raw), "cp1252"), path)
        before.unlink()
        note = "was in Windows-1252; it was read as such"
    return tally.received(path, note, table)


def looks_like(first: bytes) -> str | None:
    """What a file that is not text seems to be, from its first bytes; None for text."""
    start = first[:4096].lstrip(codecs.BOM_UTF8)
    for magic, kind in _BINARY.items():
        if start.startswith(magic):
            return kind
    if re.match(rb"\s*<(!doctype|html|\?xml|!--)", start, re.IGNORECASE):
        return "a web page"
    utf16 = start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return "not text" if start.count(0) > len(start) // 8 and not utf16 else None


class Readable(Protocol):
    """Anything bytes can be read from."""

    def read(self, size: int, /) -> bytes: ...


def read_pieces(stream: Readable) -> Iterator[bytes]:
    """The bytes of a stream, CHUNK by CHUNK."""
    while piece := stream.read(CHUNK):
        yield piece


def _again(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    if first:
        yield first
    yield from rest


def _in_utf8(pieces: Iterator[bytes], first: bytes) -> tuple[Iterator[bytes], str]:
    """The same text without a byte-order mark, and a note where it was not UTF-8."""
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _recode(pieces, "utf-16"), "was in UTF-16; it was read as such"
    if first.startswith(codecs.BOM_UTF8):
        return _after(pieces, len(codecs.BOM_UTF8)), ""
    return pieces, ""


def _after(pieces: Iterator[bytes], skipped: int) -> Iterator[bytes]:
    yield next(pieces)[skipped:]
    yield from pieces


def _recode(pieces: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    """Text of another encoding, in UTF-8; what cannot be read becomes U+FFFD."""
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    for piece in pieces:
        yield decoder.decode(piece).encode()
    yield decoder.decode(b"", final=True).encode()


def _write(pieces: Iterator[bytes], path: Path) -> "_Tally":
    tally = _Tally()
    with path.open("wb") as file:
        for piece in pieces:
            if piece:
                file.write(piece)
                tally.add(piece)
    return tally


class _Tally:
    """Counts kept while a file streams past."""

    def __init__(self) -> None:
        self.size = self.lines = 0
        self.decodes, self.plain, self.quotes = True, True, False
        self._digest = hashlib.sha256()
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._end = b"\n"

    def add(self, piece: bytes) -> None:
        self._digest.update(piece)
        self.size += len(piece)
        ends = _line_ends(piece)
        self.lines += len(ends)
        self.quotes = self.quotes or b'"' in piece
        self.plain = self.plain and not _odd_lines(self._end, piece, ends) and 0 not in piece
        self.decodes = self.decodes and self._readable(piece)
        self._end = (self._end + piece[-2:])[-2:]

    def _readable(self, piece: bytes) -> bool:
        try:
            if not piece.isascii() or self._decoder.getstate()[0]:
                _ = self._decoder.decode(piece)
        except UnicodeDecodeError:
            return False
        return True

    def received(self, path: Path, note: str, table: bool) -> Received:
        if not table:
            return Received(self.size, self._digest.hexdigest(), sound=False, rows=int(_says_anything(path)), note=note)
        ends_whole = not self._decoder.getstate()[0] and not self._end.endswith(b"\r")
        sound = self.decodes and self.plain and ends_whole and (not self.quotes or _quotes_are_plain(path))
        rows = self.lines + (not self._end.endswith(b"\n")) if sound else sum(1 for _ in records(path))
        return Received(self.size, self._digest.hexdigest(), sound, rows, note)


def _line_ends(piece: bytes) -> Any:
    """Where the line feeds of a piece are."""
    return np.flatnonzero(np.frombuffer(piece, np.uint8) == _FEED)


def _odd_lines(before: bytes, piece: bytes, ends: Any) -> bool:
    """Is there a blank line, or a carriage return that is not the end of a line? `before` is what came just before.

    NumPy looks at every byte several times as fast as a search for two bytes, and lets other threads work meanwhile.
    """
    if _ODD.search(before + piece[:2]):
        return True
    letters = np.frombuffer(piece, np.uint8)
    returned = letters[ends[ends > 0] - 1] == _RETURN
    if np.count_nonzero(letters == _RETURN) != np.count_nonzero(returned) + piece.endswith(b"\r"):
        return True
    lengths = np.diff(ends)
    return bool((lengths <= 1 + returned[len(returned) - len(lengths) :]).any())


def _says_anything(path: Path) -> bool:
    with path.open("rb") as file:
        return any(line.strip(b"\r\n") for line in file)


def _quotes_are_plain(path: Path) -> bool:
    """Does every quoted field open and close on one line, as the rules of CSV say?"""
    with path.open("rb") as file:
        while lines := file.readlines(CHUNK):
            if not _quotes_come_in_pairs(b"".join(lines)) and not all(map(_quotes_close, lines)):
                return False
    return True


def _quotes_close(line: bytes) -> bool:
    return b'"' not in line or b'"' not in _QUOTED_FIELD.sub(b"", line)


def _quotes_come_in_pairs(lines: bytes) -> bool:
    """Is every other quotation mark where a field begins, and the next where one ends, on the same line? Then all is plain.

    A quotation mark inside a field (it is written twice) makes this false, and the lines must be looked at one by one.
    """
    letters = np.frombuffer(b"\n" + lines + b"\n", np.uint8)
    quotes = np.flatnonzero(letters == _QUOTE)
    if len(quotes) % 2:
        return False
    opens, closes = quotes[::2], quotes[1::2]
    before, after = letters[opens - 1], letters[closes + 1]
    ends = np.flatnonzero(letters == _FEED)
    return bool(
        ((before == _COMMA) | (before == _FEED)).all()
        and ((after == _COMMA) | (after == _FEED) | (after == _RETURN)).all()
        and (np.searchsorted(ends, opens) == np.searchsorted(ends, closes)).all()
    )


def _is_windows_1252(path: Path) -> bool:
    """Could all of it be Windows-1252? Not if some of it is plainly UTF-8, or if a byte means nothing there."""
    decoder = codecs.getincrementaldecoder("utf-8")(errors="surrogateescape")
    with path.open("rb") as file:
        for piece in read_pieces(file):
            if any("\x80" <= letter < "\ud800" or letter > "\udfff" for letter in decoder.decode(piece)):
                return False
            try:
                _ = piece.decode("cp1252")
            except UnicodeDecodeError:
                return False
            if re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", piece):
                return False
    return True


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a CSV file, read with care."""

    line: int
    """The line of the file it begins on; 1 is the first."""
    fields: list[str]
    trouble: str = ""
    """Why its fields cannot be used, in words."""


def records(path: Path) -> Iterator[Record]:
    """Every record that is not blank, the header first, with Python's own CSV reader: slow and sure."""
    with path.open(encoding="utf-8", errors="surrogateescape", newline="") as file:
        reader = csv.reader(file)
        while True:
            line = reader.line_num + 1
            try:
                fields = next(reader)
            except StopIteration:
                return
            except csv.Error:
                yield Record(line, [], "a quotation mark is not closed")
                continue
            if fields:
                yield Record(line, fields, _unreadable(fields))


def _unreadable(fields: list[str]) -> str:
    text = "".join(fields)
    if "\0" in text or (not text.isascii() and any("\ud800" <= letter <= "\udfff" for letter in text)):
        return "the row has bytes that cannot be read as text"
    return ""


def decoded(contents: bytes) -> bytes:
    """Text that is wholly in memory, in UTF-8 without a byte-order mark, as `receive` would write it."""
    if contents.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return contents.decode("utf-16", errors="replace").encode()
    plain = contents.removeprefix(codecs.BOM_UTF8)
    try:
        _ = plain.decode()
    except UnicodeDecodeError as torn:
        whole_but_the_end = torn.start >= len(plain) - 3
        return plain if whole_but_the_end else plain.decode("cp1252", errors="replace").encode()
    return plain
