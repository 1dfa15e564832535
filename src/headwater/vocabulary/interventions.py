"""What is known of a kind of intervention: how much it does, how sure that is, and what it costs, as somebody else has rated it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, Self

from headwater.vocabulary.agreed import Sourced, agreed_entry, agreed_toml

PreventionLevel = Literal["primary", "secondary", "tertiary"]
Impact = Literal["high", "moderate", "low", "none", "harmful", "insufficient", "not-read"]
"""On violence. 'insufficient': too little evidence to rate; 'harmful': may do harm; 'not-read': there may be a rating, unread by us."""
Security = Literal["strong", "moderate", "limited", "very-limited", "insufficient", "not-read"]
Cost = Literal["low", "moderate", "high", "not-read"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence(Sourced):
    """One file of `definitions/interventions/`, or of a workspace's own. The file's name is the entry's; `identity` pins it."""

    name: str
    title: str
    what: str
    """What is done, in a sentence or two."""
    impact: Impact
    security: Security
    """How far the rating of its impact can be trusted."""
    cost: Cost
    says: str
    """What the evidence says, and of whom and where, in our words."""
    prevention: tuple[PreventionLevel, ...]
    """Our reading, not the rater's."""
    owner: str
    agreed: date
    review_by: date
    version: str
    activities: tuple[str, ...] = ()
    """Codes of `activity` in the register of services whose services may be of this kind: our reading."""

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read one file, refusing with BadInput what is missing, misspelt or of the wrong kind."""
        return agreed_entry(path.name, agreed_toml(path), cls, name=path.stem)

    @property
    def identity(self) -> str:
        """This entry and no later one: 'mentoring version 1'. Whatever rests on it should keep both, to see when it has changed."""
        return f"{self.name} version {self.version}"
