"""Partners' own records, made safe at the edge: which rows of theirs may be used, and what stands in the same columns of them all."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from headwater.engine import Engine
from headwater.sources.contract import Contract
from headwater.sources.edge import safe
from headwater.sources.reading import Reading, Value
from headwater.sources.source import Account, Extract, Recognition
from headwater.vocabulary import FLAGS

Cells = Mapping[str, str]
"""A row by the columns of the safe file."""
SafeRows = Iterator[tuple[Extract, int, Cells]]
"""Rows that the edge let through: the extract of each, its line in the partner's own file, and its cells."""


@dataclass(frozen=True, slots=True)
class SafeRecords:
    """One partner whose files hold a record a row, about people."""

    name: str
    contracts: Mapping[str, Contract]
    read: Mapping[str, Callable[[Reading, SafeRows], Iterable[str]]]
    """By dataset, what reads its rows (each kept, set aside with a reason, or passed over as a repeat) and then says what there is
    to say of them."""

    def recognise(self, name: str, header: tuple[str, ...], path: Path) -> Recognition | None:  # noqa: ARG002  the door's
        """Never: what partners send is known by its contract and made safe, and the safe file is known by its columns."""
        return None

    def conform(self, dataset: str, extracts: Sequence[Extract], engine: Engine, folder: Path) -> Account:  # noqa: ARG002
        """Write the tables of the contract, with every column that a partner may add to them, and the quarantine."""
        reading = Reading(dataset, self.contracts[dataset].tables, further=True)
        notes = tuple(self.read[dataset](reading, usable(reading, extracts)))
        return reading.finish(folder, notes)


def usable(reading: Reading, extracts: Iterable[Extract]) -> SafeRows:
    """Every row that the edge let through, the extracts by name; the others are set aside with the edge's reason."""
    for extract in sorted(extracts, key=lambda extract: extract.name):
        for _, cells in reading.rows(extract):
            line = int(cells[safe.LINE])
            if cells[safe.REFUSED]:
                reading.set_aside(extract, line, cells[safe.REFUSED])
            else:
                yield extract, line, cells


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What a partner says of one event, on its way to `events`; the rest stands in the columns that the edge made."""

    kind: str
    occurred: datetime | None
    outcome: str | None
    setting: str | None
    flags: Mapping[str, bool | None]
    """By the name of every flag."""
    occurred_to: datetime | None = None
    offence_code: str | None = None

    def row(self, cells: Cells, dataset: str) -> tuple[Value, ...]:
        """As a row of `events`, with the columns that a partner may add. It has an area and never a point."""
        area, confidence = cells[safe.AREA] or None, cells[safe.CONFIDENCE] or None
        return (cells[safe.EVENT], dataset, cells[safe.PRODUCER], cells[safe.MONTH], self.occurred, area, None, None, self.kind,
                self.outcome, self.setting, self.occurred_to, self.offence_code, confidence,
                *(self.flags[flag] for flag in FLAGS))  # fmt: skip


def person(cells: Cells, dataset: str, role: str, *, ethnicity_by_officer: str | None = None) -> tuple[Value, ...]:
    """A row of `people`, with the columns that a partner may add."""
    return (cells[safe.EVENT], dataset, cells[safe.PRODUCER], cells[safe.MONTH], role, cells[safe.AGE] or None, cells["Sex"] or None,
            cells["Ethnicity"] or None, ethnicity_by_officer, cells[safe.KEY] or None, cells[safe.GRADE] or None,
            cells[safe.HOME] or None)  # fmt: skip


def flag(said: str) -> bool | None:
    """What a cell of a safe file says: 'true', 'false', or nothing either way."""
    return None if not said else said == "true"


def told(cells: Cells) -> dict[str, bool | None]:
    """By flag, what was read of it from the free text of the row."""
    return {name: flag(cells[column]) for name, column in zip(FLAGS, safe.TOLD, strict=True)}


def either(*said: bool | None) -> bool | None:
    """True where any says so; false where one denies it and none says so; None where none speaks of it."""
    spoken = set(said) - {None}
    return None if not spoken else True in spoken
