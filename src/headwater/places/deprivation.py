"""How deprived each LSOA is, on one country's index.

The English indices (Ministry of Housing, Communities and Local Government) and the Welsh Index of Multiple Deprivation
rank within their own country, by their own domains, and must never be compared.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from headwater.places.tables import distinct, rows_among, rows_where
from headwater.places.vintages import level_of
from headwater.vocabulary import Level, WrongRequest

RANKED = {"IMD 2025": 33_755, "IMD 2019": 32_844, "WIMD 2019": 1_909}
"""How many LSOAs each index ranks, as its publisher says; what has landed may be a part."""


@dataclass(frozen=True, slots=True, order=True)
class DeprivedArea:
    """One LSOA's standing. Rank 1 and decile 1 are the most deprived."""

    code: str
    score: float | None
    rank: int | None
    decile: int | None


@dataclass(frozen=True, slots=True)
class Deprivation:
    """Overall deprivation of the newest LSOAs of a place, sorted by code, all on one index."""

    index: str
    """'IMD 2025', 'IMD 2019' or 'WIMD 2019'."""
    areas: tuple[DeprivedArea, ...]
    ranked: int
    """How many LSOAs the whole index ranks."""
    inherited: tuple[str, ...]
    """LSOAs that stand where the one LSOA they were part of stood, because the index was made before they were drawn."""
    missing: tuple[str, ...]
    """LSOAs the index says nothing about: newer than it, and made of several."""


def deprivation_of(context: pa.Table, areas: frozenset[str], origins: Mapping[str, tuple[str, ...]]) -> Deprivation:
    """The overall index for some base LSOAs, from the conformed `context`; `origins` names the older LSOAs of each.

    The index is the newest that says anything about them. Raises `WrongRequest` where there is none, or where
    the areas lie in two countries.
    """
    if len({code[0] for code in areas}) > 1:
        raise WrongRequest(
            "deprivation has no one index across England and Wales, and the two may not be compared: ask for one country."
        )
    levels = [level for level in distinct(context, "level") if level_of(level) is Level.LSOA]
    overall = rows_among(rows_where(context, domain="overall"), "level", levels)
    for index in sorted(distinct(overall, "index"), key=lambda name: (-int(name[-4:]), name)):
        rows = rows_where(overall, index=index)
        standing = _standing(rows)
        found = {code: standing[origin] for code in sorted(areas) if (origin := _origin(code, standing, origins))}
        if found:
            return Deprivation(
                index=index,
                areas=tuple(DeprivedArea(code, *stands) for code, stands in found.items()),
                ranked=RANKED.get(index, len(standing)),
                inherited=tuple(code for code in found if code not in standing),
                missing=tuple(sorted(areas - set(found))),
            )
    raise WrongRequest(
        "there is no index of deprivation for these LSOAs in this workspace: land one, then conform again."
    )


def _standing(rows: pa.Table) -> dict[str, tuple[float | None, int | None, int | None]]:
    columns = (rows[name].to_pylist() for name in ("area_code", "score", "rank", "decile"))
    return {code: (score, rank, decile) for code, score, rank, decile in zip(*columns, strict=True)}


def _origin(code: str, standing: Mapping[str, object], origins: Mapping[str, tuple[str, ...]]) -> str | None:
    """The LSOA whose standing `code` has: its own, or that of the only one it was part of."""
    if code in standing:
        return code
    older = origins.get(code, ())
    return older[0] if len(older) == 1 and older[0] in standing else None
