"""Fetching residents of small areas from Nomis, the labour market and census service of the Office for National Statistics.

Nomis answers a row a figure, 25,000 rows at a time to those who have not signed in, and says in RECORD_COUNT how many there
are. Rows are turned into the files the reader knows: a row an area with a column an age, and a row an area and ethnic group.
"""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

from headwater.sources.fetching.addresses import Address, read_addresses
from headwater.sources.fetching.asking import Wanted
from headwater.sources.fetching.courier import Courier, Page
from headwater.sources.fetching.tables import write_table
from headwater.vocabulary import FetchFailed

PAGE = 25_000
ALL_AGES, YOUNGEST, OLDEST = "200", 101, 191
"""Nomis's codes of ages: everyone; under one; and 90 and over. Those between go up by single years."""
ALL_GROUPS = "Total: All usual residents"
Cells = dict[str, str]
Row = tuple[str, ...]


def fetch(wanted: Wanted, courier: Courier, folder: Path) -> tuple[Path, ...]:
    """Every table of the contract's `[fetch]` section, into `folder/populations`."""
    addresses = read_addresses(Path(__file__).with_name("contract.toml")).values()
    return tuple(_one(courier, address, folder / "populations") for address in addresses if address.what == wanted.what)


def _one(courier: Courier, address: Address, folder: Path) -> Path:
    header, shape = _SHAPES[address.name]
    with courier.pages(address.name) as page:
        cells = list(_cells(page, address, courier))
        years = {cell["DATE"][:4] for cell in cells}
        if len(years) != 1:
            raise FetchFailed(
                f"{address.name}: figures of {len(years)} years came where one was asked for. Nothing was kept."
            )
        name = address.file.format(yy=years.pop()[2:])
        return write_table(folder / name, header, shape(cells, address))


def _cells(page: Page, address: Address, courier: Courier) -> Iterator[Cells]:
    """Every figure, page by page, until as many are here as Nomis says there are."""
    here, whole = 0, 1
    while here < whole:
        courier.tell(here, whole, address.name)
        found = _read(page(f"{address.at()}&RecordOffset={here}", "csv"), address)
        if not found:
            raise FetchFailed(
                f"{address.name}: Nomis sent {here:,} of {whole:,} figures. Nothing was kept; try again later."
            )
        here, whole = here + len(found), int(found[0]["RECORD_COUNT"])
        yield from found


def _read(path: Path, address: Address) -> list[Cells]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if absent := set(address.fields) - set(reader.fieldnames or ()):
            raise FetchFailed(
                f"{address.name}: what Nomis sent has no {', '.join(sorted(absent))}. Mend the address in contract.toml."
            )
        return list(reader)


def _by_area(cells: list[Cells], said: str) -> dict[str, dict[str, str]]:
    areas: dict[str, dict[str, str]] = {}
    for cell in cells:
        areas.setdefault(cell["GEOGRAPHY_CODE"], {})[cell[said]] = cell["OBS_VALUE"]
    return dict(sorted(areas.items()))


def _ages(cells: list[Cells], address: Address) -> Iterator[Row]:
    codes = (ALL_AGES, *map(str, range(YOUNGEST, OLDEST + 1)))
    for area, people in _by_area(cells, "C_AGE").items():
        if people.keys() != set(codes):
            raise FetchFailed(
                f"{address.name}: some areas came without all of their ages. Nothing was kept; try again later."
            )
        yield (area, *(people[code] for code in codes))


def _groups(cells: list[Cells], address: Address) -> Iterator[Row]:
    for area, people in _by_area(cells, "C2021_ETH_20_NAME").items():
        if ALL_GROUPS not in people or len(people) != 6:
            raise FetchFailed(
                f"{address.name}: some areas came without all of their groups. Nothing was kept; try again later."
            )
        for group in sorted(people.keys() - {ALL_GROUPS}):
            yield area, people[ALL_GROUPS], group, people[group]


_AGES: Row = tuple(str(age) for age in range(OLDEST - YOUNGEST))
_SHAPES: dict[str, tuple[Row, Callable[[list[Cells], Address], Iterator[Row]]]] = {
    "single_years": (("lsoa21_code", "total_population", *_AGES, "90+"), _ages),
    "ethnicity": (("lsoa21_code", "total_residents", "ethnic_group", "n"), _groups),
}
