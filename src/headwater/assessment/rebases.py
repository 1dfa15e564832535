"""Where a control chart starts afresh: only at a month a person named, or the owner of the data declared, with the reason."""

import tomllib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from headwater.sources import contract
from headwater.vocabulary import BadInput, Measure, did_you_mean, month_number

FILE = "rebases.toml"
TEMPLATE = """# Control charts are never rebased by the computer. Where you know why a process changed, write it down here:
#
# [[rebase]]
# measure = "violence"
# month = "2024-07"          # the first month of the new process
# reason = "New crime-recording standard adopted on 1 July 2024"
# by = "Name and role"
"""


@dataclass(frozen=True, slots=True)
class Rebase:
    """One recorded change of process."""

    measure: str
    month: str
    reason: str
    by: str
    source_url: str = ""
    """Where the owner of the data says so; empty where a workspace recorded it."""

    @property
    def declared(self) -> bool:
        """Is it a break in the series that the owner of the data declared?"""
        return bool(self.source_url)


def read_rebases(root: Path, measures: Sequence[str]) -> tuple[Rebase, ...]:
    """The rebases a workspace has recorded, refusing any without a reason."""
    path = root / FILE
    if not path.exists():
        return ()
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8")).get("rebase", [])
    except tomllib.TOMLDecodeError as problem:
        raise BadInput(f"{FILE} is not a readable TOML file: {problem}") from problem
    return tuple(_read(entry, measures) for entry in said)


def _read(entry: dict[str, str], measures: Sequence[str]) -> Rebase:
    absent = [key for key in ("measure", "month", "reason", "by") if not str(entry.get(key, "")).strip()]
    if absent:
        raise BadInput(
            f"{FILE}: a rebase needs {', '.join(absent)}: a chart is rebased for a recorded reason or not at all"
        )
    if entry["measure"] not in measures:
        raise BadInput(f"{FILE}: no measure is called {did_you_mean(entry['measure'], measures)}")
    month_number(entry["month"])
    return Rebase(entry["measure"], entry["month"], entry["reason"], entry["by"])


def declared_breaks(measures: Iterable[Measure], datasets: Collection[str]) -> tuple[Rebase, ...]:
    """The breaks in series that the contracts of `datasets` declare, for each measure that counts one of them."""
    return tuple(
        Rebase(measure.name, told.month, told.why, f"declared by {contract(measure.source).producer}", told.source_url)
        for measure in measures
        if measure.source in datasets
        for told in contract(measure.source).breaks
    )
