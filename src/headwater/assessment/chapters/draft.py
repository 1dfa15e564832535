"""A chapter in draft, and what a chapter may be drafted from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from headwater import documents
from headwater.assessment.findings import Finding
from headwater.assessment.quotes import Quotable
from headwater.assessment.scene import Scene
from headwater.assessment.services import Service
from headwater.lake import Snapshot
from headwater.lake.quality import Said
from headwater.vocabulary import Measure


@dataclass(frozen=True, slots=True)
class Draft:
    """One chapter in Markdown; the slug is the name of its file."""

    slug: str
    title: str
    text: str
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafting:
    """All that default chapters are written from."""

    scene: Scene
    snapshot: Snapshot
    measures: Sequence[Measure]
    quotable: Quotable
    parts: Mapping[str, documents.Figure]
    """By place code, a picture for the profile of each part of the area."""
    title: str
    author: str
    said: Sequence[Said] = ()
    """How many rows of each dataset of events and people say what."""
    services: Sequence[Service] = ()
    """What is delivered in the area."""

    def find(self, name: str) -> Finding | None:
        return self.quotable.findings.get(name)

    def sentence(self, name: str) -> str:
        """A finding's own sentence as a paragraph, or nothing where it was not found."""
        found = self.find(name)
        return f"{found.sentence}\n\n" if found else ""

    def shown(self, name: str) -> str:
        """A finding's pictures and tables, or nothing."""
        found = self.find(name)
        return f"{{{{ show: {name} }}}}\n\n" if found and found.exhibits else ""

    def told(self, name: str) -> str:
        """Sentence, then exhibits."""
        return self.sentence(name) + self.shown(name)

    def of_rate(self) -> Sequence[Measure]:
        """The measures of recorded crime that were found, in their order."""
        return [
            m
            for m in self.measures
            if m.shape == "rate" and m.source.endswith("street") and self.find(f"{m.name}.rate")
        ]


Exhibits = Mapping[str, Sequence[documents.Block]]
