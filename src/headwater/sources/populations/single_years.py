"""Residents by single year of age: a column an age, so ninety-two rows of `population` for each row of the file.

Made by the column rather than row by row, because the country has three million of them.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from headwater.engine import TABLES
from headwater.sources.by_column import are_codes, differ, page_of, whole_numbers
from headwater.sources.contract import Contract
from headwater.sources.populations.rows import Release, Residents, begin
from headwater.sources.reading import Reading, Unusable, area_code, whole_number
from headwater.sources.source import Extract


@dataclass(frozen=True, slots=True)
class _Counted:
    """One file's areas, and how many people of all ages and of each age live in each."""

    codes: Any
    """Codes, as an Arrow array."""
    people: NDArray[np.int64]
    """A row an area: everyone, then each age."""


def read_single_years(reading: Reading, extract: Extract, release: Release, contract: Contract) -> None:
    """Conform one file; rows whose ages do not add up to their total are set aside."""
    area, total, residents = begin(extract.header, release, contract, "total_population")
    ages = {column: span for column in extract.header if (span := _ages(column))}
    counted = _by_column(extract, area, [total, *ages])
    if counted:
        reading.keep_rows(len(counted.codes))
    else:
        counted = _row_by_row(reading, extract, area, total, tuple(ages))
    reading.add_table("population", _rows(counted, residents, [(None, None), *ages.values()]))


def _by_column(extract: Extract, area: str, columns: list[str]) -> _Counted | None:
    """A plain file in which every code, number and sum is sure; otherwise None."""
    page = page_of(extract)
    if page is None or not are_codes(page.cells[area]).all() or not differ(page.cells[area].to_pylist()):
        return None
    people = [whole_numbers(page.cells[column]) for column in columns]
    if any(column is None for column in people):
        return None
    counted = np.column_stack([column.to_numpy() for column in people if column is not None])
    adds_up = (counted[:, 1:].sum(axis=1) == counted[:, 0]).all()
    return _Counted(page.cells[area], counted) if adds_up else None


def _row_by_row(reading: Reading, extract: Extract, area: str, total: str, ages: tuple[str, ...]) -> _Counted:
    codes: list[str] = []
    counted: list[tuple[int, ...]] = []
    for line, cells in reading.rows(extract):
        try:
            code = area_code(cells, area)
            people = _people(cells, total, ages)
            if not reading.repeats((extract.name, code), people):
                reading.keep(())
                codes.append(code)
                counted.append(people)
        except Unusable as why:
            reading.set_aside(extract, line, str(why))
    return _Counted(pa.array(codes, pa.string()), np.array(counted, dtype=np.int64).reshape(len(codes), len(ages) + 1))


def _rows(counted: _Counted, residents: Residents, ages: list[tuple[int | None, int | None]]) -> pa.Table:
    """Rows of `population`: for each area, everyone and then each age."""
    areas, rows = len(counted.codes), len(counted.codes) * len(ages)
    youngest, oldest = (pa.array(ends, pa.int64()) for ends in zip(*ages, strict=True))
    each_age = np.tile(np.arange(len(ages)), areas)
    columns = {
        "area_code": counted.codes.take(pa.array(np.repeat(np.arange(areas), len(ages)))),
        "level": pa.repeat(residents.level, rows),
        "year": pa.repeat(pa.scalar(residents.release.year, pa.int64()), rows),
        "age_from": youngest.take(pa.array(each_age)),
        "age_to": oldest.take(pa.array(each_age)),
        "sex": pa.nulls(rows, pa.string()),
        "ethnicity": pa.nulls(rows, pa.string()),
        "people": pa.array(counted.people.reshape(-1)),
        "basis": pa.repeat(residents.release.basis, rows),
    }
    return pa.table(columns, schema=TABLES["population"])


def _people(cells: dict[str, str], total: str, ages: tuple[str, ...]) -> tuple[int, ...]:
    """Everyone, then each age."""
    everyone, by_age = whole_number(cells, total), _whole_numbers(cells, ages)
    if sum(by_age) != everyone:
        raise Unusable(f"the single years of age do not add up to {total!r}")
    return (everyone, *by_age)


def _whole_numbers(cells: dict[str, str], columns: tuple[str, ...]) -> list[int]:
    said = [cells[column] for column in columns]
    together = "".join(said)
    if all(said) and together.isascii() and together.isdigit():
        return list(map(int, said))
    return [whole_number(cells, column) for column in columns]


def _ages(column: str) -> tuple[int, int | None] | None:
    """'17' is from 17 to 17; '90+' has no end. None for a column that is not an age."""
    if column.isascii() and column.isdigit():
        return int(column), int(column)
    return (int(column[:-1]), None) if column[-1:] == "+" and column[:-1].isdigit() else None
