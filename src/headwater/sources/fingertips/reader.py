"""Downloads from Fingertips, recognised by their columns."""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from headwater.engine import Engine
from headwater.sources.contract import Contract, read_contracts
from headwater.sources.fingertips.rows import Row
from headwater.sources.published import Span, conform_counts
from headwater.sources.reading import Reading, Unusable, in_our_names, readable
from headwater.sources.source import Account, Extract, Recognition

PRODUCER, DATASET = "ohid", "fingertips.indicators"
_NAMED = 6
"""A download of more indicators than this is named by the first, how many there are, and a checksum of them all."""


class Fingertips:
    """Indicators of public health, each a count and a rate with its limits."""

    name = "fingertips"
    contracts: Mapping[str, Contract] = read_contracts(Path(__file__).with_name("contract.toml"))

    def recognise(self, name: str, header: tuple[str, ...], path: Path) -> Recognition | None:  # noqa: ARG002  the door's
        """A download, whose series is of its indicators, its smallest areas and its last period."""
        contract = self.contracts[DATASET]
        if contract.likeness(header) < 1:
            return None
        rows = list(_rows(path, header, contract))
        return Recognition(
            DATASET, "-".join((PRODUCER, _indicators(rows), _smallest(rows), _release(rows).replace(" ", "-")))
        )

    def conform(self, dataset: str, extracts: Sequence[Extract], engine: Engine, folder: Path) -> Account:  # noqa: ARG002
        """Write `counts` and the quarantine."""
        return conform_counts(self.contracts[dataset], extracts, folder, _read)


def _read(reading: Reading, extract: Extract, contract: Contract) -> Iterator[str]:
    matched = contract.match(extract.header)
    release = _release(list(_rows(extract.path, extract.header, contract)))
    unheard = 0
    for line, cells in reading.rows(extract):
        row = Row(in_our_names(cells, matched), contract)
        try:
            span, area, figures = row.span, row.area, tuple(row.figures())
            key = (extract.name, figures[0].measure, span, area, row.group)
            if not reading.repeats(key, figures, what="area, period and group"):
                reading.keep(("counts", found.row(contract, PRODUCER, release, area, span)) for found in figures)
                unheard += not row.heard
        except Unusable as why:
            reading.set_aside(extract, line, str(why))
    if unheard:
        yield f"{unheard:,} rows of {extract.name} carry a note that the contract does not know: their figures are marked u"


def _rows(path: Path, header: tuple[str, ...], contract: Contract) -> Iterator[Row]:
    """Every row that can be read at all."""
    matched = contract.match(header)
    for cells in readable(path, header):
        yield Row(in_our_names(cells, matched), contract)


def _indicators(rows: Sequence[Row]) -> str:
    numbers = sorted({row.said["Indicator ID"] for row in rows if row.said["Indicator ID"].isdigit()}, key=int)
    if len(numbers) <= _NAMED:
        return "+".join(numbers) or "none"
    return f"{numbers[0]}-and-{len(numbers) - 1}-more-{zlib.crc32('+'.join(numbers).encode()):08x}"


def _smallest(rows: Sequence[Row]) -> str:
    """The level of the smallest areas. A download for authorities may hold their regions besides or not: it is one series."""
    said = {row.contract.codes["area_types"].get(row.said["Area Type"].casefold(), "") for row in rows} - {""}
    return max(said, key=lambda level: (_WIDEST_FIRST.index(level[:4]), level), default="nowhere")


_WIDEST_FIRST = ("coun", "regi", "utla", "ltla")


def _release(rows: Sequence[Row]) -> str:
    spans = [span for row in rows if (span := _span(row))]
    return f"years to {max(spans).label}" if spans else "unknown"


def _span(row: Row) -> Span | None:
    try:
        return row.span
    except Unusable:
        return None


SOURCE = Fingertips()
