"""What programs may ask of the assessment: its editions, their findings, and what was covered. None of it is released here."""

import json
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ninja import Schema

from headwater.lake import open_snapshot
from headwater.partnership.models import Organisation, Power
from headwater.partnership.questions import workspace
from headwater.vocabulary import HeadwaterError
from headwater.web.api.routes import reading


class EditionShown(Schema):
    """One edition of the assessment."""

    name: str
    title: str
    published: str
    author: str
    licence: str
    policy: str
    snapshot: str
    software: str


class Headline(Schema):
    """One finding, without its cells."""

    name: str
    title: str
    measure: str
    method: str
    sentence: str | None


class FindingShown(Headline):
    """One finding whole. What is suppressed, missing, not collected or not applicable says so in `status`, and has no value."""

    analysis: str
    formula: str
    confidence: float | None
    caveats: list[str]
    coverage: dict[str, Any]
    comparators: list[dict[str, Any]]
    provenance: dict[str, Any]
    cells: list[dict[str, Any]]


class Month(Schema):
    """One month of one producer's returns of one dataset."""

    dataset: str
    producer: str
    month: str
    status: str
    rows: int
    why: str


@dataclass(frozen=True, slots=True)
class Edition:
    """The record of one edition, which belongs to whoever hosts the partnership."""

    name: str
    record: dict[str, Any]
    organisation: Organisation


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding of an edition."""

    said: dict[str, Any]
    organisation: Organisation


def edition_named(edition: str) -> Edition:
    """The edition of that name. Raises Organisation.DoesNotExist where there is none."""
    if edition not in _names():
        raise Organisation.DoesNotExist
    path = workspace().editions / edition / "package" / "assessment.json"
    record = _read(path, path.stat().st_mtime_ns)
    return Edition(edition, record, Organisation.objects.get(hosts=True))


def finding_named(edition: str, finding: str) -> Finding:
    """The finding of that name in that edition. Raises Organisation.DoesNotExist where there is none."""
    held = edition_named(edition)
    for said in held.record["findings"]:
        if said["name"] == finding:
            return Finding(said, held.organisation)
    raise Organisation.DoesNotExist


@lru_cache(maxsize=4)
def _read(path: Path, stamp: int) -> dict[str, Any]:  # noqa: ARG001 - an edition made anew is read anew
    return json.loads(path.read_text("utf-8"))


def _names() -> list[str]:
    try:
        shelf = workspace().editions
    except HeadwaterError:
        return []
    found = (path.parent.parent.name for path in shelf.glob("*/package/assessment.json"))
    return sorted(name for name in found if not name.startswith("."))


@reading("/editions", Power.SEE_FIGURES, gives=list[EditionShown])
def editions() -> Any:
    """Every edition of the assessment, the earliest first."""
    return [edition_named(name).record["edition"] for name in _names()]


@reading("/editions/{edition}/findings", Power.SEE_FIGURES, of=edition_named, gives=list[Headline], ledgered=True)
def findings(edition: Edition) -> Any:
    """What one edition found, in a sentence each where there is one."""
    return edition.record["findings"]


@reading(
    "/editions/{edition}/findings/{finding}", Power.SEE_FIGURES, of=finding_named, gives=FindingShown, ledgered=True
)
def finding(finding: Finding) -> Any:
    """One finding whole: its cells, its method and formula, what it covers and what it rests on."""
    return finding.said


@reading("/coverage", Power.SEE_FIGURES, gives=list[Month], ledgered=True)
def coverage() -> Any:
    """What arrived for every month, and what did not."""
    try:
        frozen = open_snapshot(workspace())
    except HeadwaterError:
        return []
    return [asdict(row) for row in frozen.coverage.rows]
