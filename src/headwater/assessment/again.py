"""A finding of an edition, worked out again from the frozen data it was read from, and held against what was published."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from headwater import __version__
from headwater.assessment.papers import anchor_of
from headwater.assessment.questions import ask
from headwater.assessment.record import cells_of, said_of
from headwater.assessment.setting import measures_of, scene_of
from headwater.engine import Engine
from headwater.lake import Snapshot, Workspace, open_snapshot, standing
from headwater.vocabulary import HeadwaterError, WrongRequest

Record = Mapping[str, Any]
Cells = Mapping[str, Record]


@dataclass(frozen=True, slots=True)
class Again:
    """What came of working a finding out again."""

    finding: str
    figures: int
    """How many figures of the edition were held against new ones."""
    moved: tuple[str, ...]
    """The anchors of those that are not the same to the last of the ten digits an edition keeps."""
    software: str
    """Of this working-out; the edition's record names its own."""
    hindered: str = ""
    """Why it could not be worked out, in words; empty where it could."""

    @property
    def same(self) -> bool:
        return not self.moved and not self.hindered


def work_again(workspace: Workspace, engine: Engine, record: Record, name: str) -> Again:
    """Work the finding `name` of an edition's record out again, by today's software, from the edition's own frozen data.

    Nothing is written. What hinders it (the frozen data are gone, the definition is another) is said, not raised.
    """
    software = f"Headwater {__version__}"
    try:
        said = _said(record, name)
        then, now = _keyed(said), _worked(workspace, engine, record, said)
    except HeadwaterError as problem:
        return Again(name, 0, (), software, str(problem))
    moved = tuple(sorted(anchor for anchor in then.keys() | now.keys() if then.get(anchor) != now.get(anchor)))
    return Again(name, len(then), moved, software)


def _said(record: Record, name: str) -> Record:
    for finding in record["findings"]:
        if finding["name"] == name:
            return finding
    raise WrongRequest(f"the edition has no finding called {name}")


def _worked(workspace: Workspace, engine: Engine, record: Record, finding: Record) -> Cells:
    snapshot = _frozen(workspace, record)
    said = next(each for each in record["measures"] if each["name"] == finding["measure"])
    agreed = [measure for measure in measures_of(workspace) if measure.name == said["name"]]
    if not agreed or _plain(said_of(agreed[0])) != said:
        raise WrongRequest(
            f"the definition of {said['title']} is no longer version {said['version']} as the edition used it"
        )
    scene = scene_of(workspace, snapshot, engine)
    found = next((each for each in ask(scene, agreed, snapshot, engine) if each.name == finding["name"]), None)
    if found is None:
        raise WrongRequest("today’s software finds nothing to say of it")
    return _keyed({"name": finding["name"], "cells": _plain(cells_of(found))})


def _frozen(workspace: Workspace, record: Record) -> Snapshot:
    edition = record["edition"]
    snapshot, _ = standing(workspace, open_snapshot(workspace, edition["snapshot"]), edition["published"])
    return snapshot


def _keyed(finding: Record) -> Cells:
    return {anchor_of(finding, cell): cell for cell in finding["cells"]}


def _plain(said: Any) -> Any:
    """As it is once it has been written to a record and read again."""
    return json.loads(json.dumps(said))
