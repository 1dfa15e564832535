"""The Department's tables of exclusions, recognised by their columns."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from headwater.engine import Engine
from headwater.sources.contract import Contract, read_contracts
from headwater.sources.published import latest
from headwater.sources.reading import Reading, Unusable
from headwater.sources.schools.tables import Table, span_of
from headwater.sources.source import Account, Extract, Recognition

PRODUCER = "dfe"


class SchoolExclusions:
    """Permanent exclusions and suspensions, and what they were for."""

    name = "schools"
    contracts: Mapping[str, Contract] = read_contracts(Path(__file__).with_name("contract.toml"))

    def recognise(self, name: str, header: tuple[str, ...], path: Path) -> Recognition | None:  # noqa: ARG002  the door's
        """The dataset whose required columns are all there. Its series is that of its last year."""
        found = next((dataset for dataset in self.contracts if self.contracts[dataset].likeness(header) == 1), None)
        if found is None:
            return None
        return Recognition(found, f"{PRODUCER}-{_release(self.contracts[found], header, path).replace(' ', '-')}")

    def conform(self, dataset: str, extracts: Sequence[Extract], engine: Engine, folder: Path) -> Account:  # noqa: ARG002
        """Write `counts` and the quarantine."""
        reading = Reading(dataset, ("counts",))
        for extract in sorted(extracts, key=lambda extract: extract.name):
            _read(reading, extract, self.contracts[dataset])
        return reading.finish(folder)


def _release(contract: Contract, header: tuple[str, ...], path: Path) -> str:
    return latest(path, header, contract.match(header)["time_period"], span_of)


def _read(reading: Reading, extract: Extract, contract: Contract) -> None:
    table = Table.of(extract.header, contract)
    release = _release(contract, extract.header, extract.path)
    for line, cells in reading.rows(extract):
        try:
            span = table.span(cells)
            area = table.area(cells, span)
            figures = tuple(table.figures(cells))
            if not reading.repeats((extract.name, span, area, table.school(cells)), figures, what="area and school"):
                reading.keep(("counts", found.row(contract, PRODUCER, release, area, span)) for found in figures)
        except Unusable as why:
            reading.set_aside(extract, line, str(why))


SOURCE = SchoolExclusions()
