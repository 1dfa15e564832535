"""What every partner's folder offers, so that the room can treat all of them alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from headwater.engine import Engine
from headwater.sources.contract import Contract

if TYPE_CHECKING:
    from headwater.sources.edge import Passed


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a file is: which dataset, from whom, for which month or months (neither where the dataset has no months)."""

    dataset: str
    producer: str
    month: str | None = None
    months: tuple[str, ...] = ()
    """For a file that covers several months, all of them, in order; the source then gives each row its own month."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """One table that was handed over, unzipped, in UTF-8 without a byte-order mark, ready to read."""

    name: str
    """Its name inside what was landed, with forward slashes: '2022-03/2022-03-northumbria-street.csv'; a worksheet is 'returns.xlsx/April.csv'."""
    file: str = ""
    """The file it came in, where that holds several tables: 'returns.xlsx' for 'returns.xlsx/April.csv'."""
    path: Path
    dataset: str
    producer: str
    month: str | None
    months: tuple[str, ...] = ()
    """Every month it covers, where it covers several; then `month` is None."""
    rows: int
    """Records after the header; for GeoJSON, features."""
    size: int
    """Bytes of the file at `path`."""
    sha256: str
    """Of the file at `path`."""
    header: tuple[str, ...]
    """Column names in file order, trimmed; for GeoJSON, the property names of the first feature."""
    agreement: str = ""
    """The sharing agreement that let it in, by name; empty for what is public."""
    mapping: str = ""
    """The mapping it was read through, by name; empty where its columns have the contract's own names."""
    sound: bool = False
    """Known to be readable UTF-8 in which every line is one record; otherwise it is read with more care, and slower."""


@dataclass(frozen=True, slots=True)
class Package:
    """What was found in one zip, folder or file."""

    extracts: tuple[Extract, ...]
    ignored: tuple[tuple[str, str], ...]
    """(name, reason in words) for each file that was left alone."""
    notes: tuple[str, ...] = ()
    """What had to be put right on the way in: 'x.csv was in Windows-1252'."""
    passed: tuple["Passed", ...] = ()
    """What came of the files with personal columns; the extracts they became have safe names."""
    nameless: tuple[str, ...] = ()
    """Notes that repeat no name of a file, a sheet or a column, for packages with anything about people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Where every row went: `landed == conformed + quarantined + duplicates`, or it cannot be made."""

    dataset: str
    landed: int
    conformed: int
    quarantined: int = 0
    duplicates: int = 0
    reasons: tuple[tuple[str, int], ...] = ()
    """(reason, rows), commonest first."""
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.landed != self.conformed + self.quarantined + self.duplicates:
            raise ValueError(f"{self.dataset}: {self} does not account for every row")
        if self.quarantined != sum(count for _, count in self.reasons):
            raise ValueError(f"{self.dataset}: {self} does not give a reason for every quarantined row")


class Source(Protocol):
    """One partner: what they promise, and how to read what they send."""

    @property
    def name(self) -> str:
        """The folder's name: 'police_uk'."""
        ...

    @property
    def contracts(self) -> Mapping[str, Contract]:
        """Every dataset by its full name: `read_contracts(Path(__file__).with_name("contract.toml"))`."""
        ...

    def recognise(self, name: str, header: tuple[str, ...], path: Path) -> Recognition | None:
        """What the file called `name` is, or None where it is not ours.

        `path` is the file itself (UTF-8, unzipped), for those who must look past the header. Raises MissingColumns where
        the file is ours by its name but lacks columns, BadInput where it is ours and cannot be used.
        """
        ...

    def conform(self, dataset: str, extracts: Sequence[Extract], engine: Engine, folder: Path) -> Account:
        """Write `folder/<table>.parquet` for each table of the contract, and `folder/quarantine.parquet`."""
        ...
