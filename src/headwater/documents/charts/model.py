"""The kinds of picture a page may hold: what is drawn, never how."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of the category axis (by position, ends included) set apart: a gap with no data, or a break in a series."""

    first: int
    last: int
    kind: Literal["gap", "break"]
    label: str


@dataclass(frozen=True, slots=True)
class Series:
    """Values along a chart's labels; None is a gap and is never joined over. Ribbon ends go with `lower` and `upper`."""

    name: str
    values: tuple[float | None, ...]
    lower: tuple[float | None, ...] = ()
    upper: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True)
class LineChart:
    """Lines over an ordered axis (months, years, months since): a rolling year, a cumulative share."""

    labels: tuple[str, ...]
    series: tuple[Series, ...]
    x_title: str
    y_title: str
    bands: tuple[Band, ...] = ()
    from_zero: bool = True
    ribbon_label: str = "95% interval"


@dataclass(frozen=True, slots=True)
class ControlChart:
    """An XmR chart: values, centre and natural process limits (one value a label, so that a rebase is a step), and signals."""

    labels: tuple[str, ...]
    values: tuple[float | None, ...]
    centre: tuple[float | None, ...]
    lower: tuple[float | None, ...]
    upper: tuple[float | None, ...]
    signals: tuple[str, ...]
    """For each label: "" for nothing, "high" or "low" for a signal of special-cause variation on the high or low side."""
    x_title: str
    y_title: str
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar. `value` None is drawn hatched with its `marker` ([x], [c] …)."""

    label: str
    value: float | None
    lower: float | None = None
    upper: float | None = None
    marker: str = ""
    emphasis: bool = False
    text: str = ""
    """The value as printed, to stand at the end of a level bar."""


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars with whiskers; horizontal for named things, upright for months. `reference` is drawn as a labelled line."""

    bars: tuple[Bar, ...]
    value_title: str
    upright: bool = False
    reference: float | None = None
    reference_label: str = ""
    log: bool = False
    """A ratio scale, with the bars drawn as points from the reference: for rate ratios."""


@dataclass(frozen=True, slots=True)
class FunnelPoint:
    """One area on a funnel."""

    label: str
    x: float
    y: float
    outside: str
    """Which limits it lies beyond: "" (neither), "95" or "99.8"."""


@dataclass(frozen=True, slots=True)
class FunnelChart:
    """Areas against the limits that chance alone would give."""

    points: tuple[FunnelPoint, ...]
    limit_x: tuple[float, ...]
    lower_95: tuple[float, ...]
    upper_95: tuple[float, ...]
    lower_998: tuple[float, ...]
    upper_998: tuple[float, ...]
    average: float
    x_title: str
    y_title: str


@dataclass(frozen=True, slots=True)
class LorenzChart:
    """Cumulative share of events (0 to 1) by cumulative share of areas, most affected first, with what chance would give."""

    areas: tuple[float, ...]
    events: tuple[float, ...]
    chance: tuple[float, ...]
    x_title: str
    y_title: str


@dataclass(frozen=True, slots=True)
class SpineRow:
    """One indicator of a spine chart. `value` None is drawn hatched with its `marker`."""

    label: str
    value: float | None
    text: str
    """The value as printed, with its unit."""
    reference: float | None
    """The country's value."""
    reference_text: str
    standing: Literal["higher", "lower", "similar", ""]
    """Against the country, where limits allow it to be said; empty where nothing was compared."""
    spread: tuple[float, ...] = ()
    """The least, the lower quarter, the upper quarter and the most among fellow areas, or nothing."""
    lower: float | None = None
    upper: float | None = None
    marker: str = ""


@dataclass(frozen=True, slots=True)
class SpineChart:
    """Many indicators of one area, each against the country and the spread of its fellows."""

    rows: tuple[SpineRow, ...]
    area: str
    reference: str
    """What the centre line is: 'England'."""
    fellows: str
    """Who the spread is of: 'English local authorities'."""


Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class MapArea:
    """One area of a map. `rings` are closed, in metres (or any flat unit), north up. `shade` is its class, or None for no figure."""

    code: str
    name: str
    rings: tuple[Ring, ...]
    shade: int | None
    hatched: bool = False
    """Too few events to lean on: drawn muted and hatched."""


@dataclass(frozen=True, slots=True)
class MapChart:
    """A choropleth. `classes` are the words of the legend, lightest first; `outlines` are drawn over, with their names."""

    areas: tuple[MapArea, ...]
    classes: tuple[str, ...]
    outlines: tuple[MapArea, ...]
    legend_title: str


Strength = Literal["strong", "moderate", "limited", "weak", "unknown", "harm"]
"""How good the evidence for a step is; 'unknown' where nobody rated it or the rating was not read; 'harm' where it may do harm."""


@dataclass(frozen=True, slots=True)
class Step:
    """One box of a theory of change. `key` is unlike that of any other; `detail` is a line of small print."""

    key: str
    words: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """One column of a theory of change: its title, and its steps from top to bottom."""

    title: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Arrow:
    """From one step to another of a later stage, as good as the evidence for it, if the assumption holds."""

    start: str
    end: str
    strength: Strength
    assumption: str = ""


@dataclass(frozen=True, slots=True)
class TheoryChart:
    """A theory of change: what follows from what, and what must hold for it. Each arrow has its number in `arrows`, from 1."""

    stages: tuple[Stage, ...]
    arrows: tuple[Arrow, ...]


Chart = LineChart | ControlChart | BarChart | FunnelChart | LorenzChart | SpineChart | MapChart | TheoryChart
