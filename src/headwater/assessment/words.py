"""Plain sentences made from figures: what is said when nobody has yet written anything."""

import math
from collections.abc import Sequence

import numpy as np

from headwater.assessment.exhibits import by_value, estimate_of, value_of
from headwater.assessment.findings import Reading
from headwater.assessment.scene import Scene
from headwater.methods import direction
from headwater.methods.results import Interval
from headwater.vocabulary import Cell, Estimate, Measure, Period, is_shown, why_not


def capital(text: str) -> str:
    """The first letter large, the rest as it is."""
    return text[:1].upper() + text[1:]


def quote(name: str, reading: Reading, verb: str = "say") -> str:
    """A figure as it is quoted in Markdown: `{{ say: violence.rate | 2022-23 | E23000007 }}`."""
    parts = [name, reading.period.label, reading.place.code, reading.group]
    return "{{ " + verb + ": " + " | ".join(part for part in parts if part) + " }}"


def with_interval(estimate: Estimate) -> str:
    """'12.3 (95% interval 11.9 to 12.7)'."""
    return estimate.text + _bracketed(estimate)


def _bracketed(estimate: Estimate) -> str:
    return f" (95% interval {estimate.interval_text})" if estimate.interval_text else ""


def percent_of(estimate: Estimate) -> str:
    """A ratio as a percentage of change: whole from ten up, since no interval of ours is finer than that."""
    change = round(abs(estimate.value - 1) * 100, 1)
    return f"{change:,.0f}%" if change >= 10 else f"{change:.1f}%"


def in_full(index: str) -> str:
    """'IMD 2025' as 'Index of Multiple Deprivation 2025': nobody is expected to know the letters."""
    spelt = {"IMD": "Index of Multiple Deprivation", "WIMD": "Welsh Index of Multiple Deprivation"}
    letters, _, rest = index.partition(" ")
    return f"{spelt.get(letters, letters)} {rest}".strip()


def in_list(names: Sequence[str]) -> str:
    """'Ashby, Birley and Corston'."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def say(cell: Cell, unit: str = "") -> str:
    """A cell in the middle of a sentence: its figure and unit, or that there is none and why."""
    estimate = estimate_of(cell)
    if estimate is None:
        return f"no figure can be given ({why_not(cell)})"
    if estimate.unit.startswith("of "):  # a rank: '3 of 7' is one thing, and its interval follows it
        return f"{estimate.text} {estimate.unit}{_bracketed(estimate)}"
    unit = "" if estimate.unit == "%" else unit or estimate.unit
    return f"{with_interval(estimate)} {unit}".strip()


def between(cell: Cell) -> str:
    """'between 49% and 61%', for a figure whose ends say more than its middle; a figure without ends as `say` has it."""
    estimate = estimate_of(cell)
    if estimate is None or estimate.lower is None or estimate.upper is None:
        return say(cell)
    sign = "%" if estimate.unit == "%" else ""
    lower, upper = (f"{end:,.{estimate.decimals}f}{sign}" for end in (estimate.lower, estimate.upper))
    return f"between {lower} and {upper}"


def verdict(estimate: Estimate) -> str:
    """Rose, fell or no clear change, by whether the interval of a ratio leaves out one."""
    ends = (np.array(math.nan if end is None else end) for end in (estimate.lower, estimate.upper))
    return direction(Interval(np.array(estimate.value), *ends))


def rate_sentence(scene: Scene, measure: Measure, readings: list[Reading], headline: Period | None) -> str:
    """The rate of the area in the headline period, and which part of it is highest."""
    if headline is None:
        return f"No period is covered, so no rate of {measure.short} can be given."
    name = f"{measure.name}.rate"
    now = [r for r in readings if r.period.label == headline.label]
    area = next(r for r in now if r.place.code == scene.area.code)
    parts = by_value([r for r in now if r is not area and (value_of(r.cell) or 0) > 0])  # of none, nobody has most
    first = f"In {headline.words}, the rate of {measure.short} in {scene.area.name} was {quote(name, area)}"
    if not is_shown(area.cell):
        first = f"For {headline.words}, {quote(name, area)} for {scene.area.name} as a whole"
    if not parts:
        return first + "."
    top = parts[0]
    return f"{first}; of its parts it was highest in {top.place.name}, at {quote(name, top)}."
