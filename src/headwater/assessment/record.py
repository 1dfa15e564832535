"""An edition as one plain record, `assessment.json`: what crosses to strategy, publication and oversight."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from headwater.assessment.findings import Finding, Reading
from headwater.assessment.quotes import Claim, Quotable, plain
from headwater.assessment.scene import Scene
from headwater.lake import Provenance, Snapshot, Terms
from headwater.sources import contract
from headwater.sources.police_uk import forces
from headwater.sources.registry import source_of
from headwater.vocabulary import (
    EVERYONE,
    NO_DAYS,
    Cell,
    Estimate,
    LowReliability,
    Measure,
    Missing,
    NotApplicable,
    NotCollected,
    Period,
    Place,
    Suppressed,
    is_shown,
    month_words,
    why_not,
)

Record = dict[str, Any]
EVERY = ("ons_places.lookups", "populations.ethnicity")
"""Datasets behind every rate: which areas lie in which, and the residents of each."""
ALSO: Mapping[str, Sequence[str]] = {
    "gradient": ("deprivation.imd_2025", "deprivation.imd_2019", "deprivation.wimd_2019"),
    "places": ("ons_places.boundaries",),
    "curve": ("police_uk.outcomes",),
}
LINKED = "linked"
"""The shape of a measure that rests on links between partners' records."""
FORMAT = "headwater.assessment/1"
STATUSES: Mapping[type, str] = {
    Suppressed: "suppressed",
    Missing: "missing",
    NotCollected: "not collected",
    NotApplicable: "not applicable",
}


def record_of(edition: Record, scene: Scene, snapshot: Snapshot, quotable: Quotable, claims: Sequence[Claim]) -> Record:
    """The whole edition, in the shape of `definitions/schemas/assessment-1.json`."""
    findings = list(quotable.findings.values())
    measures = {finding.measure.name: finding.measure for finding in findings}
    return {
        "format": FORMAT,
        "edition": edition,
        "measures": [said_of(measure) for measure in measures.values()],
        "findings": [_finding(finding, scene, snapshot, quotable) | _policy(finding, scene) for finding in findings],
        "sources": [_source(entry) for entry in snapshot.provenance],
        "claims": [_claim(claim) for claim in claims],
    } | _linkages(measures.values(), snapshot)


def _linkages(measures: Iterable[Measure], snapshot: Snapshot) -> Record:
    """The papers of the links that any figure rests on, where one does. How many links there are is nobody's figure."""
    linked = snapshot.linked
    if linked is None or not any(measure.shape == LINKED for measure in measures):
        return {}
    said: Record = {
        "sha256": linked.digest,
        "linkage": {"name": linked.linkage, "version": linked.version, "sha256": linked.sha256},
        "linked": linked.on,
        "files": [
            {"dataset": file.dataset, "fingerprint": file.fingerprint, "package": file.package} for file in linked.files
        ],
        "agreements": [_terms(terms) for terms in linked.terms],
    }
    if linked.reviewed:
        ends = {word: list(map(rounded, getattr(linked.reviewed, word))) for word in ("precision", "recall")}
        said["reviewed"] = {"judged": linked.reviewed.judged, "unsure": linked.reviewed.unsure, **ends}
    return {"linkages": [said]}


def said_of(measure: Measure) -> Record:
    """A measure as a record says it."""
    return {
        "name": measure.name,
        "title": measure.title,
        "short": measure.short,
        "shape": measure.shape,
        "counts": measure.counts,
        "source": measure.source,
        "where": measure.where,
        "of": measure.of,
        "among": measure.among,
        "per": measure.per,
        "why": measure.why,
        "caveats": measure.caveats,
        "owner": measure.owner,
        "agreed": measure.agreed.isoformat(),
        "review_by": measure.review_by.isoformat(),
        "version": measure.version,
        "source_url": measure.source_url,
    } | _narrowed(measure)


def _narrowed(measure: Measure) -> Record:
    """What narrows a measure beyond `where`, where anything does."""
    ages = [] if measure.ages == EVERYONE else list(measure.ages)
    said = {"without": measure.without, "role": measure.role, "ages": ages, "definition": measure.definition}
    days = [] if measure.days == NO_DAYS else list(measure.days)
    said |= {"beside": measure.beside, "beside_role": measure.beside_role, "days": days}
    return {name: value for name, value in said.items() if value}


def _finding(finding: Finding, scene: Scene, snapshot: Snapshot, quotable: Quotable) -> Record:
    confident = [r.cell.estimate for r in finding.readings if is_shown(r.cell) and r.cell.estimate.lower is not None]
    return {
        "name": finding.name,
        "measure": finding.measure.name,
        "analysis": finding.analysis,
        "title": finding.title,
        "method": finding.method,
        "formula": finding.formula,
        "confidence": confident[0].confidence if confident else None,
        "sentence": plain(finding.sentence, quotable),
        "cells": cells_of(finding),
        "caveats": list(finding.caveats),
        "coverage": _coverage(finding, scene),
        "comparators": [{"label": label} for label in finding.comparators],
        "provenance": {
            "snapshots": [snapshot.digest],
            "sources": list(dict.fromkeys(p.package for p in sources_of(finding, snapshot.provenance))),
            **_linkage(finding, snapshot),
        },
    }


def cells_of(finding: Finding) -> list[Record]:
    """The figures of a finding as a record says them."""
    return [_cell(reading) for reading in finding.readings]


