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
    """One level of a file: 'lsoa21', its kind and year, and the columns with its codes and names."""

    level: str
    kind: str
    year: int
    code: str
    name: str | None


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a file speak of."""

    levels: tuple[Named, ...]
    """Finest first and, within a kind, earliest first."""
    steps: tuple[tuple[Named, Named], ...]
    """The look-ups in the file: each year of the finest kind on to the next, then the last to all that is coarser."""
    change: str | None
    """The column of change codes."""


def columns_of(header: tuple[str, ...]) -> Columns:
    """What a header speaks of; no levels where it speaks of none."""
    codes: dict[str, str] = {}
    names: dict[str, str] = {}
    for column in header:
        if found := _level(column):
            level, holds_code = found
            (codes if holds_code else names)[level] = column
    unsorted = (_named(level, code, names.get(level) or _class_name(level, header)) for level, code in codes.items())
    levels = tuple(sorted(unsorted, key=lambda named: (FINEST_FIRST.index(named.kind), named.year)))
    finest = [named for named in levels if named.kind == levels[0].kind]
    coarser = [(finest[-1], named) for named in levels if named.kind != levels[0].kind]
    change = next((column for column in header if column.casefold() in _CHANGE), None)
    return Columns(levels, (*pairwise(finest), *coarser), change)


def _named(level: str, code: str, name: str | None) -> Named:
    return Named(level, level[:-2], int(level[-2:]), code, name)


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


def named_cells(cells: Mapping[str, str], named: Named) -> str:
    """The name of a row's area at a level; its code where the file gives no name."""
    return (cells[named.name] if named.name else "") or cells[named.code]
