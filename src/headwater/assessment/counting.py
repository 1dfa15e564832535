"""From the lake's events to counts by place and month: the one place where the assessment asks the engine."""

# pyright: reportAttributeAccessIssue=false
# (pyarrow makes its compute functions as it is imported, where a type checker cannot see them)

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import narwhals as nw
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from headwater.assessment.scene import Scene
from headwater.engine import Engine, Frame
from headwater.lake import Snapshot
from headwater.places import Atlas, bands_within
from headwater.sources import contract
from headwater.vocabulary import EVERYONE, FLAGS, Conversion, Level, Measure, Period, Place, month_number

MILLION = 1_000_000
"""Area weights are whole millionths, so that sums are exact and the same on every engine and in every order."""

Counted = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many, by place and month, in millionths of one; `carried` is the part that was apportioned by weights."""

    months: tuple[str, ...]
    places: Mapping[str, Counted]
    """By place code (the area and its subareas): one value a month."""
    carried: Mapping[str, Counted]
    small: Counted
    """Small areas × months, in the order of `Scene.small`."""
    small_carried: Counted
    unlocated: Counted
    """Whole events a month with no area code."""
    outside: Counted
    """Whole events a month with a code that is not in the area."""

    def columns(self, months: Sequence[str]) -> list[int]:
        first, held = month_number(self.months[0]), len(self.months)
        return [place for m in months if 0 <= (place := month_number(m) - first) < held]

    def count(self, place: Place, period: Period) -> float:
        """How many in `place` in `period`. Whether the period is covered is the asker's business."""
        return float(self.places[place.code][self.columns(period.months)].sum()) / MILLION

    def conversion(self, place: Place, period: Period) -> Conversion | None:
        """The label of a converted figure, where any of it was apportioned."""
        where = self.columns(period.months)
        carried, total = self.carried[place.code][where].sum(), self.places[place.code][where].sum()
        return Conversion(float(carried / total), CONVERSION_BASIS) if carried else None

    def small_counts(self, period: Period) -> NDArray[np.float64]:
        """One value a small area."""
        return self.small[:, self.columns(period.months)].sum(axis=1) / MILLION

    def unplaced(self, period: Period) -> tuple[int, int, int]:
        """How many had no area code, and a code outside the area, of how many recorded in `period`."""
        where = self.columns(period.months)
        lost, away = int(self.unlocated[where].sum()), int(self.outside[where].sum())
        return lost, away, lost + away + round(self.small[:, where].sum() / MILLION)


CONVERSION_BASIS = (
    "some crimes were published with 2011 small-area codes that were split in 2021; each was shared among its 2021 "
    "parts in proportion to their residents at Census 2021"
)


def tally(
    snapshot: Snapshot, engine: Engine, measure: Measure, forces: Sequence[str], *, whole: bool = False
) -> pa.Table:
    """Events by force, area code and month: `producer, area_code, month, n`, sorted.

    Counts what `measure.where` describes (and `measure.of`, for a part of a whole); with `whole`, only what `of` does.
    """
    events = events_of(snapshot, engine, measure, forces, whole=whole)
    keys = ["producer", "area_code", "month"]
    return engine.collect(events.group_by(*keys).agg(n=nw.len())).sort_by([(key, "ascending") for key in keys])


def events_of(
    snapshot: Snapshot, engine: Engine, measure: Measure, senders: Sequence[str], *, whole: bool = False
) -> Frame:
    """The events that a measure describes, of some producers; with `whole`, only what `of` says of them is asked."""
    events = snapshot.table("events", engine, dataset=measure.source)
    events = events.filter(nw.col("producer").is_in(list(senders)))
    for column, values in (measure.of if whole else {**measure.of, **measure.where}).items():
        events = events.filter(_is(column, values))
    for flag in measure.without:
        events = events.filter(~nw.col(flag).fill_null(value=False))
    if not (measure.role or measure.ages != EVERYONE):
        return events
    people = people_of(snapshot, engine, role=measure.role, ages=measure.ages).select("event_id")
    return events.join(people, on="event_id", how="semi")


def _is(column: str, values: Sequence[str]) -> nw.Expr:
    """One of the values; a flag is 'yes' or 'no', and where nobody recorded it, neither."""
    if column not in FLAGS:
        return nw.col(column).is_in(values)
    return nw.col(column) if list(values) == ["yes"] else ~nw.col(column)


