"""Some figures of an edition, chosen by measure, period and area: as a table, and as a map where that is fair."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from headwater.web.edition.figures import anchor_in_address
from headwater.web.edition.shelf import OnShelf, Record

EVERY = "every"
"""Stands for every period."""
SHADES = 5
KINDS: Mapping[str, str] = {"shown": "shown", "low reliability": "weak"}


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen: the name of a finding, the label of a period, the code of an area. Empty is the latest, and every area."""

    measure: str
    period: str = ""
    area: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One figure in the table."""

    cell: Record
    anchor: str
    shade: int | None
    """How dark it is on the map, 0 to 4; None where it is not on the map, or has no figure."""
    kind: str
    """How it is drawn: 'shown', 'weak' (hatched: too few events to lean on), 'none' (no figure)."""
    mapped: bool

    @property
    def limits(self) -> str:
        ends = [f"{self.cell[end]:,.{self.cell['decimals']}f}" for end in ("lower", "upper")]
        return f"95% interval {' to '.join(ends)}"

    @property
    def words(self) -> str:
        """The figure as it is read out beside the map."""
        said = [self.cell["text"], self.cell.get("unit", ""), self.cell.get("why", "")]
        return f"{self.cell['place']['name']}: {', '.join(filter(None, said))}."


@dataclass(frozen=True, slots=True)
class Look:
    """The figures that were chosen."""

    edition: OnShelf
    finding: Record
    choice: Choice
    lines: tuple[Line, ...]
    level: str
    """Of the areas that are on the map; empty where there is no map."""
    classes: tuple[tuple[int, str], ...]
    """How dark each class of the map is, and the class in words."""

    @property
    def grouped(self) -> bool:
        return any(line.cell["group"] for line in self.lines)

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(line.kind for line in self.lines if line.mapped)

    @property
    def period(self) -> str:
        """The one period they are all of, or empty."""
        seen = {line.cell["period"]["label"] for line in self.lines}
        return seen.pop() if len(seen) == 1 else ""

    @property
    def unit(self) -> str:
        """The one unit they are all in, or empty."""
        return self.units[0] if len(self.units) == 1 else ""

    @property
    def units(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(line.cell["unit"] for line in self.lines if "unit" in line.cell))


def finding_named(edition: OnShelf, name: str) -> Record | None:
    return next((finding for finding in edition.record["findings"] if finding["name"] == name), None)


def periods_of(finding: Record) -> tuple[str, ...]:
    """The periods a finding has figures for, latest first."""
    seen = {(cell["period"]["end"], cell["period"]["start"], cell["period"]["label"]) for cell in finding["cells"]}
    return tuple(label for _, _, label in sorted(seen, key=lambda each: (each[0], each[1]), reverse=True))


def areas_of(finding: Record) -> dict[str, str]:
    """The areas a finding has figures for, by code, the whole before its parts, with [e] where a figure was carried."""
    carried = {cell["place"]["code"] for cell in finding["cells"] if "conversion" in cell}
    codes = {cell["place"]["code"]: cell["place"]["name"] for cell in finding["cells"]}
    return {code: f"{name} [e]" if code in carried else name for code, name in codes.items()}


def look(edition: OnShelf, finding: Record, choice: Choice) -> Look:
    """The figures chosen. What is not in the edition is not here either: nothing is read but its record."""
    cells = [*_chosen(finding, choice)]
    level = _level(edition, cells) if not choice.area else ""
    edges, classes = _classes([cell for cell in cells if cell["place"]["level"] == level])
    return Look(edition, finding, choice, tuple(_lines(finding, cells, level, edges)), level, classes)


def _chosen(finding: Record, choice: Choice) -> Iterator[Record]:
    period = choice.period or _latest(finding, choice.area)
    for cell in finding["cells"]:
        if choice.area in ("", cell["place"]["code"]) and period in (EVERY, cell["period"]["label"]):
            yield cell


def _latest(finding: Record, area: str) -> str:
    """The latest period; every period where there is one area alone to be seen over time."""
    if area or len({cell["place"]["code"] for cell in finding["cells"]}) == 1:
        return EVERY
    return periods_of(finding)[0]


def _level(edition: OnShelf, cells: Sequence[Record]) -> str:
    """The level that a map can be drawn of: rates alone, one figure an area, more than one area, and something to show."""
    own = edition.said["area"]["level"]
    seen = Counter(cell["place"]["level"] for cell in cells if cell["place"]["level"] != own)
    level, many = next(iter(seen.most_common(1)), ("", 0))
    there = [cell for cell in cells if cell["place"]["level"] == level]
    places = {cell["place"]["code"] for cell in there}
    rates = [_is_rate(cell) for cell in there if "unit" in cell]
    return level if many > 1 and many == len(places) and rates and all(rates) else ""


def _is_rate(cell: Record) -> bool:
    """A count shaded by area shows where people live, and not where harm is more likely: it is not mapped."""
    return cell["unit"] == "%" or cell["unit"].startswith("per ")


def _classes(cells: Sequence[Record]) -> tuple[tuple[float, ...], tuple[tuple[int, str], ...]]:
    from headwater.assessment import class_edges, class_words

    shown = [cell for cell in cells if "value" in cell]
    if not shown:
        return (), ()
    decimals = min(cell["decimals"] for cell in shown)
    edges = class_edges((cell["value"] for cell in shown), decimals)
    words = class_words(edges, decimals)
    return edges, tuple((_shade(i, len(words)), said) for i, said in enumerate(words))


def _shade(of: int, classes: int) -> int:
    """How dark a class is: as far from its neighbours as five shades allow."""
    return 2 if classes == 1 else round(of * (SHADES - 1) / (classes - 1))


def _lines(finding: Record, cells: Sequence[Record], level: str, edges: Sequence[float]) -> Iterator[Line]:
    from headwater.assessment import class_of

    for cell in cells:
        mapped = bool(level) and cell["place"]["level"] == level
        shade = _shade(class_of(cell["value"], edges), len(edges) + 1) if mapped and "value" in cell else None
        kind = KINDS.get(cell["status"], "none")
        yield Line(cell, anchor_in_address(finding, cell), shade, kind, mapped)
