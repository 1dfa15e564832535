"""Figures of `counts` on their way to a table: rows that are of one thing are added up, and put in order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from headwater.sources.met_police.areas import Codes, Where, group_of, whole_of
from headwater.sources.reading import Value

PRODUCER = "metropolitan"


@dataclass(frozen=True, slots=True)
class Key:
    """What a figure is of. `words` are the pairs of its group, but for where it is."""

    release: str
    measure: str
    where: Where
    period: tuple[str, str, str]
    """Its label, its first month, its last."""
    words: tuple[tuple[str, str], ...]
    unit: str


@dataclass(slots=True)
class Figures:
    """The figures of one file."""

    dataset: str
    values: dict[Key, int] = field(default_factory=dict[Key, int])
    joined: int = 0
    """How many rows were added to another of the same thing."""

    def add(self, key: Key, value: int) -> None:
        """Add to a figure; the caller knows that the row is not a repeat."""
        self.joined += key in self.values
        self.values[key] = self.values.get(key, 0) + value

    def add_all(self, found: Iterable[tuple[Key, int]]) -> None:
        """Add several."""
        for key, value in found:
            self.add(key, value)

    def rows(self, codes: Codes) -> Iterator[tuple[Value, ...]]:
        """As rows of `counts`, in order."""
        whole = whole_of({key.where.code for key in self.values}, codes)
        made = [self._row(key, value, whole) for key, value in self.values.items()]
        yield from sorted(made, key=_order)

    def _row(self, key: Key, value: int, whole: str) -> tuple[Value, ...]:
        group = group_of(**dict(key.words), within=key.where.within)
        return (self.dataset, PRODUCER, key.release, key.measure, key.where.code or whole, key.where.level, *key.period, group,
                float(value), None, None, None, key.unit, None)  # fmt: skip


def _order(row: tuple[Value, ...]) -> tuple[str, ...]:
    """Everything that tells one row from another, but for the figure itself."""
    return tuple(str(cell) for cell in (*row[2:7], row[9] or ""))
