"""Editions on disk, asked again: which there are, what a figure rests on, what moved between two."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from headwater.assessment.edition import PACKAGE, RECORD, read_record
from headwater.assessment.papers import anchor_of, cell_facts, facts_of
from headwater.assessment.quotes import DIRECTIONS
from headwater.lake import Workspace, read_deletions
from headwater.vocabulary import WrongRequest, did_you_mean

Record = Mapping[str, Any]
Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Terms and what they are, as on a figure's page."""

    name: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure that is not what it was."""

    finding: str
    period: str
    place: str
    group: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Untrue:
    """A claim of the earlier edition that the later figures do not bear out."""

    chapter: str
    claim: str
    sentence: str
    now: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from one edition to another."""

    earlier: str
    later: str
    moved: tuple[Moved, ...]
    untrue: tuple[Untrue, ...]
    ranks: tuple[Moved, ...]
    gone: tuple[str, ...]
    """Findings that are no longer made."""
    come: tuple[str, ...]
    """Findings that were not made before."""
    refused: tuple[str, ...] = ()
    """Measures that are of different definitions of serious violence in the two, in words: their figures are not compared."""


def editions(workspace: Workspace) -> tuple[str, ...]:
    """The names of the editions of a workspace."""
    shelf = workspace.editions
    return tuple(
        sorted(
            p.parent.parent.name
            for p in shelf.glob(f"*/{PACKAGE}/{RECORD}")
            if not p.parent.parent.name.startswith(".")
        )
    )


def recall(workspace: Workspace, name: str | None = None) -> Record:
    """The record of a named edition, or of the latest. `WrongRequest` where there is none."""
    names = editions(workspace)
    if not names:
        raise WrongRequest("there is no edition yet: make one with `headwater assess`")
    shelf = workspace.editions
    latest = shelf / "latest"
    wanted = name or (latest.read_text(encoding="utf-8").strip() if latest.exists() else names[-1])
    if wanted not in names:
        raise WrongRequest(f"no edition is called {did_you_mean(wanted, names)}; there are {', '.join(names)}")
    return read_record(shelf / wanted)


def explain(workspace: Workspace, finding: str, *, edition: str | None = None) -> Explanation:
    """The papers of a finding, or of one figure of it: `violence.rate | 2022-23 | Northumbria`, or its anchor."""
    record = recall(workspace, edition)
    name, *parts = (part.strip() for part in re.split(r"[|/]", finding.strip(" {}")))
    name = name.rpartition(":")[2].strip()
    found = {f["name"]: f for f in record["findings"]}
    if name not in found:
        raise WrongRequest(
            f"no finding is called {did_you_mean(name, found)}; `headwater measures` lists what is measured"
        )
    cell = _cell(found[name], [part for part in parts if part])
    facts = (
        *(cell_facts(found[name], cell) if cell else (("Finding", found[name]["sentence"]),)),
        *facts_of(record, found[name]),
        *_care(found[name]),
    )
    gone = deleted_since(workspace, found[name])
    return Explanation(name if cell is None else anchor_of(found[name], cell), (*facts, *gone))


def deleted_since(workspace: Workspace, finding: Record) -> tuple[tuple[str, str], ...]:
    """What the finding rests on that is no longer here, because its retention was over."""
    used = {*finding["provenance"]["sources"], finding["provenance"].get("linkage")}
    return tuple(
        ("Deleted since", f"{each.name}, on {each.deleted}, as {each.agreement} says: the figure cannot be made again")
        for each in read_deletions(workspace.root)
        if each.package in used
    )


def _care(finding: Record) -> tuple[tuple[str, str], ...]:
    """What the finding's page says beside its sentence."""
    return (("Take care", " ".join(finding["caveats"])),) if finding["caveats"] else ()


def _cell(finding: Record, parts: list[str]) -> Record | None:
    if not parts:
        return None
    for cell in finding["cells"]:
        names = {cell["period"]["label"], cell["place"]["name"], cell["place"]["code"], cell["group"]}
        if all(part in names for part in parts):
            return cell
    offered = {n for c in finding["cells"] for n in (c["period"]["label"], c["place"]["name"], c["group"] or "")}
    wrong = next((part for part in parts if part not in offered), parts[0])
    raise WrongRequest(f"{finding['name']} has no figure for {did_you_mean(wrong, offered)}. {_choices(finding)}")


def _choices(finding: Record, most: int = 6) -> str:
    """What can be asked of a finding, the latest periods first: 'It has: year to 2026-03, 2025 …; Northam …'."""
    periods = sorted({(c["period"]["end"], c["period"]["label"]) for c in finding["cells"]}, reverse=True)
    places = sorted({c["place"]["name"] for c in finding["cells"]})
    groups = sorted({c["group"] for c in finding["cells"] if c["group"]})
    lists = [names for names in ([label for _, label in periods], places, groups) if names]
    said = ("; ".join(", ".join(names[:most]) + " …" * (len(names) > most) for names in lists)) + "."
    return f"It has: {said}"


