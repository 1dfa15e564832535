"""The Metropolitan Police's tables, recognised by their columns."""

from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path

from headwater.engine import Engine
from headwater.sources.contract import Contract, read_contracts
from headwater.sources.met_police.dashboard import UNDATED, read_dashboard, release_of
from headwater.sources.met_police.figures import PRODUCER, Figures
from headwater.sources.met_police.proceedings import Person, count_people, read_person
from headwater.sources.met_police.recorded import Wide, months_of
from headwater.sources.met_police.recorded import release_of as months_to
from headwater.sources.reading import Reading, Unusable
from headwater.sources.source import Account, Extract, Recognition
from headwater.sources.text import records

RECORDED, DASHBOARD, HOMICIDE = "met_police.recorded_crime", "met_police.dashboard", "met_police.homicide_proceedings"


class MetropolitanTables:
    """What London's police publish beyond the street files: counts, by borough and ward."""

    name = "met_police"
    contracts: Mapping[str, Contract] = read_contracts(Path(__file__).with_name("contract.toml"))

    def recognise(self, name: str, header: tuple[str, ...], path: Path) -> Recognition | None:  # noqa: ARG002  the door's
        """The dataset whose required columns are all there; recorded crime has months besides."""
        found = next((dataset for dataset in self.contracts if self.contracts[dataset].likeness(header) == 1), None)
        if found is None or (found == RECORDED and not months_of(header)):
            return None
        return Recognition(found, f"{PRODUCER}-{self._release(found, header, path).replace(' ', '-')}")

    def conform(self, dataset: str, extracts: Sequence[Extract], engine: Engine, folder: Path) -> Account:  # noqa: ARG002
        """Write `counts` and the quarantine."""
        reading = Reading(dataset, ("counts",))
        contract, notes = self.contracts[dataset], list[str]()
        for extract in sorted(extracts, key=lambda extract: extract.name):
            figures = Figures(dataset)
            notes += READERS[dataset](reading, extract, contract, figures)
            reading.add("counts", figures.rows(contract.codes))
        return reading.finish(folder, notes)

    def _release(self, dataset: str, header: tuple[str, ...], path: Path) -> str:
        """Releases are series of their own: each revises the months before, and neither takes the other's place."""
        if dataset == RECORDED:
            return months_to(header)
        column = {DASHBOARD: "refresh_date", HOMICIDE: "proceedings_date"}[dataset]
        given = self.contracts[dataset].match(header).get(column)
        if given is None or dataset == HOMICIDE:
            return UNDATED
        first = next(islice(records(path), 1, None), None)
        cells = dict(zip(header, first.fields if first else (), strict=False))
        return release_of(cells.get(given, ""))


def _recorded(reading: Reading, extract: Extract, contract: Contract, figures: Figures) -> list[str]:
    wide = Wide.of(extract.header, contract)
    of = (wide.major, wide.minor, wide.borough)
    for line, cells in reading.rows(extract):
        try:
            found = wide.read(cells)
            key = (extract.name, *(cells[column].casefold() for column in of))
            if not reading.repeats(key, tuple(cells.values()), what="row"):
                reading.keep(())
                figures.add_all(found)
        except Unusable as why:
            reading.set_aside(extract, line, str(why))
    return []


def _dashboard(reading: Reading, extract: Extract, contract: Contract, figures: Figures) -> list[str]:
    matched = contract.match(extract.header)
    of = [given for column, given in matched.items() if column not in ("count", "sheet")]
    for line, cells in reading.rows(extract):
        try:
            key, value = read_dashboard(cells, matched, contract)
            if not reading.repeats((extract.name, *(cells[column] for column in of)), value, what="row"):
                reading.keep(())
                figures.add(key, value)
        except Unusable as why:
            reading.set_aside(extract, line, str(why))
    joined = f"{figures.joined:,} rows are of an area and month that another row is of too, under another name: they were added up"
    return [joined] if figures.joined else []


def _homicide(reading: Reading, extract: Extract, contract: Contract, figures: Figures) -> list[str]:
    matched = contract.match(extract.header)
    people: list[Person] = []
    for line, cells in reading.rows(extract):
        try:
            people.append(read_person(cells, matched, contract))
            reading.keep(())
        except Unusable as why:
            reading.set_aside(extract, line, str(why))
    count_people(people, figures)
    return [f"{len(people):,} rows, each about one person, entered as counts by year and by one thing at a time"]


READERS = {RECORDED: _recorded, DASHBOARD: _dashboard, HOMICIDE: _homicide}

SOURCE = MetropolitanTables()
