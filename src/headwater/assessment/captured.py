"""Capture tables, as they are read from the lake's counts: one of an area and its latest months, whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from headwater.engine import Engine
from headwater.lake import Snapshot
from headwater.vocabulary import Measure, Period, Place

FEWEST = 3
"""With two lists nothing can tell whether they are independent."""
_LIST = "list-"

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CaptureTable:
    """How many people are on each combination of lists."""

    period: Period
    lists: tuple[str, ...]
    """In words, in the order of the columns of `captured`."""
    captured: tuple[tuple[int, ...], ...]
    people: tuple[float, ...]
    trouble: str = ""
    """Why nothing can be estimated from it, in words; then the rest may be empty."""


def capture_table(snapshot: Snapshot, engine: Engine, measure: Measure, area: Place) -> CaptureTable | None:
    """The table of `area` whose months are the latest; None where none has landed."""
    if not snapshot.has("counts"):
        return None
    rows = snapshot.table("counts", engine).filter(
        nw.col("dataset") == measure.source, nw.col("area_code") == area.code
    )
    for column, values in measure.where.items():
        rows = rows.filter(nw.col(column).is_in(values))
    order = ("last_month", "first_month", "producer", "group")
    told: list[Row] = engine.collect(rows).sort_by([(name, "ascending") for name in order]).to_pylist()
    if not told:
        return None
    months = told[-1]["first_month"], told[-1]["last_month"]
    return _table(Period.covering(*months), [row for row in told if (row["first_month"], row["last_month"]) == months])


def _table(period: Period, rows: Sequence[Row]) -> CaptureTable:
    on = [_on(row["group"]) for row in rows]
    lists = tuple(on[0])
    words = tuple(name.removeprefix(_LIST).replace("-", " ") for name in lists)
    if len({row["producer"] for row in rows}) > 1 or any(tuple(each) != lists for each in on):
        return CaptureTable(period, words, (), (), "more than one table of the same months has landed: keep one")
    if any(row["value"] is None for row in rows):
        return CaptureTable(
            period, words, (), (), "a count in the table is withheld, and an estimate needs all of them"
        )
    captured = tuple(tuple(each.values()) for each in on)
    people = tuple(float(row["value"]) for row in rows)
    return CaptureTable(period, words, captured, people, _doubt(captured, people))


def _on(group: str) -> dict[str, int]:
    """'list-a=1;list-b=0' by the name of each list."""
    pairs = (pair.partition("=") for pair in group.split(";"))
    return {name: int(flag) for name, _, flag in pairs if name.startswith(_LIST)}


def _doubt(captured: Sequence[Sequence[int]], people: Sequence[float]) -> str:
    """Why a table that is whole gives no estimate, if that can be told by looking at it."""
    many = len(captured[0])
    if many < FEWEST:
        return f"an estimate needs {FEWEST} lists or more, and the table has {many}"
    on_each = [sum(count for row, count in zip(captured, people, strict=True) if row[place]) for place in range(many)]
    return "" if all(on_each) else "nobody is on one of the lists: leave that list out"