def people_of(snapshot: Snapshot, engine: Engine, *, role: str = "", ages: tuple[int, int] = EVERYONE) -> Frame:
    """The people of all events, of one role and of some ages where these are asked for."""
    people = snapshot.table("people", engine)
    if role:
        people = people.filter(nw.col("role") == role)
    return people if ages == EVERYONE else people.filter(nw.col("age_band").is_in(bands_within(*ages)))


def count(table: pa.Table, scene: Scene, dataset: str) -> Counts:
    """A tally, carried to the area, its subareas and its small areas."""
    months = scene.months(dataset)
    source = _Source.of(table, months)
    placed = source.carry(scene.atlas, Level.LSOA, scene.area, scene.small)
    parts = source.carry(scene.atlas, scene.subareas[0].level, scene.area, scene.subareas) if scene.subareas else None
    places, carried = {}, {}
    for row, place in enumerate(scene.subareas):
        recorded = place.level == Level.FORCE and not contract(dataset).agreement
        places[place.code] = source.recorded(scene.senders(dataset, place)) if recorded else parts.total[row]  # type: ignore[union-attr]
        carried[place.code] = parts.carried[row] * (not recorded)  # type: ignore[union-attr]
    whole = scene.area.level in (Level.FORCE, Level.COUNTRY)
    places[scene.area.code] = source.recorded(scene.senders(dataset, scene.area)) if whole else placed.total.sum(axis=0)
    carried[scene.area.code] = np.zeros(len(months), np.int64)
    outside = source.everything - source.unlocated - np.rint(placed.total.sum(axis=0) / MILLION).astype(np.int64)
    return Counts(
        months=months,
        places=places,
        carried=carried,
        small=placed.total,
        small_carried=placed.carried,
        unlocated=source.unlocated,
        outside=outside,
    )


@dataclass(frozen=True, slots=True)
class _Carried:
    total: Counted
    carried: Counted


@dataclass(frozen=True, slots=True)
class _Source:
    """A tally as a matrix: area codes as published × months."""

    codes: list[str]
    matrix: Counted
    unlocated: Counted
    everything: Counted
    by_force: dict[str, Counted]

    @classmethod
    def of(cls, table: pa.Table, months: tuple[str, ...]) -> "_Source":
        first, width = month_number(months[0]), len(months)
        when = np.array([month_number(m) - first for m in table["month"].to_pylist()], np.int64)
        many = table["n"].to_numpy().astype(np.int64)
        codes = sorted(c for c in pc.unique(table["area_code"]).to_pylist() if c is not None)
        where = pc.fill_null(pc.index_in(table["area_code"], pa.array(codes, pa.string())), -1).to_numpy()
        matrix = np.zeros((len(codes), width), np.int64)
        located = where >= 0
        np.add.at(matrix, (where[located], when[located]), many[located])
        lost = np.bincount(when[~located], many[~located], width).astype(np.int64)
        names = np.array(table["producer"].to_pylist(), object)
        forces = {
            f: np.bincount(when[names == f], many[names == f], width).astype(np.int64) for f in sorted(set(names))
        }
        return cls(codes, matrix, lost, matrix.sum(axis=0) + lost, forces)

    def recorded(self, forces: Sequence[str]) -> Counted:
        """Everything those forces recorded, wherever it happened, in millionths."""
        return sum((self.by_force[f] for f in forces if f in self.by_force), np.zeros_like(self.everything)) * MILLION

    def carry(self, atlas: Atlas, level: Level, within: Place, places: Sequence[Place]) -> _Carried:
        """Share each published code among the `places` it belongs to."""
        table = atlas.membership(level, within)
        source = pc.fill_null(pc.index_in(table["area_code"], pa.array(self.codes, pa.string())), -1).to_numpy()
        target = pc.fill_null(
            pc.index_in(table["place_code"], pa.array([p.code for p in places], pa.string())), -1
        ).to_numpy()
        known = (source >= 0) & (target >= 0)
        weights = table["weight"].to_numpy()[known][:, None]
        shares = self.matrix[source[known]] * weights
        total = np.zeros((len(places), self.matrix.shape[1]), np.int64)
        carried = np.zeros_like(total)
        np.add.at(total, target[known], shares)
        np.add.at(carried, target[known], shares * table["carried"].to_numpy(zero_copy_only=False)[known][:, None])
        return _Carried(total, carried)


