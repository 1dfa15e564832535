"""People proceeded against for homicide: each row of the file is about one person, so no row of it may enter the lake.

What enters is how many in a year: in each borough, and, for London as a whole, by one thing about them at a time. Two things at once
(a boy of Black ethnicity, in one borough, in one month) would be a person.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from headwater.sources.contract import Contract
from headwater.sources.met_police.areas import FORCE, Where, by_name, coded
from headwater.sources.met_police.figures import Figures, Key
from headwater.sources.reading import Unusable, whole_number

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE = re.compile(r"([a-z]{3})-(\d{2})", re.IGNORECASE)
_AGES = re.compile(r"(\d+) to (\d+)|(\d+) and over")
_LONDON = Where(None, FORCE)
MISTAKE = "the file says that the row was recorded in error"


@dataclass(frozen=True, slots=True)
class Person:
    """What a row says, until it is counted."""

    month: str
    where: Where
    words: tuple[tuple[str, str], ...]
    many: int


def read_person(cells: dict[str, str], matched: Mapping[str, str], contract: Contract) -> Person:
    """One row of the file. Raises `Unusable` where any of it cannot be read, or it was a mistake."""
    codes = contract.codes
    if cells[matched["charged_summonsed"]].casefold() == "recording error":
        raise Unusable(MISTAKE)
    words = (
        ("age", _age(cells, matched["age_group"])),
        ("ethnicity", coded(cells, matched["self_classified_ethnicity"], codes["ethnicities"])),
        ("gender", coded(cells, matched["gender"], codes["genders"])),
        ("offence", coded(cells, matched["offence_type"], codes["homicides"])),
        ("proceeding", coded(cells, matched["charged_summonsed"], codes["proceedings"])),
    )
    where = by_name(cells[matched["borough"]], codes, matched["borough"])
    month = _month(cells[matched["proceedings_date"]], matched["proceedings_date"])
    return Person(month, where, words, whole_number(cells, matched["count_of_ppa"]))


def _age(cells: Mapping[str, str], column: str) -> str:
    found = _AGES.fullmatch(cells[column].casefold())
    if not found:
        raise Unusable(f"{column!r} is not an age group, as 20 to 24")
    return f"{found[3]}-and-over" if found[3] else f"{found[1]}-to-{found[2]}"


def _month(said: str, column: str) -> str:
    """'2003-01' from 'Jan-03'. The series begins in 2003, so every year is of this century."""
    found = _DATE.fullmatch(said)
    if not found or found[1].casefold() not in MONTHS:
        raise Unusable(f"{column!r} is not a month, as Jan-03")
    return f"20{found[2]}-{MONTHS.index(found[1].casefold()) + 1:02d}"


def count_people(people: list[Person], figures: Figures) -> None:
    """Add them up by year: all, by borough, and by one thing at a time."""
    if not people:
        return
    months = [person.month for person in people]
    first, last = min(months), max(months)
    for person in people:
        year = _year(person.month[:4], first, last)
        for where, words in ((_LONDON, ()), (person.where, ()), *((_LONDON, (word,)) for word in person.words)):
            figures.add(Key(f"months to {last}", "homicide-proceedings", where, year, words, "people"), person.many)


def _year(year: str, first: str, last: str) -> tuple[str, str, str]:
    """A calendar year, or the part of it that the file covers: six months never pass for a year."""
    begins, ends = max(f"{year}-01", first), min(f"{year}-12", last)
    whole = (begins, ends) == (f"{year}-01", f"{year}-12")
    return (year if whole else f"{begins} to {ends}"), begins, ends
