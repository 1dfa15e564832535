"""What each row of a population file becomes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from headwater.engine import TABLES
from headwater.sources.by_column import Page, are_codes, differ, whole_numbers
from headwater.sources.contract import Contract, folded
from headwater.sources.levels import columns_of
from headwater.sources.reading import Unusable, Value, area_code, whole_number


@dataclass(frozen=True, slots=True)
class Release:
    """Of which year residents are, and who counted them: (2020, 'mid-2020 estimate')."""

    year: int
    basis: str


Row = tuple[Value, ...]
Read = Callable[[dict[str, str]], tuple[tuple[str, ...], tuple[Value, ...], list[Row]]]
"""A row's cells -> what makes it one of a kind, what else it says, and rows of `population`."""


@dataclass(frozen=True, slots=True)
class Residents:
    """Makes rows of `population` for one file."""

    level: str
    release: Release

    def row(self, area: str, people: int, *, sex: str | None = None, ethnicity: str | None = None) -> Row:
        return (area, self.level, self.release.year, None, None, sex, ethnicity, people, self.release.basis)

    def table(self, areas: Any, people: Any, ethnicities: Any) -> pa.Table:
        """The same by the column, of every sex: areas, how many people, and of which ethnic groups (null is all)."""
        rows = len(areas)
        columns = {
            "area_code": areas,
            "level": pa.repeat(self.level, rows),
            "year": pa.repeat(pa.scalar(self.release.year, pa.int64()), rows),
            "age_from": pa.nulls(rows, pa.int64()),
            "age_to": pa.nulls(rows, pa.int64()),
            "sex": pa.nulls(rows, pa.string()),
            "ethnicity": ethnicities,
            "people": pa.array(people),
            "basis": pa.repeat(self.release.basis, rows),
        }
        return pa.table(columns, schema=TABLES["population"])


def ethnicity(header: tuple[str, ...], release: Release, contract: Contract) -> Read:
    """A row an area and ethnic group; everyone stands on each row of the area, and must be the same on all."""
    area, total, residents = begin(header, release, contract, "total_residents")
    said = contract.match(_known(header, contract))
    groups = {folded(name): slug for name, slug in contract.codes["ethnicity"].items()}
    totals: dict[str, int] = {}

    def read(cells: dict[str, str]) -> tuple[tuple[str, ...], tuple[Value, ...], list[Row]]:
        code, everyone = area_code(cells, area), whole_number(cells, total)
        people = whole_number(cells, said["n"])
        group = groups.get(folded(cells[said["ethnic_group"]]))
        if group is None:
            raise Unusable(f"{said['ethnic_group']!r} is not one of the groups in the contract")
        whole = [] if code in totals else [residents.row(code, everyone)]
        if totals.setdefault(code, everyone) != everyone:
            raise Unusable(f"{total!r} differs from an earlier row of the same area")
        return (code, group), (people,), [*whole, residents.row(code, people, ethnicity=group)]

    return read


def ethnicity_by_column(page: Page, header: tuple[str, ...], release: Release, contract: Contract) -> pa.Table | None:
    """The same rows for a plain file; None where one of them is not sure."""
    area, total, residents = begin(header, release, contract, "total_residents")
    said = contract.match(_known(header, contract))
    known = {folded(name): slug for name, slug in contract.codes["ethnicity"].items()}
    groups = [known.get(folded(name)) for name in page.trimmed(said["ethnic_group"])]
    everyone, people = whole_numbers(page.cells[total]), whole_numbers(page.cells[said["n"]])
    codes = page.cells[area]
    if everyone is None or people is None or None in groups or not are_codes(codes).all():
        return None
    if not differ(codes.to_pylist(), groups):
        return None
    coded, totals = codes.dictionary_encode().indices.to_numpy(), everyone.to_numpy()
    _, first, area_of = np.unique(coded, return_index=True, return_inverse=True)
    if (totals[first][area_of] != totals).any():
        return None
    # Before the first row of each area stands its row of everyone: the rows of the file, some of them twice.
    row = np.sort(np.concatenate((np.arange(page.rows), first)), kind="stable")
    whole = np.diff(row, append=-1) == 0
    return residents.table(
        codes.take(pa.array(row)),
        np.where(whole, totals[row], people.to_numpy()[row]),
        pa.array(groups, pa.string()).take(pa.array(row, mask=whole)),
    )


def sexes(header: tuple[str, ...], release: Release, contract: Contract) -> Read:
    """A row an area: everyone, females and males, who must add up to everyone."""
    area, total, residents = begin(header, release, contract, "total_population")
    said = contract.match(_known(header, contract))

    def read(cells: dict[str, str]) -> tuple[tuple[str, ...], tuple[Value, ...], list[Row]]:
        code, everyone = area_code(cells, area), whole_number(cells, total)
        females, males = whole_number(cells, said["total_females"]), whole_number(cells, said["total_males"])
        if females + males != everyone:
            raise Unusable(f"females and males do not add up to {total!r}")
        by_sex = [residents.row(code, females, sex="female"), residents.row(code, males, sex="male")]
        return (code,), (females, males), [residents.row(code, everyone), *by_sex]

    return read


ROWS: dict[str, Callable[[tuple[str, ...], Release, Contract], Read]] = {
    "populations.ethnicity": ethnicity,
    "populations.sexes": sexes,
}


def begin(header: tuple[str, ...], release: Release, contract: Contract, total: str) -> tuple[str, str, Residents]:
    """The column of area codes, the column of everyone, and the maker of rows."""
    named = columns_of(header).levels[0]
    return named.code, contract.match(_known(header, contract))[total], Residents(named.level, release)


def _known(header: tuple[str, ...], contract: Contract) -> tuple[str, ...]:
    """The header with the code column of any level under the contract's own name for it."""
    code = columns_of(header).levels[0].code
    return tuple(contract.columns[0].name if column == code else column for column in header)
