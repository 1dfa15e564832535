"""Yearly tables of youth justice, recognised by their columns."""

from pathlib import Path

from headwater.sources.contract import Contract, read_contracts
from headwater.sources.reading import Reading, Unusable, in_our_names
from headwater.sources.source import Extract
from headwater.sources.yearly import YearlyTables, financial_year
from headwater.sources.youth_justice.tables import Row

PRODUCER = "youth-justice"


def _read(reading: Reading, extract: Extract, contract: Contract, release: str) -> None:
    matched = contract.match(extract.header)
    for line, cells in reading.rows(extract):
        row = Row(in_our_names(cells, matched), contract)
        try:
            span, area, figures = row.span, row.area, tuple(row.figures())
            if not reading.repeats((extract.name, span, area), figures, what="area and year"):
                reading.keep(("counts", found.row(contract, PRODUCER, release, area, span)) for found in figures)
        except Unusable as why:
            reading.set_aside(extract, line, str(why))


SOURCE = YearlyTables(
    "youth_justice", read_contracts(Path(__file__).with_name("contract.toml")), PRODUCER, "Year", financial_year, _read
)
