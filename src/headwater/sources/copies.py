"""Rows that came twice: found before the tables are written, so that nothing is written twice."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import narwhals as nw

from headwater.engine import Engine
from headwater.sources.contract import Contract
from headwater.sources.sheets import Frame, given


@dataclass(frozen=True, slots=True)
class Told:
    """The rows whose number stands on several rows of one producer and month: one of each set that are wholly alike."""

    once: Path
    """The rows to keep, with their producer, month and number as given."""
    number: str
    copies: int
    """How many rows were left out as copies of another."""

    def settled(self, good: Frame, engine: Engine, columns: list[str]) -> Frame:
        """The rows that may enter the lake, without the copies."""
        same, once = ["producer", "month", self.number], engine.scan(self.once)
        alone = good.join(once.select(*same), on=same, how="anti").select(*columns)
        return nw.concat([alone, once.select(*columns)])


def told_again(
    rows: Frame, check: Callable[[Frame], Frame], contract: Contract, number: str, engine: Engine, room: Path
) -> Told | None:
    """What came twice among `rows` (the contract's columns as text, `producer` and `month`); None where nothing did.

    `number` is the column that becomes the event id, `check` marks the rows that may not enter the lake. Copies are alike in every
    column, so their numbers are too, as they stand: only rows that share one need be looked at, and they are few. They are put
    on the disk before they are checked, or the engine would check every row first and look for copies then.
    """
    column = given(number)
    same = ["producer", "month", column]
    whole = [*(given(each.name) for each in contract.columns), "producer", "month"]
    shared, alike, once = (room / f"{name}.parquet" for name in ("shared", "alike", "once"))
    several = (
        rows.filter(~nw.col(column).is_null()).group_by(*same).agg(nw.len().alias("rows")).filter(nw.col("rows") > 1)
    )
    if not engine.write(several.select(*same), shared):
        return None
    few = rows.join(engine.scan(shared), on=same, how="semi")
    _ = engine.write(few.group_by(*whole).agg(nw.len().alias("times")), alike)
    good = check(engine.scan(alike)).filter(nw.col("reason").is_null(), ~nw.col("event_id").is_null())
    kept = engine.write(good, once)
    times: int = engine.collect(engine.scan(once).select(nw.col("times").sum())).column("times")[0].as_py() or 0
    return Told(once, column, times - kept)
