"""Which areas of a pretend county draw which crimes, and how many are to be expected in a month."""

from dataclasses import dataclass

import numpy as np

from headwater.sources.pretend.chance import Real, Whole, bell, draws, weights
from headwater.sources.pretend.county import County
from headwater.vocabulary import month_number

_SUMMER = (-1.0, -0.87, -0.5, 0.0, 0.5, 0.87, 1.0, 0.87, 0.5, 0.0, -0.5, -0.87)
"""The year from January, as a wave that is highest in July."""


@dataclass(frozen=True, slots=True)
class Pull:
    """How crime falls on a county, the same for every partner who writes some of it down."""

    county: County
    first: int
    """The first month of the police's archive, as a month number."""
    draw: tuple[Real, ...]
    """Of each crime type, how strongly each LSOA draws it; 1 on average."""
    emerging: Whole
    """The LSOAs where the planted hot spot emerges."""

    def expected(self, number: int, month: int) -> tuple[float, Whole]:
        """How many crimes of a type are to be expected in a month, and how strongly each LSOA draws them (as weights)."""
        crime, draw = self.county.recipe.crimes[number], self.draw[number]
        years = (month - self.first) / 12
        many = crime.a_month * (1 + crime.a_year * years) * self.season(number, month)
        step, emerging = self.county.recipe.police.step, self.county.recipe.police.emerging
        if crime.type == step["type"] and month >= month_number(step["from"]):
            many *= step["times"]
        if crime.type == emerging["type"]:
            draw = draw.copy()
            draw[self.emerging] *= 1 + (emerging["times"] - 1) * self._risen(month)
        return many * float(draw.mean()), weights(draw)

    def season(self, number: int, month: int) -> float:
        """How many times as many as in an average month of the year."""
        return 1 + self.county.recipe.crimes[number].summer * _SUMMER[month % 12]

    def _risen(self, month: int) -> float:
        """How far the emerging hot spot has risen: 0 before it begins, 1 in the last month."""
        police = self.county.recipe.police
        start = month_number(police.emerging["from"]) - 1
        return max(0.0, (month - start) / (self.first + police.months - 1 - start))


def pull_of(county: County) -> Pull:
    """What draws crime in a county."""
    return Pull(county, month_number(county.recipe.police.first), _draws(county), _emerging(county))


def _draws(county: County) -> tuple[Real, ...]:
    """People, times hardship, times the pull of a centre, times a chance of the area's own (part shared by all crimes)."""
    seed, many = county.recipe.seed, len(county.lsoa)
    shared, drawn = bell(draws(seed, "uneven"), many), list[Real]()
    for crime in county.recipe.crimes:
        own = 0.6 * shared + 0.8 * bell(draws(seed, "uneven", crime.type), many)
        hard = crime.hardship ** (county.hardship - 0.5)
        draw = county.people * hard * np.exp(crime.uneven * own) * (1 + crime.centre * county.central**2)
        drawn.append(np.round(draw / draw.mean(), 6))
    return tuple(drawn)


def _emerging(county: County) -> Whole:
    planted = county.recipe.police.emerging
    number = county.district.names.index(planted["place"])
    town = county.recipe.districts[number].town
    apart = np.round((county.x - town[0]) ** 2 + (county.y - town[1]) ** 2, 6)
    apart[county.lsoa_district != number] = np.inf
    return np.sort(np.argsort(apart, kind="stable")[: planted["areas"]])
