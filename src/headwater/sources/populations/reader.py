"""Residents of small areas, by age, sex and ethnic group, recognised by their columns and dated by their names."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

from headwater.engine import Engine
from headwater.sources.by_column import page_of
from headwater.sources.contract import Contract, folded, read_contracts
from headwater.sources.levels import columns_of
from headwater.sources.populations.rows import ROWS, Read, Release, ethnicity_by_column
from headwater.sources.populations.single_years import read_single_years
from headwater.sources.reading import Reading, Unusable
from headwater.sources.source import Account, Extract, Recognition
from headwater.vocabulary import BadInput

_MARKS = {
    "populations.ethnicity": ("total_residents", "ethnic_group", "n"),
    "populations.sexes": ("total_population", "total_females", "total_males"),
    "populations.single_years": ("total_population", "0", "1"),
}


class Populations:
    """How many people live in each area."""

    name = "populations"
    contracts: Mapping[str, Contract] = read_contracts(Path(__file__).with_name("contract.toml"))

    def recognise(self, name: str, header: tuple[str, ...], path: Path) -> Recognition | None:  # noqa: ARG002  the door's
        """One code column, and the columns that mark the dataset.

        Raises `BadInput` where the name of such a file does not say of which year it is.
        """
        offered = {folded(column) for column in header}
        levels = columns_of(header).levels
        dataset = next((dataset for dataset, marks in _MARKS.items() if offered.issuperset(marks)), None)
        if dataset is None or len(levels) != 1:
            return None
        release = self._release(name, dataset)
        return Recognition(dataset, f"ons-{release.basis.lower().replace(' ', '-')}-{levels[0].level}")

    def conform(self, dataset: str, extracts: Sequence[Extract], engine: Engine, folder: Path) -> Account:  # noqa: ARG002
        """Write `population` and the quarantine."""
        reading = Reading(dataset, ("population",))
        for extract in sorted(extracts, key=lambda extract: extract.name):
            release = self._release(extract.name, dataset)
            if dataset == "populations.single_years":
                read_single_years(reading, extract, release, self.contracts[dataset])
            elif dataset != "populations.ethnicity" or not _by_column(
                reading, extract, release, self.contracts[dataset]
            ):
                _read_rows(reading, extract, ROWS[dataset](extract.header, release, self.contracts[dataset]))
        return reading.finish(folder)

    def _release(self, name: str, dataset: str) -> Release:
        """The year and basis a file's name gives: 'population20_lsoa11.csv' is the mid-2020 estimate."""
        contract = self.contracts[dataset]
        stem = PurePosixPath(name).name.casefold()
        for word, basis in contract.codes["basis"].items():
            if found := re.search(rf"{word}[_-]?(?:20)?(\d{{2}})(?!\d)", stem):
                return Release(2000 + int(found[1]), basis.format(yy=found[1]))
        raise BadInput(
            f"{PurePosixPath(name).name} holds {contract.title.lower()}, but its name does not say of which year. Rename it "
            f"so that it begins {' or '.join(f'{word}YY' for word in contract.codes['basis'])}, as in {contract.expects}."
        )


def _by_column(reading: Reading, extract: Extract, release: Release, contract: Contract) -> bool:
    """People by ethnic group of a plain file; False, and nothing is done, where its rows must be read one by one."""
    page = page_of(extract)
    table = ethnicity_by_column(page, extract.header, release, contract) if page else None
    if page and table:
        reading.keep_table("population", table, page.rows)
    return table is not None


def _read_rows(reading: Reading, extract: Extract, read: Read) -> None:
    for line, cells in reading.rows(extract):
        try:
            key, content, rows = read(cells)
            if not reading.repeats((extract.name, *key), content):
                reading.keep(("population", row) for row in rows)
        except Unusable as why:
            reading.set_aside(extract, line, str(why))


SOURCE = Populations()
