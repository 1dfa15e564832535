"""Looking at the beginning of a file, in memory, before a byte of it is written anywhere.

A file goes to the disk only if somebody knows it for data without personal columns. One that has personal columns goes
through the edge. One that nobody knows is left where it is: who can say what is in it?
"""

import codecs
import json
import re
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any, cast

from headwater.sources.contract import Contract, folded
from headwater.sources.edge import safe_header
from headwater.sources.edge.memory import MemoryFile
from headwater.sources.heading import below_titles, header_among, top_rows
from headwater.sources.inside import Inside
from headwater.sources.mapping import FOLDER, Mapping, fitting, read_through
from headwater.sources.registry import sources
from headwater.sources.source import Recognition, Source
from headwater.sources.text import Record, looks_like, records
from headwater.vocabulary import BadInput, MissingColumns

LARGEST = 512 << 20
"""Bytes of the largest file that is made safe: the whole of it is held in memory."""
_NEARLY = 0.7
_WHO = re.compile(
    r"\b(sur ?name|fore ?names?|first ?name|last ?name|given ?name|family ?name|full ?name|(patient|client|victim|pupil|person)s? ?name|"
    r"dob|date of birth|birth ?date|nhs ?(no|num|number)|addresse?s?|address line|e ?mail|(tele)?phone|mobile)\b"
)
_ALSO_PUBLIC = frozenset(("location",))
"""Names of columns that may describe a place in somebody's words, and that published police files give to a snap point."""
_ORDINARY = frozenset((
    "all", "archive", "area", "areas", "bad", "boundaries", "csv", "data", "deprivation", "download", "downloads",
    "extract", "file", "files", "folder", "geojson", "good", "gz", "imd", "json", "land", "latest", "lookup",
    "lookups", "month", "months", "new", "ods", "old", "one", "parquet", "places", "police", "population",
    "populations", "residents", "return", "returns", "revised", "search", "stop", "street", "outcomes", "two", "uk",
    "xlsx", "xml", "year", "years", "zip",
))  # fmt: skip
"""Words that may stand in a file's name and name nobody."""
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_PROPERTIES = re.compile(rb'"properties"\s*:\s*(\{[^{}]*\})')
_NONE = re.compile(rb'"features"\s*:\s*\[\s*\]')


@dataclass(frozen=True, slots=True)
class Head:
    """A file whose beginning is in memory; `pieces()` goes on from there, once."""

    table: Inside
    first: bytes
    rest: Iterator[bytes]
    header: tuple[str, ...]
    note: str = ""
    """Where the header was found, if not at the top, or through what mapping the file is read."""
    mapping: Mapping | None = None
    """What it is read through; then the header and the pieces are what comes out of that."""

    def pieces(self) -> Iterator[bytes]:
        """The whole file."""
        return chain((self.first,) if self.first else (), self.rest)

    def close(self) -> None:
        """Let go of the file. One that was refused halfway would else be held open until some later time."""
        let_go(self.rest)

    def whole(self) -> bytes:
        """The whole file, in memory. Raises BadInput where it is too large for that."""
        held: list[bytes] = []
        size = 0
        for piece in self.pieces():
            size += len(piece)
            if size > LARGEST:
                raise BadInput(
                    f"a file with personal columns is over {LARGEST >> 20} MB, and is only ever held in memory. "
                    "Ask for it in parts, a month each."
                )
            held.append(piece)
        return b"".join(held)


def head_of(table: Inside, mappings: Iterable[Mapping] = ()) -> Head:
    """Look at the beginning of a file. One whose header is that of a mapping is read through it."""
    pieces = table.pieces()
    try:
        return _head(table, pieces, mappings)
    except BaseException:
        let_go(pieces)
        raise


def let_go(pieces: Iterator[bytes]) -> None:
    """Close the file that pieces come from, if they have not all come."""
    if isinstance(pieces, Generator):
        cast("Generator[bytes]", pieces).close()


def _head(table: Inside, pieces: Iterator[bytes], mappings: Iterable[Mapping]) -> Head:
    first = next(pieces, b"")
    head = Head(table, first, pieces, _header(table, first))
    if table.kind != ".csv" or looks_like(first):
        return head
    found = fitting(top_rows(first), mappings)
    return _mapped(head, *found) if found else _below_titles(head)


def _mapped(head: Head, mapping: Mapping, top: Record) -> Head:
    contents = head.whole()
    pieces = read_through(mapping, contents, top)
    unread = len(mapping.folded_header) - len(mapping.columns)
    note = (
        f"was read through {FOLDER}/{mapping.name}.toml, agreed by {mapping.agreed_by} on {mapping.agreed}; {unread:,} of its "
        f"columns were not read; what was sent has the SHA-256 {sha256(contents).hexdigest()}"
    )
    return Head(head.table, next(pieces), pieces, (*mapping.columns, *mapping.always), note, mapping)


