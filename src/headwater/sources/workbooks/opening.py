"""Opening a workbook that somebody sent: found safe first, then read by Calamine, which runs no formula and no macro."""

import threading
import zipfile
import zlib
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from headwater.sources.text import looks_like
from headwater.sources.workbooks import ods, xlsx
from headwater.sources.workbooks.notes import nameless_notes_of, notes_of
from headwater.sources.workbooks.seen import Contents, Sheet
from headwater.sources.workbooks.sheets import sheet_as_csv
from headwater.sources.zips import safe_entries
from headwater.vocabulary import BadInput

MOST_UNPACKED = 2 << 30
"""Bytes of XML in one workbook."""
_AGAIN = "is cut short, damaged or not a workbook. Open it, save it again and send that."


@dataclass(frozen=True, slots=True)
class Workbook:
    """What is in one workbook."""

    sheets: tuple[tuple[str, Callable[[], Iterator[bytes]]], ...]
    """(name, its rows as CSV when asked for) for each worksheet that a person sees."""
    ignored: tuple[tuple[str, str], ...]
    """(name, reason) for each sheet that is left alone."""
    notes: tuple[str, ...]
    """What else is in it that is not read, with counts and the names of sheets; never a cell."""
    nameless: tuple[str, ...]
    """The same without the name of the file or of any sheet, for one that is about people."""
    filled: Mapping[str, Callable[[int], Iterator[bytes]]]
    """For each worksheet with cells merged over several rows, its rows with these filled down below the line that is given."""


def open_workbook(file: IO[bytes], name: str) -> Workbook:
    """Open an .xlsx or .ods, from anything that can be read from any place; nothing is written anywhere.

    Raises BadInput where it is not a workbook, is damaged, locked, vast or a bomb, or holds macros.
    """
    contents = _look(file, name)
    for sheet in contents.sheets.values():
        sheet.refuse_vast(name)
    file.seek(0)
    with _read_by_calamine(name):
        book = CalamineWorkbook.from_filelike(file)  # type: ignore[arg-type]
        found = [(about.name, about.typ, about.visible) for about in book.sheets_metadata]
    seen = [called for called, kind, visible in found if _why_not(kind, visible) is None]
    if strange := sorted(set(seen) - set(contents.sheets)):
        raise BadInput(
            f"{name}: it cannot be told what is hidden in {strange[0]!r}. Save the workbook again, as .xlsx."
        )
    one_by_one = threading.Lock()
    return Workbook(
        tuple((called, _rows_of(book, one_by_one, contents.sheets[called], name)) for called in seen),
        tuple((called, why) for called, kind, visible in found if (why := _why_not(kind, visible))),
        notes_of(name, contents, seen),
        nameless_notes_of(contents, seen),
        {
            called: _filled_rows_of(book, one_by_one, contents.sheets[called], name)
            for called in seen
            if any(bottom > top for top, _, bottom, _ in contents.sheets[called].covered)
        },
    )


def _look(file: IO[bytes], name: str) -> Contents:
    start = file.read(64)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadInput(f"{name} is locked with a password, or is an old Excel file. Ask for it without one, as .xlsx.")
    if not start.startswith(b"PK"):
        raise BadInput(f"{name} {f'is {kind}, whatever its name says' if (kind := looks_like(start)) else _AGAIN}")
    with _sound(name), zipfile.ZipFile(file) as archive:
        entries = safe_entries(name, archive)
        if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
            raise BadInput(f"{name} is too large to open at once. Save each of its sheets as CSV.")
        for entry in entries:
            _read_through(archive, entry)
        kind = ods if any(entry.filename == "content.xml" for entry in entries) else xlsx
        return kind.look_into(archive, name)


def _read_through(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Every part must be as long and have the checksum that it says, before anything less careful reads it."""
    with archive.open(entry) as part:
        while part.read(1 << 20):
            pass


@contextmanager
def _sound(name: str) -> Generator[None]:
    try:
        yield
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        ValueError,
        KeyError,
        RecursionError,
    ) as problem:
        raise BadInput(f"{name} {_AGAIN}") from problem


@contextmanager
def _read_by_calamine(name: str) -> Generator[None]:
    try:
        yield
    except CalamineError as problem:
        raise BadInput(f"{name} {_AGAIN}") from problem
    except BaseException as problem:
        if type(problem).__name__ != "PanicException":  # what Rust raises where it gives up; it is no Exception
            raise
        raise BadInput(f"{name} {_AGAIN}") from problem


def _why_not(kind: Any, visible: Any) -> str | None:
    if kind != SheetTypeEnum.WorkSheet:
        return "a chart or the like, and not a table"
    if visible == SheetVisibleEnum.Visible:
        return None
    return f"a {'hidden' if visible == SheetVisibleEnum.Hidden else 'very hidden'} sheet: not read"


def _rows_of(book: CalamineWorkbook, lock: Any, sheet: Sheet, name: str) -> Callable[[], Iterator[bytes]]:
    def pieces() -> Iterator[bytes]:
        with lock, _read_by_calamine(name):
            rows = book.get_sheet_by_name(sheet.name)
        yield from sheet_as_csv(_Again(rows), sheet)

    return pieces


def _filled_rows_of(book: CalamineWorkbook, lock: Any, sheet: Sheet, name: str) -> Callable[[int], Iterator[bytes]]:
    def pieces(line: int) -> Iterator[bytes]:
        with lock, _read_by_calamine(name):
            rows = book.get_sheet_by_name(sheet.name)
        yield from sheet_as_csv(_Again(rows), sheet, filled_below=line)

    return pieces


class _Again:
    """The rows of a sheet from its first, as often as they are asked for."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet

    def __iter__(self) -> Iterator[list[Any]]:
        return iter(self._sheet.iter_rows()) if self._sheet.start else iter(())
