"""A measure: an agreement on what is counted, among whom, and why, kept in a dated file that an analyst can edit."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, Self

from headwater.vocabulary.agreed import agreed_words

Shape = Literal["rate", "proportion", "disparity", "time", "published"]
Factor = Literal["", "individual", "relationship", "community", "society"]
"""The levels of the ecological model of violence (World Health Organization)."""
Limits = Literal["", "poisson", "wilson"]


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
    chapter: str = ""
    """For a published figure: the chapter it is told in, where it is not a factor."""
    blind: str = ""
    """For a published figure: what its source cannot see, as one sentence."""
    limits: Limits = ""
    """For a published figure: how its limits are worked out from its count and its whole; empty for those published with it."""

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read one measure file, refusing what is missing or not understood."""
        said = agreed_words(path, cls)
        return cls(name=path.stem, **said)
