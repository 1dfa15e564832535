"""Which levels the columns of a file speak of, whatever style they are written in.

`lsoa21_code` and `lsoa21_name`, or `LSOA21CD` and `LSOA21NM` as the Open Geography portal writes them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

FINEST_FIRST = ("lsoa", "msoa", "ward", "ltla", "csp", "utla", "pfa", "sicbl", "icb", "region", "country", "ruc")
_ALSO = {
    "lad": "ltla",
    "wd": "ward",
    "wards": "ward",
    "rgn": "region",
    "ctry": "country",
    "ctyua": "utla",
}
_COLUMN = re.compile(r"([a-z]+?)(\d{2})(?:_?(code|name)|(cd|nm))")
_CHANGE = {"change_code", "chgind", "chngind"}
_RURAL_URBAN_NAMES = {"classification"}


@dataclass(frozen=True, slots=True)
class Named:
    """One level of a file: 'lsoa21', and the columns with its codes and names."""

    level: str
    code: str
    name: str | None

    @property
    def kind(self) -> str:
        """'lsoa'."""
        return self.level[:-2]

    @property
    def year(self) -> int:
        return int(self.level[-2:])


@dataclass(frozen=True, slots=True)
class Columns:
    """The levels of a file, finest first and, within a kind, earliest first; and the column of change codes."""

    levels: tuple[Named, ...]
    change: str | None

    @property
    def child(self) -> Named:
        """The latest vintage of the finest kind: what the coarser areas of the row are made of."""
        return [named for named in self.levels if named.kind == self.levels[0].kind][-1]

    @property
    def steps(self) -> tuple[tuple[Named, Named], ...]:
        """The look-ups in the file: each vintage of the finest kind on to the next, then the last to all the coarser."""
        finest = [named for named in self.levels if named.kind == self.levels[0].kind]
        coarser = [named for named in self.levels if named.kind != self.levels[0].kind]
        return (*pairwise(finest), *((finest[-1], named) for named in coarser))


def columns_of(header: tuple[str, ...]) -> Columns:
    """What a header speaks of; no levels where it speaks of none."""
    codes: dict[str, str] = {}
    names: dict[str, str] = {}
    for column in header:
        if found := _level(column):
            level, holds_code = found
            (codes if holds_code else names)[level] = column
    levels = [Named(level, code, names.get(level) or _class_name(level, header)) for level, code in codes.items()]
    change = next((column for column in header if column.casefold() in _CHANGE), None)
    return Columns(tuple(sorted(levels, key=_fineness)), change)


def _level(column: str) -> tuple[str, bool] | None:
    found = _COLUMN.fullmatch(column.strip().casefold())
    if not found:
        return None
    kind = _ALSO.get(found[1], found[1])
    return (f"{kind}{found[2]}", "code" in found.groups() or "cd" in found.groups()) if kind in FINEST_FIRST else None


def _class_name(level: str, header: tuple[str, ...]) -> str | None:
    if not level.startswith("ruc"):
        return None
    return next((column for column in header if column.casefold() in _RURAL_URBAN_NAMES), None)


def _fineness(named: Named) -> tuple[int, int]:
    return FINEST_FIRST.index(named.kind), named.year


def named_cells(cells: Mapping[str, str], named: Named) -> str:
    """The name of a row's area at a level; its code where the file gives no name."""
    return (cells[named.name] if named.name else "") or cells[named.code]
