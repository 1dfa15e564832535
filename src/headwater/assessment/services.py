"""What is delivered in an area, as providers and the partnership's register tell of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from headwater.assessment.scene import Scene
from headwater.engine import Engine
from headwater.lake import Snapshot
from headwater.places import Atlas
from headwater.sources import contract
from headwater.vocabulary import Level, WrongRequest, month_name, month_number

REGISTER = "the-partnership"
"""Who tells of a service in a file of several providers."""
DATASET = "services.register"
NOT_SAID = "not said"
PREVENTION = ("primary", "secondary", "tertiary")


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One service, in all those of the area's parts that it is delivered in."""

    name: str
    provider: str
    aim: str
    activity: str
    prevention: str
    cohort: str
    ages: tuple[int | None, int | None]
    where: frozenset[str]
    """Codes of subareas; of the area itself where it has none."""
    whole: bool
    """Is it delivered in all of them?"""
    referral: str
    funder: str
    funding: str
    until: str | None
    money: float | None
    places: int | None
    evaluated: str

    def ends_by(self, month: str) -> bool:
        """Does its funding end in or before a month?"""
        return self.until is not None and self.until <= month

    def like(self, other: "Service") -> bool:
        """Has it the aim and the cohort of another, and ages in common?"""
        return (self.aim, self.cohort) == (other.aim, other.cohort) and _overlap(self.ages, other.ages)


def services_of(snapshot: Snapshot, engine: Engine, scene: Scene) -> tuple[Service, ...]:
    """The services of the area, by name; none where no register has landed.

    A provider's own file speaks for it, and the register for those who sent none.
    """
    if not snapshot.has("services"):
        return ()
    table = engine.collect(snapshot.table("services", engine))
    rows: list[Mapping[str, Any]] = table.to_pylist()
    own = {_plain(row["provider"]) for row in rows if row["producer"] != REGISTER}
    said: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
    for row in rows:
        if row["producer"] != REGISTER or _plain(row["provider"]) not in own:
            said.setdefault(tuple(str(row[column]) for column in _TOLD), []).append(row)
    reach = _Reach(scene)
    found = (_service(said[key], reach) for key in sorted(said))
    return tuple(service for service in found if service.where)


_TOLD = ("service", "provider", "aim", "activity", "prevention", "cohort", "age_from", "age_to", "referral", "funder", "funding",
         "funded_until", "money", "places", "evaluated")  # fmt: skip
"""All that is said of a service besides where it is delivered."""


def _service(rows: Sequence[Mapping[str, Any]], reach: "_Reach") -> Service:
    (row, *_) = rows
    where = frozenset(code for each in rows for code in reach.of(each["area_code"]))
    same = (
        "provider",
        "aim",
        "activity",
        "prevention",
        "cohort",
        "referral",
        "funding",
        "money",
        "places",
        "evaluated",
    )
    return Service(
        name=row["service"], ages=(row["age_from"], row["age_to"]), where=where, whole=where == reach.every,
        funder=row["funder"] or NOT_SAID, until=row["funded_until"], **{name: row[name] for name in same},
    )  # fmt: skip


class _Reach:
    """Which parts of an area a code of any kind of area lies in or covers."""

    def __init__(self, scene: Scene) -> None:
        self._book, self._area = scene.atlas, scene.area
        self._parts = scene.subareas or (scene.area,)
        self._small: dict[str, frozenset[str]] = {}
        self._known: dict[str, frozenset[str]] = {
            scene.area.code: self.every,
            **{p.code: frozenset([p.code]) for p in self._parts},
        }

    @property
    def every(self) -> frozenset[str]:
        return frozenset(part.code for part in self._parts)

    def of(self, code: str) -> frozenset[str]:
        """The codes of the parts; none for an area elsewhere, or one that no look-up knows."""
        if code not in self._known:
            small = _small_areas(self._book, code)
            self._known[code] = frozenset(p.code for p in self._parts if small & self._lsoas(p.code))
        return self._known[code]

    def _lsoas(self, code: str) -> frozenset[str]:
        if code not in self._small:
            self._small[code] = _small_areas(self._book, code)
        return self._small[code]


def _small_areas(book: Atlas, code: str) -> frozenset[str]:
    try:
        place = book.find(code)
        if place.level == Level.LSOA:
            return frozenset([place.code])
        return frozenset(each.code for each in book.within(place, Level.LSOA))
    except WrongRequest:
        return frozenset()


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _overlap(one: tuple[int | None, int | None], other: tuple[int | None, int | None]) -> bool:
    """Have two ranges of ages one in common? An end that was not said is no end."""
    return not any(
        last is not None and first is not None and last < first
        for (_, last), (first, _) in ((one, other), (other, one))
    )


@cache
def _words() -> Mapping[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for kind, words in contract(DATASET).codes.items():
        for word, slug in words.items():
            _ = found.setdefault((kind, slug), word)
    return found


def words_of(kind: str, slug: str) -> str:
    """A code of the register in words: ('cohort', 'hurt') is 'people who were hurt'."""
    return _words().get((kind, slug), NOT_SAID)


def alike(services: Iterable[Service], code: str) -> tuple[tuple[Service, ...], ...]:
    """Sets of two or more services in one part with the same aim and cohort and ages in common; each service in one set."""
    left = [service for service in services if code in service.where]
    sets: list[tuple[Service, ...]] = []
    while left:
        first, *left = left
        same = [other for other in left if first.like(other)]
        left = [other for other in left if other not in same]
        if same:
            sets.append((first, *same))
    return tuple(sets)


def a_year_after(month: str) -> str:
    """The same month of the next year."""
    return month_name(month_number(month) + 12)
