"""Reading a partner's file through the mapping that was agreed: the contract's columns come out, and no others."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import cast

from headwater.sources.contract import folded
from headwater.sources.dates import date_reader
from headwater.sources.edge.memory import MemoryFile
from headwater.sources.lines import as_lines
from headwater.sources.mapping.agreed import FOLDER, Mapping
from headwater.sources.reading import Unusable
from headwater.sources.registry import contract
from headwater.sources.text import Record, records
from headwater.vocabulary import BadInput, did_you_mean

NEARLY = 0.6
"""The share of a mapping's header, and of a file's, that both must have for the one to be meant for the other."""
_AT_ONCE = 5_000

Reader = Callable[[str], str]


def fitting(rows: Sequence[Record], mappings: Iterable[Mapping]) -> tuple[Mapping, Record] | None:
    """The mapping whose header stands among the first rows of a file, and that row; None where there is none.

    Raises BadInput, with did-you-mean, where a row is nearly the header of a mapping: then it is that partner's file, changed.
    """
    asked = tuple(mappings)
    for row in rows:
        header = frozenset(filter(None, map(folded, row.fields)))
        exact = next((each for each in asked if each.folded_header == header), None)
        if exact:
            _refuse_unagreed(exact)
            return exact, row
        for each in asked:
            shared = len(header & each.folded_header)
            if shared >= NEARLY * max(len(header), len(each.folded_header)):
                raise BadInput(_changed(each, row))
    return None


def _refuse_unagreed(mapping: Mapping) -> None:
    if not (mapping.agreed_by.strip() and mapping.agreed.strip()):
        raise BadInput(
            f"{FOLDER}/{mapping.name}.toml fits the file, and nobody has agreed it yet. Read it line by line, then fill in "
            "agreed_by and agreed. No rows were read."
        )


def _changed(mapping: Mapping, row: Record) -> str:
    offered = [field.strip() for field in row.fields if field.strip()]
    there = set(map(folded, offered))
    gone = [name for name in mapping.header if folded(name) and folded(name) not in there]
    new = [name for name in offered if folded(name) not in mapping.folded_header]
    said = [f"lacks {', '.join(did_you_mean(name, new) for name in gone)}"] if gone else []
    said += [f"has {len(new):,} columns that it does not know"] if new else []
    return (
        f"the header is nearly that of {FOLDER}/{mapping.name}.toml, but {' and '.join(said)}. Agree with {mapping.producer} what "
        "changed, then change the mapping or make it again with `headwater map`. No rows were read."
    )


def read_through(mapping: Mapping, contents: bytes, top: Record) -> Iterator[bytes]:
    """The rows below `top` as CSV under the contract's names. A line keeps its number.

    A row that does not fit its header comes out too wide, so that its source sets it aside. Raises BadInput where a column
    of dates is written in two ways.
    """
    file = cast("Path", MemoryFile(contents))
    header = [folded(field) for field in top.fields]
    if twice := {name for name in header if name and header.count(name) > 1}:
        raise BadInput(f"the header has {len(twice):,} columns twice. No rows were read.")
    here = {ours: header.index(folded(theirs)) for ours, theirs in mapping.columns.items()}
    readers = {ours: _reader(mapping, ours, _column(file, top, at)) for ours, at in here.items()}
    names = (*mapping.columns, *mapping.always)
    constant = list(mapping.always.values())

    def row(record: Record) -> list[str]:
        if record.trouble or len(record.fields) != len(header):
            return [""] * (len(names) + 1)
        return [*(readers[ours](record.fields[at]) for ours, at in here.items()), *constant]

    lines = _numbered(chain(((top.line, list(names)),), ((each.line, row(each)) for each in _below(file, top))))
    while some := list(islice(lines, _AT_ONCE)):
        yield as_lines(some)


def _below(file: Path, top: Record) -> Iterator[Record]:
    return (record for record in records(file) if record.line > top.line)


def _column(file: Path, top: Record, at: int) -> Iterator[str]:
    return (record.fields[at] for record in _below(file, top) if at < len(record.fields) and not record.trouble)


def _numbered(rows: Iterable[tuple[int, list[str]]]) -> Iterator[list[str]]:
    """The rows, with blank ones so that each stands on its line."""
    line = 1
    for at, row in rows:
        yield from ([] for _ in range(at - line))
        yield row
        line = max(at, line) + 1


def _reader(mapping: Mapping, column: str, cells: Iterable[str]) -> Reader:
    if column in mapping.dates:
        return _iso(column, mapping, cells)
    words = mapping.codes.get(column)
    return (lambda cell: words.get(folded(cell), cell)) if words else str.strip


def _iso(column: str, mapping: Mapping, cells: Iterable[str]) -> Reader:
    """Dates in ISO form; what is no date stays as it is, for its source to set aside."""
    born = any(each.name == column and each.holds for each in contract(mapping.dataset).columns)
    read = date_reader(cells, column, order=mapping.date_order, century=None if born else 2000)

    def write(cell: str) -> str:
        try:
            found = read(cell)
        except Unusable:
            return cell.strip()
        return found.isoformat() if found else ""

    return write
