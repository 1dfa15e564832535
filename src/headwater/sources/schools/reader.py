"""The Department's tables of exclusions, recognised by their columns."""

from pathlib import Path

from headwater.sources.contract import Contract, read_contracts
from headwater.sources.reading import Reading, Unusable
from headwater.sources.schools.tables import Table, span_of
from headwater.sources.source import Extract
from headwater.sources.yearly import YearlyTables

PRODUCER = "dfe"


def _read(reading: Reading, extract: Extract, contract: Contract, release: str) -> None:
    table = Table.of(extract.header, contract)
    for line, cells in reading.rows(extract):
        try:
            span = table.span(cells)
            area = table.area(cells, span)
            figures = tuple(table.figures(cells))
            if not reading.repeats((extract.name, span, area, table.school(cells)), figures, what="area and school"):
                reading.keep(("counts", found.row(contract, PRODUCER, release, area, span)) for found in figures)
        except Unusable as why:
            reading.set_aside(extract, line, str(why))


SOURCE = YearlyTables(
    "schools", read_contracts(Path(__file__).with_name("contract.toml")), PRODUCER, "time_period", span_of, _read
)
