"""What is inside a file: the tables it holds, each as the UTF-8 CSV (or the GeoJSON) that sources read.

Nothing here touches the disk: a table is a stream of bytes, made when it is asked for.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from headwater.sources.assault_returns import look_into_return, return_as_csv
from headwater.sources.members import Member
from headwater.sources.parquet import parquet_as_csv, zones_of
from headwater.sources.workbooks import open_workbook


@dataclass(frozen=True, slots=True)
class Inside:
    """One table of a file."""

    name: str
    """Its name inside what was handed over: the file's own, or 'file.xlsx/Sheet name.csv'."""
    called: str
    """What sources are told it is called: the same, as if it had come as a CSV."""
    pieces: Callable[[], Iterator[bytes]]
    file: str
    """The file it is of, inside what was handed over."""
    filled: Callable[[int], Iterator[bytes]] | None = None
    """For a worksheet with cells merged over several rows, the same with these filled down below the line that is given."""

    @property
    def kind(self) -> str:
        """'.csv' or '.geojson'."""
        return PurePosixPath(self.called.casefold()).suffix


@dataclass(frozen=True, slots=True)
class Insides:
    """All that was found in some files."""

    tables: tuple[Inside, ...]
    ignored: tuple[tuple[str, str], ...] = ()
    """(name, reason) for each table that is left alone."""
    notes: tuple[str, ...] = ()
    """What is there and is not read, or had to be put otherwise."""
    nameless: tuple[str, ...] = ()
    """The same without a name that somebody gave, for files about people."""


def insides(members: Iterable[Member]) -> Insides:
    """The tables of every file, in order. Raises BadInput where a file cannot be opened."""
    found = [_OPENERS.get(member.kind, _as_it_is)(member) for member in members]
    return Insides(
        tuple(table for one in found for table in one.tables),
        tuple(said for one in found for said in one.ignored),
        tuple(note for one in found for note in one.notes),
        tuple(note for one in found for note in one.nameless),
    )


def _as_it_is(member: Member) -> Insides:
    return Insides((Inside(member.name, _ungzipped(member.name), member.pieces, member.name),))


def _parquet(member: Member) -> Insides:
    def pieces() -> Iterator[bytes]:
        with member.whole() as file:
            yield from parquet_as_csv(file, member.name)

    with member.whole() as file:
        notes = tuple(f"{member.name}: {note}" for note in zones_of(file, member.name))
    return Insides((Inside(member.name, _as_if_csv(member.name), pieces, member.name),), notes=notes)


def _workbook(member: Member) -> Insides:
    with member.whole() as file:
        book = open_workbook(file, member.name)
    names = _names(member.name, [called for called, _ in book.sheets])
    sheets = zip(names, book.sheets, strict=True)
    return Insides(
        tuple(Inside(name, name, pieces, member.name, book.filled.get(called)) for name, (called, pieces) in sheets),
        tuple((f"{member.name}/{_safe(called)}", why) for called, why in book.ignored),
        book.notes,
        book.nameless,
    )


def _assault_return(member: Member) -> Insides:
    strange = look_into_return(member.pieces(), member.name)
    if strange is None:
        return Insides((), ((member.name, "XML that is no return of Information Sharing to Tackle Violence"),))

    def pieces() -> Iterator[bytes]:
        return return_as_csv(member.pieces(), member.name)

    counted = ", ".join(f"{element} ({count:,})" for element, count in sorted(strange.items()))
    notes = (f"{member.name}: elements that are not of the minimum data set: {counted}: not read",) if counted else ()
    nameless = (f"elements that are not of the minimum data set: {strange.total():,}: not read",) if counted else ()
    return Insides((Inside(member.name, _as_if_csv(member.name), pieces, member.name),), notes=notes, nameless=nameless)


def _names(file: str, sheets: Iterable[str]) -> list[str]:
    """'file.xlsx/Sheet name.csv' for each sheet, a name that Windows would allow, no two alike."""
    names: list[str] = []
    for sheet in sheets:
        name, again = _safe(sheet), 1
        while f"{file}/{name}.csv".casefold() in map(str.casefold, names):
            again += 1
            name = f"{_safe(sheet)} ({again})"
        names.append(f"{file}/{name}.csv")
    return names


def _safe(sheet: str) -> str:
    return re.sub(r'[<>:"/\\|?*\x00-\x1f]', "-", sheet).strip(" .") or "sheet"


def _ungzipped(name: str) -> str:
    return name[:-3] if name.casefold().endswith(".gz") else name


def _as_if_csv(name: str) -> str:
    return str(PurePosixPath(_ungzipped(name)).with_suffix(".csv"))


_OPENERS: dict[str, Callable[[Member], Insides]] = {".parquet": _parquet, ".xlsx": _workbook, ".ods": _workbook,
                                                 ".xml": _assault_return}  # fmt: skip