def _below_titles(head: Head) -> Head:
    """The same file with blank lines for the titles above its header, where it has any; else as it is."""
    if head.first.startswith(_UTF_16):
        return head
    found = header_among(top_rows(head.first), (each for source in sources() for each in source.contracts.values()))
    if found is None or _known_as_it_is(head):
        return head
    header = tuple(field.strip() for field in found.fields)
    note = f"has its header in line {found.line}; what stands above it was not read"
    return Head(head.table, below_titles(head.first, found.line), head.rest, header, note)


def _known_as_it_is(head: Head) -> bool:
    try:
        return may_be_written(head)
    except BadInput:
        return False


def guarded() -> tuple[Contract, ...]:
    """Every contract with personal columns."""
    return tuple(each for source in sources() for each in source.contracts.values() if each.edge)


def guarding(header: tuple[str, ...]) -> Contract | None:
    """The contract whose personal data a file of this header holds.

    Raises BadInput, in the contract's words alone, where a header is nearly that of one.
    """
    contract = max(guarded(), key=lambda each: (each.likeness(header), _held(each, header), each.dataset), default=None)
    likeness = contract.likeness(header) if contract else 0.0
    if contract is None or likeness < _NEARLY:
        return None
    if likeness < 1:
        missing = [c.name for c in contract.columns if c.required and not contract.offers(c, header)]
        raise BadInput(
            f"the file looks like {contract.dataset}, but lacks {', '.join(map(repr, missing))}. No rows were read."
        )
    return contract


def _held(contract: Contract, header: tuple[str, ...]) -> int:
    """How many of the contract's columns a header has: what tells two datasets of one system apart."""
    return sum(contract.offers(column, header) for column in contract.columns)


def is_safe(head: Head) -> bool:
    """Is it, by its columns, a file that the edge made?"""
    return any(head.header == safe_header(each) for each in guarded())


def sounds_personal(header: tuple[str, ...]) -> bool:
    """Has a file a column whose name says that it could tell who somebody is? No public file has one.

    Many columns are allowed in public look-ups; without this a partner's file with two codes of areas would pass for one.
    """
    told = {folded(name) for each in guarded() for column in each.personal for name in (column.name, *column.accepted)}
    told -= _ALSO_PUBLIC
    return any(folded(name) in told or names_somebody(name) for name in header)


def names_somebody(column: str) -> bool:
    """Does the name of a column say that it holds a name, a birth date, or a way to reach somebody?"""
    return bool(_WHO.search(re.sub(r"[^a-z]+", " ", folded(column))))


def may_be_written(head: Head) -> bool:
    """Does any source know the file for public data, from what is in memory of it?

    Raises BadInput as the source does where it knows the file and finds it wrong, so that nothing of it is written either.
    """
    if looks_like(head.first) or not head.first:
        return True  # it is refused, or found empty, before anything of it is written
    known = recognised(head.table.called, head.header, cast("Path", MemoryFile(head.first, head.table.called)))
    return known is not None and (head.mapping is None or head.mapping.dataset == known.dataset)


def named_as_public(name: str) -> bool:
    """May a file's name be repeated: because it is known as public by its name, or is made of words that name nobody?"""
    return _is_ordinary(name) or any(_names(source, name) for source in sources())


def _is_ordinary(name: str) -> bool:
    """'police.zip', 'lookups 2021.csv': words on a short list, years and months; a whole date may be somebody's birthday."""
    words = re.findall(r"[a-z]+|[0-9]+|[^a-z0-9]+", name.casefold())
    told = [word for word in words if word.isalnum()]
    numbers = [word for word in told if word.isdigit()]
    return (
        name.isascii()
        and len(numbers) <= 2
        and all(len(word) in (2, 4) for word in numbers)
        and all(word in _ORDINARY for word in told if not word.isdigit())
    )


def _names(source: Source, name: str) -> bool:
    """Does the source know files by names, and this name wholly? It does if it misses the columns, and only them."""
    nothing = cast("Path", MemoryFile(b"", name))
    try:
        if source.recognise(name, (), nothing) is not None:
            return True
    except MissingColumns:
        headers = [tuple(c.name for c in each.columns if c.required) for each in source.contracts.values()]
        return any(_found(source, name, header, nothing) for header in headers)
    except BadInput:
        return False
    return False


def _found(source: Source, name: str, header: tuple[str, ...], path: Path) -> bool:
    try:
        return source.recognise(name, header, path) is not None
    except BadInput:
        return False


def recognised(name: str, header: tuple[str, ...], path: Path) -> Recognition | None:
    """What the first source that knows a file says it is."""
    return next(filter(None, (source.recognise(name, header, path) for source in sources())), None)


def _header(table: Inside, first: bytes) -> tuple[str, ...]:
    """Column names in file order; for GeoJSON the property names of the first feature that is in memory."""
    if looks_like(first):
        return ()
    if table.kind != ".geojson":
        top = next(records(cast("Path", MemoryFile(first))), None)
        return tuple(field.strip() for field in top.fields) if top else ()
    try:
        found = _PROPERTIES.search(first)
        named: dict[str, Any] = json.loads(found[1]) if found else {}
    except ValueError:
        named = {}
    if not named and first and not _NONE.search(first) and not _PROPERTIES.search(first):
        raise BadInput(f"{table.name} is not readable GeoJSON: it needs a list of features with properties.")
    return tuple(named)
