"""Which events of one partner have an event of another near them, of the same person: by links, and by days."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import narwhals as nw
import pyarrow as pa

from headwater.assessment.counting import events_of
from headwater.assessment.scene import Scene
from headwater.engine import Engine, Frame
from headwater.lake import Snapshot
from headwater.lake.linked import Linked
from headwater.vocabulary import Measure, Period, month_name, month_number, months_between

Days = tuple[date, date]
"""The first and the last day on which something can have happened."""


def found_near(scene: Scene, measure: Measure, snapshot: Snapshot, engine: Engine, period: Period) -> tuple[int, int]:
    """Of a measure's events in a period, how many have an event of the other source near them of the same person; and how many there are."""
    mine = _whose(scene, replace(measure, of={}), snapshot, engine).filter(nw.col("month").is_in(list(period.months)))
    theirs = _whose(scene, _other(measure), snapshot, engine)
    pairs = (
        _links(measure, snapshot, engine)
        .join(_named(mine, "mine"), on="mine", how="inner")
        .join(_named(theirs, "theirs"), on="theirs", how="inner")
    )
    found: pa.Table = engine.collect(pairs)
    near = {row["mine"] for row in found.to_pylist() if _near(_days(row, "mine"), _days(row, "theirs"), measure.days)}
    whole = engine.collect(mine.select("event_id").unique().select(n=nw.len()))
    return len(near), int(whole["n"][0].as_py())


def covered(scene: Scene, measure: Measure, linked: Linked) -> Period | None:
    """The latest twelve months of a measure in which all who send either source have, over all the days that are near.

    Failing that, the longest and latest run. None where there is no such month.
    """
    others = (measure.beside, *(each for each in linked.datasets if each != measure.source))

    def whole(month: str) -> bool:
        near = months_near(month, measure.days)
        return not scene.missing(measure.source, scene.area, (month,)) and not any(
            scene.missing(other, scene.area, near) for other in others
        )

    return _latest_run([month for month in scene.months(measure.source) if whole(month)])


def months_near(month: str, days: tuple[int, int]) -> tuple[str, ...]:
    """Every month that a day near any day of the month can be in."""
    first, last = _whole_month(month)
    before, after = (timedelta(days=end) for end in days)
    return months_between(f"{first + before:%Y-%m}", f"{last + after:%Y-%m}")


def _whole_month(month: str) -> Days:
    number = month_number(month)
    first, after = (date.fromisoformat(f"{month_name(n)}-01") for n in (number, number + 1))
    return first, after - timedelta(days=1)


def _latest_run(months: Sequence[str]) -> Period | None:
    runs: list[list[str]] = []
    for month in months:
        if runs and month_number(month) == month_number(runs[-1][-1]) + 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    full = [run for run in runs if len(run) >= 12]
    if full:
        return Period.year_to(full[-1][-1])
    best = max(runs, key=lambda run: (len(run), run[-1]), default=None)
    return Period.span(best[0], best[-1]) if best else None


def _other(measure: Measure) -> Measure:
    """The other source's events that count."""
    return replace(measure, source=measure.beside, where=measure.of, of={}, role="", without=[])


def _whose(scene: Scene, measure: Measure, snapshot: Snapshot, engine: Engine) -> Frame:
    return events_of(snapshot, engine, measure, scene.senders(measure.source, scene.area))


def _named(events: Frame, name: str) -> Frame:
    columns = (nw.col(column).alias(f"{name}_{column}") for column in ("month", "occurred", "occurred_to"))
    return events.select(nw.col("event_id").alias(name), *columns)


def _links(measure: Measure, snapshot: Snapshot, engine: Engine) -> Frame:
    """Pairs of event keys, the measure's first, in which the other is of the role that counts; each once."""
    links = snapshot.table("linked", engine)
    sides = [
        links.filter(
            nw.col(f"{mine}_dataset") == measure.source, nw.col(f"{theirs}_role") == measure.beside_role
        ).select(mine=nw.col(f"{mine}_event"), theirs=nw.col(f"{theirs}_event"))
        for mine, theirs in (("left", "right"), ("right", "left"))
    ]
    return nw.concat(sides, how="vertical").unique()


def _days(row: dict[str, object], name: str) -> Days:
    """When it can have happened: on the day or days that were recorded, or else in the month of the return."""
    began, ended = row[f"{name}_occurred"], row[f"{name}_occurred_to"]
    if isinstance(began, datetime):
        return began.date(), ended.date() if isinstance(ended, datetime) else began.date()
    return _whole_month(str(row[f"{name}_month"]))


def _near(mine: Days, theirs: Days, days: tuple[int, int]) -> bool:
    """Can the other have happened within the days around the first?"""
    before, after = (timedelta(days=end) for end in days)
    return theirs[1] >= mine[0] + before and theirs[0] <= mine[1] + after
