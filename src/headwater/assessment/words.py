"""Plain sentences made from figures: what is said when nobody has yet written anything."""

import math

import numpy as np

from headwater.assessment.exhibits import by_value, estimate_of
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
    return f"{estimate.text} (95% interval {estimate.interval_text})" if estimate.interval_text else estimate.text


def say(cell: Cell, unit: str = "") -> str:
    """A cell in the middle of a sentence: its figure and unit, or that there is none and why."""
    estimate = estimate_of(cell)
    if estimate is None:
        return f"no figure can be given ({why_not(cell)})"
    unit = "" if estimate.unit == "%" else unit or estimate.unit
    return f"{with_interval(estimate)} {unit}".strip()


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
    parts = by_value([r for r in now if r is not area and is_shown(r.cell)])
    first = f"In {headline.words}, the rate of {measure.short} in {scene.area.name} was {quote(name, area)}"
    if not is_shown(area.cell):
        first = f"For {headline.words}, {quote(name, area)} for {scene.area.name} as a whole"
    if not parts:
        return first + "."
    top = parts[0]
    return f"{first}; of its parts it was highest in {top.place.name}, at {quote(name, top)}."
