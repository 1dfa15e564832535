"""Tables of admissions, recognised by their columns."""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from headwater.engine import Engine
from headwater.sources.contract import Contract, read_contracts
from headwater.sources.hospital.rows import UNIT, Row
from headwater.sources.published import conform_counts, latest
from headwater.sources.reading import Reading, Unusable, in_our_names, readable
from headwater.sources.source import Account, Extract, Recognition
from headwater.sources.yearly import financial_year

PRODUCER, DATASET = "hospital", "hospital.admissions"
_SCOPE = (UNIT, "Basis", "Cause", "Age group", "Sex")
_SMALLEST = 8
"""The owner's rule withholds counts of 1 to 7."""


class Hospital:
    """Admissions, episodes and patients: three counts that are never mixed."""

    name = "hospital"
    contracts: Mapping[str, Contract] = read_contracts(Path(__file__).with_name("contract.toml"))

    def recognise(self, name: str, header: tuple[str, ...], path: Path) -> Recognition | None:  # noqa: ARG002  the door's
        """A table, whose series is of what it counts, of which kinds of area, and of its last year."""
        contract = self.contracts[DATASET]
        if contract.likeness(header) < 1:
            return None
        scope = zlib.crc32("/".join(sorted(_scope(path, header, contract))).encode())
        return Recognition(DATASET, f"{PRODUCER}-{scope:08x}-{_release(path, header, contract).replace(' ', '-')}")

    def conform(self, dataset: str, extracts: Sequence[Extract], engine: Engine, folder: Path) -> Account:  # noqa: ARG002
        """Write `counts` and the quarantine."""
        return conform_counts(self.contracts[dataset], extracts, folder, _read)


def _read(reading: Reading, extract: Extract, contract: Contract) -> Iterator[str]:
    matched = contract.match(extract.header)
    release = _release(extract.path, extract.header, contract)
    small = 0
    for line, cells in reading.rows(extract):
        row = Row(in_our_names(cells, matched), contract)
        try:
            span, area, figure = row.span, row.area, row.figure
            key = (extract.name, span, area, figure.measure, figure.group)
            if not reading.repeats(key, figure, what="area, year, cause, unit and group"):
                reading.keep([("counts", figure.row(contract, PRODUCER, release, area, span))])
                small += figure.value is not None and 0 < figure.value < _SMALLEST
        except Unusable as why:
            reading.set_aside(extract, line, str(why))
    if small:
        yield (
            f"{extract.name} has {small:,} count{'s' * (small > 1)} of 1 to 7, which the rule of Hospital Episode Statistics withholds: "
            "pages withhold them; ask whoever cut the table whether they may be held at all"
        )


def _scope(path: Path, header: tuple[str, ...], contract: Contract) -> set[str]:
    """What the rows of a file are of, without years and places: two files of different scope do not replace one another."""
    matched = contract.match(header)
    rows = (in_our_names(cells, matched) for cells in readable(path, header))
    return {
        ";".join([row["Area code"][:3], *(row[column].casefold() for column in _SCOPE if column in row)])
        for row in rows
    }


def _release(path: Path, header: tuple[str, ...], contract: Contract) -> str:
    return latest(path, header, contract.match(header)["Year"], financial_year)


SOURCE = Hospital()
