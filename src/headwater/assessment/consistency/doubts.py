"""What a check of figures says."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["contradiction", "sum", "share", "scope", "look", "revision"]
MISTAKES: tuple[Kind, ...] = ("contradiction", "sum", "share")
MEANINGS: dict[Kind, str] = {
    "contradiction": "the same thing is said with two figures",
    "sum": "parts do not come to their total",
    "share": "a percentage does not follow from its counts",
    "scope": "two figures of different scope share the same words: say the scope with each",
    "look": "two figures may be of the same thing: look",
    "revision": "a later release says otherwise",
}


@dataclass(frozen=True, slots=True, order=True)
class Doubt:
    """One disagreement between figures."""

    where: str
    """The file and line, or the dataset."""
    kind: Kind
    words: str
    """What disagrees, in a sentence."""
    quotes: tuple[str, ...] = ()
    """The sentences it was found in."""


def is_mistake(doubt: Doubt) -> bool:
    """Can both figures not be right as they stand? A scope to be said, a revision or a likeness is no mistake."""
    return doubt.kind in MISTAKES
