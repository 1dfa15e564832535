"""Looking at what somebody sent: what landing it would take in and what it would set aside, told before any of it is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from headwater.engine import Engine
from headwater.lake.accounts import add_up
from headwater.lake.agreements import Agreement, agreements_of
from headwater.lake.building import room
from headwater.lake.desk import Edge
from headwater.lake.discretion import discreet, masked
from headwater.lake.landing import Progress, silence
from headwater.lake.manifest import read_manifests
from headwater.lake.quality import Fault, faults_in
from headwater.lake.workspace import Workspace
from headwater.sources import Account, Extract, conform, contract, open_package
from headwater.sources.hostile import refuse_hostile
from headwater.sources.mapping import read_mappings
from headwater.vocabulary import storage_errors


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose rows were found of one dataset."""

    dataset: str
    producer: str
    """As the lake will call it."""
    agreement: str = ""
    """The agreement it would land under, by name; empty for what needs none."""
    known_as: str = ""
    """The name the agreement knows the producer by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What landing a file would take in. It holds file names, counts, columns and lines; never a cell."""

    private: bool
    """Does any of it come under an agreement? Then no name that somebody gave to a file is repeated."""
    accounts: tuple[Account, ...]
    faults: tuple[Fault, ...]
    senders: tuple[Sender, ...]
    months: tuple[str, ...]
    ignored: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]

    @property
    def rows(self) -> int:
        return sum(account.landed for account in self.accounts)

    @property
    def set_aside(self) -> int:
        return sum(account.quarantined for account in self.accounts)


def look(
    workspace: Workspace,
    path: Path,
    engine: Engine,
    *,
    received: str,
    key_file: Path | None = None,
    progress: Progress = silence,
) -> Look:
    """Open a file as `land` would and read every row of it, and keep nothing.

    It takes no lock, so that a file can be looked at while something else is built. What has personal columns is made safe in
    memory first, as in landing. Raises as `land` does, BadInput for what is hostile as well.
    """
    with discreet(path), storage_errors("checking"), room(workspace.scratch, "looking") as folder:
        progress(0, 3, "looking for what is hostile")
        refuse_hostile(path)
        progress(1, 3, "opening")
        edge = Edge(workspace.root, read_manifests(workspace.landed), received, key_file)
        package = open_package(path, folder / "opened", desk=edge.desk, mappings=read_mappings(workspace.root))
        progress(2, 3, "reading every row")
        read = [_read(extracts, engine, folder / str(at)) for at, extracts in enumerate(_groups(package.extracts))]
        private = any(extract.agreement for extract in package.extracts)
        return Look(
            private=private,
            accounts=add_up([account for account, _ in read]),
            faults=faults_in((account.dataset, where) for account, where in read),
            senders=_senders(package.extracts, agreements_of(workspace.root)),
            months=tuple(sorted({month for each in package.extracts for month in (*each.months, each.month) if month})),
            ignored=masked(package.ignored) if private else package.ignored,
            notes=package.nameless if private else package.notes,
        )


def _groups(extracts: Sequence[Extract]) -> list[list[Extract]]:
    """Monthly files of a dataset together, every file of reference data by itself, as they are conformed."""

    def part(extract: Extract) -> tuple[str, str]:
        return extract.dataset, "" if extract.month else extract.name

    return [list(group) for _, group in groupby(sorted(extracts, key=part), key=part)]


def _read(extracts: Sequence[Extract], engine: Engine, folder: Path) -> tuple[Account, Path]:
    folder.mkdir()
    return conform(extracts[0].dataset, extracts, engine, folder), folder


def _senders(extracts: Sequence[Extract], agreements: dict[str, Agreement]) -> tuple[Sender, ...]:
    found = {_sender(extract, agreements) for extract in extracts}
    return tuple(sorted(found, key=lambda each: (each.dataset, each.producer)))


def _sender(extract: Extract, agreements: dict[str, Agreement]) -> Sender:
    if not extract.agreement:
        return Sender(extract.dataset, extract.producer)
    shared = agreements[extract.agreement].datasets[extract.dataset]
    return Sender(extract.dataset, extract.producer, extract.agreement, shared.known_as(extract.producer))


def titles(datasets: Sequence[str]) -> dict[str, str]:
    """What each dataset is, in words."""
    return {dataset: contract(dataset).title for dataset in datasets}
