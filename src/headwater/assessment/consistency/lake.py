"""Published figures in the lake held against one another: contradictions, revisions, and parts that miss their total."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import narwhals as nw
import numpy as np

from headwater.assessment.consistency.doubts import Doubt
from headwater.assessment.setting import policy_of
from headwater.disclosure import Policy
from headwater.engine import Engine
from headwater.lake import Snapshot, Workspace, open_snapshot
from headwater.methods import parts_and_total
from headwater.sources import Contract, contract

THING = ["dataset", "producer", "measure", "area_code", "level", "period", "first_month", "last_month", "group", "unit"]
"""What a figure is of; with its release, nothing else may have another value."""
Row = Mapping[str, Any]
PolicyOf = Callable[[str], Policy]


def figures_of_lake(workspace: Workspace, engine: Engine) -> tuple[Doubt, ...]:
    """Every doubt about the published counts of a workspace's latest snapshot, each under its own dataset's policy."""
    own = policy_of(workspace.root, workspace.settings.policy)

    def strictest(dataset: str) -> Policy:
        named = contract(dataset).policy
        policies = [own, policy_of(workspace.root, named)] if named else [own]
        return max(policies, key=lambda policy: (policy.smallest_shown, policy.hide_nought))

    return doubts_in_lake(open_snapshot(workspace), engine, strictest)


def doubts_in_lake(snapshot: Snapshot, engine: Engine, under: PolicyOf) -> tuple[Doubt, ...]:
    """Every doubt about the published counts of a snapshot, in order; none where it holds no counts.

    `under` gives the disclosure policy of a dataset: a figure it withholds is named and not printed.
    """
    if not snapshot.has("counts"):
        return ()
    twice = (doubt for alike in _by_thing(_differing(snapshot, engine)) for doubt in _told_twice(alike, under))
    return tuple(sorted({*twice, *_missed(_of_parts(snapshot, engine), under)}))


def _differing(snapshot: Snapshot, engine: Engine) -> list[Row]:
    """The rows of every thing that has two values, in one release or in several."""
    counts = snapshot.table("counts", engine).filter(~nw.col("value").is_null())
    keyed = counts.with_columns(nw.col("group").fill_null(""))
    told = keyed.group_by(*THING).agg(low=nw.col("value").min(), high=nw.col("value").max())
    twice = told.filter(nw.col("low") != nw.col("high")).select(*THING)
    return engine.collect(keyed.join(twice, on=THING, how="inner").select(*THING, "release", "value")).to_pylist()


def _of_parts(snapshot: Snapshot, engine: Engine) -> list[Row]:
    """The rows of every dataset whose contract says that some groups make up the whole."""
    wanted = sorted({part.dataset for part in snapshot.parts if contract(part.dataset).adds_up})
    if not wanted:
        return []
    counts = snapshot.table("counts", engine).filter(nw.col("dataset").is_in(wanted))
    keyed = counts.with_columns(nw.col("group").fill_null(""))
    return engine.collect(keyed.select(*THING, "release", "value")).to_pylist()


def _by_thing(rows: Sequence[Row]) -> Iterator[list[Row]]:
    def key(row: Row) -> tuple[str, ...]:
        return tuple(str(row[column]) for column in THING)

    for _, alike in groupby(sorted(rows, key=lambda row: (*key(row), row["release"], row["value"] or 0.0)), key=key):
        yield list(alike)


def _told_twice(alike: Sequence[Row], under: PolicyOf) -> Iterator[Doubt]:
    """Two values in one release are a contradiction; a value for each of several releases is a revision."""
    values: dict[str, list[float]] = {}
    for row in alike:
        if row["value"] is not None and row["value"] not in values.setdefault(row["release"], []):
            values[row["release"]].append(row["value"])
    policy = under(alike[0]["dataset"])
    for release, found in sorted(values.items()):
        if len(found) > 1:
            said = " and ".join(_shown(value, policy) for value in sorted(found))
            yield Doubt(_where(alike[0]), "contradiction", f"{_what(alike[0])} is {said} in one release, {release}.")
    single = {release: found[0] for release, found in sorted(values.items()) if len(found) == 1}
    if len(set(single.values())) > 1:
        said = ", ".join(f"{_shown(value, policy)} ({release})" for release, value in single.items())
        yield Doubt(_where(alike[0]), "revision", f"{_what(alike[0])} was revised: {said}.")


def _missed(rows: Sequence[Row], under: PolicyOf) -> Iterator[Doubt]:
    """Groups that make up a whole between them, and do not come to it. What is told twice is a contradiction already."""
    held: dict[tuple[str, ...], list[float | None]] = {}
    for row in rows:
        held.setdefault(_key(row, row["group"]), []).append(row["value"])
    parts: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        for word in contract(row["dataset"]).adds_up:
            if (rest := _without(row["group"], word)) is not None:
                parts.setdefault((word, *_key(row, rest)), []).append(row)
    for (word, *key), found in sorted(parts.items()):
        total = _only(held.get(tuple(key), []))
        if total is not None and all(_only(held[_key(row, row["group"])]) is not None for row in found):
            yield from _sum(word, total, found, contract(found[0]["dataset"]), under)


def _only(values: Sequence[float | None]) -> float | None:
    """The value of a figure that is told once and is not withheld."""
    return values[0] if len(values) == 1 else None


def _sum(word: str, total: float, found: Sequence[Row], promised: Contract, under: PolicyOf) -> Iterator[Doubt]:
    values = [row["value"] for row in found]
    held = parts_and_total(np.array(values), total, rounded_to=promised.rounded_to)
    if held.agrees == (False,):
        policy = under(promised.dataset)
        whole = dict(found[0]) | {"group": _without(found[0]["group"], word) or ""}
        said = f"the {len(values)} figures by {word.replace('_', ' ')} come to {_shown(float(held.added), policy)}"
        yield Doubt(
            _where(whole), "sum", f"{_what(whole)} is {_shown(total, policy)}, and {said} ({whole['release']})."
        )


def _key(row: Row, group: str) -> tuple[str, ...]:
    return (*(str(row[column]) for column in THING if column != "group"), row["release"], group)


def _without(group: str, word: str) -> str | None:
    """A group without one of its words; None where it has no such word."""
    pairs = group.split(";")
    left = [pair for pair in pairs if not pair.startswith(f"{word}=")]
    return ";".join(left) if len(left) < len(pairs) else None


def _shown(value: float, policy: Policy) -> str:
    return "[c]" if 0 < value < policy.smallest_shown or (value == 0 and policy.hide_nought) else f"{value:,.10g}"


def _where(row: Row) -> str:
    return str(row["dataset"])


def _what(row: Row) -> str:
    group = f", {row['group'].replace(';', ', ')}" if row["group"] else ""
    return f"{row['measure']} of {row['area_code']}{group}, {row['period']}"
