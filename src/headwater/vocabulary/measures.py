"""A measure: an agreement on what is counted, among whom, and why, kept in a dated file that an analyst can edit."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal, Self

from headwater.vocabulary.agreed import agreed_words
from headwater.vocabulary.errors import BadInput

Shape = Literal[
    "rate", "proportion", "disparity", "time", "published", "people", "kinds", "beside", "linked", "capture"
]
Factor = Literal["", "individual", "relationship", "community", "society"]
"""The levels of the ecological model of violence (World Health Organization)."""
Limits = Literal["", "poisson", "wilson"]
NO_DAYS = (0, 0)
EVERYONE = (0, 0)
"""Of all ages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One file of `definitions/measures/`. The file's name is the measure's name.

    `where` maps a column of the lake's events to the values that count; for a proportion, `of` describes the whole
    and `where` the part. For a published figure it maps columns of the lake's counts: the `measure` and the `group`, one each.
    """

    name: str
    title: str
    short: str
    """The measure in the middle of a sentence: 'violence and sexual offences'."""
    shape: Shape
    counts: str
    """What one of it is, in the plural: 'recorded crimes', 'searches'."""
    source: str
    where: dict[str, list[str]]
    of: dict[str, list[str]]
    among: str
    per: int
    why: str
    caveats: list[str]
    owner: str
    agreed: date
    review_by: date
    version: str
    source_url: str
    order: int = 100
    """Where it stands among the measures of an edition: lower comes first."""
    by: str = ""
    """For a disparity: the column of the lake's people that sets the groups."""
    reference: str = ""
    """For a disparity: the group that the others are compared with."""
    factor: Factor = ""
    """For a risk or protective factor: the level at which it bears on violence."""
    success: bool = False
    """Is it one of the Home Office's three measures of success? Then its change is told as rose, fell, or cannot tell."""
    chapter: str = ""
    """For a published figure: the chapter it is told in, where it is not a factor."""
    blind: str = ""
    """For a published figure: what its source cannot see, as one sentence."""
    without: list[str] = field(default_factory=list[str])
    """Flags of the lake's events; what bears any of them is not counted."""
    role: str = ""
    """Only events in which somebody had this role: 'victim', 'suspect', 'patient'."""
    ages: tuple[int, int] = EVERYONE
    """Only events in which somebody (of that role) was of these ages, both ends in; residents of those ages are divided by."""
    definition: str = ""
    """'local' where it counts what the area has agreed to call serious violence: its offences, flags and ages are then added."""
    beside: str = ""
    """For a figure of one source beside another: the other's dataset, of which `of` describes what is counted."""
    beside_role: str = ""
    """For a linked figure: what the person was in the other source's event."""
    days: tuple[int, int] = NO_DAYS
    """For a linked figure: from how many days before (below nought) to how many after, the other's event counts as near."""
    limits: Limits = ""
    """For a published figure: how its limits are worked out from its count and its whole; empty for those published with it."""

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read one measure file, refusing what is missing or not understood."""
        said = agreed_words(path, cls)
        if "ages" in said:
            said["ages"] = _ages(path, said["ages"])
        if said["shape"] == "linked" or "days" in said:
            said["days"] = _days(path, said.get("days"))
        return cls(name=path.stem, **said)

    @property
    def residents(self) -> str:
        """Whom a rate divides by, in words: 'residents', 'residents under 25', 'residents aged 10 to 17'."""
        first, last = self.ages
        if self.ages == EVERYONE:
            return "residents"
        return f"residents under {last + 1}" if first == 0 else f"residents aged {first} to {last}"


def _ages(path: Path, said: Any) -> tuple[int, int]:
    match said:
        case [int(first), int(last)] if 0 <= first < last:
            return first, last
        case _:
            raise BadInput(f"{path.name}: ages are two whole numbers, the lowest and the highest, such as [0, 24]")


def _days(path: Path, said: Any) -> tuple[int, int]:
    match said:
        case [int(before), int(after)] if before <= 0 <= after and before < after:
            return before, after
        case _:
            raise BadInput(f"{path.name}: days are two whole numbers, from before to after, such as [-7, 60]")
