"""Who lives in a pretend county: ethnicity and age, area by area."""

import numpy as np

from headwater.sources.pretend.chance import Real, Whole, bell, draws, share_out, weights
from headwater.sources.pretend.county import County

ETHNICITIES = ("asian", "black", "mixed", "white", "other")
AGES = 91
"""Single years of age, 0 to 89, and 90 and over."""


def ethnicities(county: County) -> Whole:
    """Residents of each LSOA (rows) by ethnic group (columns, in the order of ETHNICITIES).

    A district's groups live closer to its town's heart, and where life is harder, as in most English towns.
    """
    chance = draws(county.recipe.seed, "ethnicity")
    shares = np.array(
        [[d.ethnicity.get(group, 0.0) for group in ETHNICITIES] for d in county.recipe.districts], dtype=np.float64
    )[county.lsoa_district]
    lean = 0.35 + 0.9 * county.central + 0.8 * county.hardship
    stray = np.maximum(0.3, 1 + 0.3 * bell(chance, shares.size).reshape(shares.shape))
    shares *= lean[:, None] * stray
    shares *= np.minimum(1, 0.75 / shares.sum(axis=1))[:, None]
    shares[:, ETHNICITIES.index("white")] = 1 - shares.sum(axis=1)
    return np.stack([share_out(int(n), weights(row)) for n, row in zip(county.people, shares, strict=True)])


def age_shapes(county: County) -> Real:
    """How likely each year of age is (columns) in each LSOA (rows); harder-pressed areas are younger."""
    ages = np.arange(AGES)
    at = county.recipe.ages["at"]
    kinds = [np.interp(ages, at, county.recipe.ages[d.ages]) for d in county.recipe.districts]
    shapes = np.stack(kinds)[county.lsoa_district]
    tilt = 1 + 0.8 * (county.hardship - 0.5)[:, None] * (45 - ages[None, :]) / 45
    stray = 1 + 0.12 * bell(draws(county.recipe.seed, "ages"), shapes.size).reshape(shapes.shape)
    return np.maximum(shapes * tilt * stray, 0.05)
