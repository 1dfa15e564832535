"""The Department's tables of children's social care, recognised by their columns."""

from pathlib import Path

from headwater.sources.contract import Contract, read_contracts
from headwater.sources.reading import Reading, Unusable
from headwater.sources.social_care.tables import FIGURES, area_of, year_of
from headwater.sources.source import Extract
from headwater.sources.yearly import YearlyTables

PRODUCER = "dfe"


def _read(reading: Reading, extract: Extract, contract: Contract, release: str) -> None:
    matched = contract.match(extract.header)
    for line, cells in reading.rows(extract):
        try:
            found = tuple(FIGURES[contract.dataset](cells, matched, contract))
            span, first = found[0]
            area = area_of(cells, matched, span)
            if not reading.repeats((extract.name, span, area, first.measure), found, what="area and year"):
                reading.keep(("counts", one.row(contract, PRODUCER, release, area, when)) for when, one in found)
        except Unusable as why:
            reading.set_aside(extract, line, str(why))


SOURCE = YearlyTables(
    "social_care", read_contracts(Path(__file__).with_name("contract.toml")), PRODUCER, "time_period", year_of, _read
)
