"""Where a row is of: a borough or ward by its code, or nowhere known, which is kept as a part of the whole force area."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from headwater.sources.contract import folded
from headwater.sources.reading import AREA_CODE, Unusable

Codes = Mapping[str, Mapping[str, str]]
BOROUGH, WARD, FORCE = "ltla24", "ward24", "pfa24"
_PLACES = {BOROUGH: "borough", WARD: "ward"}


@dataclass(frozen=True, slots=True)
class Where:
    """An area, or a part of the whole that has none."""

    code: str | None
    """None where no borough or ward is known."""
    level: str
    within: str | None = None
    """'borough-not-known', 'ward-not-known', 'borough-airports': a group of the whole, so that it is never the whole."""


def plain(name: str) -> str:
    """A borough's name however it is written: 'Richmond Upon Thames', 'Barking & Dagenham'."""
    return " ".join(folded(name).replace("&", " and ").split())


def by_name(said: str, codes: Codes, column: str) -> Where:
    """The borough of that name. Raises `Unusable` where there is none in the contract."""
    name = plain(said)
    if name in codes["boroughs"]:
        return Where(codes["boroughs"][name], BOROUGH)
    if name and name in codes["nowhere"]:
        return _nowhere(codes["nowhere"][name], BOROUGH)
    raise Unusable(f"{column!r} is not one of the boroughs in the contract" if name else f"{column!r} is empty")


def by_code(said: str, level: str, codes: Codes, column: str) -> Where:
    """The borough or ward of that code. Raises `Unusable` where it is no code and no word for nowhere."""
    if AREA_CODE.fullmatch(said):
        return Where(said, codes["former_wards"].get(said, level))
    if (word := codes["nowhere"].get(said.casefold())) is None:
        raise Unusable(f"{column!r} is neither an area code nor a mark that there is none")
    return _nowhere(word, level)


def _nowhere(word: str, level: str) -> Where:
    return Where(None, FORCE, f"{_PLACES[level]}-{word}")


def whole_of(areas: set[str | None], codes: Codes) -> str:
    """The code of the force area that the areas of a file lie in: London's, unless they do not exist."""
    pretend = any(area and area.startswith("Z") for area in areas)
    return codes["whole"]["Z" if pretend else "E"]


def group_of(**words: str | None) -> str | None:
    """'crime=knife-crime;within=ward-not-known', sorted; None where there is no word."""
    return ";".join(f"{name}={word}" for name, word in sorted(words.items()) if word) or None


def coded(cells: Mapping[str, str], column: str, known: Mapping[str, str]) -> str:
    """The contract's word for what a cell says. Raises `Unusable` where the contract has none."""
    said = " ".join(cells[column].casefold().split())
    if said not in known:
        raise Unusable(f"{column!r} is not one of the words in the contract" if said else f"{column!r} is empty")
    return known[said]


def month_of(said: str, column: str) -> str:
    """'2022-03' from '2022-03-01' or '2022-03-01T00:00:00'."""
    found = re.fullmatch(r"(\d{4}-(?:0[1-9]|1[0-2]))-01(?:[T ]00:00:00(?:\.0+)?)?", said)
    if not found:
        raise Unusable(f"{column!r} is not the first day of a month, as 2022-03-01" if said else f"{column!r} is empty")
    return found[1]
