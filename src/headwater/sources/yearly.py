"""A publisher's yearly tables, recognised by their columns alone: each file is a series of its own, named for its last year."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from headwater.engine import Engine
from headwater.sources.authorities import Placed, by_any_code
from headwater.sources.contract import Contract
from headwater.sources.published import APRIL, Span, how_many, latest
from headwater.sources.reading import Reading
from headwater.sources.source import Account, Extract, Recognition


@dataclass(frozen=True, slots=True)
class YearlyTables:
    """One partner whose tables all have a column of years."""

    name: str
    contracts: Mapping[str, Contract]
    producer: str
    year: str
    """The contract's name of the column of years."""
    span: Callable[[str], Span]
    read: Callable[[Reading, Extract, Contract, str], None]
    """Reads one extract of a release: every row kept, set aside with a reason, or passed over as a repeat."""

    def recognise(self, name: str, header: tuple[str, ...], path: Path) -> Recognition | None:  # noqa: ARG002  the door's
        """The dataset whose required columns are all there. Its series is that of its last year."""
        found = next((dataset for dataset in self.contracts if self.contracts[dataset].likeness(header) == 1), None)
        if found is None:
            return None
        return Recognition(found, f"{self.producer}-{self._release(found, header, path).replace(' ', '-')}")

    def conform(self, dataset: str, extracts: Sequence[Extract], engine: Engine, folder: Path) -> Account:  # noqa: ARG002
        """Write `counts` and the quarantine."""
        reading = Reading(dataset, ("counts",))
        for extract in sorted(extracts, key=lambda extract: extract.name):
            release = self._release(dataset, extract.header, extract.path)
            self.read(reading, extract, self.contracts[dataset], release)
        return reading.finish(folder)

    def _release(self, dataset: str, header: tuple[str, ...], path: Path) -> str:
        return latest(path, header, self.contracts[dataset].match(header)[self.year], self.span)


def financial_year(said: str) -> Span:
    """'2023/24' of the column `Year`."""
    return Span.split(said, APRIL, "Year")


@dataclass(frozen=True, slots=True)
class YearlyRow:
    """What a row of an authority and a financial year says, under the contract's own names; nothing where the file lacks the column."""

    said: Mapping[str, str]
    contract: Contract

    @property
    def span(self) -> Span:
        return financial_year(self.said["Year"])

    @property
    def area(self) -> Placed:
        return by_any_code(self.said["Area code"], self.span.last, "Area code")

    def count(self, column: str) -> tuple[float | None, str | None]:
        """How many, or the mark that stands for it. Raises `Unusable` where it is neither."""
        return how_many(self.said, column, self.contract.codes["marks"])
