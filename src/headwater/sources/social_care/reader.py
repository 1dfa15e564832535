"""The Department's tables of children's social care, recognised by their columns."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from headwater.engine import Engine
from headwater.sources.contract import Contract, read_contracts
from headwater.sources.published import latest
from headwater.sources.reading import Reading, Unusable
from headwater.sources.social_care.tables import FIGURES, area_of, year_of
from headwater.sources.source import Account, Extract, Recognition

PRODUCER = "dfe"


class SocialCare:
    """What assessments of children found, and how many children are looked after."""

    name = "social_care"
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
    return latest(path, header, contract.match(header)["time_period"], year_of)


def _read(reading: Reading, extract: Extract, contract: Contract) -> None:
    matched = contract.match(extract.header)
    release = _release(contract, extract.header, extract.path)
    for line, cells in reading.rows(extract):
        try:
            found = tuple(FIGURES[contract.dataset](cells, matched, contract))
            span, first = found[0]
            area = area_of(cells, matched, span)
            if not reading.repeats((extract.name, span, area, first.measure), found, what="area and year"):
                reading.keep(("counts", one.row(contract, PRODUCER, release, area, when)) for when, one in found)
        except Unusable as why:
            reading.set_aside(extract, line, str(why))


SOURCE = SocialCare()
