"""Which area a table means, where it gives a local authority's name, its old three-digit number, or a code no longer held.

`authorities.toml` says who is who. What it does not know is not guessed at: the row is set aside.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from headwater.sources.reading import ELSEWHERE, NOT_A_CODE, OUTSIDE, Unusable

_CODE = re.compile(r"[A-Z]\d{8}")
_WIDER = {"E92": "country", "E12": "region", "E13": "region", "Z12": "region"}
_BY_PREFIX = {
    "E07": "ltla",
    "W06": "utla",
    "E22": "csp",
    "W22": "csp",
    "E23": "pfa",
    "W15": "pfa",
    "Z23": "pfa",
    "W92": "country",
}
_LATEST = "utla23"
_UNTIL_NOW = "9999-12"


@dataclass(frozen=True, slots=True)
class Placed:
    """An area as the table `counts` names it."""

    code: str
    level: str
    """'country', 'region', or the latest set of upper-tier authorities that held the code: 'utla23', 'utla12'.

    Of a district, a force area or a partnership only the kind: 'ltla', 'pfa', 'csp'."""


@dataclass(frozen=True, slots=True)
class Authority:
    """One local authority, region or country."""

    number: int
    names: tuple[str, ...]
    codes: tuple[tuple[str, str], ...]
    """Each code with the last month it was held, in order."""
    since: str
    """Its first month; empty where it is older than any table."""

    @property
    def until(self) -> str:
        return self.codes[-1][1]

    def during(self, last: str) -> Placed:
        """Under the code held in the month `last`; before or after its time, under the nearest."""
        code, until = next((held for held in self.codes if last <= held[1]), self.codes[-1])
        wider = _WIDER.get(code[:3])
        return Placed(code, wider or (_LATEST if until == _UNTIL_NOW else f"utla{int(until[2:4]) - 1:02d}"))


def by_name(said: str, first: str, last: str, column: str) -> Placed:
    """The authority that had this name in the last month of a period, or failing that in its first.

    Raises `Unusable` where there is none: 'Dorset' was one authority until March 2019 and is another since.
    """
    if plain(said) in ("", "null", "na"):
        raise Unusable(f"{column!r} names no area")
    named = _names().get(plain(said), ())
    for month in (last, first):
        held = [one for one in named if one.since <= month <= one.until]
        if len(held) == 1:
            return held[0].during(last)
    raise Unusable(
        f"{column!r} is an authority that did not exist then" if named else f"{column!r} is no authority known"
    )


def by_number(said: str, name: str, last: str, column: str) -> Placed:
    """The authority of an old number such as '301' or '301.0'. Raises `Unusable` where none has it, or under another name."""
    known = _numbered(said, column)
    if plain(name) not in map(plain, known.names):
        raise Unusable(f"{column!r} and the name beside it are of different authorities")
    return known.during(last)


def by_number_alone(said: str, last: str, column: str) -> Placed:
    """The authority of an old number, where no name stands beside it. Raises `Unusable` where none has it."""
    return _numbered(said, column).during(last)


def _numbered(said: str, column: str) -> Authority:
    found = re.fullmatch(r"(\d{1,4})(?:\.0+)?", said)
    known = _numbers().get(int(found[1])) if found else None
    if known is None:
        raise Unusable(f"{column!r} is no authority's number")
    return known


def by_code(code: str, last: str, column: str) -> Placed:
    """The area of a code as published; where it was given up before the period ended, under the code that followed.

    Raises `Unusable` where it is no code, or one of no authority, region or country known.
    """
    if code[:1] in ELSEWHERE and _CODE.fullmatch(code):
        raise Unusable(OUTSIDE)
    if not _CODE.fullmatch(code):
        raise Unusable(f"{column!r} {NOT_A_CODE}" if code else f"{column!r} is empty")
    known = _codes().get(code)
    if known is None:
        raise Unusable(f"{column!r} is the code of no authority known")
    until = dict(known.codes)[code]
    return known.during(max(until, last))


def by_any_code(code: str, last: str, column: str) -> Placed:
    """The area of a code of any kind of area from a district upwards: districts and force areas stand in no list of authorities.

    Those are kept as given, at a level that names no year. Raises `Unusable` as `by_code` does, and for a code of a smaller area.
    """
    level = _BY_PREFIX.get(code[:3])
    if level and _CODE.fullmatch(code) and code not in _codes():
        return Placed(code, level)
    return by_code(code, last, column)


def plain(name: str) -> str:
    """A name however it is written: 'St. Helens', 'Kingston Upon Hull, City of', 'Brighton & Hove'."""
    return re.sub(r"[^a-z0-9]+", " ", name.casefold().replace("&", " and ")).strip()


@cache
def _known() -> tuple[Authority, ...]:
    said: dict[str, Any] = tomllib.loads(Path(__file__).with_name("authorities.toml").read_text("utf-8"))
    return tuple(_authorities(said["authorities"] | said["wider"]))


def _authorities(said: Mapping[str, Any]) -> Iterator[Authority]:
    for number, about in said.items():
        codes = tuple((held["code"], held.get("to", _UNTIL_NOW)) for held in about["codes"])
        yield Authority(int(number), tuple(about["names"]), codes, about.get("from", ""))


@cache
def _names() -> dict[str, tuple[Authority, ...]]:
    found: dict[str, tuple[Authority, ...]] = {}
    for one in _known():
        for name in one.names:
            found[plain(name)] = (*found.get(plain(name), ()), one)
    return found


@cache
def _numbers() -> dict[int, Authority]:
    return {one.number: one for one in _known()}


@cache
def _codes() -> dict[str, Authority]:
    return {code: one for one in _known() for code, _ in one.codes}