def _linkage(finding: Finding, snapshot: Snapshot) -> Record:
    return {"linkage": snapshot.linked.digest} if finding.measure.shape == LINKED and snapshot.linked else {}


def _policy(finding: Finding, scene: Scene) -> Record:
    """The policy its figures passed, where it asks for more than the edition's own."""
    policy = scene.policy_for(*sorted(datasets_of(said_of(finding.measure), finding.analysis)))
    return {} if policy is scene.policy else {"policy": policy.title}


def sources_of(finding: Finding, provenance: Iterable[Provenance]) -> list[Provenance]:
    """The files a finding rests on: its own dataset's, and those its analysis needs to say where, and among whom."""
    wanted = datasets_of(said_of(finding.measure), finding.analysis)
    return sorted((p for p in provenance if p.dataset in wanted), key=lambda p: p.dataset != finding.measure.source)


def datasets_of(measure: Record, analysis: str) -> frozenset[str]:
    """The datasets that an analysis of a measure, as it stands in a record, rests on."""
    beside = [measure["beside"]] if "beside" in measure else []
    return frozenset({measure["source"], *beside, *_of_whom(measure), *EVERY, *ALSO.get(analysis, ())})


def _of_whom(measure: Record) -> list[str]:
    """Where a measure asks who was in an event: the partner's datasets that say so."""
    if measure["shape"] not in ("people", LINKED) and not {"role", "ages"} & measure.keys():
        return []
    asked = [measure["source"], *([measure["beside"]] if measure["shape"] == LINKED else [])]
    partners = [source_of(each).contracts for each in asked]
    return [dataset for partner in partners for dataset, each in partner.items() if "people" in each.tables]


def _coverage(finding: Finding, scene: Scene) -> Record:
    source = finding.measure.source
    if finding.measure.shape == "published":
        periods = sorted({reading.period for reading in finding.readings})
        words = f"As published, {periods[0].label} to {periods[-1].label}; a period nobody published has no figure."
        return {"complete": True, "words": words, "missing": []}
    if finding.measure.shape == "capture":
        return {"complete": True, "words": f"One capture table, of {finding.readings[0].period.words}.", "missing": []}
    months = scene.months(source)
    missing = [
        {"dataset": source, "producer": force_words(force), "months": list(gaps)}
        for force in scene.senders(source, scene.area)
        if (gaps := scene.coverage.missing(source, force, months))
    ]
    span = f"{month_words(months[0])} to {month_words(months[-1])}"
    words = f"Every month from {span} is covered." if not missing else f"Not every month from {span} is covered:"
    return {"complete": not missing, "words": words, "missing": missing}


def _cell(reading: Reading) -> Record:
    place, period = _place(reading.place), _period(reading.period)
    base: Record = {"place": place, "period": period, "group": reading.group or None}
    cell = reading.cell
    if is_shown(cell):
        return base | _figure(cell.estimate, cell)
    return base | {"status": STATUSES[type(cell)], "text": cell.text, "why": why_not(cell)}


def _figure(estimate: Estimate, cell: Cell) -> Record:
    found: Record = {
        "status": "low reliability" if isinstance(cell, LowReliability) else "shown",
        "text": cell.text,
        "value": rounded(estimate.value),
        "unit": estimate.unit or "index",
        "decimals": estimate.decimals,
    }
    for key in ("lower", "upper", "numerator", "denominator", "per"):
        value = getattr(estimate, key)
        if value is not None:
            found[key] = rounded(value)
    if estimate.conversion:
        found["conversion"] = {"share": rounded(estimate.conversion.share), "basis": estimate.conversion.basis}
    if isinstance(cell, LowReliability):
        found["why"] = cell.why
    return found


def rounded(value: float) -> float | int:
    """Ten significant figures: more than any reader can use, fewer than any two computers disagree on."""
    short = float(f"{value:.10g}")
    return int(short) if short.is_integer() and abs(short) < 1e15 else short


def _place(place: Place) -> Record:
    return {"code": place.code, "name": place.name, "level": place.level.value}


def _period(period: Period) -> Record:
    return {"label": period.label, "start": period.start, "end": period.end}


def _source(entry: Provenance) -> Record:
    return _file(entry) | ({"agreement": _terms(entry.terms)} if entry.terms else {})


def _terms(terms: Terms) -> Record:
    return {"name": terms.agreement, "version": terms.version, "sha256": terms.sha256, "expires": terms.expires}


def _file(entry: Provenance) -> Record:
    return {
        "dataset": entry.dataset,
        "producer": producer_words(entry),
        "month": entry.month,
        "file": entry.file,
        "sha256": entry.package,
        "rows": entry.rows,
        "received": entry.received,
        "licence": entry.licence,
        "attribution": entry.attribution,
    }


def producer_words(entry: Provenance) -> str:
    """Who made a file, in words: the force by its name, or the body that publishes the dataset."""
    return force_words(entry.producer) if entry.producer in forces() else contract(entry.dataset).producer


def force_words(slug: str) -> str:
    """A force by its own name."""
    known = forces().get(slug)
    return known.name if known else slug


def _claim(claim: Claim) -> Record:
    return {
        "claim": claim.claim,
        "finding": claim.finding,
        "place": _place(claim.reading.place),
        "period": _period(claim.reading.period),
        "group": claim.reading.group or None,
        "chapter": claim.chapter,
        "sentence": claim.sentence,
        "holds": True,
        "because": claim.because,
    }
