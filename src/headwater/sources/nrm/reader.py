"""The tables of the National Referral Mechanism, recognised by their columns."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path, PurePosixPath

from headwater.engine import Engine
from headwater.sources.contract import Contract, folded, read_contracts
from headwater.sources.nrm.periods import Stretch, quarter_named, release_of
from headwater.sources.nrm.responders import Ditto, Referrals, in_order, read_referrals, totals_against_rows
from headwater.sources.nrm.series import SERIES, Line, parts_of_rows, quarters_against_years, read_line
from headwater.sources.reading import Reading, Unusable
from headwater.sources.source import Account, Extract, Recognition
from headwater.sources.text import Record, records
from headwater.vocabulary import BadInput

RESPONDERS = "nrm.first_responders"
_DUTY = "nrm.duty_to_notify"
_TITLES = 20
"""How many rows of titles and notes may stand above the header of a worksheet."""
ABOVE = "a title or note above the table"


class ReferralMechanism:
    """Referrals, decisions and reports of possible victims of modern slavery."""

    name = "nrm"
    contracts: Mapping[str, Contract] = read_contracts(Path(__file__).with_name("contract.toml"))

    def recognise(self, name: str, header: tuple[str, ...], path: Path) -> Recognition | None:
        """A series by its columns, a quarterly table by a header that may stand below its titles.

        Raises BadInput where a quarterly table does not say of which quarter it is.
        """
        dataset = next((dataset for dataset in SERIES if self._is(dataset, name, header)), None)
        if dataset:
            return Recognition(dataset, f"home-office-{_plain(self._series_release(dataset, name, header, path))}")
        top = self._top(header, path)
        if not top:
            return None
        return Recognition(RESPONDERS, f"home-office-{_plain(_quarter(name, top).label)}")

    def conform(self, dataset: str, extracts: Sequence[Extract], engine: Engine, folder: Path) -> Account:  # noqa: ARG002
        """Write `counts` and the quarantine."""
        reading = Reading(dataset, ("counts",))
        notes: list[str] = []
        for extract in sorted(extracts, key=lambda extract: extract.name):
            read = self._responders if dataset == RESPONDERS else self._series
            notes += read(reading, extract, self.contracts[dataset])
        return reading.finish(folder, notes)

    def _is(self, dataset: str, name: str, header: tuple[str, ...]) -> bool:
        """A series has its columns and no others; three columns called so could be anything, unless the name says more."""
        contract = self.contracts[dataset]
        same = {folded(given) for given in header} == {folded(column.name) for column in contract.columns}
        return same and (dataset != _DUTY or "notify" in PurePosixPath(name).name.casefold())

    def _series_release(self, dataset: str, name: str, header: tuple[str, ...], path: Path) -> str:
        cells = (dict(zip(header, map(str.strip, record.fields), strict=False)) for record in _body(path))
        contract = self.contracts[dataset]
        lines = (_tried(row, contract.match(header), contract) for row in cells)
        return release_of(name, max((line.period for line in lines if line), default=None))

    def _series(self, reading: Reading, extract: Extract, contract: Contract) -> list[str]:
        release = self._series_release(contract.dataset, extract.name, extract.header, extract.path)
        matched = contract.match(extract.header)
        lines: list[Line] = []
        for number, cells in reading.rows(extract):
            try:
                line = read_line(cells, matched, contract)
                key = (extract.name, line.period.label)
                if not reading.repeats(key, tuple(sorted(line.figures.items())), what="period"):
                    reading.keep(("counts", row) for row in line.rows(contract, release))
                    lines.append(line)
            except Unusable as why:
                reading.set_aside(extract, number, str(why))
        return [*parts_of_rows(lines), *quarters_against_years(lines)]

    def _responders(self, reading: Reading, extract: Extract, contract: Contract) -> list[str]:
        top = self._top(extract.header, extract.path)
        period, matched = _quarter(extract.name, top), contract.match(tuple(top[-1].fields))
        for above in top[1:]:
            reading.set_aside(extract, above.line, ABOVE)
        ditto, found = Ditto(), list[Referrals]()
        for record in islice(records(extract.path), len(top), None):
            try:
                row = read_referrals(record.line, _cells(top[-1], record), matched, ditto, contract)
                if not reading.repeats((extract.name, row.group), row.value, what="group"):
                    reading.keep(())
                    found.append(row)
            except Unusable as why:
                reading.set_aside(extract, record.line, str(why))
        reading.add("counts", (row.row(contract, period.label, period) for row in in_order(found)))
        return list(totals_against_rows(found))

    def _top(self, header: tuple[str, ...], path: Path) -> list[Record]:
        """The titles and the header of a quarterly table; nothing where the file has no such header near its top."""
        contract = self.contracts[RESPONDERS]
        if contract.likeness(header) == 1:
            return list(islice(records(path), 1))
        if path.suffix.casefold() != ".csv":
            return []
        top: list[Record] = []
        for record in islice(records(path), _TITLES):
            top.append(record)
            if contract.likeness(tuple(record.fields)) == 1:
                return top
        return []


def _body(path: Path) -> Iterator[Record]:
    return islice(records(path), 1, None)


def _tried(cells: dict[str, str], matched: Mapping[str, str], contract: Contract) -> Line | None:
    try:
        return read_line(cells, matched, contract)
    except (Unusable, KeyError):
        return None


def _cells(header: Record, record: Record) -> dict[str, str]:
    """A row of a worksheet by column; cells past the header's last are dropped where they are empty."""
    if record.trouble:
        raise Unusable(record.trouble)
    fields = [field.strip() for field in record.fields]
    if len(fields) < len(header.fields) or any(fields[len(header.fields) :]):
        raise Unusable("the row has other columns than the header")
    return dict(zip(header.fields, fields, strict=False))


def _quarter(name: str, top: Sequence[Record]) -> Stretch:
    titles = " ".join(field for record in top[:-1] for field in record.fields)
    found = quarter_named(name) or quarter_named(titles)
    if found is None:
        raise BadInput(
            f"{PurePosixPath(name).name} is a table of first responders, but neither its name nor its title says of which "
            "quarter. Put the quarter in its name, as in nrm-2023-q4."
        )
    return found


def _plain(words: str) -> str:
    return words.casefold().replace(" ", "-")


SOURCE = ReferralMechanism()
