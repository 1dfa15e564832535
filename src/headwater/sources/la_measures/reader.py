"""The tables of the Department's interactive tool, recognised by their columns."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from headwater.engine import Engine
from headwater.sources.contract import Contract, read_contracts
from headwater.sources.la_measures.dictionary import check_dictionary
from headwater.sources.la_measures.figures import PRODUCER, read_figures, release_of
from headwater.sources.la_measures.neighbours import month_of, read_neighbours, top_of
from headwater.sources.reading import Reading
from headwater.sources.source import Account, Extract, Recognition

MEASURES, DICTIONARY, NEIGHBOURS = "la_measures.measures", "la_measures.dictionary", "la_measures.neighbours"


class AuthorityMeasures:
    """Some four hundred measures about children, and which authorities are like which."""

    name = "la_measures"
    contracts: Mapping[str, Contract] = read_contracts(Path(__file__).with_name("contract.toml"))

    def recognise(self, name: str, header: tuple[str, ...], path: Path) -> Recognition | None:
        """The dataset whose required columns are all there; a table of neighbours by a header that may stand below others.

        Raises BadInput where a table of neighbours does not say of which month it is.
        """
        if self.contracts[MEASURES].likeness(header) == 1:
            release = release_of(path, header, self.contracts[MEASURES])
            return Recognition(MEASURES, f"{PRODUCER}-{release.replace(' ', '-')}")
        if self.contracts[DICTIONARY].likeness(header) == 1:
            return Recognition(DICTIONARY, f"{PRODUCER}-dictionary")
        if path.suffix.casefold() == ".csv" and top_of(path, self.contracts[NEIGHBOURS]):
            return Recognition(NEIGHBOURS, f"{PRODUCER}-neighbours-{month_of(name)}")
        return None

    def conform(self, dataset: str, extracts: Sequence[Extract], engine: Engine, folder: Path) -> Account:  # noqa: ARG002
        """Write `counts` and the quarantine."""
        reading, notes = Reading(dataset, ("counts",)), list[str]()
        for extract in sorted(extracts, key=lambda extract: extract.name):
            if dataset == MEASURES:
                read_figures(reading, extract, self.contracts[dataset])
            elif dataset == DICTIONARY:
                notes += check_dictionary(reading, extract, self.contracts[dataset])
            else:
                read_neighbours(reading, extract, self.contracts[dataset])
        return reading.finish(folder, notes)


SOURCE = AuthorityMeasures()
