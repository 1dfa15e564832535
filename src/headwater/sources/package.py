"""Opening what was handed over: what is in it, whose it is, and what was left alone."""

import json
import os
import tempfile
import traceback
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

from headwater.sources.contract import Contract
from headwater.sources.edge import Desk, Passed, make_safe, recognise_safe
from headwater.sources.geojson import plain_features
from headwater.sources.inside import Inside, Insides, insides
from headwater.sources.mapping import Mapping
from headwater.sources.members import offered
from headwater.sources.registry import contract, sources
from headwater.sources.returns import as_filled_in
from headwater.sources.screening import (
    Head,
    guarded,
    guarding,
    head_of,
    is_safe,
    may_be_written,
    recognised,
    sounds_personal,
)
from headwater.sources.source import Extract, Package, Recognition
from headwater.sources.text import Received, receive, records
from headwater.vocabulary import BadInput, HeadwaterError, did_you_mean, storage_errors

Ignored = tuple[str, str]
_WORKERS = 4
UNKNOWN = "no source knows a file of this name with these columns"
OWN = "it is what Headwater itself made of a partner's file: land what the partner sent"
PERSONAL = "it has columns that could tell who somebody is, and no contract says how they are to be made safe"


def open_package(path: Path, scratch: Path, *, desk: Desk | None = None, mappings: Sequence[Mapping] = ()) -> Package:
    """Unpack a zip, a folder, or one file of a kind that is read into a new folder of `scratch`.

    Every file is recognised by its name and header, hashed and counted; those nobody knows are listed in `ignored`, and
    nothing of them is written. A file with personal columns is made safe at the `desk`, in memory, and what comes out of
    it is the extract; without a desk it is left alone. A file whose header is that of one of the `mappings` is read
    through it. Raises BadInput where the package is unsafe, cut short, or holds
    nothing known; MissingColumns where a known file lacks columns; NotAgreed where no agreement lets one in;
    StorageTrouble where `scratch` has no room.
    """
    if not path.exists():
        raise BadInput(f"there is no file {did_you_mean(path.name, _beside(path))} in {path.parent}")
    with storage_errors(f"opening {path.name}"):
        scratch.mkdir(parents=True, exist_ok=True)
        room = Path(tempfile.mkdtemp(prefix="package-", dir=scratch))
        with offered(path, room) as offer:
            return _gather(path, insides(offer.members), offer.ignored, room, _Ways(desk, tuple(mappings)))


@dataclass(frozen=True, slots=True)
class _Ways:
    """By what ways files may come in."""

    desk: Desk | None
    mappings: tuple[Mapping, ...]


@dataclass(frozen=True, slots=True)
class _Written:
    """A file that was written to the disk, and the mapping it was read through, if any."""

    received: Received
    mapping: str = ""


def _beside(path: Path) -> list[str]:
    return sorted(other.name for other in path.parent.iterdir()) if path.parent.is_dir() else []


def _gather(path: Path, found: Insides, left: Iterable[Ignored], room: Path, ways: _Ways) -> Package:
    extracts: list[Extract] = []
    ignored, notes = [*left, *found.ignored], [*found.notes]
    passed: list[Passed] = []
    targets = [room / f"{number:05d}{table.kind}" for number, table in enumerate(found.tables)]
    with _received(found.tables, targets, ways) as arriving:
        for table, target, arrived in zip(found.tables, targets, arriving, strict=True):
            taken: Sequence[Extract] | str
            if isinstance(arrived, Passed):
                taken = _safe_extracts(arrived, target)
                passed.append(arrived)
            else:
                taken = arrived if isinstance(arrived, str) else _take(table, target, arrived, ways.desk)
            if isinstance(taken, str):
                target.unlink(missing_ok=True)
                ignored.append((table.name, taken))
                continue
            extracts.extend(taken)
            if isinstance(arrived, _Written) and arrived.received.note:
                notes.append(f"{table.name} {arrived.received.note}")
    if not extracts:
        raise BadInput(_nothing_known(path, ignored))
    kept, repeated = _once_each(extracts)
    return Package(kept, tuple(sorted([*ignored, *repeated])), tuple(notes), tuple(passed), found.nameless)


@contextmanager
def _received(
    tables: Sequence[Inside], targets: Sequence[Path], ways: _Ways
) -> Generator[Iterator[_Written | Passed | str]]:
    """What was learnt of each file, in order, while others are still being unzipped: zlib and SHA-256 need no lock.

    Where one of them cannot be used, or somebody stops the run, those not begun are left.
    """

    def one(table: Inside, target: Path) -> _Written | Passed | str:
        with closing(head_of(table, ways.mappings)) as head:
            return _let_in(head, target, ways.desk)

    workers = ThreadPoolExecutor(min(_WORKERS, os.cpu_count() or 1), "receiving")
    try:
        yield workers.map(one, tables, targets)
    finally:
        workers.shutdown(cancel_futures=True)


