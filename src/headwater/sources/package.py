"""Opening what was handed over: what is in it, whose it is, and what was left alone."""

import json
import os
import tempfile
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

from headwater.sources.inside import Inside, Insides, insides
from headwater.sources.members import offered
from headwater.sources.registry import sources
from headwater.sources.source import Extract, Package, Recognition
from headwater.sources.text import Received, receive, records
from headwater.vocabulary import BadInput, did_you_mean, storage_errors

Ignored = tuple[str, str]
_WORKERS = 4


def open_package(path: Path, scratch: Path) -> Package:
    """Unpack a zip, a folder, or one CSV, GeoJSON or Parquet file (gzipped or not) into a new folder of `scratch`.

    Every file is recognised by its name and header, hashed and counted; those nobody knows are listed in `ignored`.
    Raises BadInput where the package is unsafe, cut short, or holds nothing known; MissingColumns where a known file
    lacks columns; StorageTrouble where `scratch` has no room.
    """
    if not path.exists():
        raise BadInput(f"there is no file {did_you_mean(path.name, _beside(path))} in {path.parent}")
    with storage_errors(f"opening {path.name}"):
        scratch.mkdir(parents=True, exist_ok=True)
        room = Path(tempfile.mkdtemp(prefix="package-", dir=scratch))
        with offered(path, room) as offer:
            return _gather(path, insides(offer.members), offer.ignored, room)


def _beside(path: Path) -> list[str]:
    return sorted(other.name for other in path.parent.iterdir()) if path.parent.is_dir() else []


def _gather(path: Path, found: Insides, left: Iterable[Ignored], room: Path) -> Package:
    extracts: list[Extract] = []
    ignored, notes = [*left, *found.ignored], [*found.notes]
    targets = [room / f"{number:05d}{table.kind}" for number, table in enumerate(found.tables)]
    with _received(found.tables, targets) as arriving:
        for table, target, received in zip(found.tables, targets, arriving, strict=True):
            taken = _take(table, target, received)
            if isinstance(taken, str):
                target.unlink()
                ignored.append((table.name, taken))
                continue
            extracts.append(taken)
            notes.extend([f"{table.name} {received.note}"] if received.note else [])
    if not extracts:
        raise BadInput(_nothing_known(path, ignored))
    kept, repeated = _once_each(extracts)
    return Package(kept, tuple(sorted([*ignored, *repeated])), tuple(notes))


@contextmanager
def _received(tables: Sequence[Inside], targets: Sequence[Path]) -> Generator[Iterator[Received]]:
    """What was learnt of each file, in order, while others are still being unzipped: zlib and SHA-256 need no lock.

    Where one of them cannot be used, or somebody stops the run, those not begun are left.
    """

    def one(table: Inside, target: Path) -> Received:
        return receive(table.pieces(), target, table.name)

    workers = ThreadPoolExecutor(min(_WORKERS, os.cpu_count() or 1), "receiving")
    try:
        yield workers.map(one, tables, targets)
    finally:
        workers.shutdown(cancel_futures=True)


def _take(table: Inside, path: Path, received: Received) -> Extract | str:
    """The extract a file is, or why it is not one."""
    if not received.rows:
        return "empty: there is not even a header"
    header, rows = _features(table.name, path) if table.kind == ".geojson" else (_header(path), received.rows - 1)
    known = _recognised(table.called, header, path)
    if known is None:
        return "no source knows a file of this name with these columns"
    return Extract(
        name=table.name,
        file=table.file,
        path=path,
        dataset=known.dataset,
        producer=known.producer,
        month=known.month,
        months=known.months,
        rows=rows,
        size=received.size,
        sha256=received.sha256,
        header=header,
        sound=received.sound,
    )


def _recognised(name: str, header: tuple[str, ...], path: Path) -> Recognition | None:
    return next(filter(None, (source.recognise(name, header, path) for source in sources())), None)


def _header(path: Path) -> tuple[str, ...]:
    return tuple(field.strip() for field in next(records(path)).fields)


def _features(name: str, path: Path) -> tuple[tuple[str, ...], int]:
    """The property names of the first feature, and how many features there are."""
    try:
        collection: dict[str, Any] = json.loads(path.read_bytes())
        features: list[dict[str, Any]] = collection["features"]
        return tuple(features[0]["properties"]) if features else (), len(features)
    except (ValueError, KeyError, TypeError, RecursionError) as problem:
        raise BadInput(f"{name} is not readable GeoJSON: it needs a list of features with properties.") from problem


def _once_each(extracts: list[Extract]) -> tuple[tuple[Extract, ...], list[Ignored]]:
    """Set aside a second copy of the same file; refuse two different files that claim the same month."""
    kept: dict[Any, Extract] = {}
    repeated: list[Ignored] = []
    for extract in extracts:
        claim = (extract.dataset, extract.producer, extract.month or extract.months or extract.name)
        first = kept.setdefault(claim, extract)
        if first is not extract and first.sha256 != extract.sha256:
            raise BadInput(
                f"{first.name} and {extract.name} both claim to be the same month, and differ. Land one of them."
            )
        if first is not extract:
            repeated.append((extract.name, f"the same as {first.name}"))
    return tuple(kept.values()), repeated


def _nothing_known(path: Path, ignored: Iterable[Ignored]) -> str:
    looked = [f"{name} ({why})" for name, why in sorted(ignored)]
    more = f" and {len(looked) - 5} more" if len(looked) > 5 else ""
    expected = "; ".join(f"{title}: {expects}" for title, expects in _expectations())
    seen = f" Looked at: {', '.join(looked[:5])}{more}." if looked else ""
    return f"nothing in {path.name} is a file Headwater knows.{seen} It reads {expected}."


def _expectations() -> Iterator[tuple[str, str]]:
    for contract in chain.from_iterable(source.contracts.values() for source in sources()):
        yield contract.title, contract.expects
