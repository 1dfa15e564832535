"""From what identifies a person to a key that does not."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from headwater.sources.edge.identifiers import moment, name_of, nhs_number
from headwater.sources.edge.key import Key

Grade = Literal["nhs-number", "own-number", "name-and-birth"]
"""What a person key rests on. The first holds across partners; the second within one; the third wherever names are well kept."""


@dataclass(frozen=True, slots=True)
class Person:
    """One person, by key, and what the key rests on."""

    key: str
    grade: Grade


def person_of(cells: Mapping[str, list[str]], producer: str, key: Key) -> Person | None:
    """Who the cells are of; None where they do not say enough. `cells` are by what the column holds.

    A valid NHS number decides; failing that the partner's own number, which is another partner's own number for somebody
    else; failing that a name with a date of birth.
    """
    for said in cells.get("nhs_number", []):
        if number := nhs_number(said):
            return Person(key.person(f"nhs:{number}"), "nhs-number")
    for said in cells.get("person_number", []):
        if number := "".join(said.split()).casefold():
            return Person(key.person(f"own:{producer}:{number}"), "own-number")
    name = name_of(" ".join(cells.get("name", [])))
    born = next(filter(None, map(moment, cells.get("date_of_birth", []))), None)
    if name and born:
        return Person(key.person(f"name:{name}:{born.date().isoformat()}"), "name-and-birth")
    return None