def _let_in(head: Head, target: Path, desk: Desk | None) -> _Written | Passed | str:
    """Write a file if it is known and public, make it safe if it is about people, or say why neither."""
    head = as_filled_in(head)
    if is_safe(head):
        return OWN if desk else _write(head, target)
    if promised := _guarding(head):
        return _through_the_edge(head, promised, desk)
    if head.mapping is None and sounds_personal(head.header):
        return PERSONAL
    if may_be_written(head):
        return _write(head, target)
    if head.mapping:
        raise BadInput(
            f"{head.mapping.dataset} does not know the file that mappings/{head.mapping.name}.toml makes of it."
        )
    return UNKNOWN


def _guarding(head: Head) -> Contract | None:
    """The contract whose personal data a file holds: what its mapping says, or else what its columns do."""
    if head.mapping is None:
        return guarding(head.header)
    promised = contract(head.mapping.dataset)
    return promised if promised.edge else None


def _write(head: Head, target: Path) -> _Written:
    received = receive(head.pieces(), target, head.table.name, table=head.table.kind != ".geojson")
    note = "; it ".join(filter(None, (received.note, head.note)))
    return _Written(replace(received, note=note), head.mapping.name if head.mapping else "")


def _through_the_edge(head: Head, contract: Contract, desk: Desk | None) -> Passed | str:
    """What comes of a file with personal columns. Whatever goes wrong, nothing that is raised holds a cell of it."""
    if desk is None:
        return "it has personal columns: land it, and it is made safe on the way in"
    try:
        return make_safe(head.whole(), contract, desk)
    except HeadwaterError:
        raise
    except Exception as surprise:  # noqa: BLE001  a traceback of it would be written down
        where = traceback.extract_tb(surprise.__traceback__)[-1]
        kind = f"{type(surprise).__name__} at {Path(where.filename).name} line {where.lineno}"
    raise BadInput(f"a file of {contract.dataset} could not be made safe ({kind}), so nothing of it was kept.")


def _safe_extracts(passed: Passed, target: Path) -> list[Extract]:
    """The safe files that came of one file, as extracts."""
    extracts: list[Extract] = []
    for number, file in enumerate(passed.files):
        path = target.with_name(f"{target.stem}-{number}.csv")
        received = receive(iter((file.contents,)), path, file.name)
        known = recognise_safe(guarded(), _header(path), path)
        if known is None:
            raise ValueError(f"the edge made a file of {file.name} that is not a safe one")
        taken = _extract(path, received, known, _header(path), received.rows - 1)
        extracts.append(replace(taken, name=file.name, agreement=passed.agreement))
    return extracts


def _take(table: Inside, path: Path, written: _Written, desk: Desk | None) -> Sequence[Extract] | str:
    """The extract a file is, or why it is not one."""
    received = written.received
    if not received.rows:
        return "empty: there is not even a header"
    header, rows = _features(table.name, path) if table.kind == ".geojson" else (_header(path), received.rows - 1)
    known = recognise_safe(guarded(), header, path) or recognised(table.called, header, path)
    if known is None:
        return UNKNOWN
    taken, agreed = _extract(path, received, known, header, rows), _agreed(known, header, desk)
    return (replace(taken, name=table.name, file=table.file, agreement=agreed, mapping=written.mapping),)


def _agreed(known: Recognition, header: tuple[str, ...], desk: Desk | None) -> str:
    """The agreement that lets a file in, where it needs one. Raises NotAgreed where none does."""
    promised = contract(known.dataset)
    if desk is None or not promised.agreement:
        return ""
    return desk.admit(promised, tuple(promised.match(header))).agreement


def _extract(path: Path, received: Received, known: Recognition, header: tuple[str, ...], rows: int) -> Extract:
    return Extract(
        name=path.name,
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


def _header(path: Path) -> tuple[str, ...]:
    return tuple(field.strip() for field in next(records(path)).fields)


def _features(name: str, path: Path) -> tuple[tuple[str, ...], int]:
    """The property names of the first feature, and how many features there are."""
    try:
        if plain := plain_features(path):
            return tuple(plain.features[0]["properties"]), len(plain.features)
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
    expected = "".join(f"\n  {title}: {expects}" for title, expects in _expectations())
    seen = f"Looked at: {', '.join(looked[:5])}{more}." if looked else "It holds no files at all."
    return f"nothing in {path.name} is a file Headwater knows. {seen} Nothing was landed. It reads:{expected}"


def _expectations() -> Iterator[tuple[str, str]]:
    for promised in chain.from_iterable(source.contracts.values() for source in sources()):
        yield promised.title, promised.expects
