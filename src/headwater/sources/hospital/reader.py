"""Tables of admissions, recognised by their columns."""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from headwater.engine import Engine
from headwater.sources.contract import Contract, read_contracts
from headwater.sources.hospital.rows import UNIT, Row, year_of
from headwater.sources.published import latest
from headwater.sources.reading import Reading, Unusable
from headwater.sources.source import Account, Extract, Recognition
from headwater.sources.text import records

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
        reading, notes = Reading(dataset, ("counts",)), list[str]()
        for extract in sorted(extracts, key=lambda extract: extract.name):
            notes += _read(reading, extract, self.contracts[dataset])
        return reading.finish(folder, notes)


def _read(reading: Reading, extract: Extract, contract: Contract) -> Iterator[str]:
    matched = contract.match(extract.header)
    release = _release(extract.path, extract.header, contract)
    small = 0
    for line, cells in reading.rows(extract):
        row = Row({column: cells[given] for column, given in matched.items()}, contract)
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
    here = [header.index(matched[column]) for column in _SCOPE if column in matched]
    area = header.index(matched["Area code"])
    return {
        ";".join([record.fields[area].strip()[:3], *(record.fields[at].strip().casefold() for at in here)])
        for record in islice(records(path), 1, None)
        if not record.trouble and len(record.fields) == len(header)
    }


def _release(path: Path, header: tuple[str, ...], contract: Contract) -> str:
    return latest(path, header, contract.match(header)["Year"], year_of)


SOURCE = Hospital()
