"""Until when each landed package may be kept, as the agreements have it now: asked without a lock, so that a page can show it."""

from collections.abc import Iterator
from dataclasses import dataclass

from headwater.lake.agreements import agreements_of
from headwater.lake.linked import read_linked
from headwater.lake.manifest import Manifest, read_manifests
from headwater.lake.terms import Terms
from headwater.lake.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """One landed package, or the links, and the day that it must be gone by."""

    package: str
    """The SHA-256 of what is kept."""
    name: str
    received: str
    agreement: str
    clause: str
    """'clause 6.1 of ed-assaults (version 1.0)'."""
    delete_by: str

    def due(self, day: str) -> bool:
        """Would `headwater retain` delete it on this day?"""
        return self.delete_by <= day


def retentions(workspace: Workspace) -> tuple[Retention, ...]:
    """Everything that an agreement says must go, the first to go first. What is public is kept as long as anybody likes."""
    agreements = agreements_of(workspace.root)
    found = [
        _retention(manifest, min(terms, key=lambda each: (each.delete_by, each.agreement)))
        for manifest in read_manifests(workspace.landed)
        if (terms := [each.terms.today(agreements, manifest.received) for each in manifest.extracts if each.terms])
    ]
    return tuple(sorted((*found, *_of_links(workspace)), key=lambda each: (each.delete_by, each.name)))


def _retention(manifest: Manifest, terms: Terms) -> Retention:
    return _said(manifest.package, manifest.name, manifest.received, terms)


def _of_links(workspace: Workspace) -> Iterator[Retention]:
    linked = read_linked(workspace.root)
    if linked is None:
        return
    terms = min(linked.today(agreements_of(workspace.root)), key=lambda each: (each.delete_by, each.agreement))
    yield _said(linked.digest, f"links between {' and '.join(linked.datasets)}", linked.on, terms)


def _said(package: str, name: str, received: str, terms: Terms) -> Retention:
    return Retention(
        package=package,
        name=name,
        received=received,
        agreement=terms.agreement,
        clause=f"clause {terms.clause} of {terms.agreement} (version {terms.version})",
        delete_by=terms.delete_by,
    )
