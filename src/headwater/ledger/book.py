"""A ledger is a text file of JSON lines. Each line holds the seal of the line before it, and its own.

    seal = SHA-256 of the line's canonical JSON (keys sorted, no spaces, UTF-8) without the seal itself

Changing, removing or re-ordering a line breaks the chain at that place. Cutting whole lines off the end cannot be seen from
inside the file: whoever wants to prove that nothing was cut keeps the last seal somewhere else.
"""

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self, cast

from headwater.vocabulary import WorkspaceTrouble, storage_errors

FIRST = "0" * 64
"""The seal before the first line."""
MENDED = "set aside a torn line"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that was done."""

    did: str
    """A verb in the past tense: 'landed', 'froze', 'published'."""
    to: str
    """What it was done to."""
    who: str
    because: str
    when: str | None
    """As it was handed in; this room has no clock."""
    before: str
    """The seal of the line before; sixty-four noughts for the first."""
    hash: str
    """The seal of this line."""

    @classmethod
    def sealed(cls, *, did: str, to: str, who: str, because: str, when: str | None, before: str) -> Self:
        said = {"did": did, "to": to, "who": who, "because": because, "when": when, "before": before}
        return cls(**said, hash=hashlib.sha256(_canonical(said)).hexdigest())  # pyright: ignore[reportArgumentType]

    @property
    def is_whole(self) -> bool:
        """Does the seal fit what the line says?"""
        said = {name: value for name, value in asdict(self).items() if name != "hash"}
        return hashlib.sha256(_canonical(said)).hexdigest() == self.hash


@dataclass(frozen=True, slots=True)
class Verdict:
    """What `verify` found."""

    entries: int
    """Lines that stand, counted from the top."""
    broken_at: int | None
    """The first line (from 1) that does not follow from the one before it, or None."""
    torn: bool
    """Was the last line cut off in the writing? The next `append` sets it aside."""
    seal: str
    """The seal of the last line that stands."""

    @property
    def sound(self) -> bool:
        return self.broken_at is None and not self.torn


def append(path: Path, *, did: str, to: str, who: str, because: str = "", when: str | None = None) -> Entry:
    """Write one line at the end and see it onto the disk.

    A last line torn by a crash is moved to a file beside the ledger first, and the ledger says so. Raises WorkspaceTrouble
    where the chain is broken: nothing may be built on a ledger that has been changed.
    """
    verdict = verify(path)
    if verdict.broken_at is not None:
        raise WorkspaceTrouble(
            f"{path.name} was changed at line {verdict.broken_at}. Put back a copy from before the change; "
            "nothing was done."
        )
    before = verdict.seal
    if verdict.torn:
        aside = _set_aside(path)
        before = _write(path, Entry.sealed(did=MENDED, to=aside.name, who=who, because="", when=when, before=before))
    entry = Entry.sealed(did=did, to=to, who=who, because=because, when=when, before=before)
    _write(path, entry)
    return entry


def read(path: Path) -> tuple[Entry, ...]:
    """Every line that stands, first to last; a torn last line is left out. Empty where there is no ledger yet."""
    whole, _ = _split(path)
    return tuple(entry for line in whole if (entry := _parse(line)) is not None)


def verify(path: Path) -> Verdict:
    """Follow the chain from the first line, and say at which line it is broken, if it is."""
    whole, rest = _split(path)
    seal = FIRST
    for number, line in enumerate(whole, start=1):
        entry = _parse(line)
        if entry is None or entry.before != seal or not entry.is_whole:
            return Verdict(number - 1, number, bool(rest), seal)
        seal = entry.hash
    return Verdict(len(whole), None, bool(rest), seal)


def _split(path: Path) -> tuple[list[bytes], bytes]:
    """The lines that end, and what comes after the last of them."""
    try:
        *whole, rest = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return [], b""
    return whole, rest


def _parse(line: bytes) -> Entry | None:
    try:
        said: Any = json.loads(line)
        return Entry(**cast("dict[str, Any]", said))
    except (ValueError, TypeError):
        return None


def _set_aside(path: Path) -> Path:
    """Move a torn last line to '<ledger>.torn-1' (or the next free number), then cut it off."""
    whole, rest = _split(path)
    numbers = range(1, len(whole) + 3)
    aside = next(name for n in numbers if not (name := path.with_name(f"{path.name}.torn-{n}")).exists())
    with storage_errors(f"mending {path.name}"):
        aside.write_bytes(rest)
        with path.open("rb+") as file:
            file.truncate(sum(len(line) + 1 for line in whole))
    return aside


def _write(path: Path, entry: Entry) -> str:
    with storage_errors(f"writing to {path.name}"), path.open("ab") as file:
        file.write(_canonical(asdict(entry)) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    return entry.hash


def _canonical(said: dict[str, Any]) -> bytes:
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8")
