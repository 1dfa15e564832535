"""A theory of change: steps in columns, arrows between them, and under them what each arrow takes to be true.

How good the evidence is is said by the line and by its words in the key; the colour only says it again. On a phone the columns stand
under one another, and each arrow is written out beneath the step that it leaves.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from headwater.documents.charts.lettering import LINE, wrapped
from headwater.documents.charts.model import Arrow, Stage, Step, Strength, TheoryChart
from headwater.documents.charts.palette import AXIS, BLUE, GREY, HIGH, INK, LIMITS, PAPER, QUIET
from headwater.documents.charts.pen import Drawing, element, line, path, rectangle, text, through
from headwater.documents.charts.plot import WIDE
from headwater.documents.charts.shapes import legend, stroke, stroke_key

LINES: Mapping[Strength, tuple[str, str, float, str]] = {
    "strong": (BLUE, "", 4.0, "strong evidence"),
    "moderate": (BLUE, "", 2.0, "moderate evidence"),
    "limited": (BLUE, "9 4", 2.0, "limited evidence"),
    "weak": (BLUE, "3 3", 2.0, "very limited or too little evidence"),
    "unknown": (GREY, "2 6", 2.0, "not rated, or the rating was not read"),
    "harm": (HIGH, "12 3 3 3", 3.0, "may do harm"),
}
"""By strength of evidence: colour, dashes, weight, and what the key says."""
GAP, PAD, SMALL, SHORT = 58.0, 8.0, 13, 15.0
"""Between columns; inside a box; small print, and the height of its line."""
BADGE = 9.5


@dataclass(frozen=True, slots=True)
class _Box:
    """A step on paper."""

    step: Step
    left: float
    top: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        return self.top + self.height / 2

    @property
    def right(self) -> float:
        return self.left + self.width


def draw_theory(chart: TheoryChart, uid: str, width: float) -> Drawing:  # noqa: ARG001 - it has no patterns to name
    """Columns side by side where there is room, or under one another; then the key, then the assumptions by number."""
    beside = width >= WIDE
    marks, bottom = _beside(chart, width) if beside else _under(chart, width)
    used = {arrow.strength for arrow in chart.arrows}
    styles = [style for strength, style in LINES.items() if strength in used]
    keys = [stroke_key(colour, dashes, words, weight) for colour, dashes, weight, words in styles]
    key, bottom = legend(keys, 0, bottom + 14, width)
    said, bottom = _assumptions(chart.arrows, width, bottom + 12)
    return Drawing("".join([*marks, key, *said]), bottom + 4)


def _beside(chart: TheoryChart, width: float) -> tuple[list[str], float]:
    across = (width - 2 - GAP * (len(chart.stages) - 1)) / len(chart.stages)  # a stroke is half outside its box
    boxes: dict[str, _Box] = {}
    marks: list[str] = []
    tops = _heights(chart.stages, across)
    for n, stage in enumerate(chart.stages):
        left = 1 + n * (across + GAP)
        marks.append(text(left, 14, stage.title, font_weight="bold"))
        y = 28 + (max(tops) - tops[n]) / 2
        for step in stage.steps:
            boxes[step.key] = _Box(step, left, y, across, _height(step, across))
            y += boxes[step.key].height + 14
    arrows = _arrows(chart.arrows, boxes)
    return [*marks, *arrows, *(_boxed(box) for box in boxes.values())], 28 + max(tops)


def _heights(stages: Sequence[Stage], width: float) -> list[float]:
    return [sum(_height(step, width) + 14 for step in stage.steps) for stage in stages]


def _lines(step: Step, width: float) -> tuple[tuple[str, ...], tuple[str, ...]]:
    detail = wrapped(step.detail, width - 2 * PAD, size=SMALL) if step.detail else ()
    return wrapped(step.words, width - 2 * PAD), detail


def _height(step: Step, width: float) -> float:
    words, detail = _lines(step, width)
    return len(words) * LINE + len(detail) * SHORT + 2 * PAD


def _boxed(box: _Box) -> str:
    words, detail = _lines(box.step, box.width)
    frame = rectangle(box.left, box.top, box.width, box.height, fill=LIMITS, stroke=AXIS, stroke_width=1)
    x, y = box.left + PAD, box.top + PAD + 13
    said = [text(x, y + LINE * n, each) for n, each in enumerate(words)]
    below = y + LINE * len(words) - 1
    return "".join(
        [frame, *said, *(text(x, below + SHORT * n, d, font_size=SMALL, fill=QUIET) for n, d in enumerate(detail))]
    )


def _arrows(arrows: Sequence[Arrow], boxes: Mapping[str, _Box]) -> list[str]:
    """Curves from the right edge of one box to the left edge of another, each with its number where no other number stands."""
    leaves, arrives = _ports(arrows, boxes, start=True), _ports(arrows, boxes, start=False)
    curves: list[str] = []
    badges: list[str] = []
    placed: list[tuple[float, float]] = []
    for n, arrow in enumerate(arrows):
        ends = (boxes[arrow.start].right, leaves[n], boxes[arrow.end].left, arrives[n])
        curves.append(_curve(ends, arrow.strength))
        spots = [_along(ends, share) for share in (0.45, 0.62, 0.3, 0.75, 0.2)]
        spot = next((each for each in spots if _clear(each, placed)), spots[0])
        placed.append(spot)
        badges.append(_badge(*spot, n + 1))
    return [*curves, *badges]


def _ports(arrows: Sequence[Arrow], boxes: Mapping[str, _Box], *, start: bool) -> list[float]:
    """Where on its box each arrow leaves or arrives: in the order of what is at its other end, so that few cross."""
    mine = [boxes[arrow.start if start else arrow.end] for arrow in arrows]
    other = [boxes[arrow.end if start else arrow.start].middle for arrow in arrows]
    found = [0.0] * len(arrows)
    for box in dict.fromkeys(box.step.key for box in mine):
        here = sorted((n for n, each in enumerate(mine) if each.step.key == box), key=lambda n: (other[n], n))
        for place, n in enumerate(here):
            found[n] = mine[n].top + mine[n].height * (place + 1) / (len(here) + 1)
    return found


def _curve(ends: tuple[float, float, float, float], strength: Strength) -> str:
    x1, y1, x2, y2 = ends
    colour, dashes, weight, _ = LINES[strength]
    half = (x2 - x1) / 2
    said = f"M{x1:.1f} {y1:.1f}C{x1 + half:.1f} {y1:.1f} {x2 - half:.1f} {y2:.1f} {x2 - 8:.1f} {y2:.1f}"
    return path(said, **stroke(colour, dashes, weight)) + _head(x2, y2, colour)


def _head(x: float, y: float, colour: str) -> str:
    return path(through([(x - 10, y - 5.5), (x, y), (x - 10, y + 5.5)], closed=True), fill=colour)


def _along(ends: tuple[float, float, float, float], share: float) -> tuple[float, float]:
    """The point of the curve at a share of its way."""
    x1, y1, x2, y2 = ends
    half, rest = (x2 - x1) / 2, 1 - share
    weights = (rest**3, 3 * rest**2 * share, 3 * rest * share**2, share**3)
    xs, ys = (x1, x1 + half, x2 - half, x2 - 8), (y1, y1, y2, y2)
    return sum(w * x for w, x in zip(weights, xs, strict=True)), sum(w * y for w, y in zip(weights, ys, strict=True))


def _clear(spot: tuple[float, float], placed: Sequence[tuple[float, float]]) -> bool:
    return all((spot[0] - x) ** 2 + (spot[1] - y) ** 2 > (2 * BADGE) ** 2 for x, y in placed)


def _badge(x: float, y: float, number: int) -> str:
    circle = element("circle", {"cx": x, "cy": y, "r": BADGE, "fill": PAPER, "stroke": INK, "stroke-width": 1})
    return circle + text(x, y + 4.5, str(number), anchor="middle", font_size=12, font_weight="bold")


def _under(chart: TheoryChart, width: float) -> tuple[list[str], float]:
    """One column: each step with the arrows that leave it written out beneath."""
    marks: list[str] = []
    words = {step.key: step.words for stage in chart.stages for step in stage.steps}
    y = 0.0
    for stage in chart.stages:
        marks.append(text(0, y + 16, stage.title, font_weight="bold"))
        y += 26
        for step in stage.steps:
            box = _Box(step, 1, y, width - 2, _height(step, width - 2))
            marks.append(_boxed(box))
            y += box.height + 4
            for n, arrow in enumerate(chart.arrows):
                if arrow.start == step.key:
                    said, y = _written(n + 1, arrow, words[arrow.end], width, y)
                    marks.append(said)
            y += 10
        y += 8
    return marks, y


def _written(number: int, arrow: Arrow, to: str, width: float, y: float) -> tuple[str, float]:
    colour, dashes, weight, _ = LINES[arrow.strength]
    lines = wrapped(to, width - 84, size=SMALL)
    mark = line(10, y + 12, 44, y + 12, **stroke(colour, dashes, weight)) + _head(50, y + 12, colour)
    said = [text(82, y + 16 + SHORT * n, each, font_size=SMALL) for n, each in enumerate(lines)]
    return mark + _badge(66, y + 12, number) + "".join(said), y + max(24.0, SHORT * len(lines) + 8)


def _assumptions(arrows: Sequence[Arrow], width: float, y: float) -> tuple[list[str], float]:
    marks = [text(0, y + 14, "What each arrow takes to be true", font_weight="bold")] if arrows else []
    y += 24 if arrows else 0
    for n, arrow in enumerate(arrows):
        lines = wrapped(arrow.assumption or "Nobody has written down what it takes to be true.", width - 28, size=SMALL)
        marks.append(_badge(BADGE + 1, y + 9, n + 1))
        marks += [text(28, y + 13 + (SHORT + 1) * i, each, font_size=SMALL) for i, each in enumerate(lines)]
        y += max(22.0, (SHORT + 1) * len(lines) + 6)
    return marks, y
