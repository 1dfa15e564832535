"""What may stand in a table where a figure is wanted: six different things, never 0 or None in place of another.

The markers are the Government Statistical Service's shorthand ([c], [e], [u], [x], [z]); [n] is Headwater's own, because
the list has no mark for what nobody collects, and every table that uses it says what it means.
"""

from dataclasses import dataclass
from typing import ClassVar, Literal, NoReturn, TypeGuard

from headwater.vocabulary.estimates import Estimate


class _NoArithmetic:
    """A cell is not a number: total first, then suppress."""

    __slots__ = ()

    def __bool__(self) -> NoReturn:
        raise TypeError("a cell is neither true nor false: ask `is_shown(cell)`")

    def _refuse(self, _other: object) -> NoReturn:
        raise TypeError(f"cannot do sums with a {type(self).__name__} cell: total first, then suppress")

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _refuse
    __lt__ = __le__ = __gt__ = __ge__ = _refuse


@dataclass(frozen=True, slots=True)
class Shown(_NoArithmetic):
    """A figure that may be shown."""

    estimate: Estimate
    marker: ClassVar[str] = ""
    meaning: ClassVar[str] = ""

    @property
    def text(self) -> str:
        return self.estimate.text


@dataclass(frozen=True, slots=True)
class LowReliability(_NoArithmetic):
    """A figure that may be shown but must not be leaned on; `why` says so in words."""

    estimate: Estimate
    why: str
    marker: ClassVar[str] = "[u]"
    meaning: ClassVar[str] = "low reliability: too few events to lean on"

    @property
    def text(self) -> str:
        return f"{self.estimate.text} {self.marker}"


@dataclass(frozen=True, slots=True)
class Suppressed(_NoArithmetic):
    """A figure we hold and must not show."""

    reason: Literal["small", "dominated", "differencing"]
    policy: str
    marker: ClassVar[str] = "[c]"
    meaning: ClassVar[str] = "confidential: withheld to protect people"

    @property
    def text(self) -> str:
        return self.marker


@dataclass(frozen=True, slots=True)
class Missing(_NoArithmetic):
    """A figure that should exist and cannot be given, because its data did not all arrive; `why` says which."""

    why: str
    marker: ClassVar[str] = "[x]"
    meaning: ClassVar[str] = "not available: the data for it did not all arrive"

    @property
    def text(self) -> str:
        return self.marker


@dataclass(frozen=True, slots=True)
class NotCollected(_NoArithmetic):
    """Nobody collects it."""

    why: str
    marker: ClassVar[str] = "[n]"
    meaning: ClassVar[str] = "not collected by anyone"

    @property
    def text(self) -> str:
        return self.marker


@dataclass(frozen=True, slots=True)
class NotApplicable(_NoArithmetic):
    """The question has no answer here: a rate where nobody lives, a change on a year that has none before it."""

    why: str
    marker: ClassVar[str] = "[z]"
    meaning: ClassVar[str] = "not applicable"

    @property
    def text(self) -> str:
        return self.marker


Cell = Shown | LowReliability | Suppressed | Missing | NotCollected | NotApplicable
CELL_TYPES = (Shown, LowReliability, Suppressed, Missing, NotCollected, NotApplicable)
ESTIMATED_MEANING = "estimated: carried from one set of areas to another by weights"


def is_shown(cell: Cell) -> TypeGuard[Shown | LowReliability]:
    """Is there a figure to print?"""
    return isinstance(cell, Shown | LowReliability)


def why_not(cell: Cell) -> str:
    """Why there is no figure, in words; empty where there is one."""
    match cell:
        case Shown() | LowReliability():
            return ""
        case Suppressed(policy=policy):
            return f"withheld to protect people, under the policy “{policy}”"
        case _:
            return cell.why
