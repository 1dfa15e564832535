"""How marks are written down as SVG: escaped, in a fixed order, to one decimal.

Everything is said in presentation attributes: a page whose policy forbids inline styles still shows it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

from headwater.documents.charts.palette import INK, PAPER

FONT = "Source Sans Pro, Arial, sans-serif"
Attribute = str | float | int


def number(value: float) -> str:
    """A coordinate to one decimal, without a needless '.0' or '-0'."""
    shown = f"{value:.1f}".removesuffix(".0")
    return "0" if shown == "-0" else shown


def element(tag: str, attributes: Mapping[str, Attribute] | None = None, *inside: str) -> str:
    """One element. Numbers are rounded; text in attributes is escaped; `inside` is already markup."""
    said = "".join(
        f' {name}="{escape(value) if isinstance(value, str) else number(value)}"'
        for name, value in (attributes or {}).items()
    )
    return f"<{tag}{said}>{''.join(inside)}</{tag}>" if inside else f"<{tag}{said}/>"


def text(x: float, y: float, words: str, **attributes: Attribute) -> str:
    """Words on one line; `anchor` is start, middle or end; `halo` keeps them legible over marks."""
    said: dict[str, Attribute] = {"x": x, "y": y, "fill": INK}
    if attributes.pop("halo", 0):
        said |= {"stroke": PAPER, "stroke-width": 4, "stroke-linejoin": "round", "paint-order": "stroke"}
    if anchor := attributes.pop("anchor", ""):
        said["text-anchor"] = anchor
    said |= {name.replace("_", "-"): value for name, value in attributes.items()}
    return element("text", said, escape(words, quote=False))


def line(x1: float, y1: float, x2: float, y2: float, **attributes: Attribute) -> str:
    """A straight stroke."""
    said: dict[str, Attribute] = {"x1": x1, "y1": y1, "x2": x2, "y2": y2, "stroke": INK}
    return element("line", said | {name.replace("_", "-"): value for name, value in attributes.items()})


def rectangle(x: float, y: float, width: float, height: float, **attributes: Attribute) -> str:
    """A box. A negative width or height is turned round."""
    left, top = min(x, x + width), min(y, y + height)
    said: dict[str, Attribute] = {"x": left, "y": top, "width": abs(width), "height": abs(height)}
    return element("rect", said | {name.replace("_", "-"): value for name, value in attributes.items()})


def path(commands: str, **attributes: Attribute) -> str:
    """A shape from path commands; not filled unless asked."""
    said: dict[str, Attribute] = {"d": commands, "fill": "none"}
    return element("path", said | {name.replace("_", "-"): value for name, value in attributes.items()})


def through(points: Iterable[tuple[float, float]], *, closed: bool = False) -> str:
    """Path commands along points."""
    steps = "L".join(f"{number(x)} {number(y)}" for x, y in points)
    return f"M{steps}{'Z' if closed else ''}" if steps else ""


def hatch(name: str, ink: str, paper: str, *, spacing: float = 7, weight: float = 1.4, angle: int = 45) -> str:
    """A pattern of slanting lines, to fill a shape with `url(#name)`."""
    said: dict[str, Attribute] = {
        "id": name,
        "width": spacing,
        "height": spacing,
        "patternUnits": "userSpaceOnUse",
        "patternTransform": f"rotate({angle})",
    }
    ground = rectangle(0, 0, spacing, spacing, fill=paper)
    return element("pattern", said, ground, rectangle(0, 0, weight, spacing, fill=ink))


@dataclass(frozen=True, slots=True)
class Drawing:
    """The marks of a picture, how high they reach, and the patterns and clips they refer to."""

    marks: str
    height: float
    definitions: str = ""


def standalone(drawing: Drawing, *, width: float, title: str, description: str, uid: str) -> str:
    """The whole SVG: a role, a name and a description outside; inside, nothing for a screen reader to stumble over."""
    height = drawing.height
    said: dict[str, Attribute] = {
        "xmlns": "http://www.w3.org/2000/svg",
        "viewBox": f"0 0 {number(width)} {number(height)}",
        "width": width,
        "height": height,
        "role": "img",
        "aria-labelledby": f"{uid}-title {uid}-desc",
        "font-family": FONT,
        "font-size": 14,
    }
    return element(
        "svg",
        said,
        element("title", {"id": f"{uid}-title"}, escape(title, quote=False)),
        element("desc", {"id": f"{uid}-desc"}, escape(description, quote=False)),
        element("defs", None, drawing.definitions) if drawing.definitions else "",
        element("g", {"aria-hidden": "true"}, rectangle(0, 0, width, height, fill=PAPER), drawing.marks),
    )
