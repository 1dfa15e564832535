"""Figures that are worked out rightly and still mislead: few live and many come, or far too little was sent."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from headwater.lake import Coverage
from headwater.places import Atlas
from headwater.sources.police_uk import forces
from headwater.vocabulary import BadInput, Level, Place, WrongRequest, words_of_months

TOO_LOW = 0.2
"""Below this share of what is usual, a force may have sent too little rather than had little to send."""
VISITED, USUAL = "few-live-many-come", "usual-returns"


@dataclass(frozen=True, slots=True)
class Doubts:
    """What a reader must be told of some places and forces beside every figure that rests on them."""

    visited: Mapping[str, str]
    """By place code, how many more come than live there, in words."""
    thin: Mapping[tuple[str, str], tuple[str, ...]]
    """By dataset and force, the months for which far less was sent than is usual for so many residents."""

    def of_places(self, places: Iterable[Place]) -> tuple[str, ...]:
        """A sentence for whoever reads a rate per resident of any of `places`, or none."""
        named = sorted({(place.name, self.visited[place.code]) for place in places if place.code in self.visited})
        if not named:
            return ()
        who = "; ".join(f"{name} ({said})" for name, said in named)
        return (f"Few live and many come in {who}. {PER_RESIDENT}",)

    def of_forces(self, dataset: str, slugs: Iterable[str]) -> tuple[str, ...]:
        """A sentence for each of the forces that sent too little of a dataset to be believed."""
        found = ((slug, self.thin.get((dataset, slug), ())) for slug in slugs)
        return tuple(
            f"{forces()[slug].name} sent less than a fifth of what is usual for so many residents for "
            f"{words_of_months(months)}. {TOO_LITTLE}"
            for slug, months in found
            if months
        )


PER_RESIDENT = (
    "A rate per resident sets harm to everyone who is there against the few who live there: it is not anybody’s risk, and "
    "not to be compared with other areas. Read the number, and how it changes."
)
TOO_LITTLE = "Before reading that as less harm, make sure that what was sent is whole."
NONE = Doubts({}, {})


def doubts_of(
    agreed: Mapping[str, Path], book: Atlas, places: Iterable[Place], people: Mapping[str, int], coverage: Coverage
) -> Doubts:
    """The doubts about some places, and about the forces for whose areas `people` has the residents.

    `agreed` are the files of `definitions/doubts` by name.
    """
    visited: dict[str, str] = _table(agreed[VISITED], "says")
    usual: dict[str, float] = _table(agreed[USUAL], "a_year_per_1000")
    found = ((place.code, _visited(book, place, visited)) for place in places)
    return Doubts({code: said for code, said in found if said}, dict(_thin(coverage, people, usual)))


def _table(path: Path, name: str) -> dict[str, Any]:
    try:
        found = tomllib.loads(path.read_text("utf-8")).get(name)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise BadInput(f"{path.name} is not a readable TOML file: {problem}") from problem
    if not isinstance(found, dict):
        raise BadInput(f"{path.name}: the table [{name}] is missing")
    return found


def _visited(book: Atlas, place: Place, visited: Mapping[str, str]) -> str:
    """What is said of a place: of a district, or of a wider area all of whose districts are listed."""
    if place.level == Level.DISTRICT:
        return visited.get(place.code, "")
    districts = book.within(place, Level.DISTRICT) if place.level in WIDER and Level.DISTRICT in book.levels else ()
    said = [visited.get(district.code, "") for district in districts]
    return "; ".join(said) if all(said) else ""


WIDER = (Level.COUNTRY, Level.REGION, Level.FORCE, Level.COUNTY, Level.HEALTH, Level.CSP)


def _thin(
    coverage: Coverage, people: Mapping[str, int], usual: Mapping[str, float]
) -> Iterator[tuple[tuple[str, str], tuple[str, ...]]]:
    for dataset, a_year in usual.items():
        for slug in coverage.producers(dataset):
            force = forces().get(slug)
            least = TOO_LOW * a_year / 12 * people.get(force.area_code or "", 0) / 1000 if force else 0
            rows = [row for row in coverage.rows if (row.dataset, row.producer) == (dataset, slug)]
            if months := tuple(row.month for row in rows if row.status != "absent" and row.rows < least):
                yield (dataset, slug), months


def force_residents(book: Atlas, area: Place, slugs: Iterable[str]) -> dict[str, int]:
    """Residents of the whole area of each force, by its code; those whose residents have not landed are left out."""
    if area.level == Level.COUNTRY:  # one asking for all
        return dict(book.population(Level.FORCE, area).people) if Level.FORCE in book.levels else {}
    found: dict[str, int] = {}
    for code in sorted({force.area_code for slug in slugs if (force := forces().get(slug)) and force.area_code}):
        try:
            found |= book.population(Level.FORCE, book.find(code)).people
        except WrongRequest:
            continue
    return found