def by_group(
    snapshot: Snapshot, engine: Engine, measure: Measure, forces: Sequence[str], period: Period, *, whole: bool = False
) -> dict[str, int]:
    """Events of a period by the group of the person in them; '' where the group was not stated."""
    events = events_of(snapshot, engine, measure, forces, whole=whole)
    events = events.filter(nw.col("month").is_in(list(period.months)))
    people = snapshot.table("people", engine).select("event_id", measure.by)
    joined = events.select("event_id").join(people, on="event_id", how="inner")
    table = engine.collect(joined.group_by(measure.by).agg(n=nw.len()))
    return {group or "": int(n) for group, n in zip(table[measure.by].to_pylist(), table["n"].to_pylist(), strict=True)}


def waits(snapshot: Snapshot, engine: Engine, measure: Measure, forces: Sequence[str], period: Period) -> pa.Table:
    """Crimes with an identifier by month recorded and month of first outcome (null while there is none): `month, answered, n`."""
    crimes = events_of(snapshot, engine, measure, forces)
    crimes = crimes.filter(nw.col("month").is_in(list(period.months)), ~nw.col("event_id").is_null())
    events = snapshot.table("events", engine, dataset=OUTCOMES).filter(nw.col("producer").is_in(list(forces)))
    outcomes = events.group_by("event_id").agg(answered=nw.col("month").min())
    joined = crimes.select("event_id", "month").join(outcomes, on="event_id", how="left")
    table = engine.collect(joined.group_by("month", "answered").agg(n=nw.len()))
    return table.sort_by([("month", "ascending"), ("answered", "ascending")])


@dataclass(frozen=True, slots=True, kw_only=True)
class Flagged:
    """How many events of a period bear which flags."""

    whole: int
    """All events."""
    flags: Mapping[str, tuple[int, int]]
    """By flag: how many bear it, and of how many it was said either way."""
    exploited: int
    """How many bear at least one of EXPLOITATION,"""
    twice: int
    """and how many two or more: where one partner sees several kinds at once."""


EXPLOITATION = ("gang", "county_lines", "modern_slavery")
"""Flags that tell of exploitation."""


def flagged(snapshot: Snapshot, engine: Engine, measure: Measure, senders: Sequence[str], period: Period) -> Flagged:
    """The flags of the events of a period."""
    events = events_of(snapshot, engine, measure, senders).filter(nw.col("month").is_in(list(period.months)))
    several = nw.sum_horizontal(*(nw.col(flag).cast(nw.Int64).fill_null(0) for flag in EXPLOITATION))
    asked = {
        "whole": nw.len(),
        **{flag: nw.col(flag).cast(nw.Int64).sum() for flag in FLAGS},
        **{f"{flag}_said": nw.col(flag).count() for flag in FLAGS},
        "exploited": (several >= 1).cast(nw.Int64).sum(),
        "twice": (several >= 2).cast(nw.Int64).sum(),
    }
    (row,) = engine.collect(events.select(**asked)).to_pylist()
    found = {flag: (row[flag] or 0, row[f"{flag}_said"]) for flag in FLAGS}
    return Flagged(whole=row["whole"], flags=found, exploited=row["exploited"] or 0, twice=row["twice"] or 0)


def people_in(snapshot: Snapshot, engine: Engine, measure: Measure, senders: Sequence[str], period: Period) -> pa.Table:
    """Everybody in the events of a period: `role, age_band, person_key, n`, and in how many events each was (null: no key)."""
    events = events_of(snapshot, engine, measure, senders).filter(nw.col("month").is_in(list(period.months)))
    keys = ("role", "age_band", "person_key")
    people = people_of(snapshot, engine).select("event_id", *keys)
    joined = people.join(events.select("event_id").unique(), on="event_id", how="semi")
    return engine.collect(joined.group_by(*keys).agg(n=nw.len())).sort_by([(key, "ascending") for key in keys])


OUTCOMES = "police_uk.outcomes"
"""The dataset of outcomes, which share their identifiers with the crimes they answer."""
STREET = "police_uk.street"
"""The dataset of recorded crimes."""
