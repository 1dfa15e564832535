"""Opening partners' files again for linkage: read through the edge, in memory only, and nothing of them written anywhere."""

import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

from headwater.sources.contract import Contract
from headwater.sources.edge import Comparable, Desk, comparable
from headwater.sources.edge.memory import MemoryFile
from headwater.sources.inside import Inside, insides
from headwater.sources.mapping import Mapping
from headwater.sources.members import offered
from headwater.sources.registry import contract
from headwater.sources.screening import Head, guarding, head_of, recognised
from headwater.vocabulary import BadInput, HeadwaterError, did_you_mean, storage_errors


def open_comparable(
    path: Path, room: Path, desk: Desk, mappings: Sequence[Mapping] = ()
) -> tuple[tuple[Comparable, ...], tuple[str, ...]]:
    """The records of every file about people in a zip, a folder or a file; and the datasets of the other files in it.

    `room` is a folder; nothing is put into it. Raises BadInput where nothing in it is about people, and as landing does.
    """
    if not path.exists():
        there = sorted(other.name for other in path.parent.iterdir()) if path.parent.is_dir() else []
        raise BadInput(f"there is no file {did_you_mean(path.name, there)} in {path.parent}")
    with storage_errors(f"opening {path.name}"), offered(path, room) as offer:
        heads = [head_of(table, mappings) for table in insides(offer.members).tables]
        found = tuple(_compared(heads, desk))
        others = tuple(sorted({known for head in heads if (known := _public(head))}))
    if not found and not others:
        raise BadInput(
            f"nothing in {path.name} is a file about people that Headwater knows, so there is nothing to link."
        )
    return found, others


def _compared(heads: Sequence[Head], desk: Desk) -> Iterator[Comparable]:
    for head in heads:
        promised = contract(head.mapping.dataset) if head.mapping else guarding(head.header)
        if promised and promised.edge:
            yield _through_the_edge(head, promised, desk)


def _through_the_edge(head: Head, promised: Contract, desk: Desk) -> Comparable:
    """Whatever goes wrong, nothing that is raised holds a cell of the file."""
    try:
        return comparable(head.whole(), promised, desk)
    except HeadwaterError:
        raise
    except Exception as surprise:  # noqa: BLE001  a traceback of it would be written down
        where = traceback.extract_tb(surprise.__traceback__)[-1]
        kind = f"{type(surprise).__name__} at {Path(where.filename).name} line {where.lineno}"
    raise BadInput(f"a file of {promised.dataset} could not be read for linkage ({kind}), so nothing was linked.")


def _public(head: Head) -> str | None:
    """The dataset of a file that holds nothing about people, where it is known."""
    if head.mapping:
        promised = contract(head.mapping.dataset)
        return None if promised.edge else promised.dataset
    if guarding(head.header):
        return None
    known = recognised(head.table.called, head.header, _beginning(head))
    return known.dataset if known else None


def _beginning(head: Head) -> Path:
    table: Inside = head.table
    return cast("Path", MemoryFile(head.first, table.called))
