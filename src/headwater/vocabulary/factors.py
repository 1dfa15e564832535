"""Risk and protective factors: what makes violence likelier, or less likely, among people and in places; never a score of anybody."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, Self

from headwater.vocabulary.agreed import Sourced, agreed_entries, agreed_entry, agreed_toml

EcologicalLevel = Literal["individual", "relationship", "community", "society"]
"""The levels of the ecological model of violence (World Health Organization)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskFactor(Sourced):
    """What raises the likelihood of violence, or lowers it, at one level of the ecological model."""

    id: str
    title: str
    level: EcologicalLevel
    direction: Literal["raises", "lowers"]
    """A risk factor raises the likelihood of violence; a protective factor lowers it."""
    among: str
    """Of whom it was found."""
    strength: str
    """How strongly, in the words of what was read; or that it was not graded there."""
    measures: tuple[str, ...] = ()
    """Measures of `definitions/measures` that tell of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorList:
    """One file of `definitions/risk_factors/`, or of a workspace's own `risk_factors/`: the factors of one level."""

    name: str
    title: str
    owner: str
    agreed: date
    review_by: date
    version: str
    source_url: str
    why: str
    level: EcologicalLevel
    factors: tuple[RiskFactor, ...]

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read one file, refusing with BadInput what is missing, misspelt or of the wrong kind."""
        said = agreed_toml(path)
        factors = agreed_entries(path, "factors", said, RiskFactor, level=said.get("level"))
        return agreed_entry(path.name, said, cls, name=path.stem, factors=factors)
