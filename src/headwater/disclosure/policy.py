"""A policy of disclosure: an agreement with the owner of some data on which counts may be shown."""

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Self

from headwater.vocabulary import BadInput, agreed_words
from headwater.vocabulary.agreed import Readable


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One file of `definitions/disclosure/`. The file's name is the policy's name."""

    name: str
    title: str
    smallest_shown: int
    """The smallest count above nought that may be shown; 1 withholds none."""
    hide_nought: bool
    """Is a nought withheld as well?"""
    rounding: int
    """What shown counts are rounded to the nearest of; 0 leaves them as they are."""
    owner: str
    agreed: date
    review_by: date
    source_url: str
    why: str

    def __post_init__(self) -> None:
        if self.smallest_shown < 1:
            raise BadInput(f"{self.name}: smallest_shown is 1 (withhold none) or more, not {self.smallest_shown}")
        if self.rounding < 0:
            raise BadInput(f"{self.name}: rounding is 0 (none) or more, not {self.rounding}")

    @property
    def strictness(self) -> tuple[int, bool, int]:
        """Policies in order of what they let out: the stricter compares as the greater."""
        return self.smallest_shown, self.hide_nought, self.rounding

    def joined(self, other: "Policy") -> "Policy":
        """What both ask for: this one or the other where it asks for all that the first does, else both at once."""
        both = (
            max(self.smallest_shown, other.smallest_shown),
            self.hide_nought or other.hide_nought,
            max(self.rounding, other.rounding),
        )
        for each in (self, other):
            if each.strictness == both:
                return each
        return replace(
            self,
            name=f"{self.name} and {other.name}",
            title=f"{self.title}; and {other.title}",
            smallest_shown=both[0],
            hide_nought=both[1],
            rounding=both[2],
            why=f"{self.why} {other.why}",
        )

    @classmethod
    def read(cls, path: Readable) -> Self:
        """Read one policy file, refusing with BadInput what is missing, misspelt or of the wrong kind."""
        said = agreed_words(path, cls)
        kinds = {field.name: field.type for field in fields(cls) if field.name != "name"}
        if wrong := sorted(name for name, kind in kinds.items() if type(said[name]) is not kind):
            raise BadInput(f"{path.name}: of the wrong kind: {', '.join(f'{n} ({_words(kinds[n])})' for n in wrong)}")
        return cls(name=path.stem, **said)


def _words(kind: object) -> str:
    return {int: "a whole number", bool: "true or false", str: "text", date: "a date"}.get(kind, "")  # type: ignore[call-overload]
