"""From values to places on paper, and the round numbers to mark on the way."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Scale:
    """Values from `low` to `high`, laid from `start` to `end` on paper; evenly, or by ratio."""

    low: float
    high: float
    start: float
    end: float
    log: bool = False

    def at(self, value: float) -> float:
        """Where the value stands."""
        low, high, here = (
            (math.log(v) for v in (self.low, self.high, value)) if self.log else (self.low, self.high, value)
        )
        return self.start + (here - low) / (high - low) * (self.end - self.start)

    def held(self, value: float) -> float:
        """Where the value stands, or the nearest end of the scale."""
        return self.at(min(max(value, self.low), self.high))


def present(*rows: Iterable[float | None]) -> list[float]:
    """The values that are there."""
    return [value for row in rows for value in row if value is not None]


def round_ticks(values: Sequence[float], *, from_zero: bool = True, about: int = 5) -> tuple[float, ...]:
    """Round numbers, evenly spaced, that hold every value between the first and the last of them."""
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    if from_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if high == low:
        high = low + (abs(low) or 1.0)
    step = _round_step((high - low) / about)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return tuple(round(k * step, 10) for k in range(first, last + 1))


def _round_step(least: float) -> float:
    magnitude = 10.0 ** math.floor(math.log10(least))
    return next(step * magnitude for step in STEPS if step * magnitude >= least * (1 - 1e-9))


def ratio_ticks(values: Sequence[float]) -> tuple[float, ...]:
    """1, 2 and 5 times powers of ten, from the last at or below the least value to the first at or above the greatest."""
    above_nought = [value for value in values if value > 0] or [1.0]
    low, high = min(above_nought), max(above_nought)
    first, last = math.floor(math.log10(low)) - 1, math.ceil(math.log10(high)) + 1
    marks = [round(m * 10.0**k, 10) for k in range(first, last + 1) for m in (1, 2, 5)]
    start = max((mark for mark in marks if mark <= low), default=marks[0])
    stop = min((mark for mark in marks if mark >= high), default=marks[-1])
    if start == stop:
        start, stop = marks[marks.index(start) - 1], marks[marks.index(stop) + 1]
    return tuple(mark for mark in marks if start <= mark <= stop)


def tick_words(ticks: Sequence[float], suffix: str = "") -> tuple[str, ...]:
    """The ticks as printed, all with as many decimals as the one that needs most."""
    decimals = max((len(f"{tick:.6f}".rstrip("0").split(".")[1]) for tick in ticks), default=0)
    return tuple(f"{tick:,.{decimals}f}{suffix}" for tick in ticks)


def ratio_words(ticks: Sequence[float]) -> tuple[str, ...]:
    """Ratios as printed, each with the decimals it needs."""
    return tuple(f"{tick:,.6f}".rstrip("0").rstrip(".") for tick in ticks)
