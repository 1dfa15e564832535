"""Capture tables, recognised by their columns of 0 and 1."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from headwater.engine import Engine
from headwater.sources.captures.rows import MOST, Row, holds_flags, lists_of, rows_of, tables
from headwater.sources.contract import Contract, read_contracts
from headwater.sources.published import conform_counts, slug
from headwater.sources.reading import Reading, readable
from headwater.sources.source import Account, Extract, Recognition
from headwater.vocabulary import BadInput

PRODUCER, DATASET, RELEASE = "captures", "captures.tables", "as sent"
_SMALL = 5


class Captures:
    """How many people are on each combination of lists."""

    name = "captures"
    contracts: Mapping[str, Contract] = read_contracts(Path(__file__).with_name("contract.toml"))

    def recognise(self, name: str, header: tuple[str, ...], path: Path) -> Recognition | None:
        """By its four columns and two or more others of 0 and 1. A table takes the place of an earlier one of its areas and months.

        Raises BadInput where a further column holds anything else, or there are more lists than can be used, or two of one
        name.
        """
        promised = self.contracts[DATASET]
        if promised.likeness(header) < 1:
            return None
        rows = list(readable(path, header))
        lists = lists_of(header, promised)
        flags = [column for column in lists if holds_flags(column, rows)]
        if len(flags) < 2:
            return None
        _refuse_odd(name, lists, flags)
        return Recognition(DATASET, _series(rows_of(header, rows, promised)))

    def conform(self, dataset: str, extracts: Sequence[Extract], engine: Engine, folder: Path) -> Account:  # noqa: ARG002
        """Write `counts` and the quarantine."""
        return conform_counts(self.contracts[dataset], extracts, folder, _read)


def _refuse_odd(name: str, lists: Sequence[str], flags: Sequence[str]) -> None:
    """A list that is passed over would make another table of it, and nobody would know."""
    if odd := [column for column in lists if column not in flags]:
        raise BadInput(
            f"{name} is a capture table, in which {', '.join(map(repr, odd))} holds something other than 0 and 1. Every column but "
            "'Area', 'From', 'To' and 'Count' is a list: leave it out, or put it right. Nothing was kept."
        )
    if len(lists) > MOST:
        raise BadInput(f"{name} has {len(lists)} lists: at most {MOST} can be used. Put lists of one kind together.")
    if len({slug(column) for column in lists}) < len(lists) or not all(map(slug, lists)):
        raise BadInput(f"{name} has two lists that read alike, or one without letters: give each a name of its own.")


def _series(rows: Sequence[Row | str]) -> str:
    """Of which areas and months: 'captures-z23000001-2024-04-to-2025-03-1a2b3c'."""
    said = [(area.code, span.first, span.last) for (area, span), _ in tables(rows)]
    if not said:
        return f"{PRODUCER}-none-that-could-be-read"
    which = said[0][0].casefold() if len({code for code, *_ in said}) == 1 else "several-areas"
    first, last = min(first for _, first, _ in said), max(last for *_, last in said)
    return f"{PRODUCER}-{which}-{first}-to-{last}-{hashlib.sha256(repr(said).encode()).hexdigest()[:6]}"


def _read(reading: Reading, extract: Extract, contract: Contract) -> Iterator[str]:
    lines = list(reading.rows(extract))
    small = withheld = 0
    for (line, _), row in zip(lines, rows_of(extract.header, [cells for _, cells in lines], contract), strict=True):
        if isinstance(row, str):
            reading.set_aside(extract, line, row)
            continue
        reading.keep([("counts", row.figure.row(contract, extract.producer, RELEASE, row.area, row.span))])
        small += row.figure.value is not None and 0 < row.figure.value < _SMALL
        withheld += row.figure.value is None
    if small:
        yield (
            f"{extract.name} has {small:,} combination{'s' * (small > 1)} of fewer than {_SMALL} people: those few could be told by somebody who knows "
            "them, so no page prints the table, and the file is not to be passed on"
        )
    if withheld:
        yield f"{extract.name} has {withheld:,} count{'s' * (withheld > 1)} withheld: nothing can be estimated from a table without them"


SOURCE = Captures()
