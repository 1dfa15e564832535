"""How many people live where, by age and by ethnicity."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import pyarrow as pa

from headwater.engine import Frame
from headwater.places.tables import distinct, rows_aged, rows_among, rows_where, rows_with, total
from headwater.places.weights import rounded
from headwater.vocabulary import WrongRequest

AGE_BANDS: tuple[tuple[int, int | None], ...] = ((0, 9), (10, 17), (18, 24), (25, 34), (35, 49), (50, 64), (65, None))


def band_words(first: int, last: int | None) -> str:
    """'10-17', '65+'."""
    return f"{first}+" if last is None else f"{first}-{last}"


def bands_within(first: int, last: int) -> tuple[str, ...]:
    """The bands that make up the ages from `first` to `last`, both ends in. Raises WrongRequest where no bands do."""
    within = [band for band in AGE_BANDS if first <= band[0] and band[1] is not None and band[1] <= last]
    if not within or (within[0][0], within[-1][1]) != (first, last):
        known = ", ".join(band_words(*band) for band in AGE_BANDS)
        raise WrongRequest(f"ages {first} to {last} cannot be counted: ages are held in the bands {known}")
    return tuple(band_words(*band) for band in within)


@dataclass(frozen=True, slots=True)
class Population:
    """People by place code."""

    people: dict[str, int]
    basis: str
    """'Census 2021', 'mid-2020 estimate'."""
    year: int
    converted: bool
    """Some of it was carried from LSOAs of an earlier census by weights, so it is an estimate."""
    missing: tuple[str, ...] = ()
    """Places left out of `people` because residents of some of their LSOAs are not known."""


@dataclass(frozen=True, slots=True)
class Ages:
    """People by place code and age band ('0-9' … '65+'), youngest first."""

    people: dict[str, dict[str, int]]
    basis: str
    year: int
    converted: bool
    missing: tuple[str, ...] = ()


Membership = Mapping[str, Sequence[tuple[str, int, bool]]]
"""By LSOA code: the places it counts towards, the millionths, and whether they are an apportionment."""


def by_area(membership: pa.Table) -> dict[str, list[tuple[str, int, bool]]]:
    """The membership table, ready to be looked up by LSOA code."""
    found: dict[str, list[tuple[str, int, bool]]] = {}
    for area, *rest in zip(*(membership[name].to_pylist() for name in membership.column_names), strict=True):
        found.setdefault(area, []).append((rest[0], rest[1], rest[2]))
    return found


def banded(population: Frame) -> Frame:
    """The conformed `population` with single years of age added up to the bands used here; totals pass through.

    Three million rows of single years become a quarter of a million, so do this in the engine before collecting. A row
    that straddles two bands is left out: it could not be placed.
    """
    start, end = nw.lit(None, nw.Int64), nw.lit(None, nw.Int64)
    for first, last in reversed(AGE_BANDS):
        within = nw.col("age_from") >= first
        within = within if last is None else within & (nw.col("age_to") <= last)
        start = nw.when(within).then(nw.lit(first, nw.Int64)).otherwise(start)
        end = nw.when(within).then(nw.lit(last, nw.Int64)).otherwise(end)
    keys = ("area_code", "level", "year", "band_from", "band_to", "sex", "ethnicity", "basis")
    return (
        population.with_columns(band_from=start, band_to=end)
        .filter(nw.col("age_from").is_null() | ~nw.col("band_from").is_null())
        .group_by(*keys)
        .agg(nw.col("people").sum())
        .rename({"band_from": "age_from", "band_to": "age_to"})
        .select("area_code", "level", "year", "age_from", "age_to", "sex", "ethnicity", "people", "basis")
    )


def latest(rows: pa.Table, what: str) -> tuple[pa.Table, str, int]:
    """The rows of one release: a census before an estimate, then the newest; with its basis and year."""
    if not rows.num_rows:
        raise WrongRequest(
            f"there are no {what} by LSOA in this workspace: land a population file, then conform again."
        )
    releases = rows.select(["basis", "year"]).group_by(["basis", "year"]).aggregate([]).to_pylist()
    chosen = min(releases, key=_census_then_newest)
    return rows_where(rows, **chosen), chosen["basis"], chosen["year"]


def _census_then_newest(release: Mapping[str, Any]) -> tuple[bool, int, str]:
    return not release["basis"].startswith("Census"), -release["year"], release["basis"]


def everyone(rows: pa.Table) -> dict[str, int]:
    """People of all ages, sexes and ethnicities by area code."""
    whole = rows_where(rows, age_from=None, sex=None, ethnicity=None)
    return dict(zip(whole["area_code"].to_pylist(), whole["people"].to_pylist(), strict=True))


def incomplete(membership: Membership, known: Container[str]) -> tuple[str, ...]:
    """Places to leave out, because some LSOA that counts towards them has no figure."""
    return tuple(sorted({place for area, rows in membership.items() if area not in known for place, _, _ in rows}))


def add_up(
    counts: Mapping[str, int], membership: Membership, *, leaving_out: Container[str] = ()
) -> tuple[dict[str, int], bool]:
    """Whole people by place, and whether any were apportioned."""
    totals: dict[str, int] = {}
    converted = False
    for area, people in counts.items():
        for place, weight, carried in membership.get(area, ()):
            if place not in leaving_out:
                totals[place] = totals.get(place, 0) + people * weight
                converted = converted or carried
    return {place: rounded(totals[place]) for place in sorted(totals)}, converted


def ages_by_place(
    bands: Mapping[str, Mapping[str, int]], membership: Membership, *, leaving_out: Container[str] = ()
) -> tuple[dict[str, dict[str, int]], bool]:
    """Whole people by place and age band, and whether any were apportioned."""
    added = {band: add_up(counts, membership, leaving_out=leaving_out) for band, counts in bands.items()}
    places = sorted({place for totals, _ in added.values() for place in totals})
    people = {place: {band: totals.get(place, 0) for band, (totals, _) in added.items()} for place in places}
    return people, any(converted for _, converted in added.values())


def by_ethnicity(rows: pa.Table, areas: frozenset[str]) -> dict[str, int]:
    """People by ethnic group in some areas, all ages and sexes together."""
    said = rows_where(rows_with(rows_among(rows, "area_code", areas), "ethnicity"), age_from=None, sex=None)
    return {group: total(rows_where(said, ethnicity=group), "people") for group in distinct(said, "ethnicity")}


def by_band(rows: pa.Table, areas: frozenset[str]) -> dict[str, dict[str, int]]:
    """People by age band, then area code: from single years or from bands, sexes and ethnicities together."""
    said = rows_where(rows_among(rows, "area_code", areas), sex=None, ethnicity=None)
    counted: dict[str, dict[str, int]] = {}
    for first, last in AGE_BANDS:
        band = rows_aged(said, first, last).group_by("area_code").aggregate([("people", "sum")])
        counted[band_words(first, last)] = dict(
            zip(band["area_code"].to_pylist(), band["people_sum"].to_pylist(), strict=True)
        )
    return counted
