"""Pretend deprivation, under the name and header of the English Indices of Deprivation 2025."""

from pathlib import Path

import numpy as np

from headwater.sources.pretend import County, Real, Whole, bell, draws, write_table

LSOAS_IN_ENGLAND = 33_755
_DOMAINS = ("Income", "Employment", "Education", "Health", "Crime", "Housing_and_Services", "Environment")
_FOLLOWS = {"Income": 0.95, "Employment": 0.93, "Education": 0.88, "Health": 0.90, "Crime": 0.75,
            "Housing_and_Services": 0.10, "Environment": 0.30}  # fmt: skip
"""How closely each domain follows the whole: 1 would be the same order of areas."""
_RANK_SHARE = (0.0, 0.003, 0.03, 0.10, 0.20, 0.50, 0.74, 0.89, 1.0)
_SCORE = (94.0, 77.0, 60.0, 45.0, 33.5, 17.5, 10.0, 5.8, 0.2)
"""What score an area has that is so far down the country's list: roughly the shape of the real index."""


def invent(county: County, folder: Path) -> tuple[Path, ...]:
    """Write one index file into `folder`; returns the file written."""
    names = ("IMD", *_DOMAINS)
    harder = [county.hardship, *(_domain(county, name) for name in _DOMAINS)]
    ranks = [national_ranks(one) for one in harder]
    header = ("lsoa21_code", *(f"{n}_decile" for n in names), *(f"{n}_rank" for n in names),
              *(f"{n}_score" for n in names))  # fmt: skip
    rows = (
        (code, *(decile(int(rank[n])) for rank in ranks), *(int(rank[n]) for rank in ranks),
         *(_score(int(rank[n])) for rank in ranks))
        for n, code in enumerate(county.lsoa.codes)
    )  # fmt: skip
    return (write_table(folder / "imd2025_england_lsoa21.csv", header, rows),)


def national_ranks(harder: Real) -> Whole:
    """Ranks among the country's LSOAs, 1 the most deprived; no two areas share one."""
    wanted = np.rint((1 - harder) * LSOAS_IN_ENGLAND).astype(np.int64)
    order = np.argsort(-harder, kind="stable")
    ranks = np.clip(wanted[order], 1, LSOAS_IN_ENGLAND - len(order)) - np.arange(len(order))
    ranks = np.maximum.accumulate(ranks) + np.arange(len(order))
    placed = np.empty_like(ranks)
    placed[order] = ranks
    return placed


def decile(rank: int) -> int:
    """1 for the most deprived tenth of the country."""
    return (rank - 1) * 10 // LSOAS_IN_ENGLAND + 1


def _domain(county: County, name: str) -> Real:
    follows = _FOLLOWS[name]
    stray = 0.5 + 0.22 * bell(draws(county.recipe.seed, "deprivation", name), len(county.lsoa))
    return np.clip(follows * county.hardship + (1 - follows) * stray, 0.0001, 0.9999)


def _score(rank: int) -> float:
    return round(float(np.interp(rank / LSOAS_IN_ENGLAND, _RANK_SHARE, _SCORE)), 3)
