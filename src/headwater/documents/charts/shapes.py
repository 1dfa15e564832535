"""Marks told apart by shape as well as by colour, the legend that names them, and lines broken where nothing is known."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from headwater.documents.charts.lettering import width_of
from headwater.documents.charts.palette import PAPER
from headwater.documents.charts.pen import Attribute, element, line, path, rectangle, text, through

Shape = Literal["circle", "square", "diamond", "up", "down"]
SHAPES: tuple[Shape, ...] = ("circle", "square", "up", "diamond", "down")
DASHES = ("", "8 4", "2 3", "10 3 2 3", "5 2")
_CORNERS: dict[Shape, tuple[tuple[float, float], ...]] = {
    "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    "diamond": ((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)),
    "up": ((0, -1.25), (1.25, 0.95), (-1.25, 0.95)),
    "down": ((0, 1.25), (1.25, -0.95), (-1.25, -0.95)),
}


def marker(shape: Shape, x: float, y: float, size: float, fill: str) -> str:
    """A small shape with a white edge, so that it stands clear of what lies under it."""
    said: dict[str, Attribute] = {"fill": fill, "stroke": PAPER, "stroke_width": 1}
    if shape == "circle":
        return element("circle", {"cx": x, "cy": y, "r": size, "fill": fill, "stroke": PAPER, "stroke-width": 1})
    corners = ((x + size * across, y + size * down) for across, down in _CORNERS[shape])
    return path(through(corners, closed=True), **said)


def runs(*rows: Sequence[float | None]) -> Iterator[tuple[int, int]]:
    """The unbroken stretches, first and last position, in which every row has a value."""
    start: int | None = None
    for i in range(len(rows[0]) + 1):
        whole = i < len(rows[0]) and all(row[i] is not None for row in rows)
        if whole and start is None:
            start = i
        if not whole and start is not None:
            yield start, i - 1
            start = None


@dataclass(frozen=True, slots=True)
class Key:
    """One item of a legend: how to draw its swatch in a box 26 wide with its middle at (x, y), and its words."""

    swatch: Callable[[float, float], str]
    words: str


def point_key(shape: Shape, fill: str, words: str) -> Key:
    """A key for a marker."""
    return Key(lambda x, y: marker(shape, x + 13, y, 5, fill), words)


def stroke_key(colour: str, dash: str, words: str, weight: float = 2.5) -> Key:
    """A key for a line."""
    return Key(lambda x, y: line(x, y, x + 26, y, **stroke(colour, dash, weight)), words)


def box_key(fill: str, words: str, edge: str = "none") -> Key:
    """A key for an area or a bar."""
    return Key(lambda x, y: rectangle(x + 2, y - 7, 22, 14, fill=fill, stroke=edge), words)


def stroke(colour: str, dash: str = "", weight: float = 2.5) -> dict[str, Attribute]:
    """The attributes of a line."""
    said: dict[str, Attribute] = {"stroke": colour, "stroke_width": weight}
    return said | ({"stroke_dasharray": dash} if dash else {})


def legend(keys: Sequence[Key], left: float, top: float, right: float) -> tuple[str, float]:
    """The keys in rows that fit between `left` and `right`; the marks, and the y beneath them."""
    marks: list[str] = []
    x, y = left, top + 10
    for key in keys:
        reach = 32 + width_of(key.words)
        if x > left and x + reach > right:
            x, y = left, y + 22
        marks += [key.swatch(x, y), text(x + 32, y + 5, key.words)]
        x += reach + 22
    return "".join(marks), (y + 14 if keys else top)


def apart(places: Sequence[float], least: float, low: float, high: float) -> list[float]:
    """The places, moved as little as may be so that neighbours stand `least` apart, within `low` and `high`."""
    order = sorted(range(len(places)), key=lambda i: (places[i], i))
    moved = list(places)
    floor = low
    for i in order:
        moved[i] = max(places[i], floor)
        floor = moved[i] + least
    ceiling = high
    for i in reversed(order):
        moved[i] = min(moved[i], ceiling)
        ceiling = moved[i] - least
    return moved
