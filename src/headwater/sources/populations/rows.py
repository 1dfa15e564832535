"""What each row of a population file becomes."""

from collections.abc import Callable
from dataclasses import dataclass

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
