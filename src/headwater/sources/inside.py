"""What is inside a file: the tables it holds, each as the UTF-8 CSV (or the GeoJSON) that sources read.

Nothing here touches the disk: a table is a stream of bytes, made when it is asked for.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from headwater.sources.members import Member
from headwater.sources.parquet import parquet_as_csv, zones_of


@dataclass(frozen=True, slots=True)
class Inside:
    """One table of a file."""

    name: str
    """Its name inside what was handed over: the file's own, or 'file.xlsx/Sheet name.csv'."""
    called: str
    """What sources are told it is called: the same, as if it had come as a CSV."""
    pieces: Callable[[], Iterator[bytes]]
    file: str
    """The file it is of, inside what was handed over."""

    @property
    def kind(self) -> str:
        """'.csv' or '.geojson'."""
        return PurePosixPath(self.called.casefold()).suffix


@dataclass(frozen=True, slots=True)
class Insides:
    """All that was found in some files."""

    tables: tuple[Inside, ...]
    ignored: tuple[tuple[str, str], ...] = ()
    """(name, reason) for each table that is left alone."""
    notes: tuple[str, ...] = ()
    """What is there and is not read, or had to be put otherwise."""


def insides(members: Iterable[Member]) -> Insides:
    """The tables of every file, in order. Raises BadInput where a file cannot be opened."""
    found = [_OPENERS.get(member.kind, _as_it_is)(member) for member in members]
    return Insides(
        tuple(table for one in found for table in one.tables),
        tuple(said for one in found for said in one.ignored),
        tuple(note for one in found for note in one.notes),
    )


def _as_it_is(member: Member) -> Insides:
    return Insides((Inside(member.name, _ungzipped(member.name), member.pieces, member.name),))


def _parquet(member: Member) -> Insides:
    def pieces() -> Iterator[bytes]:
        with member.whole() as file:
            yield from parquet_as_csv(file, member.name)

    with member.whole() as file:
        notes = tuple(f"{member.name}: {note}" for note in zones_of(file, member.name))
    return Insides((Inside(member.name, _as_if_csv(member.name), pieces, member.name),), notes=notes)


def _ungzipped(name: str) -> str:
    return name[:-3] if name.casefold().endswith(".gz") else name


def _as_if_csv(name: str) -> str:
    return str(PurePosixPath(_ungzipped(name)).with_suffix(".csv"))


_OPENERS: dict[str, Callable[[Member], Insides]] = {".parquet": _parquet}
