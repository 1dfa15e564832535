"""Returns that people fill in by hand: nothing but their own columns comes in, and what was merged stands in every row."""

import csv
import re
from collections.abc import Mapping as Lookup
from dataclasses import replace
from itertools import chain

from headwater.sources.contract import Contract, folded
from headwater.sources.heading import top_rows
from headwater.sources.lines import as_lines
from headwater.sources.mapping import Mapping, read_through
from headwater.sources.registry import sources
from headwater.sources.screening import Head, names_somebody
from headwater.vocabulary import BadInput

_ONE_PERSON = re.compile(
    r"\b(names?|initials|clients?|service users?|victims?|pupils?|case (no|number|ref)|reference|signed)\b"
)


def as_filled_in(head: Head) -> Head:
    """The file with no more than the columns of the return it is; any other file as it is.

    It is read in memory, and what is left out is told: other columns, and notes under the table. Raises BadInput where a column
    sounds as if it held who somebody is, and where the file is neither CSV nor a workbook: no byte of it is written anywhere.
    """
    promised = _return_of(head.header) if head.mapping is None else None
    if promised is None:
        return head
    _refuse_personal(head, promised)
    top = top_rows(head.first)[0]
    filled = head.table.filled
    contents = replace(head, first=b"", rest=filled(top.line) if filled else head.pieces()).whole()
    wanted = promised.match(head.header)
    rows = [
        _cells(line)
        for piece in read_through(_as_mapping(promised, head, wanted), contents, top)
        for line in _lines(piece)
    ]
    notes = [number for number, row in enumerate(rows, start=1) if number > top.line and sum(map(bool, row)) == 1]
    for number in notes:
        rows[number - 1] = []
    said = _note(head, promised, notes=len(notes), merged=filled is not None)
    return Head(head.table, as_lines(rows), iter(()), tuple(wanted), said)


def _lines(piece: bytes) -> list[str]:
    return piece.decode("utf-8").split("\n")[:-1]


def _cells(line: str) -> list[str]:
    return next(csv.reader([line]), [])


def _as_mapping(promised: Contract, head: Head, wanted: Lookup[str, str]) -> Mapping:
    """The columns of a return under the contract's names, and no others."""
    return Mapping(
        name="", dataset=promised.dataset, producer="", header=head.header, columns=wanted, always={}, dates=(),
        date_order=None, codes={},
    )  # fmt: skip


def _return_of(header: tuple[str, ...]) -> Contract | None:
    """The return whose required columns are all in a header."""
    every = chain.from_iterable(source.contracts.values() for source in sources())
    return next((each for each in every if each.by_hand and each.likeness(header) == 1), None)


def _refuse_personal(head: Head, promised: Contract) -> None:
    if not head.table.name.casefold().endswith(".csv"):
        raise BadInput("this is a return filled in by hand, and those are read from XLSX, ODS or CSV. Save it as one.")
    strangers = _strangers(head.header, promised)
    if told := sum(tells_of_somebody(name) for name in strangers):
        raise BadInput(
            f"the return has {told:,} column{'s' * (told > 1)} whose heading says that it could tell who somebody is. A return is of "
            "numbers only: delete names, initials, addresses and dates of birth, save it, and send it again. Nothing of it was kept."
        )


def tells_of_somebody(heading: str) -> bool:
    """Would a column of this heading, in a return of numbers, be about one person a row?"""
    return names_somebody(heading) or bool(_ONE_PERSON.search(heading.casefold()))


def _strangers(header: tuple[str, ...], promised: Contract) -> list[str]:
    """The columns of a header that are not the return's, those without a name among them."""
    known = {folded(name) for column in promised.columns for name in (column.name, *column.accepted)}
    return [name for name in header if folded(name) not in known]


def _note(head: Head, promised: Contract, *, notes: int, merged: bool) -> str:
    left = len(_strangers(head.header, promised))
    said = (
        head.note,
        "has cells merged over several rows: each was read as standing in every row it covers" if merged else "",
        f"has {_many(left, 'column')} not of the return: neither read nor kept" if left else "",
        f"has {_many(notes, 'line')} with a single cell, as notes have: neither read nor kept" if notes else "",
    )
    return "; it ".join(filter(None, said))


def _many(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
