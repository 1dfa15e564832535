"""What figures may rest on, on a day: a snapshot without what landed under agreements that have ended."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from headwater.lake.agreements import Agreement, agreements_of
from headwater.lake.coverage import Coverage
from headwater.lake.linking.allowed import may_link
from headwater.lake.provenance import Provenance
from headwater.lake.snapshot import Shelved, Snapshot
from headwater.lake.workspace import Workspace


def standing(workspace: Workspace, snapshot: Snapshot, day: str) -> tuple[Snapshot, tuple[str, ...]]:
    """The snapshot as far as figures may rest on it on `day`, with the terms of that day; and what is left out, in words.

    What landed under an agreement that has since ended is left out, unless the agreement says that figures may go on.
    """
    agreements = agreements_of(workspace.root)
    snapshot, unlinked = _links(snapshot, agreements, day)
    papers = tuple(
        replace(paper, terms=paper.terms.today(agreements, paper.received)) if paper.terms else paper
        for paper in snapshot.provenance
    )
    ended = [paper for paper in papers if paper.terms and paper.terms.ended(day)]
    if not ended:
        return replace(snapshot, provenance=papers), unlinked
    return _without(replace(snapshot, provenance=papers), ended), (*_words(ended), *unlinked)


def _links(snapshot: Snapshot, agreements: Mapping[str, Agreement], day: str) -> tuple[Snapshot, tuple[str, ...]]:
    """The snapshot without its links, where any agreement that they came under has ended or no longer allows them."""
    linked = snapshot.linked
    if linked is None:
        return snapshot, ()
    ended = [
        f"the agreement {terms.agreement} (version {terms.version}) ended on {terms.expires}."
        for terms in linked.today(agreements)
        if terms.ended(day)
    ]
    withdrawn = [
        f"the agreement {now.name} (version {now.version}) does not allow them now."
        for file in linked.files
        for other in linked.datasets
        if other != file.dataset
        and (now := agreements.get(file.terms.agreement))
        and not may_link(now, file.dataset, other)
    ]
    if not (ended or withdrawn):
        return snapshot, ()
    said = f"Nothing here rests on links between records of {' and '.join(linked.datasets)}: "
    return replace(snapshot, linked=None), tuple(sorted({said + why for why in (*ended, *withdrawn)}))


def _without(snapshot: Snapshot, ended: Sequence[Provenance]) -> Snapshot:
    """The snapshot without the parts that any of the files is in, and without what is said of them."""
    gone = {(paper.package[:16], paper.dataset) for paper in ended}
    papers = tuple(paper for paper in snapshot.provenance if (paper.package[:16], paper.dataset) not in gone)
    left = {paper.dataset for paper in papers}
    files = {(p.dataset, p.file) for p in snapshot.provenance} - {(p.dataset, p.file) for p in papers}
    return replace(
        snapshot,
        parts=tuple(part for part in snapshot.parts if (_package(part), part.dataset) not in gone),
        provenance=papers,
        accounts=tuple(account for account in snapshot.accounts if account.dataset in left),
        coverage=Coverage(tuple(row for row in snapshot.coverage.rows if (row.dataset, row.file) not in files)),
    )


def _package(part: Shelved) -> str:
    return part.where.split("/")[1]


def _words(ended: Sequence[Provenance]) -> tuple[str, ...]:
    said = {
        f"Nothing here rests on {paper.dataset} of {paper.producer}: the agreement {paper.terms.agreement} (version "
        f"{paper.terms.version}) ended on {paper.terms.expires}."
        for paper in ended
        if paper.terms
    }
    return tuple(sorted(said))
