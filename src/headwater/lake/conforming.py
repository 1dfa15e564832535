"""Conforming: every landed file read once by its source, into typed tables, with an account of every row."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import narwhals as nw
import pyarrow as pa

from headwater import ledger
from headwater.engine import Engine
from headwater.lake.accounts import FileAccount, add_up, check, only_file, write_account
from headwater.lake.building import put, room
from headwater.lake.landing import Progress, silence
from headwater.lake.manifest import LandedExtract, read_manifests
from headwater.lake.parts import Part, parts_of
from headwater.lake.workspace import Workspace
from headwater.sources import Account, Extract, contract
from headwater.sources import conform as conform_extracts
from headwater.vocabulary import storage_errors


def conform(workspace: Workspace, engine: Engine, *, progress: Progress = silence) -> tuple[Account, ...]:
    """Conform whatever has landed and has not been read by the current readers; an account a dataset of what was read now.

    Raises BadInput where a file cannot be read at all, StorageTrouble where the disk is full, WorkspaceTrouble where
    another run is at work. A part is conformed whole or not at all; the parts before it stay.
    """
    with workspace.lock() as opened:
        standing, waiting = _standing_and_waiting(workspace)
        _note_unsaid(workspace, standing)
        accounts: list[Account] = []
        for manifest in dict.fromkeys(part.manifest for part in waiting):
            parts = [part for part in waiting if part.manifest is manifest]
            progress(len(accounts), len(waiting), f"opening {manifest.name}")
            with (
                storage_errors(f"conforming {manifest.name}"),
                room(workspace.scratch, "conforming") as folder,
                opened.of(manifest, workspace.landed / manifest.short / manifest.file) as package,
            ):
                for number, part in enumerate(parts):
                    progress(len(accounts), len(waiting), f"reading {part.dataset} of {manifest.name}")
                    building = folder / f"part-{number}"
                    accounts.append(_conform_part(workspace, part, package.extracts, engine, building))
        progress(len(waiting), len(waiting), "conformed")
    return add_up(accounts)


def _standing_and_waiting(workspace: Workspace) -> tuple[list[Part], list[Part]]:
    """The parts of all that landed: those conformed by the current readers, and those still to be."""
    standing: list[Part] = []
    waiting: list[Part] = []
    for manifest in read_manifests(workspace.landed):
        for part in parts_of(manifest):
            (standing if (workspace.root / part.where).exists() else waiting).append(part)
    return standing, waiting


def _conform_part(
    workspace: Workspace, part: Part, opened: Sequence[Extract], engine: Engine, building: Path
) -> Account:
    names = {extract.name for extract in part.extracts}
    extracts = [extract for extract in opened if extract.name in names]
    building.mkdir()
    account = conform_extracts(part.dataset, extracts, engine, building)
    files = _by_file(part, account, engine, building)
    write_account(building, account, files)
    put(building, workspace.root / part.where)
    _note(workspace, part)
    return account


def _note(workspace: Workspace, part: Part) -> None:
    to, because = _words(part)
    workspace.note("conformed", to, because=because)


def _words(part: Part) -> tuple[str, str]:
    return f"{part.manifest.package} {part.dataset}", f"reader {part.reader}"


def _note_unsaid(workspace: Workspace, standing: Sequence[Part]) -> None:
    """Say in the ledger what it lacks: a run may have died between putting a part in place and saying so.

    The parts of one dataset are said in the same words, so lines are counted against parts, not looked up one by one.
    """
    said = Counter((entry.to, entry.because) for entry in ledger.read(workspace.ledger) if entry.did == "conformed")
    for part in standing:
        if said[_words(part)]:
            said[_words(part)] -= 1
        else:
            _note(workspace, part)


def _by_file(part: Part, account: Account, engine: Engine, building: Path) -> tuple[FileAccount, ...]:
    """The account of each file. Where rows went is counted from what was written, not from what was meant."""
    first = building / f"{contract(part.dataset).tables[0]}.parquet"
    if len(part.extracts) == 1:
        (extract,) = part.extracts
        return (only_file(extract.name, account, _by_month(extract, engine, first)),)
    quarantined = _counts(engine, building / "quarantine.parquet", "file")
    conformed = _counts(engine, first, "producer", "month")
    files: list[FileAccount] = []
    for extract in part.extracts:
        kept = conformed.get((extract.producer, extract.month), 0)
        aside = quarantined.get((extract.name,), 0)
        files.append(FileAccount(extract.name, extract.rows, kept, aside, extract.rows - kept - aside))
    check(account, files)
    return tuple(files)


def _by_month(extract: LandedExtract, engine: Engine, path: Path) -> tuple[tuple[str, int], ...]:
    """Every month the file covers with its rows, nought among them; nothing where it does not cover several.

    Raises ValueError where a row is of a month the file does not cover: a reader is wrong.
    """
    if not extract.months:
        return ()
    found = {month: rows for (month,), rows in _counts(engine, path, "month").items()}
    if strange := sorted(set(found) - set(extract.months)):
        raise ValueError(f"{extract.dataset}: rows of {', '.join(strange)}, which {extract.name} does not cover")
    return tuple((month, found.get(month, 0)) for month in extract.months)


def _counts(engine: Engine, path: Path, *columns: str) -> dict[tuple[Any, ...], int]:
    counted: pa.Table = engine.collect(engine.scan(path).group_by(*columns).agg(rows=nw.len()))
    return {tuple(row[column] for column in columns): row["rows"] for row in counted.to_pylist()}
