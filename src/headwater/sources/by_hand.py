"""A return that many organisations fill in by hand: recognised by its columns, read row by row, answered in sentences."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from headwater.engine import Engine
from headwater.sources.asides import BLANK, FOOTNOTE, TOTAL, aside
from headwater.sources.contract import Contract, folded
from headwater.sources.reading import Reading, Unusable, Value, readable
from headwater.sources.source import Account, Extract, Recognition

NEARLY = 0.75
"""The share of a return's required columns from which a file is one, though a column is misspelt."""
_ASIDES = (BLANK, TOTAL, FOOTNOTE)

Cells = Mapping[str, str]


class Entry(Protocol):
    """A row that could be read."""

    @property
    def key(self) -> tuple[object, ...]:
        """All that it is of: nothing else in a file may have the same key and another content."""
        ...

    @property
    def content(self) -> tuple[object, ...]:
        """What it says of that."""
        ...

    def rows(self, contract: Contract, sender: str) -> Iterable[tuple[str, tuple[Value, ...]]]:
        """As (table, row) pairs."""
        ...


E = TypeVar("E", bound=Entry)


@dataclass(frozen=True, slots=True)
class ByHand(Generic[E]):
    """A source with one return."""

    name: str
    contracts: Mapping[str, Contract]
    own: str
    """The column that no other file has: what is nearly the return must have it."""
    read: Callable[[Sequence[Cells], Contract], Iterator[E | str]]
    """Each row, by the contract's names of columns, as an entry or why it is none."""
    series: Callable[[Sequence[E]], str]
    """Whose return it is, and of when, by what is in it: a later one of the same takes its place."""
    again: str
    """The sentence about a row that contradicts an earlier one."""

    def recognise(self, name: str, header: tuple[str, ...], path: Path) -> Recognition | None:  # noqa: ARG002  the door's
        """By its columns.

        Raises MissingColumns where it is the return but for a column, BadInput where a column of dates is written in two ways.
        """
        promised = self._contract
        likeness = promised.likeness(header)
        if likeness < 1:
            if likeness >= NEARLY and folded(self.own) in map(folded, header):
                _ = promised.match(header)
            return None
        cells = list(readable(path, header))
        entries = [found for found in self._entries(header, cells) if not isinstance(found, str)]
        return Recognition(promised.dataset, self.series(entries) if entries else "nobody-that-could-be-read")

    def conform(self, dataset: str, extracts: Sequence[Extract], engine: Engine, folder: Path) -> Account:  # noqa: ARG002
        """Write the table of the contract and the quarantine."""
        reading = Reading(dataset, self._contract.tables)
        for extract in sorted(extracts, key=lambda extract: extract.name):
            lines = list(reading.rows(extract))
            found = self._entries(extract.header, [cells for _, cells in lines])
            for (line, _), entry in zip(lines, found, strict=True):
                self._take(reading, extract, line, entry)
        return reading.finish(folder)

    @property
    def _contract(self) -> Contract:
        (promised,) = self.contracts.values()
        return promised

    def _take(self, reading: Reading, extract: Extract, line: int, entry: E | str) -> None:
        if isinstance(entry, str):
            reading.set_aside(extract, line, entry if entry in _ASIDES else f"Row {line}: {entry}")
            return
        try:
            if not reading.repeats((extract.name, *entry.key), entry.content):
                reading.keep(entry.rows(self._contract, extract.producer))
        except Unusable:
            reading.set_aside(extract, line, f"Row {line}: it {self.again}")

    def _entries(self, header: Sequence[str], cells: Sequence[Cells]) -> Iterator[E | str]:
        """Rows that are asides are called so before their source looks at them: it sees the others as a whole."""
        matched = self._contract.match(tuple(header))
        asides = [aside(list(row.values())) for row in cells]
        plain = [{column.name: row[matched[column.name]] if column.name in matched else "" for column in self._contract.columns}
                 for row in cells]  # fmt: skip
        found = self.read([row for row, why in zip(plain, asides, strict=True) if why is None], self._contract)
        for why in asides:
            yield why if why is not None else next(found)


class Gathering:
    """All that is wrong with one row, gathered so that it can be said at once."""

    def __init__(self) -> None:
        self.wrong: list[str] = []

    def tried(self, read: Callable[..., Any], *given: Any) -> Any:
        """What `read` makes of a cell; None, and its sentence kept, where that is nothing."""
        try:
            return read(*given)
        except Unusable as why:
            self.wrong.append(str(why))
            return None
