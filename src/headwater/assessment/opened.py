"""One figure of an edition, opened: what it is, what it was made of, and which terms its data came under."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from headwater.assessment.papers import anchor_of, cell_facts, facts_of, packages_of
from headwater.assessment.recall import deleted_since
from headwater.lake import Workspace
from headwater.lake.agreements import Agreement, agreements_of

Record = Mapping[str, Any]
ELSEWHERE = frozenset({"Source files", "Sharing agreement"})
"""What an opened figure shows as tables, and not among its facts."""


@dataclass(frozen=True, slots=True)
class Received:
    """What arrived together, and a figure rests on: one package of files."""

    producer: str
    files: tuple[str, ...]
    rows: int
    received: str
    sha256: str
    licence: str
    agreement: str
    """The name of the agreement it landed under; empty where none is asked for."""

    @property
    def row_words(self) -> str:
        return f"{self.rows:,}"


@dataclass(frozen=True, slots=True)
class Terms:
    """An agreement that data landed under: what the edition wrote down of it, and what it says where it is still the same."""

    name: str
    version: str
    sha256: str
    expires: str
    says: tuple[tuple[str, str], ...]
    """Its clauses on what may be read, shown, kept and passed on. Empty where the agreement is not what it was."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A figure with everything behind it."""

    anchor: str
    finding: Record
    cell: Record
    measure: Record
    facts: tuple[tuple[str, str], ...]
    received: tuple[Received, ...]
    terms: tuple[Terms, ...]

    @property
    def interval(self) -> str:
        """'2.56 to 3.01', or empty where it has none."""
        return dict(self.facts).get("95% interval", "")


def open_figure(workspace: Workspace, record: Record, finding: Record, cell: Record) -> Opened:
    """Open one figure (a cell of a finding of an edition's record)."""
    facts = (*cell_facts(finding, cell), *facts_of(record, finding), *deleted_since(workspace, finding))
    return Opened(
        anchor=anchor_of(finding, cell),
        finding=finding,
        cell=cell,
        measure=next(each for each in record["measures"] if each["name"] == finding["measure"]),
        facts=tuple(fact for fact in facts if fact[0] not in ELSEWHERE),
        received=tuple(_received(record, finding)),
        terms=tuple(_terms(workspace, record, finding)),
    )


def _received(record: Record, finding: Record) -> Iterator[Received]:
    for digest, files in packages_of(record, finding).items():
        first = files[0]
        yield Received(
            producer=first["producer"],
            files=tuple(each["file"] for each in files),
            rows=sum(each["rows"] for each in files),
            received=first["received"],
            sha256=digest,
            licence=first["licence"],
            agreement=first["agreement"]["name"] if "agreement" in first else "",
        )


def _terms(workspace: Workspace, record: Record, finding: Record) -> Iterator[Terms]:
    """The agreements of a finding, once each, beside what they say today."""
    now = agreements_of(workspace.root)
    noted = {
        (source["agreement"]["name"], source["agreement"]["sha256"]): source["agreement"]
        for files in packages_of(record, finding).values()
        for source in files
        if "agreement" in source
    }
    for (name, sha256), said in sorted(noted.items()):
        same = name in now and now[name].sha256 == sha256
        yield Terms(name, said["version"], sha256, said["expires"], _clauses(now[name]) if same else ())


def _clauses(agreement: Agreement) -> tuple[tuple[str, str], ...]:
    smallest = agreement.smallest_shown
    withheld = "no count is withheld" if smallest == 1 else f"counts of 1 to {smallest - 1} are withheld"
    said = {
        "datasets": f"may be read, for one purpose: {agreement.purpose}",
        "disclosure": withheld,
        "retention": f"kept for {agreement.retention_months} months from the day it was received",
        "sharing": f"may be passed on to {agreement.onward_sharing}",
    }
    return tuple((f"Clause {agreement.clauses[topic]}, {topic}", words) for topic, words in said.items())
