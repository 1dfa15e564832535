"""The people of a pretend county who are hurt by violence or do it, once for all partners: each writes them down in its own way."""

from dataclasses import dataclass

import numpy as np

from headwater.sources.pretend.chance import Real, Whole, draws, pick, weights
from headwater.sources.pretend.county import County
from headwater.sources.pretend.people import ETHNICITIES, ethnicities
from headwater.sources.pretend.persons import PER_AREA, Faults, blot, by_rank, names, nhs_number, postcode

PEOPLE = 15_000
_AGES, _SHARES = (0, 5, 12, 15, 18, 25, 35, 45, 55, 65, 90), (0.6, 1.5, 6, 13, 15, 11, 7, 4.5, 2.5, 1, 0)
"""From each age, how many there are of a year of age, beside the others: most at 15 to 34."""
_OFTEN, _SOME, _SHARE_OFTEN, _SHARE_SOME = 15.0, 4.0, 0.02, 0.13
"""How many times as often as most some are hurt, and their share of all: a few are hurt again and again."""

Record = dict[str, str]


@dataclass(frozen=True, slots=True)
class Pool:
    """One of everything a person."""

    seed: int
    columns: dict[str, np.ndarray]
    """given_name, family_name, date_of_birth, sex, postcode, nhs_number, as text."""
    ethnicity: Whole
    """A place in ETHNICITIES."""
    home: Whole
    """The LSOA of home."""
    hurt: Whole
    """How often each is hurt, as weights."""
    hurt_at_home: Whole
    """How often by a partner or family, or sexually: mostly women and girls of 14 and over."""
    harms: Whole
    """How often each is suspected: mostly men and boys of 10 and over, and more often those who are hurt often."""

    def written(self, whose: Whole, faults: Faults, by: str) -> list[Record]:
        """What one partner writes down of these people, a record each in order, with faults of its own; empty where nothing is."""
        held = {name: values[whose].astype(object) for name, values in self.columns.items()}
        blot(held, faults, self.seed, self.columns["postcode"], by)
        held["ethnicity"] = np.array(ETHNICITIES, dtype=object)[self.ethnicity[whose]]
        said = ([cell or "" for cell in values.tolist()] for values in held.values())
        return [dict(zip(held, record, strict=True)) for record in zip(*said, strict=True)]


def pool_of(county: County, draw: Real, on: str) -> Pool:
    """The pool, at home where `draw` is strong (a number an LSOA), of the ages it should have `on` a day."""
    seed = county.recipe.seed
    chance = draws(seed, "pool")
    age = _ages(chance.random((PEOPLE, 2)))
    sex = np.where(chance.random(PEOPLE) < 0.46, "female", "male")
    home = pick(chance, weights(draw), PEOPLE)
    door = (chance.random(PEOPLE) * PER_AREA).astype(np.int64)
    given, family = names(seed, "pool given", 700, 2), names(seed, "pool family", 3_000, 3)
    columns = {
        "given_name": given[pick(chance, by_rank(len(given)), PEOPLE)],
        "family_name": family[pick(chance, by_rank(len(family)), PEOPLE)],
        "date_of_birth": (np.datetime64(on) - (age * 365.25).astype(np.int64)).astype(str),
        "sex": sex,
        "postcode": np.array([postcode(place) for place in (home * PER_AREA + door).tolist()]),
        "nhs_number": np.array([nhs_number(person) for person in range(PEOPLE)]),
    }
    hurt = _often(chance.random(PEOPLE))
    men, women = np.where(sex == "male", 4.0, 1.0), np.where(sex == "female", 4.0, 1.0)
    return Pool(
        seed=seed,
        columns=columns,
        ethnicity=pick(chance, ethnicities(county).sum(axis=0), PEOPLE),
        home=home,
        hurt=weights(hurt),
        hurt_at_home=weights(hurt * women * (age >= 14)),
        harms=weights(_often(chance.random(PEOPLE)) * np.minimum(hurt, _SOME) * men * (age >= 10)),
    )


def _ages(luck: Real) -> Real:
    """Ages in years, whole and part."""
    years = np.arange(_AGES[-1])
    share = np.array(_SHARES)[np.searchsorted(np.array(_AGES), years, side="right") - 1]
    running = np.cumsum(weights(share))
    whole = np.searchsorted(running, (luck[:, 0] * running[-1]).astype(np.int64), side="right")
    return whole + luck[:, 1]


def _often(luck: Real) -> Real:
    return np.where(luck < _SHARE_OFTEN, _OFTEN, np.where(luck < _SHARE_OFTEN + _SHARE_SOME, _SOME, 1.0))