def compare(workspace: Workspace, earlier: str, later: str) -> Comparison:
    """Figures that moved, claims no longer true and ranks that changed, from one edition to another."""
    return compare_records(recall(workspace, earlier), recall(workspace, later))


def compare_records(before: Record, after: Record) -> Comparison:
    """The same, of two records in hand."""
    earlier, later = (str(record["edition"]["name"]) for record in (before, after))
    redefined = _redefined(before, after)
    before, after = (_without(record, redefined) for record in (before, after))
    old, new = _cells(before), _cells(after)
    moved = tuple(_moved(old, new))
    names = [{f["name"] for f in record["findings"]} for record in (before, after)]
    return Comparison(
        earlier=earlier,
        later=later,
        moved=tuple(m for m in moved if not m.finding.endswith(".rank")),
        untrue=tuple(_untrue(before, new)),
        ranks=tuple(m for m in moved if m.finding.endswith(".rank")),
        gone=tuple(sorted(names[0] - names[1])),
        come=tuple(sorted(names[1] - names[0])),
        refused=tuple(
            f"{name}: the first counts serious violence by {was}, the second by {now}, so its figures cannot be compared"
            for name, (was, now) in sorted(redefined.items())
        ),
    )


def _redefined(before: Record, after: Record) -> dict[str, tuple[str, str]]:
    """The measures that count serious violence by one definition in one record and by another in the other."""
    was, now = ({m["name"]: m["definition"] for m in r["measures"] if "definition" in m} for r in (before, after))
    return {name: (was[name], now[name]) for name in was.keys() & now.keys() if was[name] != now[name]}


def _without(record: Record, measures: Collection[str]) -> Record:
    """A record without the findings of some measures, and without what is claimed of them."""
    kept = [finding for finding in record["findings"] if finding["measure"] not in measures]
    names = {finding["name"] for finding in kept}
    return {**record, "findings": kept, "claims": [c for c in record["claims"] if c["finding"] in names]}


def _cells(record: Record) -> dict[Key, Record]:
    return {
        (f["name"], c["period"]["label"], c["place"]["code"], c["group"] or ""): c
        for f in record["findings"]
        for c in f["cells"]
    }


def _moved(old: Mapping[Key, Record], new: Mapping[Key, Record]) -> Iterator[Moved]:
    for key in sorted(old.keys() & new.keys()):
        if old[key]["text"] != new[key]["text"]:
            finding, period, _, group = key
            yield Moved(finding, period, old[key]["place"]["name"], group, old[key]["text"], new[key]["text"])


def _untrue(before: Record, new: Mapping[Key, Record]) -> Iterator[Untrue]:
    """A claim is held against the later figure of its own period; where that is gone, against the latest of its place."""
    for claim in before["claims"]:
        key = (claim["finding"], claim["period"]["label"], claim["place"]["code"], claim["group"] or "")
        cell = new.get(key) or _latest(claim, new)
        now = _verdict(claim, cell, new) if cell else "there is no such figure now"
        if now != claim["claim"]:
            yield Untrue(claim["chapter"], claim["claim"], claim["sentence"], now)


def _latest(claim: Record, new: Mapping[Key, Record]) -> Record | None:
    place, group = claim["place"]["code"], claim["group"] or ""
    fits = [c for (f, _, p, g), c in new.items() if (f, p, g) == (claim["finding"], place, group)]
    return max(fits, key=lambda c: c["period"]["end"], default=None)


def _verdict(claim: Record, cell: Record, new: Mapping[Key, Record]) -> str:
    if "value" not in cell:
        return f"no figure: {cell['why']}"
    if claim["claim"] in DIRECTIONS:
        lower, upper = cell.get("lower", float("-inf")), cell.get("upper", float("inf"))
        return "rose" if lower > 1 else "fell" if upper < 1 else "no clear change"
    rank = new.get((f"{claim['finding'].split('.')[0]}.rank", cell["period"]["label"], cell["place"]["code"], ""))
    return _standing(claim["claim"], rank, new) if rank and "value" in rank else "no rank"


def _standing(claim: str, rank: Record, new: Mapping[Key, Record]) -> str:
    name = next(f for (f, *_), c in new.items() if c is rank)
    last = sum(1 for (f, p, *_), c in new.items() if f == name and p == rank["period"]["label"] and "value" in c)
    holds = {
        "highest": rank["upper"] == 1,
        "lowest": rank["lower"] == last,
        "among the highest": rank["lower"] == 1,
        "among the lowest": rank["upper"] == last,
    }
    return claim if holds[claim] else f"rank {rank['text']}, which could be {rank['lower']} to {rank['upper']}"
