"""Does the ledger still say what it said?"""

from dataclasses import dataclass

from headwater.ledger import FIRST
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


def chain() -> Chain:
    """Follow every line to the last seal that was kept; a line that was changed, moved, put in or taken out breaks it."""
    seal, count = FIRST, 0
    for deed in Deed.objects.order_by("number").iterator():
        if not _follows(deed, count + 1, seal):
            return Chain(count, count + 1, seal)
        seal, count = deed.hash, count + 1
    head = Head.objects.filter(pk=1).first()
    cut = head is not None and (head.number, head.seal) != (count, seal)
    return Chain(count, count + 1 if cut else None, seal)


def _follows(deed: Deed, number: int, seal: str) -> bool:
    whose = deed.to.partition(": ")[0] == (deed.organisation or NOBODYS)
    return whose and deed.number == number and deed.before == seal and deed.entry.is_whole
