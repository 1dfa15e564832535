"""Bringing partners' records together: their files are read again, compared in memory, and only pairs of keys are kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.random import Generator

from headwater.engine import TABLES
from headwater.lake.agreements import Agreement, agreements_of
from headwater.lake.desk import Edge
from headwater.lake.discretion import discreet
from headwater.lake.linked import Linked, LinkedFile, Reviewed, keep_links
from headwater.lake.linking.allowed import refuse_never_linked, refuse_unlinkable
from headwater.lake.linking.definition import FIELDS, Linkage
from headwater.lake.linking.matching import Matched, Weight, match
from headwater.lake.linking.review import band_of, judged, sample
from headwater.lake.manifest import Manifest, read_manifests
from headwater.lake.terms import terms_of
from headwater.lake.workspace import Workspace
from headwater.sources import open_comparable
from headwater.sources.edge import Comparable, PersonRecord
from headwater.sources.mapping import read_mappings
from headwater.vocabulary import BadInput, WrongRequest, storage_errors

Judge = Callable[[PersonRecord, PersonRecord], bool | None]
"""Are two records of one person? None where it cannot be told. It is told nothing of what the model made of them."""


@dataclass(frozen=True, slots=True)
class Review:
    """How the links are to be reviewed: about how many pairs, by whom, and by what chance they are drawn."""

    pairs: int
    judge: Judge
    chance: Generator


@dataclass(frozen=True, slots=True)
class Linking:
    """What became of a linkage."""

    linked: Linked
    compared: int
    """Pairs between different datasets that were worth a look."""
    weights: tuple[Weight, ...]
    """What each agreement on each field told."""
    notes: tuple[str, ...] = ()


def link(
    workspace: Workspace,
    paths: Sequence[Path],
    linkage: Linkage,
    *,
    day: str,
    key_file: Path | None,
    review: Review | None = None,
) -> Linking:
    """Link the records of partners' files with those of the other datasets, in place of any links there were.

    `day` is that of the linking, on which every agreement must be in force. Nothing of the files is written anywhere: what is
    kept is which event of one dataset and which of another are of one person. Raises NotAgreed, citing the clause, where any
    agreement does not allow it; BadInput where a file has not landed or there are too few records; as landing does otherwise.
    """
    with workspace.lock(), storage_errors("linking"):
        manifests = read_manifests(workspace.landed)
        edge = Edge(workspace.root, manifests, day, key_file)
        files = _opened(workspace, paths, edge)
        agreements = agreements_of(workspace.root)
        refuse_unlinkable((file.dataset, agreements[file.agreement]) for file in files)
        papers = tuple(each for file in files for each in _papers(file, manifests, agreements[file.agreement]))
        records = [record for file in files for record in file.records]
        found = match(_table(records), linkage)
        across = between_datasets(found, records)
        quality, notes = _reviewed(across, linkage, records, review) if review else (None, ())
        links = _links(across, linkage, records)
        linked = Linked(
            digest="",
            linkage=linkage.name,
            version=linkage.version,
            sha256=linkage.sha256,
            on=date.fromisoformat(day).isoformat(),
            files=papers,
            links=links.num_rows,
            reviewed=quality,
            key_mark=edge.key_mark,
        )
        return Linking(keep_links(workspace, links, linked), len(across.left), found.weights, notes)


def _opened(workspace: Workspace, paths: Sequence[Path], edge: Edge) -> tuple[Comparable, ...]:
    """The records of all the files, each file once, in an order that does not depend on how they were named."""
    files: dict[str, Comparable] = {}
    for path in paths:
        with discreet(path):
            found, others = open_comparable(path, workspace.root, edge.desk, read_mappings(workspace.root))
            for dataset in others:
                refuse_never_linked(dataset)
            if not found:
                raise BadInput(f"{others[0]} is about nobody, so it has no records to link. Leave it out.")
            files |= {file.fingerprint: file for file in found}
    return tuple(sorted(files.values(), key=lambda file: (file.dataset, file.fingerprint)))


def _papers(file: Comparable, manifests: Sequence[Manifest], agreement: Agreement) -> tuple[LinkedFile, ...]:
    """What is to be said of one file: once for each time that it landed. Raises BadInput where it never did."""
    landed = [each for each in manifests if any(crossed.fingerprint == file.fingerprint for crossed in each.crossed)]
    if not landed:
        raise BadInput(
            f"a file of {file.dataset} has not landed here, so there are no events that links of its records could point at. "
            "Land it first, with `headwater land`; nothing was linked."
        )
    return tuple(
        LinkedFile(
            dataset=file.dataset,
            fingerprint=file.fingerprint,
            package=each.package,
            received=each.received,
            records=len(file.records),
            terms=terms_of(agreement, date.fromisoformat(each.received)),
        )
        for each in landed
    )


def _table(records: Sequence[PersonRecord]) -> pa.Table:
    return pa.table({name: pa.array([getattr(each, name) for each in records], pa.string()) for name in FIELDS})


def between_datasets(matched: Matched, records: Sequence[PersonRecord]) -> Matched:
    """Only the pairs whose records are of different datasets: within one, the same person has the same key already."""
    names = sorted({record.dataset for record in records})
    of = np.array([names.index(record.dataset) for record in records], np.int64)
    apart = of[matched.left] != of[matched.right]
    return replace(
        matched, left=matched.left[apart], right=matched.right[apart], probability=matched.probability[apart]
    )


def _reviewed(
    matched: Matched, linkage: Linkage, records: Sequence[PersonRecord], review: Review
) -> tuple[Reviewed | None, tuple[str, ...]]:
    """What reviewers found, or why that says nothing."""
    asked = sample(matched, linkage, review.pairs, review.chance)
    drawn = set(band_of(matched, linkage)[[pair.number for pair in asked]].tolist())
    if needed := len(set(band_of(matched, linkage).tolist()) - drawn):
        raise WrongRequest(
            f"{review.pairs} pairs are too few to look into every band of likelihood: ask for {needed * 2} more."
        )
    verdicts = {pair.number: review.judge(records[pair.first], records[pair.second]) for pair in asked}
    told = {number: verdict for number, verdict in verdicts.items() if verdict is not None}
    unsure = len(verdicts) - len(told)
    try:
        quality = judged(matched, linkage, told)
    except ValueError:
        return None, (
            "the review says nothing: of some band of likelihood nobody could judge a pair. Judge more pairs.",
        )
    ends = {word: _ends(getattr(quality, word)) for word in ("precision", "recall")}
    if not all(np.isfinite(end) for each in ends.values() for end in each):
        return None, ("the review says nothing: there are no links, or no pair of one person among those judged.",)
    return Reviewed(judged=len(told), same=sum(told.values()), unsure=unsure, **ends), ()


def _ends(interval: object) -> tuple[float, float, float]:
    value, lower, upper = (float(getattr(interval, word)) for word in ("value", "lower", "upper"))
    return value, lower, upper


def _links(matched: Matched, linkage: Linkage, records: Sequence[PersonRecord]) -> pa.Table:
    """The pairs that are taken to be of one person, each once, by dataset and event; sorted."""
    best: dict[tuple[str | None, ...], float] = {}
    edges = band_of(matched, linkage)
    for left, right, likely, band in zip(
        matched.left.tolist(), matched.right.tolist(), matched.probability.tolist(), edges.tolist(), strict=True
    ):
        if likely >= linkage.threshold:
            ends = sorted((_end(records[left]), _end(records[right])), key=str)
            key = (*ends[0], *ends[1])
            best[key] = max(best.get(key, 0.0), band)
    rows = sorted(((*key, band) for key, band in best.items()), key=str)
    schema = TABLES["linked"]
    columns = zip(*rows, strict=True) if rows else [()] * len(schema)
    return pa.table([pa.array(list(c), f.type) for c, f in zip(columns, schema, strict=True)], schema=schema)


def _end(record: PersonRecord) -> tuple[str, str, str | None]:
    return record.dataset, record.event, record.role
