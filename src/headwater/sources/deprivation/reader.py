"""Indices of deprivation, recognised by their columns."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from headwater.engine import TABLES, Engine
from headwater.sources.by_column import Page, are_codes, differ, in_turn, page_of, real_numbers, whole_numbers
from headwater.sources.contract import Contract, folded, read_contracts
from headwater.sources.reading import OUTSIDE, Reading, Unusable, Value, area_code, whole_number
from headwater.sources.source import Account, Extract, Recognition

_MEASURES = {
    "score": "score",
    "rank": "rank",
    "decile": "decile",
    "average_score": "score",
    "rank_of_average_score": "rank",
}
_COLUMN = re.compile(r"(?:(.+?)_)?(rank_of_average_score|average_score|score|rank|decile)")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")


@dataclass(frozen=True, slots=True)
class Index:
    """One index as one dataset holds it."""

    name: str
    level: str
    country: str
    """The letter its area codes begin with; areas that do not exist begin with Z."""


INDICES = {
    "deprivation.wimd_2019": Index("WIMD 2019", "lsoa11", "W"),
    "deprivation.imd_2025": Index("IMD 2025", "lsoa21", "E"),
    "deprivation.imd_2019": Index("IMD 2019", "lsoa11", "E"),
    "deprivation.imd_2025_districts": Index("IMD 2025", "ltla24", "E"),
    "deprivation.imd_2019_districts": Index("IMD 2019", "ltla22", "E"),
}
"""In the order they are tried: the Welsh file has every column the English one of that year must have."""


class DeprivationIndices:
    """How deprived each area is on its own country's index."""

    name = "deprivation"
    contracts: Mapping[str, Contract] = read_contracts(Path(__file__).with_name("contract.toml"))

    def recognise(self, name: str, header: tuple[str, ...], path: Path) -> Recognition | None:  # noqa: ARG002  the door's
        """The first index whose required columns are all there."""
        found = next((dataset for dataset in INDICES if self.contracts[dataset].likeness(header) == 1), None)
        return Recognition(found, found.partition(".")[2].replace("_", "-")) if found else None

    def conform(self, dataset: str, extracts: Sequence[Extract], engine: Engine, folder: Path) -> Account:  # noqa: ARG002
        """Write `context` and the quarantine."""
        reading = Reading(dataset, ("context",))
        for extract in sorted(extracts, key=lambda extract: extract.name):
            area, domains = self._columns(dataset, extract.header)
            page = page_of(extract)
            table = _by_column(page, area, domains, INDICES[dataset]) if page else None
            if page and table:
                reading.keep_table("context", table, page.rows)
            else:
                _row_by_row(reading, extract, area, domains, INDICES[dataset])
        return reading.finish(folder)

    def _columns(self, dataset: str, header: tuple[str, ...]) -> tuple[str, dict[str, dict[str, str]]]:
        """The column of area codes; and by domain, which column holds the score, the rank and the decile."""
        contract = self.contracts[dataset]
        renamed = {given: name for name, given in contract.match(header).items()}
        domains: dict[str, dict[str, str]] = {}
        for given in header:
            found = _COLUMN.fullmatch(folded(renamed.get(given, given)))
            if found and (domain := contract.codes["domain"].get(found[1] or "")):
                domains.setdefault(domain, {})[_MEASURES[found[2]]] = given
        return contract.match(header)[contract.columns[0].name], domains


def _row_by_row(
    reading: Reading, extract: Extract, area: str, domains: Mapping[str, Mapping[str, str]], index: Index
) -> None:
    for line, cells in reading.rows(extract):
        try:
            rows = _rows(cells, area, domains, index)
            if not reading.repeats((extract.name, cells[area]), tuple(rows)):
                reading.keep(("context", row) for row in rows)
        except Unusable as why:
            reading.set_aside(extract, line, str(why))


def _by_column(page: Page, area: str, domains: Mapping[str, Mapping[str, str]], index: Index) -> pa.Table | None:
    """The same rows of `context`; None where one of them is not sure."""
    codes = page.cells[area]
    if not domains or not are_codes(codes, f"{index.country}Z").all() or not differ(codes.to_pylist()):
        return None
    columns: dict[str, list[pa.Array]] = {"area_code": [codes] * len(domains)}
    columns |= {
        name: [pa.repeat(said, page.rows)] * len(domains)
        for name, said in (("level", index.level), ("index", index.name))
    }
    columns["domain"] = [pa.repeat(domain, page.rows) for domain in domains]
    for measure in _ORDER:
        numbers = [_numbers(page, said.get(measure), measure) for said in domains.values()]
        columns[measure] = [column for column in numbers if column is not None]
        if len(columns[measure]) < len(domains):
            return None
    return pa.table({name: in_turn(parts) for name, parts in columns.items()}, schema=TABLES["context"])


def _numbers(page: Page, column: str | None, measure: str) -> pa.Array | None:
    if column is None:
        return pa.nulls(page.rows, TABLES["context"].field(measure).type)
    read = real_numbers if measure == "score" else whole_numbers
    return read(page.cells[column], blank=True)


def _rows(
    cells: dict[str, str], area: str, domains: Mapping[str, Mapping[str, str]], index: Index
) -> list[tuple[Value, ...]]:
    code = area_code(cells, area)
    if code[0] not in {index.country, "Z"}:
        raise Unusable(f"{area!r} is not in the country of {index.name}" if code[0] in "EW" else OUTSIDE)
    return [
        (code, index.level, index.name, domain, *(_number(cells, said.get(measure), measure) for measure in _ORDER))
        for domain, said in domains.items()
    ]


_ORDER = ("score", "rank", "decile")


def _number(cells: dict[str, str], column: str | None, measure: str) -> float | int | None:
    if column is None or not cells[column]:
        return None
    if measure != "score":
        return whole_number(cells, column)
    said = cells[column].casefold()
    if not _NUMBER.fullmatch(said):
        raise Unusable(f"{column!r} is not a number")
    return float(said)


SOURCE = DeprivationIndices()
