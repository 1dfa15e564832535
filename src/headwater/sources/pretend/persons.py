"""People who do not exist, and what several partners would write down of them: for linkage, whose truth must be known.

Names are made of syllables and are nobody's; postcodes begin with ZZ, which no postcode does; numbers have the shape of an NHS
number and begin with 999, the range kept for tests.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.random import Generator

from headwater.sources.pretend.chance import Whole, draws, pick, weights

CONSONANTS, VOWELS, ENDS = "bcdfghjklmnprstvw", "aeiou", "nrstl"
HOUSEHOLD = 3
"""People at one address; they share a family name, and some of them a date of birth."""
TWINS = 0.01
PER_AREA = 12
"""Postcodes in each small area of the pretend county."""
_BORN = np.datetime64("1946-01-01")
_DAYS = 70 * 365


@dataclass(frozen=True, slots=True)
class Faults:
    """How often what is written down is wrong or missing, as shares of one."""

    misspelt: float = 0.07
    wrong_day: float = 0.04
    moved: float = 0.15
    blank: float = 0.03
    no_number: float = 0.4


def invent_records(seed: int, records: int, *, faults: Faults | None = None) -> tuple[pa.Table, Whole]:
    """Records of pretend people as partners would hold them, and whose each is (a number a person).

    A table of text columns given_name, family_name, date_of_birth, sex, postcode and nhs_number, empty where not recorded;
    about six people to ten records, so that some have two or three. The same seed gives the same records on every machine.
    """
    faults = faults or Faults()
    people = max(1, records * 6 // 10)
    whole = _people(seed, people)
    chance = draws(seed, "records")
    again = (chance.random(records - people) * people).astype(np.int64)
    whose = np.concatenate([np.arange(people), again])[np.argsort(chance.random(records), kind="stable")]
    columns = {name: values[whose].astype(object) for name, values in whole.items()}
    blot(columns, faults, seed, whole["postcode"])
    return pa.table({name: pa.array(list(values), pa.string()) for name, values in columns.items()}), whose


def _people(seed: int, people: int) -> dict[str, np.ndarray]:
    chance = draws(seed, "people")
    household = np.arange(people) // HOUSEHOLD
    homes = int(household[-1]) + 1
    given, family = names(seed, "given", 900, 2), names(seed, "family", 9_000, 3)
    born = _BORN + (chance.random(people) * _DAYS).astype(np.int64)
    twins = np.flatnonzero((chance.random(people) < TWINS) & (np.arange(people) % HOUSEHOLD > 0))
    born[twins] = born[twins - 1]
    return {
        "given_name": given[pick(chance, by_rank(len(given)), people)],
        "family_name": family[pick(chance, by_rank(len(family)), homes)][household],
        "date_of_birth": born.astype(str),
        "sex": np.where(chance.random(people) < 0.5, "female", "male"),
        "postcode": np.array([postcode(home // 15) for home in range(homes)])[household],
        "nhs_number": np.array([nhs_number(person) for person in range(people)]),
    }


def names(seed: int, kind: str, many: int, syllables: int) -> np.ndarray:
    """Different names, the commonest first."""
    chance = draws(seed, "names", kind)
    found: dict[str, None] = {}
    while len(found) < many:
        letters = [letter for _ in range(syllables) for letter in (_one(chance, CONSONANTS), _one(chance, VOWELS))]
        found["".join([*letters, _one(chance, ENDS)]).capitalize()] = None
    return np.array(list(found))


def _one(chance: Generator, letters: str) -> str:
    return letters[int(chance.random() * len(letters))]


def by_rank(many: int) -> Whole:
    """A name's share falls as its rank rises, nearly as one over it."""
    return weights(1_000 / (np.arange(many) + 8.0))


def postcode(place: int) -> str:
    """A postcode that is nobody's: it begins with ZZ. Its place is a number from nought."""
    place, unit = divmod(place, 400)
    place, sector = divmod(place, 9)
    return f"ZZ{place + 1} {sector + 1}{chr(65 + unit // 20)}{chr(65 + unit % 20)}"


def nhs_number(person: int) -> str:
    """Ten digits that begin with 999 and end with the check digit of an NHS number, or the next that have one."""
    while True:
        stem = f"999{person % 1_000_000:06d}"
        check = 11 - sum(int(digit) * (10 - place) for place, digit in enumerate(stem)) % 11
        if check != 10:
            return stem + str(check % 11)
        person += 500_009


def blot(columns: dict[str, np.ndarray], faults: Faults, seed: int, postcodes: np.ndarray, *by: str) -> None:
    """What goes wrong in the writing down, in place; `by` whom, where several write."""
    size = len(columns["sex"])

    def some(share: float, *about: str) -> Sequence[int]:
        return np.flatnonzero(draws(seed, "faults", *by, *about).random(size) < share).tolist()

    def change(name: str, share: float, how: Callable[[str, Generator], str]) -> None:
        chance = draws(seed, "how", *by, name)
        for place in some(share, name):
            columns[name][place] = how(columns[name][place], chance)

    change("given_name", faults.misspelt, _misspelt)
    change("family_name", faults.misspelt, _misspelt)
    change("date_of_birth", faults.wrong_day, _other_day)
    change("postcode", faults.moved, lambda _, chance: str(postcodes[int(chance.random() * len(postcodes))]))
    for name, values in columns.items():
        values[some(faults.no_number if name == "nhs_number" else faults.blank, "blank", name)] = None


def _misspelt(name: str, chance: Generator) -> str:
    """One slip of the pen: two letters changed round, one lost, one doubled, or one wrong."""
    at = 1 + int(chance.random() * (len(name) - 2))
    before, letter, after = name[:at], name[at], name[at + 1 :]
    slips = (before + after[:1] + letter + after[1:], before + after, before + letter + letter + after,
             before + _one(chance, CONSONANTS) + after)  # fmt: skip
    return slips[int(chance.random() * len(slips))]


def _other_day(day: str, chance: Generator) -> str:
    """Day and month changed round where that is a date; else a day of the month misheard."""
    year, month, date = day.split("-")
    return f"{year}-{date}-{month}" if int(date) <= 12 else f"{year}-{month}-{1 + int(chance.random() * 28):02d}"
