"""Does the ledger still say what it said?"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from headwater.ledger import FIRST, Entry
from headwater.partnership.models import NOBODYS, Deed, Head


@dataclass(frozen=True, slots=True)
class Chain:
    """What following the ledger from its first line found."""

    lines: int
    """Lines that stand, counted from the first."""
    broken_at: int | None
    """The number of the first line that does not follow from the one before it, or None."""
    seal: str
    """The seal of the last line that stands: whoever keeps it elsewhere can prove later that nothing was cut off."""

    @property
    def sound(self) -> bool:
        return self.broken_at is None


SEALED = ("did", "to", "who", "because", "when", "before", "hash")


def chain() -> Chain:
    """Follow every line to the last seal that was kept; a line that was changed, moved, put in or taken out breaks it.

    It reads the whole ledger: some seconds for a hundred thousand lines.
    """
    seal, count = FIRST, 0
    for number, organisation, *said in _lines():
        entry = Entry(**dict(zip(SEALED, said, strict=True)))
        whose = entry.to.partition(": ")[0] == (organisation or NOBODYS)
        if not (whose and number == count + 1 and entry.before == seal and entry.is_whole):
            return Chain(count, count + 1, seal)
        seal, count = entry.hash, number
    cut = newest() != (count, seal)
    return Chain(count, count + 1 if cut else None, seal)


def _lines() -> Iterator[tuple[Any, ...]]:
    return Deed.objects.order_by("number").values_list("number", "organisation", *SEALED).iterator()


def newest() -> tuple[int, str]:
    """How many lines there are and the last seal, as they were kept when it was written; nothing is followed."""
    head = Head.objects.filter(pk=1).first()
    return (head.number, head.seal) if head else (0, FIRST)
