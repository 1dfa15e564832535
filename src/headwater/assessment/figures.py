"""Published and returned figures, as they are read from the lake's counts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import narwhals as nw

from headwater.assessment.returned import ABOUT, AT_LEAST, added, without
from headwater.engine import Engine
from headwater.lake import Snapshot
from headwater.sources import contract
from headwater.vocabulary import Measure, Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One published figure of one area and period."""

    area_code: str
    level: str
    """The kind of area: 'utla', 'country'."""
    period: Period
    value: float | None
    denominator: float | None
    lower: float | None
    upper: float | None
    unit: str
    status: str
    release: str
    why: str = ""
    """What to know about it, or why there is none, in words; empty where the publisher's mark says it all."""
    whose: frozenset[tuple[str, ...]] = frozenset()
    """For the sum of what several organisations returned: whose figures are in it."""


Figures = Mapping[tuple[str, str], Figure]
"""By area code and the period's label."""


def figures(snapshot: Snapshot, engine: Engine, measure: Measure) -> Figures:
    """Everything published that `measure` describes; of two releases of one figure, the later.

    Where the contract says that figures add up over their producers, those of one area and period are one figure.
    """
    if not snapshot.has("counts"):
        return {}
    over = contract(measure.source).adds_over
    rows = snapshot.table("counts", engine, dataset=measure.source)
    for column, values in measure.where.items():
        if column == "group" and over:
            continue
        said = nw.col(column) if column != "group" else nw.col(column).fill_null("")
        rows = rows.filter(said.is_in(values))
    order = ("area_code", "first_month", "last_month", "release", *(("producer", "group") if over else ()))
    told: list[Mapping[str, Any]] = engine.collect(rows).sort_by([(name, "ascending") for name in order]).to_pylist()
    found = _added(told, measure, over) if over else map(_figure, told)
    return {(figure.area_code, figure.period.label): figure for figure in found}


def _added(rows: Sequence[Mapping[str, Any]], measure: Measure, over: Sequence[str]) -> Iterator[Figure]:
    wanted = [row for row in rows if without(row["group"] or "", over) in measure.where.get("group", [""])]
    for each in added(wanted, over):
        yield replace(_figure(each.row), value=each.value, status=each.status, why=each.why, whose=each.whose)


def _figure(row: Mapping[str, Any]) -> Figure:
    told = {name: row[name] for name in ("area_code", "value", "denominator", "lower", "upper", "unit", "release")}
    told["level"] = str(row["level"]).rstrip(
        "0123456789"
    )  # the year of its boundaries does not change the kind of area
    return Figure(period=Period.covering(row["first_month"], row["last_month"]), status=row["status"] or "", **told)


def together(place: str, own: Figure | None, parts: Mapping[str, Figure | None]) -> Figure:
    """What organisations returned of a place and of its parts, by name, as one figure: of those who sent, saying who did not."""
    held = [figure for figure in (own, *parts.values()) if figure]
    first = next((figure for figure in held if figure.value is not None), held[0])
    if own and any(own.whose & figure.whose for figure in held[1:]):
        why = f"it cannot be added up: a service returned figures of {place} and of its parts"
        return replace(first, value=None, status="x", why=why)
    if differ := next((figure for figure in held if figure.status == "x"), None):
        return differ
    if first.value is None:
        return first
    silent = [name for name, figure in parts.items() if figure is None or figure.value is None]
    why = _saying([figure.why for figure in held], silent)
    return replace(first, value=sum(figure.value or 0.0 for figure in held), why=why)


def _saying(whys: Sequence[str], silent: Sequence[str]) -> str:
    """What must be known of a sum: what was known of its parts, and which places have no figure."""
    if len(whys) == 1 and not silent:
        return whys[0]
    told = [f"no figure is known for {', '.join(silent)}"] if silent else []
    told += (
        ["some services withheld a figure or sent none for these months"]
        if any(AT_LEAST in why for why in whys)
        else []
    )
    rough = [ABOUT] if any(why and AT_LEAST not in why for why in whys) else []
    return "; ".join([f"{AT_LEAST}{' and '.join(told)}"] * bool(told) + rough)
